/** What a row, a card or another system says of somebody: as it was written, nothing of it judged yet. */
export interface ToldContact {
  externalId: string
  fields: Record<string, string>
  mails: string[]
  phones: string[]
  sites: string[]
  handles: { network: string; handle: string }[]
  customerNumbers: { system: string; number: string }[]
  tags: string[]
  /** What for → what was written in the column. */
  consents: Record<string, string>
  legalBasis: string
  /** What was written in the column; absent: nothing. */
  doNotContact?: string
}

export const emptyContact = (): ToldContact => ({
  externalId: '',
  fields: {},
  mails: [],
  phones: [],
  sites: [],
  handles: [],
  customerNumbers: [],
  tags: [],
  consents: {},
  legalBasis: '',
})
