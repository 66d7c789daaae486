import { z } from 'zod'
import { LANGUAGES } from './accounts-fields.ts'
import { id, nothing } from './pages.ts'
import { procedure } from './procedure.ts'

export const PLAYBOOK_TEMPLATES = ['outage', 'food-scandal', 'false-rumour', 'leaked-mail', 'troll-raid'] as const
export const STATEMENT_STATES = ['draft', 'waiting', 'approved'] as const
const STATEMENT_CHARACTERS_MAX = 2_000

export const stepKey = z.string().regex(/^[a-z0-9-]{1,40}$/, 'small letters and digits')
export const crisisName = z.string().trim().min(1).max(200)
const line = z.string().trim().min(1).max(500)
export const someWords = z.string().trim().max(5_000)
const version = z.number().int().positive()
const language = z.enum(LANGUAGES)

export const step = z.object({ key: stepKey, text: line, who: z.string().trim().max(200) })
const steps = z
  .array(step)
  .min(1)
  .max(50)
  .refine((all) => new Set(all.map((one) => one.key)).size === all.length, 'each key once')

const statementTexts = z
  .partialRecord(language, z.string().trim().min(1).max(STATEMENT_CHARACTERS_MAX))
  .describe('By language; Invalid `statement-empty` without any')
const statementInput = z.object({ name: crisisName, topicId: id.nullable(), texts: statementTexts })
const playbookPath = z.object({ playbookId: id })
const statementPath = z.object({ statementId: id })
const playbookInput = z.object({ name: crisisName, situation: someWords, steps })

/** Checklists and words that are written in calm for the day when they are needed. */
export const playbooks = {
  list: procedure({
    allow: 'workspace.read',
    method: 'GET',
    path: '/playbooks',
    summary: 'Checklists for a crisis',
    input: nothing,
    output: z.object({ items: z.array(playbookInput.extend({ playbookId: id, version })) }),
  }),
  templates: procedure({
    allow: 'crisis.manage',
    method: 'GET',
    path: '/playbook-templates',
    summary: 'Playbooks to begin with, in one language',
    input: z.object({ language }),
    output: z.object({ items: z.array(playbookInput.extend({ template: z.enum(PLAYBOOK_TEMPLATES) })) }),
  }),
  create: procedure({
    allow: 'crisis.manage',
    method: 'POST',
    path: '/playbooks',
    summary: 'A new playbook',
    input: playbookInput.extend({ template: z.enum(PLAYBOOK_TEMPLATES).nullable().default(null) }),
    output: z.object({ playbookId: id }),
  }),
  update: procedure({
    allow: 'crisis.manage',
    method: 'PUT',
    path: '/playbooks/{playbookId}',
    summary: 'Changes a playbook; a crisis keeps the steps that it began with. Conflict `playbook-changed`.',
    input: playbookInput.extend({ playbookId: id, version }),
    output: z.object({ version }),
  }),
  remove: procedure({
    allow: 'crisis.manage',
    method: 'DELETE',
    path: '/playbooks/{playbookId}',
    summary: 'Takes a playbook away',
    input: playbookPath,
    output: nothing,
  }),
}

export const statements = {
  list: procedure({
    allow: 'workspace.read',
    method: 'GET',
    path: '/holding-statements',
    summary: 'What may be said before everything is known',
    input: nothing,
    output: z.object({
      items: z.array(
        statementInput.extend({
          statementId: id,
          version,
          topicName: z.string().nullable(),
          state: z.enum(STATEMENT_STATES),
          writtenById: id.nullable(),
          approvedByName: z.string().nullable(),
          approvedAt: z.date().nullable(),
        }),
      ),
    }),
  }),
  create: procedure({
    allow: 'crisis.manage',
    method: 'POST',
    path: '/holding-statements',
    summary: 'A new holding statement; it can be used when somebody else approved it',
    input: statementInput,
    output: z.object({ statementId: id }),
  }),
  update: procedure({
    allow: 'crisis.manage',
    method: 'PUT',
    path: '/holding-statements/{statementId}',
    summary: 'Changes a holding statement. Another text needs another approval. Conflict `statement-changed`.',
    input: statementInput.extend({ statementId: id, version }),
    output: z.object({ version }),
  }),
  submit: procedure({
    allow: 'crisis.manage',
    method: 'POST',
    path: '/holding-statements/{statementId}/submission',
    summary: 'Asks for the approval of a holding statement',
    input: statementPath,
    output: nothing,
  }),
  approve: procedure({
    allow: 'answers.approve',
    method: 'POST',
    path: '/holding-statements/{statementId}/approval',
    summary:
      'Approves exactly this version. Forbidden `own-statement`: whoever wrote it cannot. Conflict `statement-changed`.',
    input: statementPath.extend({ version }),
    output: nothing,
  }),
  remove: procedure({
    allow: 'crisis.manage',
    method: 'DELETE',
    path: '/holding-statements/{statementId}',
    summary: 'Takes a holding statement away',
    input: statementPath,
    output: nothing,
  }),
}
