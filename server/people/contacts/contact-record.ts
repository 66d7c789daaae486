/** A record with the identities it names, and the circumstances under which it is taken in. */
import type { ConsentWords, ContactChange, LegalBasis } from './contact-change.ts'
import type { KnownIdentity } from './identities.ts'

export interface Taking {
  /** Which system or file told it: a word of small letters. */
  system: string
  legalBasis: LegalBasis
  at: Date
  importId: string | null
  /** Of the file's rows: where it stands. */
  line: number | null
  /** The words under which consents of this source were given. */
  consent: ConsentWords | null
}

export interface ContactRecord {
  change: ContactChange
  anchor: KnownIdentity
  others: readonly KnownIdentity[]
}

export const evidenceOf = ({ system, importId, line }: Taking): Record<string, unknown> => ({
  system,
  ...(importId ? { import: importId } : {}),
  ...(line === null ? {} : { line: String(line) }),
})
