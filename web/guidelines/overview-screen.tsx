import { IconUsers } from '@tabler/icons-react'
import { useSuspenseQuery } from '@tanstack/react-query'
import { useTexts } from '../platform/i18n.ts'
import { useApi } from '../platform/session.ts'
import { Empty } from '../ui/empty.tsx'
import styles from './guidelines.module.css'
import { ProgrammePlace } from './programme-place.tsx'
import { StandingTag } from './standing-tag.tsx'
import { useTitleOf } from './titles.ts'

/** Who has done what they need: whether, and nothing about how. */
export function OverviewScreen() {
  const t = useTexts('guidelines')
  const titleOf = useTitleOf()
  const { items, members } = useSuspenseQuery(useApi().guidelines.overview.queryOptions({ input: {} })).data
  return (
    <ProgrammePlace title={t('tab.overview')}>
      {items.length === 0 ? (
        <Empty icon={IconUsers} title={t('overviewEmpty')}>
          {t('overviewEmptyWhy')}
        </Empty>
      ) : (
        <>
          <p className={styles.quiet}>{t('overviewWhy')}</p>
          <section className={styles.scroll} aria-label={t('tab.overview')}>
            <table className={styles.matrix}>
              <thead>
                <tr>
                  <th scope="col">{t('member')}</th>
                  {items.map(({ aboutId, titles }) => (
                    <th key={aboutId} scope="col">
                      {titleOf(titles)}
                    </th>
                  ))}
                </tr>
              </thead>
              <tbody>
                {members.map(({ memberId, name, standings }) => (
                  <tr key={memberId}>
                    <th scope="row">{name}</th>
                    {items.map(({ aboutId }) => {
                      const found = standings.find((one) => one.aboutId === aboutId)
                      return (
                        <td key={aboutId}>
                          {found ? (
                            <StandingTag standing={found.standing} />
                          ) : (
                            <span className={styles.quiet}>{t('notNeeded')}</span>
                          )}
                        </td>
                      )
                    })}
                  </tr>
                ))}
              </tbody>
            </table>
          </section>
        </>
      )}
    </ProgrammePlace>
  )
}
