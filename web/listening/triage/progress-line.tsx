import { Anchor } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { useFormats } from '../../platform/formats.ts'
import { useTexts } from '../../platform/i18n.ts'
import { useWorkspace } from '../../platform/session.ts'
import type { Learned } from './answers.ts'
import styles from './triage.module.css'

/** With fewer posts a share says little. */
const RECORD_MIN = 5

/** What sorting has brought so far, in a sentence, and always how much is set aside. */
export function ProgressLine({ topicId, learned }: { topicId: string; learned: Learned }) {
  const t = useTexts('listening')
  const formats = useFormats()
  const { labels, record, judging, on } = learned
  const said = !on
    ? t('sort.progress.off')
    : labels.toDecide > 0
      ? t('sort.progress.begin', { count: labels.toDecide })
      : record.asked >= RECORD_MIN
        ? t('sort.progress.record', {
            asked: formats.number(record.asked),
            right: formats.number(record.right),
            wrong: formats.number(record.wrong),
            unsure: formats.number(record.unsure),
          })
        : t('sort.progress.decides', { count: labels.forUs + labels.notForUs })
  return (
    <p className={styles.progress} role="status">
      {said} <AsideLink topicId={topicId} learned={learned} />
      {on &&
        judging.left > 0 &&
        ` ${t('sort.progress.left', { count: judging.left, number: formats.number(judging.left) })}`}
    </p>
  )
}

/** How much of the last seven days is set aside, with the way to it. */
function AsideLink({ topicId, learned }: { topicId: string; learned: Learned }) {
  const t = useTexts('listening')
  const formats = useFormats()
  const { slug } = useWorkspace()
  const { count, atLeast } = learned.week.aside
  if (count === 0) return <>{t('sort.progress.asideNone')}</>
  const number = atLeast ? t('atLeast', { number: formats.number(count) }) : formats.number(count)
  return (
    <Anchor
      inherit
      underline="always"
      renderRoot={(props) => (
        <Link
          to="/w/$slug/listening/posts"
          params={{ slug }}
          search={{ topic: topicId, noise: 'only', period: 'week' }}
          {...props}
        />
      )}
    >
      {t('sort.progress.aside', { count, number })}
    </Anchor>
  )
}
