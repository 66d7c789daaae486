/**
 * The clock of Art. 12(3) GDPR: one month, to be extended once by two. Counted as Regulation 1182/71 says: a month ends
 * with the day of the same number, or with the month's last day where that month is shorter; the whole last day counts.
 */
export const dueAt = (receivedAt: Date): Date => endOfDayAfterMonths(receivedAt, 1)
export const extendedDueAt = (receivedAt: Date): Date => endOfDayAfterMonths(receivedAt, 3)

function endOfDayAfterMonths(from: Date, months: number): Date {
  const year = from.getUTCFullYear()
  const month = from.getUTCMonth() + months
  const lastDay = new Date(Date.UTC(year, month + 1, 0)).getUTCDate()
  return new Date(Date.UTC(year, month, Math.min(from.getUTCDate(), lastDay), 23, 59, 59))
}
