export const HOUR_MINUTES = 60

/** The unit in which somebody put down a length, and that length. */
export interface PutDown {
  unit: number
  minutes: number
}

/**
 * In which unit a length is shown: as it was put down, as long as it is still that length; a field may come to show another
 * one, when a line above it is taken away. Otherwise in whole hours, where it is some.
 */
export const shownUnit = (minutes: number, putDown: PutDown | null): number =>
  putDown?.minutes === minutes ? putDown.unit : minutes % HOUR_MINUTES === 0 ? HOUR_MINUTES : 1
