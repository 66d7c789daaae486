/** What a column of a file of orders or contracts can be used for. */
export const PURCHASE_FIELDS = [
  'externalId',
  'kind',
  'customerNumber',
  'customerMail',
  'customerPhone',
  'state',
  'title',
  'happenedAt',
  'happenedAtDayFirst',
  'happenedAtMonthFirst',
  'runsFrom',
  'runsUntil',
  'amount',
  'refunded',
  'currency',
  'url',
] as const

export type PurchaseField = (typeof PURCHASE_FIELDS)[number]
