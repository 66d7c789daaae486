import type { ClockName } from '../../../contract/clock-words.ts'
import type { ResponseBy } from '../../../contract/response-words.ts'
import { useFormats } from '../../platform/formats.ts'
import { useTexts } from '../../platform/i18n.ts'
import styles from './response.module.css'
import type { Group } from './response-query.ts'

interface GroupsProps {
  by: ResponseBy
  clock: ClockName
  groups: (Group & { name: string })[]
}

/** The groups beside each other, over all weeks that are shown of each. */
export function GroupTable({ by, clock, groups }: GroupsProps) {
  const t = useTexts('measurement')
  const rate = clock === 'resolution' ? 'resolved' : 'answered'
  const formats = useFormats()
  const length = (minutes: number | null | undefined) =>
    minutes === null || minutes === undefined ? '–' : formats.duration(Math.round(minutes) * 60_000)
  const share = (part: number | null | undefined) => (part === null || part === undefined ? '–' : formats.percent(part))
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: whatever scrolls must be reachable by keyboard.
    <section className={styles.scroll} tabIndex={0} aria-label={t('response.groups')}>
      <table className={styles.table}>
        <caption className={styles.caption}>{t('response.groups')}</caption>
        <thead>
          <tr>
            <th scope="col">{t(`response.bys.${by}`)}</th>
            <th scope="col">{t('response.waits')}</th>
            <th scope="col">{t('response.serviceMedian')}</th>
            <th scope="col">{t('response.serviceP90')}</th>
            <th scope="col">{t('response.wallMedian')}</th>
            <th scope="col">{t(`response.rate.${rate}`)}</th>
            <th scope="col">{t('response.kept')}</th>
          </tr>
        </thead>
        <tbody>
          {groups.map(({ key, name, total }) => (
            <tr key={key}>
              <th scope="row">{name}</th>
              <td>{total ? formats.number(total.waits) : '–'}</td>
              <td>{length(total?.serviceMedian)}</td>
              <td>{length(total?.serviceP90)}</td>
              <td>{length(total?.wallMedian)}</td>
              <td>{share(total?.rate)}</td>
              <td>{share(total?.keptShare)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}
