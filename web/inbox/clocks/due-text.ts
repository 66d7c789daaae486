import type { Formats } from '../../platform/formats.ts'
import type { useTexts } from '../../platform/i18n.ts'
import { whenText } from '../when.ts'

/** "Due 15:40", or how late it is. */
export function dueText(t: ReturnType<typeof useTexts>, formats: Formats, dueAt: Date, now: Date): string {
  const lateMs = now.getTime() - dueAt.getTime()
  return lateMs < 0
    ? t('list.due', { time: whenText(formats, dueAt, now) })
    : t('list.late', { time: shortWait(formats, lateMs) })
}

/** In minutes at least: seconds would flicker. One unit is enough in a row. */
export function shortWait(formats: Formats, waitedMs: number): string {
  const minute = 60_000
  const units = [24 * 60 * minute, 60 * minute, minute]
  const unit = units.find((each) => waitedMs >= each) ?? minute
  return formats.duration(Math.max(unit, Math.floor(waitedMs / unit) * unit))
}
