import { Anchor, Button } from '@mantine/core'
import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { useTexts } from '../../platform/i18n.ts'
import { byCursor, pageAfter } from '../../platform/pages.ts'
import { useApi, useMay, useWorkspace } from '../../platform/session.ts'
import { ConfirmByName } from '../../ui/confirm-by-name.tsx'
import { QueryError } from '../../ui/query-error.tsx'
import { RowSkeletons } from '../../ui/skeletons.tsx'
import { ExportPersons } from '../contacts/export-persons.tsx'
import type { Segment } from '../shapes.ts'
import { RuleText } from './rule-text.tsx'
import { SegmentEditor } from './segment-editor.tsx'
import { SegmentPersons } from './segment-persons.tsx'
import styles from './segments.module.css'

const PAGE_PERSONS = 50

/** One segment: what its rule says, and who is in it now. */
export function SegmentDetail({ segment, onClose }: { segment: Segment; onClose(): void }) {
  const t = useTexts('people')
  const { slug } = useWorkspace()
  const mayChange = useMay('topics.manage')
  const mayExport = useMay('posts.export')
  const mayReadInbox = useMay('inbox.read')
  const [editing, setEditing] = useState(false)
  const [removing, setRemoving] = useState(false)
  const { segmentId, name } = segment
  if (editing) return <SegmentEditor segment={segment} onDone={() => setEditing(false)} />
  return (
    <section className={styles.detail} aria-label={name}>
      <div className={styles.head}>
        <Button className={styles.back} size="compact-sm" onClick={onClose}>
          {t('segments.all')}
        </Button>
        <h2 className={styles.title}>{name}</h2>
        {mayChange && (
          <>
            <Button size="compact-sm" onClick={() => setEditing(true)}>
              {t('segments.change')}
            </Button>
            <Button size="compact-sm" onClick={() => setRemoving(true)}>
              {t('segments.remove')}
            </Button>
          </>
        )}
        {mayExport && <ExportPersons segmentId={segmentId} size="compact-sm" />}
      </div>
      <p className={styles.uses}>
        <Anchor
          renderRoot={(props) => (
            <Link to="/w/$slug/listening/posts" params={{ slug }} search={{ segment: segmentId }} {...props} />
          )}
        >
          {t('segments.posts')}
        </Anchor>
        {mayReadInbox && (
          <Anchor
            renderRoot={(props) => (
              <Link to="/w/$slug/inbox" params={{ slug }} search={{ segment: segmentId, state: 'all' }} {...props} />
            )}
          >
            {t('segments.conversations')}
          </Anchor>
        )}
      </p>
      <RuleText rule={segment.rule} />
      <Members segmentId={segmentId} />
      <RemoveSegment segment={segment} opened={removing} onClose={() => setRemoving(false)} onRemoved={onClose} />
    </section>
  )
}

function Members({ segmentId }: { segmentId: string }) {
  const t = useTexts('people')
  const list = useInfiniteQuery(
    useApi().people.segments.persons.infiniteOptions({
      input: (after: string | undefined) => ({ segmentId, ...pageAfter(after, PAGE_PERSONS) }),
      ...byCursor,
    }),
  )
  if (list.error) return <QueryError error={list.error} onRetry={() => void list.refetch()} />
  if (!list.data) return <RowSkeletons rows={5} />
  const persons = list.data.pages.flatMap((page) => page.items)
  if (persons.length === 0) return <p className={styles.quiet}>{t('segments.nobody')}</p>
  return (
    <>
      <SegmentPersons persons={persons} />
      {list.hasNextPage && (
        <Button mt={8} loading={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
          {t('segments.more')}
        </Button>
      )}
    </>
  )
}

interface RemoveSegmentProps {
  segment: Segment
  opened: boolean
  onClose(): void
  onRemoved(): void
}

function RemoveSegment({ segment, opened, onClose, onRemoved }: RemoveSegmentProps) {
  const t = useTexts('people')
  const api = useApi()
  const queries = useQueryClient()
  const remove = useMutation(
    api.people.segments.remove.mutationOptions({
      meta: { shownInPlace: true },
      onSuccess: async () => {
        onRemoved()
        await queries.invalidateQueries({ queryKey: api.people.key() })
      },
    }),
  )
  const { segmentId, name } = segment
  return (
    <ConfirmByName
      opened={opened}
      onClose={onClose}
      title={t('segments.removeTitle')}
      name={name}
      action={t('segments.remove')}
      onConfirm={() => remove.mutateAsync({ segmentId })}
    >
      <p>{t('segments.removeWhat')}</p>
    </ConfirmByName>
  )
}
