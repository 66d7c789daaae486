import { Link } from '@tanstack/react-router'
import { dayAt } from '../../platform/days.ts'
import { useFormats } from '../../platform/formats.ts'
import { useTexts } from '../../platform/i18n.ts'
import { useWorkspace } from '../../platform/session.ts'
import styles from './shares.module.css'
import { changeOf, type Share } from './shares-query.ts'

/** A line for each topic: its share as a bar, the figures beside it. Ours and theirs are told apart by a word too. */
export function ShareBars({ items, from, until }: { items: readonly Share[]; from: Date; until: Date }) {
  const t = useTexts('measurement')
  const { slug } = useWorkspace()
  const formats = useFormats()
  const day = (at: Date) => dayAt(at, formats.timeZone)
  return (
    <table className={styles.bars}>
      <thead>
        <tr>
          <th scope="col">{t('shares.topic')}</th>
          <th scope="col">{t('shares.share')}</th>
          <th scope="col" data-numeric>
            {t('shares.mentions')}
          </th>
          <th scope="col" data-numeric>
            {t('shares.negative')}
          </th>
        </tr>
      </thead>
      <tbody>
        {items.map((item) => (
          <tr key={item.topicId}>
            <th scope="row">
              <Link
                to="/w/$slug/listening/posts"
                params={{ slug }}
                search={{ topic: item.topicId, from: day(from), until: day(until) }}
                className={styles.topic}
              >
                {item.name}
              </Link>
              <span className={styles.kind}>
                {item.kind === 'brand' ? t('shares.kinds.brand') : t('shares.kinds.competitor')}
              </span>
            </th>
            <td data-header={t('shares.share')}>
              <ShareBar item={item} />
            </td>
            <td data-numeric data-header={t('shares.mentions')}>
              {formats.number(item.mentions)}
              {item.expired > 0 && (
                <span className={styles.expired}>
                  {t('shares.rowsExpired', {
                    number: formats.number(item.expired),
                    of: formats.number(item.mentions),
                  })}
                </span>
              )}
            </td>
            <td
              data-numeric
              data-header={t('shares.negative')}
              title={t('shares.readOf', { number: formats.number(item.read) })}
            >
              {item.read === 0 ? '–' : formats.percent(item.negative / item.read)}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

function ShareBar({ item }: { item: Share }) {
  const t = useTexts('measurement')
  const formats = useFormats()
  const { change } = changeOf(item, formats, t)
  return (
    <div className={styles.share}>
      <span className={styles.track} aria-hidden>
        <span
          className={styles.bar}
          data-own={item.kind === 'brand' || undefined}
          style={{ width: `${(item.share ?? 0) * 100}%` }}
        />
      </span>
      <span className={styles.percent}>{item.share === null ? '–' : formats.percent(item.share, 1)}</span>
      {change && <span className={styles.change}>{change}</span>}
    </div>
  )
}
