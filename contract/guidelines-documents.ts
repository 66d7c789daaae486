import { z } from 'zod'
import { LANGUAGES } from './accounts-fields.ts'
import { id, nothing } from './pages.ts'
import { ROLES } from './permissions.ts'
import { procedure } from './procedure.ts'

export const guidelineLanguage = z.enum(LANGUAGES)
export const title = z.string().trim().min(1).max(200)
/** Markdown; HTML in it is shown as it is typed and never becomes markup. */
export const markdown = z.string().trim().max(50_000)
const version = z.number().int().positive()

const texts = z.partialRecord(guidelineLanguage, z.object({ title, text: markdown.min(1) }))
const audience = z.object({
  forSpeakers: z.boolean().describe('Everybody who may speak somewhere, by whatever role'),
  roles: z.array(z.enum(ROLES)).max(ROLES.length),
  roleIds: z.array(id).max(50).describe('Roles of the workspace’s own'),
})
const versionBrief = z.object({
  version,
  validFrom: z.date(),
  publishedAt: z.date(),
  asksAgain: z.boolean().describe('Whether it has to be acknowledged by those who acknowledged an earlier one'),
})

const guidelinePath = z.object({ guidelineId: id })

export const documents = {
  list: procedure({
    allow: 'workspace.read',
    method: 'GET',
    path: '/guidelines',
    summary: 'Guidelines that are not retired',
    input: nothing,
    output: z.object({
      items: z.array(
        z.object({
          guidelineId: id,
          titles: z
            .partialRecord(guidelineLanguage, z.string())
            .describe('Of the version that holds, else of the next'),
          holds: versionBrief.nullable(),
          next: versionBrief.nullable().describe('Published, and holds later'),
        }),
      ),
    }),
  }),
  get: procedure({
    allow: 'workspace.read',
    method: 'GET',
    path: '/guidelines/{guidelineId}',
    summary: 'A guideline with all its versions, newest first',
    input: guidelinePath,
    output: z.object({
      guidelineId: id,
      audience,
      holds: version.nullable(),
      retiredAt: z.date().nullable(),
      versions: z.array(versionBrief.extend({ texts, acknowledgedAt: z.date().nullable().describe('By the caller') })),
    }),
  }),
  template: procedure({
    allow: 'guidelines.manage',
    method: 'GET',
    path: '/guideline-template',
    summary: 'A guideline to begin with, in each language',
    input: nothing,
    output: z.object({ texts }),
  }),
  create: procedure({
    allow: 'guidelines.manage',
    method: 'POST',
    path: '/guidelines',
    summary: 'A new guideline with its first version',
    input: z.object({ texts, validFrom: z.coerce.date().optional(), audience }),
    output: z.object({ guidelineId: id }),
  }),
  publish: procedure({
    allow: 'guidelines.manage',
    method: 'POST',
    path: '/guidelines/{guidelineId}/versions',
    summary: 'A new version. Conflict `guideline-changed` when somebody else published one meanwhile.',
    input: guidelinePath.extend({
      againstVersion: version,
      texts,
      validFrom: z.coerce.date().optional().describe('Absent: at once; never before now'),
      asksAgain: z.boolean(),
    }),
    output: z.object({ version }),
  }),
  setAudience: procedure({
    allow: 'guidelines.manage',
    method: 'PUT',
    path: '/guidelines/{guidelineId}/audience',
    summary: 'Who has to acknowledge it',
    input: guidelinePath.extend({ audience }),
    output: nothing,
  }),
  retire: procedure({
    allow: 'guidelines.manage',
    method: 'DELETE',
    path: '/guidelines/{guidelineId}',
    summary: 'It holds no more; its versions and acknowledgements stay',
    input: guidelinePath,
    output: nothing,
  }),
  acknowledge: procedure({
    allow: 'workspace.read',
    method: 'POST',
    path: '/guidelines/{guidelineId}/acknowledgements',
    summary: 'The caller has read a version and keeps to it. Conflict `guideline-newer` when a newer one asks for it.',
    input: guidelinePath.extend({ version, language: guidelineLanguage }),
    output: nothing,
  }),
}
