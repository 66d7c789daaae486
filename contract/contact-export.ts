/** What persons can be handed out with, in the order of the file. */
export const CONTACT_EXPORT_FIELDS = [
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
export type ContactExportField = (typeof CONTACT_EXPORT_FIELDS)[number]

/** A workbook is made in memory; longer lists are handed out as CSV or cards. */
export const WORKBOOK_PERSONS_MAX = 50_000
