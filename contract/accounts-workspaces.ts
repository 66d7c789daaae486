import { z } from 'zod'
import { name, timeZone } from './accounts-fields.ts'
import { id, nothing } from './pages.ts'
import { procedure } from './procedure.ts'

const WORKSPACE_KINDS = ['small-team', 'care-desk', 'agency', 'listen-only'] as const
/** By which a workspace is told from the others of whoever works in several. */
export const WORKSPACE_COLOURS = ['blue', 'teal', 'green', 'orange', 'red', 'pink', 'violet', 'grey'] as const
export type WorkspaceColour = (typeof WORKSPACE_COLOURS)[number]
export const SETTINGS_DEFAULTS = {
  retentionDays: 30,
  reopenDays: 30,
  secondFactor: false,
  pseudonymous: false,
  colour: null as WorkspaceColour | null,
}

const postLanguages = z
  .array(z.string().regex(/^[a-z]{2,3}$/))
  .min(1)
  .max(12)

const workspaceFields = z.object({
  name,
  brand: z.string().trim().max(200),
  kind: z.enum(WORKSPACE_KINDS),
  languages: postLanguages,
  timeZone,
})
/** Defaults are for a new workspace alone: a partial shape keeps them, and a change of one field would reset the others. */
const workspaceInput = workspaceFields.extend({
  brand: workspaceFields.shape.brand.default(''),
  kind: workspaceFields.shape.kind.default('small-team'),
  languages: postLanguages.default(['en']),
  timeZone: timeZone.default('Europe/Berlin'),
})

const workspaceSchema = z.object({
  workspaceId: id,
  slug: z.string(),
  name: z.string(),
  brand: z.string(),
  kind: z.enum(WORKSPACE_KINDS),
  mode: z.enum(['live', 'drill']),
  languages: z.array(z.string()),
  timeZone: z.string(),
  settings: z.object({
    retentionDays: z
      .number()
      .int()
      .describe('Posts and authors without a reason to keep are deleted after so many days'),
    reopenDays: z.number().int(),
    secondFactor: z.boolean().describe('Whether members need two factors to come in'),
    pseudonymous: z
      .boolean()
      .describe('Whether accounts that belong to no person are shown by a pseudonym to those without authors.identify'),
    colour: z.enum(WORKSPACE_COLOURS).nullable().describe('Null: one that follows from its id'),
  }),
})

export const workspaces = {
  create: procedure({
    allow: 'installation',
    method: 'POST',
    path: '/workspaces',
    summary: 'A new workspace; whoever makes it owns it',
    input: workspaceInput,
    output: z.object({ workspaceId: id, slug: z.string() }),
  }),
  get: procedure({
    allow: 'workspace.read',
    method: 'GET',
    path: '/workspace',
    summary: 'The workspace of this request',
    input: nothing,
    output: workspaceSchema,
  }),
  update: procedure({
    allow: 'workspace.manage',
    method: 'PATCH',
    path: '/workspace',
    summary: 'Name, brand, languages, time zone and settings',
    input: workspaceFields.partial().extend({
      settings: z
        .object({
          retentionDays: z.number().int().min(1).max(3650),
          reopenDays: z.number().int().min(1).max(3650),
          secondFactor: z.boolean(),
          pseudonymous: z.boolean(),
          colour: z.enum(WORKSPACE_COLOURS).nullable(),
        })
        .partial()
        .optional(),
    }),
    output: workspaceSchema,
  }),
}
