/** What the list of alarms shows; apart, because the address is read before the screen is loaded. */
export const ALARM_STATES = ['open', 'ended'] as const
