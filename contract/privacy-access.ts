import { z } from 'zod'
import { cursor, id, nothing, page, pageOf } from './pages.ts'
import { procedure } from './procedure.ts'

const language = z.enum(['de', 'nl', 'en'])
const personBrief = z.object({ personId: id, name: z.string() }).nullable().describe('Null: erased')

const archiveSchema = z.object({
  archiveId: id,
  person: personBrief,
  language,
  state: z.enum(['waiting', 'running', 'done', 'failed', 'deleted']),
  steps: z.number().int(),
  stepsExpected: z.number().int(),
  bytes: z.string().nullable().describe('Whole number as text'),
  downloads: z.number().int(),
  failure: z.string().nullable(),
  createdAt: z.date(),
  expiresAt: z.date(),
})

export const archives = {
  list: procedure({
    allow: 'privacy.manage',
    method: 'GET',
    path: '/privacy/archives',
    summary:
      'Copies of everything held about a person, newest first; a copy is downloaded from /files/access/{archiveId}.zip',
    input: page.extend({ personId: id.optional(), after: cursor.optional() }),
    output: pageOf(archiveSchema),
  }),
  create: procedure({
    allow: 'privacy.manage',
    method: 'POST',
    path: '/privacy/archives',
    summary: 'Orders a copy of everything held about a person, to read and to be read by programs',
    input: z.object({ personId: id, language, requestId: id.optional() }),
    output: z.object({ archiveId: id }),
  }),
}

const ERASURE_HOWS = ['deleted', 'emptied', 'words-removed'] as const

const tableResult = z.object({
  table: z.string(),
  how: z.enum(ERASURE_HOWS),
  rows: z.number().int(),
  because: z.string().nullable().describe('Why something stays although it is about the person'),
})

const erasureSchema = z.object({
  erasureId: id,
  state: z.enum(['waiting', 'running', 'done']),
  via: z.enum(['screen', 'portal', 'manifest']),
  person: personBrief,
  requestedAt: z.date(),
  finishedAt: z.date().nullable(),
  identities: z.number().int(),
  stepsDone: z.number().int(),
  steps: z.number().int(),
  tables: z.array(tableResult),
})

export const erasures = {
  list: procedure({
    allow: 'privacy.manage',
    method: 'GET',
    path: '/privacy/erasures',
    summary: 'Erasures, newest first, with what became of every table; who it was stands nowhere any more',
    input: page.extend({ after: cursor.optional() }),
    output: pageOf(erasureSchema),
  }),
  preview: procedure({
    allow: 'privacy.manage',
    method: 'GET',
    path: '/privacy/erasures/preview/{personId}',
    summary: 'What an erasure would delete, empty and leave, and why; changes nothing',
    input: z.object({ personId: id }),
    output: z.object({
      name: z.string(),
      persons: z.number().int().describe('Records that are the same person now'),
      identities: z.array(z.object({ network: z.string(), name: z.string() })),
      tables: z.array(tableResult),
      queries: z.array(z.object({ topicId: id, name: z.string() })).describe('Name the person; changed by hand'),
    }),
  }),
  create: procedure({
    allow: 'privacy.manage',
    method: 'POST',
    path: '/privacy/erasures',
    summary: 'Erases a person everywhere. Cannot be undone',
    input: z.object({
      personId: id,
      name: z.string().describe('Exactly as the preview names the person, so that nobody erases somebody else'),
      requestId: id.optional(),
    }),
    output: z.object({ erasureId: id }),
  }),
  suppressed: procedure({
    allow: 'privacy.manage',
    method: 'GET',
    path: '/privacy/suppressed',
    summary: 'How many accounts and addresses are not collected any more; which, nobody can tell',
    input: nothing,
    output: z.object({ count: z.number().int() }),
  }),
}
