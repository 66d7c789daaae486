import { z } from 'zod'
import { importProblem } from './import-shapes.ts'
import { id, nothing } from './pages.ts'
import { CONTACT_OUTCOMES, consentWords, inUse, legalBasis, recordSystem, sharedReason } from './people-contacts.ts'
import { importOf, importPath, importProcedures, REHEARSAL, rowsEstimated } from './people-imports.ts'
import { shownReasonSchema } from './people-suggestions.ts'
import { procedure } from './procedure.ts'

const mapping = z.record(z.string().max(300), z.string().max(120)).describe('Column of the file → field of a contact')

export const CONTACT_IMPORT_SETTINGS = z.object({
  mapping: mapping.optional().describe('Absent: guessed'),
  system: recordSystem,
  legalBasis: legalBasis.describe('Of every contact that names none'),
  inUse,
  consent: consentWords
    .optional()
    .describe('Under which words the consents of the file were given; absent: none is recorded'),
  rowsEstimated: z.number().int().optional(),
})
export type ContactImportSettings = z.infer<typeof CONTACT_IMPORT_SETTINGS>

const counts = z.object({
  begun: z.number().int(),
  joined: z.number().int(),
  changed: z.number().int(),
  unchanged: z.number().int(),
  possible: z.number().int(),
  leftOut: z.number().int(),
  warned: z.number().int().describe('Taken in with something left out'),
})

const importSchema = importOf({
  counts,
  settings: CONTACT_IMPORT_SETTINGS.partial(),
  rehearsal: z
    .object({
      ...REHEARSAL,
      counts,
      samples: z.array(
        z.object({
          line: z.number().int(),
          outcome: z.enum(CONTACT_OUTCOMES),
          name: z.string(),
          problems: z.array(importProblem),
          candidates: z.array(z.object({ name: z.string(), reasons: z.array(sharedReason) })),
          likely: z
            .array(z.object({ name: z.string(), probability: z.number(), reasons: z.array(shownReasonSchema) }))
            .default([])
            .describe('With whom the new person would be suggested; of rows that were compared'),
        }),
      ),
      likely: z
        .object({ looked: z.number().int(), likely: z.number().int() })
        .nullable()
        .default(null)
        .describe('Of so many rows that begin a person, so many resemble somebody; null: suggestions are not allowed'),
    })
    .nullable(),
})

export const contactImports = {
  ...importProcedures({
    path: '/contact-imports',
    of: 'contacts',
    view: importSchema,
    settings: CONTACT_IMPORT_SETTINGS,
    rejected: 'Rows that were refused, or taken in with something left out, by line',
  }),
  inspect: procedure({
    allow: 'imports.run',
    method: 'POST',
    path: '/contact-imports/{importId}/inspection',
    summary: 'Reads the file: columns, guessed mapping, what stands in the way',
    input: importPath.extend({ mapping: mapping.optional() }),
    output: z.object({
      format: z.string().nullable().describe('csv, tsv, json, jsonl, xlsx or vcard; null: it cannot be read'),
      encoding: z.string().nullable(),
      rowsEstimated,
      columns: z.array(z.object({ name: z.string(), samples: z.array(z.string()), fields: z.array(z.string()) })),
      mapping,
      problems: z.array(importProblem.extend({ refuses: z.boolean() })),
    }),
  }),
  mappings: procedure({
    allow: 'imports.run',
    method: 'GET',
    path: '/contact-mappings',
    summary: 'Saved mappings, by name',
    input: z.object({}),
    output: z.object({
      items: z.array(z.object({ mappingId: id, name: z.string(), settings: CONTACT_IMPORT_SETTINGS.partial() })),
    }),
  }),
  saveMapping: procedure({
    allow: 'imports.run',
    method: 'PUT',
    path: '/contact-mappings/{name}',
    summary: 'Keeps a mapping under a name; the same name replaces it',
    input: z.object({ name: z.string().trim().min(1).max(100) }).extend(CONTACT_IMPORT_SETTINGS.partial().shape),
    output: z.object({ mappingId: id }),
  }),
  removeMapping: procedure({
    allow: 'imports.run',
    method: 'DELETE',
    path: '/contact-mappings/{name}',
    summary: 'Deletes a saved mapping',
    input: z.object({ name: z.string().max(100) }),
    output: nothing,
  }),
}
