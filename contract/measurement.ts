import { z } from 'zod'
import { alarms } from './measurement-alarms.ts'
import { response } from './measurement-response.ts'
import { shares } from './measurement-shares.ts'
import { staff } from './measurement-staff.ts'
import { id, nothing, page, pageOf } from './pages.ts'
import { procedure } from './procedure.ts'

export const AUDIT_STATES = ['queued', 'running', 'done', 'cancelled', 'failed'] as const
/** Results hold words of people: they are deleted after this, whatever happens. */
export const AUDIT_DAYS = 90
export const AUDIT_BRANDS_MAX = 12

const brandName = z.string().trim().min(1).max(100)
const query = z.string().trim().max(2_000)

const auditSource = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('file'),
    importId: id.describe('An uploaded file (POST /files/imports) that has not been imported yet; it stays as it is'),
    mapping: z.record(z.string().max(300), z.string().max(50)).optional().describe('Column → field; absent: guessed'),
  }),
  z.object({
    kind: z.literal('stored'),
    topicId: id.optional().describe('Absent: every stored post of the period'),
    from: z.coerce.date().optional(),
    until: z.coerce.date().optional(),
  }),
])

const auditSchema = z.object({
  auditId: id,
  brand: z.string(),
  competitors: z.array(z.string()),
  source: z.object({
    kind: z.enum(['file', 'stored']),
    name: z.string().nullable().describe('Name of the file or topic'),
  }),
  anonymous: z.boolean(),
  state: z.enum(AUDIT_STATES),
  progress: z.object({
    reading: z.number().int().min(1).max(3).describe('The posts are read three times'),
    rows: z.number().int(),
    rowsExpected: z.number().int().nullable(),
  }),
  failure: z
    .object({ code: z.string(), message: z.string(), params: z.record(z.string(), z.union([z.string(), z.number()])) })
    .nullable(),
  createdAt: z.date(),
  finishedAt: z.date().nullable(),
  expiresAt: z.date().describe('The result is deleted then'),
})

const auditPath = z.object({ auditId: id })

/**
 * The report itself is a page, not a procedure:
 *   GET /files/audits/{auditId}.html?workspace=…&language=en|de|nl[&download=1]
 */
const audits = {
  list: procedure({
    allow: 'audits.read',
    method: 'GET',
    path: '/audits',
    summary: 'Audits, newest first',
    input: page,
    output: pageOf(auditSchema),
  }),
  get: procedure({
    allow: 'audits.read',
    method: 'GET',
    path: '/audits/{auditId}',
    summary: 'State and progress of an audit',
    input: auditPath.extend({ language: z.enum(['en', 'de', 'nl']).default('en').describe('Of the findings') }),
    output: auditSchema.extend({
      findings: z.array(z.string()).describe('The report in some sentences; empty until it is done'),
    }),
  }),
  start: procedure({
    allow: 'audits.run',
    method: 'POST',
    path: '/audits',
    summary: 'Starts an audit over an uploaded file or over stored posts',
    input: z.object({
      brand: brandName,
      query: query.optional().describe('In the listening language; absent: proposed from the name'),
      own: z.array(z.string().trim().min(1).max(100)).max(20).default([]).describe("Handles of the brand's accounts"),
      competitors: z
        .array(brandName)
        .max(AUDIT_BRANDS_MAX - 1)
        .default([]),
      timeZone: z.string().max(60).default('UTC'),
      anonymous: z.boolean().default(false).describe('Leaves out who wrote what'),
      source: auditSource,
    }),
    output: z.object({ auditId: id }),
  }),
  cancel: procedure({
    allow: 'audits.run',
    method: 'POST',
    path: '/audits/{auditId}/cancel',
    summary: 'Stops an audit that has not ended',
    input: auditPath,
    output: nothing,
  }),
  restart: procedure({
    allow: 'audits.run',
    method: 'POST',
    path: '/audits/{auditId}/restart',
    summary: 'Runs an audit that failed or was cancelled once more, with the same choices',
    input: auditPath,
    output: nothing,
  }),
  remove: procedure({
    allow: 'audits.run',
    method: 'DELETE',
    path: '/audits/{auditId}',
    summary: 'Deletes an audit with its result',
    input: auditPath,
    output: nothing,
  }),
}

export const measurement = { audits, shares, response, alarms, staff }
