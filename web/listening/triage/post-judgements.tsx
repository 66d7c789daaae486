import { Anchor } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useTexts } from '../../platform/i18n.ts'
import { useApi, useWorkspace } from '../../platform/session.ts'
import { TimeAgo } from '../../ui/time-ago.tsx'
import { useActorName } from '../actor-name.ts'
import { useTopics } from '../post-facts.tsx'
import type { PostJudgement } from './answers.ts'
import { JudgementLine } from './judgement-line.tsx'
import styles from './triage.module.css'

/** What the topics of a post think of it, and who sorted it; nothing where no topic has learned anything. */
export function PostJudgements({ postId }: { postId: string }) {
  const { data } = useQuery(useApi().listening.triage.judgements.queryOptions({ input: { postId } }))
  const shown = data?.items.filter(({ judgement, verdict }) => judgement || verdict) ?? []
  if (shown.length === 0) return null
  return (
    <section className={styles.judgements}>
      {shown.map((item) => (
        <OfTopic key={item.topicId} item={item} />
      ))}
    </section>
  )
}

function OfTopic({ item: { topicId, judgement, verdict } }: { item: PostJudgement }) {
  const t = useTexts('listening')
  const { slug } = useWorkspace()
  const topic = useTopics().get(topicId)
  const actorName = useActorName()
  const by = verdict && actorName(verdict.by as Parameters<typeof actorName>[0])
  return (
    <div>
      {judgement && !verdict && <JudgementLine judgement={judgement} topic={topic?.name ?? ''} />}
      {verdict && (
        <p className={styles.thinks}>
          {t(`noise.sortedBy.${verdict.side}`, { topic: topic?.name ?? '', name: by ?? '' })} ·{' '}
          <TimeAgo time={verdict.at} />
        </p>
      )}
      <Anchor
        size="xs"
        renderRoot={(props) => (
          <Link to="/w/$slug/listening/topics/$topicId/sort" params={{ slug, topicId }} {...props} />
        )}
      >
        {t('noise.toSorting')}
      </Anchor>
    </div>
  )
}
