import { useSuspenseQuery } from '@tanstack/react-query'
import { useNavigate, useParams, useSearch } from '@tanstack/react-router'
import { useApi } from '../../platform/session.ts'
import { TopicPlace } from '../topic-place.tsx'
import styles from './discovery.module.css'
import { SuggestionList } from './suggestions.tsx'
import { PeriodChoice, Views } from './views.tsx'

/** What a topic could ask for or leave out, and what is spoken of in it. */
export function DiscoverTopicScreen() {
  const api = useApi()
  const navigate = useNavigate({ from: '/w/$slug/listening/topics/$topicId/discover' })
  const { topicId } = useParams({ from: '/w/$slug/listening/topics/$topicId/discover' })
  const { period = 'day' } = useSearch({ from: '/w/$slug/listening/topics/$topicId/discover' })
  const topic = useSuspenseQuery(api.listening.topics.get.queryOptions({ input: { topicId } })).data
  return (
    <TopicPlace topic={topic}>
      <SuggestionList topic={topic} />
      <div className={styles.period}>
        <PeriodChoice period={period} onPeriod={(next) => void navigate({ search: { period: next }, replace: true })} />
      </div>
      <Views looked={{ topicId, period }} />
    </TopicPlace>
  )
}
