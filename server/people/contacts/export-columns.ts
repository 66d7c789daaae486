import { z } from 'zod'
import { CONTACT_EXPORT_FIELDS, type ContactExportField } from '../../../contract/contact-export.ts'
import type { ExportedPerson } from './exported.ts'

/** Absent: everything but notes, which are about somebody and not for everybody. */
const BY_DEFAULT = CONTACT_EXPORT_FIELDS.filter((field) => field !== 'note')

export const exportRequest = z
  .object({
    person: z.uuid().optional(),
    segment: z.uuid().optional(),
    fields: z
      .string()
      .max(500)
      .transform((given) => given.split(','))
      .pipe(z.array(z.enum(CONTACT_EXPORT_FIELDS)).min(1))
      .optional(),
    mark: z.enum(['yes', 'no']).default('yes'),
    workspace: z.string().optional(),
  })
  .transform(({ fields, ...request }) => ({
    ...request,
    // Whoever must not be contacted is marked in every file, whatever was chosen.
    fields: [...new Set<ContactExportField>([...(fields ?? BY_DEFAULT), 'do-not-contact'])],
  }))

/** Several values stand in one cell, as the import reads them. */
const SEPARATOR = '; '

export function exportCell(person: ExportedPerson, field: ContactExportField): string {
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
