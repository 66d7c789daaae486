import { z } from 'zod'
import { CLOSE_REASONS } from './close-reasons.ts'
import { conversationFilters, tagSchema } from './inbox-conversations.ts'
import { MACRO_PLACEHOLDERS } from './macro-placeholders.ts'
import { id, nothing } from './pages.ts'
import { procedure } from './procedure.ts'

export const TAG_COLOURS = [
  'gray',
  'red',
  'pink',
  'grape',
  'violet',
  'blue',
  'cyan',
  'teal',
  'green',
  'orange',
] as const
export const MACRO_LANGUAGES_MAX = 20

const tagInput = z.object({ name: z.string().trim().min(1).max(60), colour: z.enum(TAG_COLOURS).default('gray') })

export const tags = {
  list: procedure({
    allow: 'inbox.read',
    method: 'GET',
    path: '/tags',
    summary: 'Tags by name.',
    input: nothing,
    output: z.object({ items: z.array(tagSchema).describe('At most 500') }),
  }),
  create: procedure({
    allow: 'inbox.manage',
    method: 'POST',
    path: '/tags',
    summary: 'A new tag. Conflict `name-taken`.',
    input: tagInput,
    output: tagSchema,
  }),
  update: procedure({
    allow: 'inbox.manage',
    method: 'PATCH',
    path: '/tags/{tagId}',
    summary: 'Name and colour.',
    input: tagInput.extend({ tagId: id }),
    output: tagSchema,
  }),
  remove: procedure({
    allow: 'inbox.manage',
    method: 'DELETE',
    path: '/tags/{tagId}',
    summary: 'Takes the tag off everything and away.',
    input: z.object({ tagId: id }),
    output: nothing,
  }),
}

const macroAction = z.discriminatedUnion('action', [
  z.object({ action: z.literal('tag'), tagId: id }),
  z.object({ action: z.literal('assign'), memberId: id.nullable(), teamId: id.nullable() }),
  z.object({ action: z.literal('close'), reason: z.enum(CLOSE_REASONS).exclude(['other']).optional() }),
  z.object({
    action: z.literal('snooze'),
    hours: z
      .number()
      .int()
      .min(1)
      .max(24 * 90),
  }),
])
export type MacroAction = z.infer<typeof macroAction>

const macroInput = z.object({
  name: z.string().trim().min(1).max(100),
  text: z
    .string()
    .max(5_000)
    .default('')
    .describe(
      `May hold ${MACRO_PLACEHOLDERS.map((name) => `{{${name}}}`).join(', ')}; {{name|otherwise}} where it is not known`,
    ),
  language: z
    .string()
    .regex(/^[a-z]{2,3}$/)
    .nullable()
    .default(null),
  variants: z
    .array(z.object({ language: z.string().regex(/^[a-z]{2,3}$/), text: z.string().trim().min(1).max(5_000) }))
    .max(MACRO_LANGUAGES_MAX)
    .refine((variants) => new Set(variants.map(({ language }) => language)).size === variants.length, {
      error: 'one text for each language',
    })
    .default([])
    .describe('The text in other languages: the one of the conversation is taken'),
  actions: z.array(macroAction).max(10).default([]),
})
const macroSchema = macroInput.extend({ macroId: id })

export const macros = {
  list: procedure({
    allow: 'inbox.read',
    method: 'GET',
    path: '/macros',
    summary: 'Macros by name.',
    input: nothing,
    output: z.object({ items: z.array(macroSchema).describe('At most 500') }),
  }),
  create: procedure({
    allow: 'inbox.manage',
    method: 'POST',
    path: '/macros',
    summary: 'A new macro. Conflict `name-taken`; invalid `placeholder-unknown`.',
    input: macroInput,
    output: macroSchema,
  }),
  update: procedure({
    allow: 'inbox.manage',
    method: 'PUT',
    path: '/macros/{macroId}',
    summary: 'Replaces a macro.',
    input: macroInput.extend({ macroId: id }),
    output: macroSchema,
  }),
  remove: procedure({
    allow: 'inbox.manage',
    method: 'DELETE',
    path: '/macros/{macroId}',
    summary: 'Removes a macro.',
    input: z.object({ macroId: id }),
    output: nothing,
  }),
  apply: procedure({
    allow: 'inbox.work',
    atSource: true,
    method: 'POST',
    path: '/conversations/{conversationId}/macro',
    summary: 'Does what the macro says and gives its text filled in; the text is not sent.',
    input: z.object({ conversationId: id, macroId: id }),
    output: z.object({
      text: z.string(),
      language: z.string().nullable().describe('In which it is written; null: nobody said'),
      missing: z
        .array(z.string())
        .describe('Placeholders that stand in the text because nobody knows what belongs there'),
      done: z.array(z.enum(['tag', 'assign', 'close', 'snooze'])),
      refused: z
        .array(
          z.object({
            action: z.enum(['tag', 'assign', 'close', 'snooze']),
            because: z.enum(['not-found', 'lease-held', 'not-at-this-source', 'needs-reason']),
          }),
        )
        .describe('Not done, and why'),
      afterSending: z
        .array(z.enum(['close', 'snooze']))
        .describe('With a text, closing and snoozing wait until it is sent: send with close, or change afterwards'),
    }),
  }),
}

const viewInput = z.object({
  name: z.string().trim().min(1).max(100),
  filters: conversationFilters.extend({
    order: z.enum(['newest', 'oldest', 'waiting', 'negative', 'due']).default('newest'),
  }),
  shared: z.boolean().default(false),
})
const viewSchema = viewInput.extend({ savedViewId: id, mine: z.boolean() })

export const views = {
  list: procedure({
    allow: 'inbox.read',
    method: 'GET',
    path: '/views',
    summary: 'Own and shared views, by name.',
    input: nothing,
    output: z.object({ items: z.array(viewSchema).describe('At most 200') }),
  }),
  create: procedure({
    allow: 'inbox.work',
    method: 'POST',
    path: '/views',
    summary: 'Saves a filter. A shared one needs inbox.manage.',
    input: viewInput,
    output: viewSchema,
  }),
  update: procedure({
    allow: 'inbox.work',
    method: 'PUT',
    path: '/views/{savedViewId}',
    summary: 'Replaces a view of one’s own; shared ones need inbox.manage.',
    input: viewInput.extend({ savedViewId: id }),
    output: viewSchema,
  }),
  remove: procedure({
    allow: 'inbox.work',
    method: 'DELETE',
    path: '/views/{savedViewId}',
    summary: 'Removes a view of one’s own; shared ones need inbox.manage.',
    input: z.object({ savedViewId: id }),
    output: nothing,
  }),
}
