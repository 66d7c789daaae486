import { VALID_YEARS_MAX, VERSIONS_MAX } from '../../../contract/clock-words.ts'
import { Conflict, Invalid } from '../../platform/errors.ts'

const YEAR_MS = 365.25 * 86_400_000

/** From when a version is valid: now, unless somebody says otherwise. Throws Invalid where that is too far from today. */
export function validFrom(asked: Date | undefined, now: Date): Date {
  const at = asked ?? now
  const years = Math.abs(at.getTime() - now.getTime()) / YEAR_MS
  if (!(years <= VALID_YEARS_MAX)) throw new Invalid('valid-from-too-far', { yearsMax: VALID_YEARS_MAX })
  return at
}

/** The next version's number. Refuses whoever saw an older one than there is, and more than anybody can read. */
export function nextVersion(
  newest: number,
  against: number,
  code: 'calendar-changed' | 'clock-policy-changed',
): number {
  if (newest !== against) throw new Conflict(code)
  if (newest >= VERSIONS_MAX) throw new Invalid('too-many-versions', { versionsMax: VERSIONS_MAX })
  return newest + 1
}
