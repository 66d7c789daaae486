import { useFormats } from '../../platform/formats.ts'
import { useTexts } from '../../platform/i18n.ts'

/** Counts outlive posts: how many of those that a figure rests on are gone. */
export function RowsExpired({ expired, posts }: { expired: number; posts: number }) {
  const t = useTexts('listening')
  const { number } = useFormats()
  return expired > 0 ? ` ${t('discovery.rowsExpired', { number: number(expired), of: number(posts) })}` : null
}
