import { z } from 'zod'
import type { ExportedPerson } from './exported.ts'

/** What can be asked for, in the order of the file. */
export const EXPORT_FIELDS = [
  'id',
  'name',
  'given-name',
  'family-name',
  'mails',
  'phones',
  'sites',
  'numbers',
  'accounts',
  'company',
  'title',
  'street',
  'postcode',
  'city',
  'country',
  'birth-date',
  'language',
  'tags',
  'note',
  'do-not-contact',
] as const
export type ExportField = (typeof EXPORT_FIELDS)[number]

/** Absent: everything but notes, which are about somebody and not for everybody. */
const BY_DEFAULT = EXPORT_FIELDS.filter((field) => field !== 'note')

export const exportRequest = z
  .object({
    person: z.uuid().optional(),
    segment: z.uuid().optional(),
    fields: z
      .string()
      .max(500)
      .transform((given) => given.split(','))
      .pipe(z.array(z.enum(EXPORT_FIELDS)).min(1))
      .optional(),
    mark: z.enum(['yes', 'no']).default('yes'),
    workspace: z.string().optional(),
  })
  .transform(({ fields, ...request }) => ({
    ...request,
    // Whoever must not be contacted is marked in every file, whatever was chosen.
    fields: [...new Set<ExportField>([...(fields ?? BY_DEFAULT), 'do-not-contact'])],
  }))

/** Several values stand in one cell, as the import reads them. */
const SEPARATOR = '; '

export function exportCell(person: ExportedPerson, field: ExportField): string {
  switch (field) {
    case 'id':
      return person.personId
    case 'name':
      return person.name
    case 'mails':
    case 'phones':
    case 'sites':
      return person[field].join(SEPARATOR)
    case 'numbers':
      return person.numbers.map(({ system, number }) => `${system}: ${number}`).join(SEPARATOR)
    case 'accounts':
      return person.accounts.map(({ network, handle }) => `${network}: ${handle}`).join(SEPARATOR)
    case 'do-not-contact':
      return person.doNotContact ? 'yes' : ''
    default:
      return person.fields.get(field) ?? ''
  }
}
