import { Button } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useTexts } from '../../platform/i18n.ts'
import { useApi, useMayAt } from '../../platform/session.ts'
import { QueryError } from '../../ui/query-error.tsx'
import { TextSkeleton } from '../../ui/skeletons.tsx'
import type { Conversation } from '../shapes.ts'
import { ClockWait } from './clock-wait.tsx'
import styles from './clocks.module.css'
import { Reminder } from './reminder.tsx'

/** Every clock of a conversation: how it stands, which minutes counted and why, what happens when. */
export function ClockPanel({ conversation }: { conversation: Conversation }) {
  const t = useTexts('inbox')
  const api = useApi()
  const { conversationId } = conversation
  const input = { conversationId }
  const { data, error, refetch } = useQuery(
    api.inbox.clocks.of.queryOptions({ input, refetchInterval: 60_000, staleTime: 0 }),
  )
  if (error && !data) return <QueryError error={error} onRetry={() => void refetch()} />
  if (!data) return <TextSkeleton lines={5} />
  const standing = data.waits.filter(({ endedAt }) => endedAt === null)
  const over = data.waits.filter(({ endedAt }) => endedAt !== null)
  return (
    <section className={styles.panel} aria-label={t('clocks.title')}>
      {data.waits.length === 0 && <p className={styles.muted}>{t('clocks.none')}</p>}
      <div>
        {standing.map((wait) => (
          <ClockWait key={`${wait.clock} ${wait.epoch}`} wait={wait} now={data.now} opened />
        ))}
        {over.map((wait) => (
          <ClockWait key={`${wait.clock} ${wait.epoch}`} wait={wait} now={data.now} />
        ))}
      </div>
      {data.turn && <Turn conversation={conversation} turn={data.turn} />}
      <Reminder conversationId={conversationId} at={data.remindMeAt} />
    </section>
  )
}

/** Whose turn it is follows from who spoke last, unless somebody says otherwise. */
function Turn({ conversation, turn }: { conversation: Conversation; turn: 'ours' | 'customer' }) {
  const t = useTexts('inbox')
  const api = useApi()
  const queries = useQueryClient()
  const mayWork = useMayAt('inbox.work', conversation.sourceId)
  const other = turn === 'ours' ? 'customer' : 'ours'
  const take = useMutation(
    api.inbox.clocks.turn.mutationOptions({
      onSuccess: () => queries.invalidateQueries({ queryKey: api.inbox.clocks.of.key() }),
    }),
  )
  return (
    <div className={styles.turn}>
      <span>{t(`clocks.turn.${turn}`)}</span>
      {mayWork && (
        <Button
          size="compact-sm"
          loading={take.isPending}
          onClick={() => take.mutate({ conversationId: conversation.conversationId, turn: other })}
        >
          {t(`clocks.turn.make-${other}`)}
        </Button>
      )}
    </div>
  )
}
