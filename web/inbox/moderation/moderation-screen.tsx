import { Button, NativeSelect } from '@mantine/core'
import { IconShield } from '@tabler/icons-react'
import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { MODERATION_WHO } from '../../../contract/moderation-words.ts'
import { useAuthorName } from '../../listening/author-line.tsx'
import { useTexts } from '../../platform/i18n.ts'
import { useApi, useMay, useWorkspace } from '../../platform/session.ts'
import { Empty } from '../../ui/empty.tsx'
import { FilterBar } from '../../ui/filter-bar.tsx'
import { Place } from '../../ui/place.tsx'
import { QueryError } from '../../ui/query-error.tsx'
import { RowSkeletons } from '../../ui/skeletons.tsx'
import { Tag } from '../../ui/tag.tsx'
import { TimeAgo } from '../../ui/time-ago.tsx'
import { usePeopleHere } from '../people-here.ts'
import styles from './moderation.module.css'
import { ACTIONS_SHOWN } from './reasons.ts'
import type { ModerationAct } from './shapes.ts'
import { useModeration } from './use-moderation.ts'

const PAGE_ROWS = 50
const SHOWN = ['all', 'standing', 'ended'] as const
const STANDING = { all: undefined, standing: 'yes', ended: 'no' } as const
const FAILURES = [
  'rate-limited',
  'credentials-expired',
  'refused',
  'gone',
  'unreachable',
  'upstream',
  'interrupted',
  'drill',
  'listen-only',
  'no-account',
]

/** Everything that was done on our pages, with its outcome, and the way back. */
export function ModerationScreen() {
  const t = useTexts('inbox')
  const api = useApi()
  const [shown, setShown] = useState<(typeof SHOWN)[number]>('all')
  const standing = STANDING[shown]
  const { data, error, refetch, hasNextPage, isFetchingNextPage, fetchNextPage } = useInfiniteQuery(
    api.inbox.moderation.list.infiniteOptions({
      input: (after: string | undefined) => ({
        limit: PAGE_ROWS,
        ...(standing ? { standing } : {}),
        ...(after === undefined ? {} : { after }),
      }),
      initialPageParam: undefined as string | undefined,
      getNextPageParam: ({ nextCursor }) => nextCursor ?? undefined,
    }),
  )
  const mayDecide = useMay('policy.manage')
  if (error && !data) return <QueryError error={error} onRetry={() => void refetch()} />
  const acts = data?.pages.flatMap(({ items }) => items) ?? []
  return (
    <Place
      title={t('moderation.place')}
      filters={
        <FilterBar
          label={t('moderation.shown.title')}
          value={shown}
          options={SHOWN.map((value) => ({ value, label: t(`moderation.shown.${value}`) }))}
          onChange={(value) => setShown(SHOWN.find((each) => each === value) ?? 'all')}
        />
      }
    >
      {!data ? (
        <RowSkeletons />
      ) : acts.length === 0 ? (
        <Empty icon={IconShield} title={t('moderation.none')}>
          {t('moderation.noneWhy')}
        </Empty>
      ) : (
        <ul className={styles.acts} aria-label={t('moderation.place')}>
          {acts.map((act) => (
            <Act key={act.moderationId} act={act} />
          ))}
        </ul>
      )}
      {hasNextPage && (
        <Button mt="md" loading={isFetchingNextPage} onClick={() => void fetchNextPage()}>
          {t('moderation.more')}
        </Button>
      )}
      {mayDecide && <Policy />}
    </Place>
  )
}

function Act({ act }: { act: ModerationAct }) {
  const t = useTexts('inbox')
  const { slug } = useWorkspace()
  const { nameOf } = usePeopleHere()
  const authorName = useAuthorName()
  const { undo } = useModeration()
  const mayModerate = useMay('posts.moderate')
  const who = act.askedBy.kind === 'member' && act.askedBy.id ? (nameOf(act.askedBy.id) ?? t('formerMember')) : null
  const failure = FAILURES.find((each) => each === act.failure) ?? 'refused'
  return (
    <li className={styles.act}>
      <div className={styles.main}>
        <span>
          <strong>{t(`moderation.do.${act.action}`)}</strong> · {authorName(act.author)}
        </span>
        {act.snippet && (
          <p className={styles.quote} dir="auto">
            {act.snippet}
          </p>
        )}
        <span className={styles.facts}>
          <span>{t(`moderation.reason.${act.reason}`)}</span>
          {act.note && <span>– {act.note}</span>}
          <span>· {t('moderation.through', { account: act.sourceName })}</span>
          {who && <span>· {who}</span>}
          <TimeAgo time={act.askedAt} />
          {act.conversationId && (
            <Link
              to="/w/$slug/inbox/$conversationId"
              params={{ slug, conversationId: act.conversationId }}
              search={{ state: 'all' }}
            >
              {t('moderation.toConversation')}
            </Link>
          )}
        </span>
      </div>
      <Tag tone={act.state === 'refused' || act.state === 'unknown' ? 'urgent' : 'neutral'}>
        {t(`moderation.state.${act.state}`)}
      </Tag>
      {act.failure && <span>{t(`moderation.failure.${failure}`)}</span>}
      {act.undoable && mayModerate && (
        <Button size="compact-sm" onClick={() => void undo([act.moderationId])}>
          {t(`moderation.undo.${act.action}`)}
        </Button>
      )}
    </li>
  )
}

/** Whom each action is open to. */
function Policy() {
  const t = useTexts('inbox')
  const api = useApi()
  const queries = useQueryClient()
  const { data } = useQuery(api.inbox.moderation.policy.queryOptions({ input: {} }))
  const { mutate } = useMutation(
    api.inbox.moderation.setPolicy.mutationOptions({
      onSettled: () => queries.invalidateQueries({ queryKey: api.inbox.moderation.key() }),
    }),
  )
  if (!data) return null
  return (
    <section className={styles.policy} aria-label={t('moderation.policy.title')}>
      <h2>{t('moderation.policy.title')}</h2>
      <p>{t('moderation.policy.why')}</p>
      {ACTIONS_SHOWN.flatMap((action) => data.items.filter((item) => item.action === action)).map(({ action, who }) => (
        <div key={action} className={styles.policyRow}>
          <span>{t(`moderation.do.${action}`)}</span>
          <NativeSelect
            aria-label={t(`moderation.do.${action}`)}
            value={who}
            data={MODERATION_WHO.map((value) => ({ value, label: t(`moderation.policy.${value}`) }))}
            onChange={(event) => {
              const next = MODERATION_WHO.find((each) => each === event.currentTarget.value)
              if (next) mutate({ action, who: next })
            }}
          />
        </div>
      ))}
    </section>
  )
}
