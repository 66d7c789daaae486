/** When a snoozed conversation comes back, in the words people use. Hours are those of the device's own clock. */
export const SNOOZE_CHOICES = ['hour', 'evening', 'tomorrow', 'monday', 'week'] as const
export type SnoozeChoice = (typeof SNOOZE_CHOICES)[number]

const MORNING_HOUR = 9
const EVENING_HOUR = 17
const MONDAY = 1

export function snoozeUntil(choice: SnoozeChoice, now: Date): Date {
  switch (choice) {
    case 'hour':
      return new Date(now.getTime() + 3_600_000)
    case 'evening':
      return at(now, 0, EVENING_HOUR)
    case 'tomorrow':
      return at(now, 1, MORNING_HOUR)
    case 'monday':
      return at(now, (MONDAY - now.getDay() + 7) % 7 || 7, MORNING_HOUR)
    case 'week':
      return at(now, 7, MORNING_HOUR)
  }
}

/** What makes sense now: no "this evening" in the evening, and on a Sunday Monday is tomorrow. */
export function snoozeChoices(now: Date): SnoozeChoice[] {
  const monday = snoozeUntil('monday', now).getTime()
  return SNOOZE_CHOICES.filter((choice) => {
    if (choice === 'evening') return now.getHours() < EVENING_HOUR - 1
    if (choice === 'monday') return monday !== snoozeUntil('tomorrow', now).getTime()
    if (choice === 'week') return monday !== snoozeUntil('week', now).getTime()
    return true
  })
}

function at(now: Date, days: number, hour: number): Date {
  // By calendar day, so that a day with 23 or 25 hours stays one day.
  return new Date(now.getFullYear(), now.getMonth(), now.getDate() + days, hour)
}
