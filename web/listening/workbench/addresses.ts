/** What of the workbench stands in the address: which results, of how many days, in which order, and how a topic begins. */
export const VIEWS = ['finds', 'changes', 'quality', 'versions'] as const
export type View = (typeof VIEWS)[number]
export const PERIODS_DAYS = ['7', '30', '90'] as const
export type PeriodDays = (typeof PERIODS_DAYS)[number]
export const ORDERS = ['newest', 'relevance'] as const
export type Order = (typeof ORDERS)[number]
export const STARTS = ['brand', 'competitor', 'category', 'campaign', 'crisis', 'rules', 'own'] as const
export type Start = (typeof STARTS)[number]
