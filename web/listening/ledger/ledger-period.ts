export const LEDGER_DAYS = [7, 30, 90] as const

/** What the address says; a month where it says nothing that can be chosen. */
export const ledgerDays = (said: string | undefined): number => LEDGER_DAYS.find((days) => String(days) === said) ?? 30
