import { Anchor, Button, Menu } from '@mantine/core'
import { IconDots } from '@tabler/icons-react'
import { useMutation, useQueryClient, useSuspenseQuery } from '@tanstack/react-query'
import { Link, useNavigate, useParams, useSearch } from '@tanstack/react-router'
import { useState } from 'react'
import { writeDraft } from '../platform/drafts.ts'
import { useFormats } from '../platform/formats.ts'
import { useTexts } from '../platform/i18n.ts'
import { useApi, useMay, useWorkspace } from '../platform/session.ts'
import { showDone, showUndo } from '../platform/undo.tsx'
import { ConfirmByName } from '../ui/confirm-by-name.tsx'
import styles from './listening.module.css'
import type { Topic } from './shapes.ts'
import { differing, type TopicDraft, topicDraftKey, useTopicChanges } from './topic-draft.ts'
import { TopicForm } from './topic-form.tsx'
import { TopicPlace } from './topic-place.tsx'
import { MENTIONS_COUNTED_MAX } from './topics-screen.tsx'
import { useComparison, usePreview, useSettled } from './workbench/draft-answers.ts'
import { Results } from './workbench/results.tsx'
import { sameQuery } from './workbench/same-meaning.ts'

const TOPIC_ROUTE = '/w/$slug/listening/topics/$topicId'

export function TopicScreen() {
  const api = useApi()
  const { slug } = useWorkspace()
  const navigate = useNavigate()
  const mayManage = useMay('topics.manage')
  const { topicId } = useParams({ from: TOPIC_ROUTE })
  const topic = useSuspenseQuery(api.listening.topics.get.queryOptions({ input: { topicId } })).data
  const back = () => void navigate({ to: '/w/$slug/listening/topics', params: { slug } })
  return (
    <TopicPlace topic={topic} action={mayManage && <TopicActions topic={topic} onRemoved={back} />}>
      <TopicFigures topic={topic} />
      <TopicEditor key={topic.topicId} topic={topic} mayManage={mayManage} />
    </TopicPlace>
  )
}

function TopicFigures({ topic }: { topic: Topic }) {
  const t = useTexts('listening')
  const formats = useFormats()
  const { slug } = useWorkspace()
  const { lookback, mentions7d, topicId } = topic
  const counted = formats.number(mentions7d)
  const said = mentions7d >= MENTIONS_COUNTED_MAX ? t('atLeast', { number: counted }) : counted
  return (
    <p className={styles.hint}>
      <Anchor
        underline="always"
        renderRoot={(props) => (
          <Link
            to="/w/$slug/listening/posts"
            params={{ slug }}
            search={{ topic: topicId, period: 'week' }}
            {...props}
          />
        )}
      >
        {t('topics.mentions', { count: mentions7d, number: said })}
      </Anchor>{' '}
      {!lookback.done &&
        (lookback.searchedFrom && lookback.searchedFrom.getFullYear() < 9000
          ? t('topics.lookingBackTo', {
              date: formats.date(lookback.searchedFrom),
              found: formats.number(lookback.found),
            })
          : t('topics.lookingBackSoon'))}
    </p>
  )
}

const fieldsOf = ({ name, kind, query, languages, opensConversations }: Topic): TopicDraft => ({
  name,
  kind,
  query,
  languages,
  opensConversations,
})

/** What is typed stays while the topic changes elsewhere; saving against an older version is refused by the server. */
function TopicEditor({ topic, mayManage }: { topic: Topic; mayManage: boolean }) {
  const t = useTexts('listening')
  const api = useApi()
  const queries = useQueryClient()
  const { topicId } = topic
  const { workspaceId } = useWorkspace()
  const { kept, keptSince, keep, forget } = useTopicChanges(topicDraftKey(workspaceId, topicId))
  const changes = kept?.changes ?? {}
  const draft = { ...fieldsOf(topic), ...changes }
  const version = kept?.version ?? topic.version
  const reason = kept?.reason ?? ''
  const { view = 'finds', days = '30', order = 'newest' } = useSearch({ from: TOPIC_ROUTE })
  const navigate = useNavigate({ from: TOPIC_ROUTE })
  const look = (changed: { days?: typeof days; order?: typeof order }) =>
    void navigate({ search: (before) => ({ ...before, ...changed }), replace: true })
  const settled = useSettled({ topicId, query: draft.query, languages: draft.languages, days: Number(days) })
  const preview = usePreview(settled)
  const changed = !sameQuery(draft.query, topic.query) || changes.languages !== undefined
  const comparison = useComparison(settled, changed && preview.faults.length === 0)
  const write = (changed: Partial<TopicDraft>, why = reason) => {
    const next = differing({ ...changes, ...changed }, fieldsOf(topic))
    if (Object.keys(next).length === 0) forget()
    else keep({ changes: next, reason: why, version })
  }
  const update = useMutation(
    api.listening.topics.update.mutationOptions({
      meta: { shownInPlace: true },
      onSuccess: async ({ version: saved }, { topicId: _id, reason: _why, againstVersion: _against, ...sent }) => {
        const now = { ...fieldsOf(topic), ...sent }
        queries.setQueryData(
          api.listening.topics.get.queryKey({ input: { topicId } }),
          (known) => known && { ...known, ...now, version: saved },
        )
        const typedMeanwhile = differing(changes, now)
        if (Object.keys(typedMeanwhile).length === 0) forget()
        else keep({ changes: typedMeanwhile, reason: '', version: saved })
        showDone(t('topics.saved'))
        // What was compared with the version before is compared anew.
        await Promise.all([
          queries.invalidateQueries({ queryKey: api.listening.topics.key() }),
          queries.invalidateQueries({ queryKey: api.listening.workbench.key() }),
        ])
      },
    }),
  )
  const save = () => update.mutate({ topicId, ...changes, reason, againstVersion: version })
  return (
    <>
      {topic.version !== version && (
        <p className={styles.notice} role="status">
          {t('topics.changedElsewhere')}{' '}
          <Button size="compact-xs" onClick={forget}>
            {t('topics.takeNewest')}
          </Button>
        </p>
      )}
      <TopicForm
        draft={draft}
        onChange={write}
        preview={preview}
        reason={changed ? reason : null}
        onReason={(why) => write({}, why)}
        submit={t('topics.save')}
        busy={update.isPending}
        error={update.error}
        onSubmit={save}
        disabled={!mayManage}
        keptSince={kept && keptSince}
        known
        beside={
          kept && (
            <Button variant="subtle" onClick={forget}>
              {t('topics.discard')}
            </Button>
          )
        }
        results={
          <Results
            settled={settled}
            preview={preview}
            days={days}
            onDays={(chosen) => look({ days: chosen })}
            edit={{
              topic,
              comparison,
              changed,
              dirty: kept !== null,
              mayManage,
              view,
              order,
              onOrder: (chosen) => look({ order: chosen }),
            }}
          />
        }
      />
    </>
  )
}

function TopicActions({ topic, onRemoved }: { topic: Topic; onRemoved(): void }) {
  const t = useTexts('listening')
  const api = useApi()
  const queries = useQueryClient()
  const { workspaceId } = useWorkspace()
  const [removing, setRemoving] = useState(false)
  const path = { topicId: topic.topicId }
  const refresh = { onSuccess: () => queries.invalidateQueries({ queryKey: api.listening.topics.key() }) }
  const pause = useMutation(api.listening.topics.pause.mutationOptions(refresh))
  const resume = useMutation(api.listening.topics.resume.mutationOptions(refresh))
  const remove = useMutation(api.listening.topics.remove.mutationOptions({ ...refresh, meta: { shownInPlace: true } }))
  const stop = async () => {
    await pause.mutateAsync(path)
    showUndo({
      message: t('topics.paused', { name: topic.name }),
      undoLabel: t('undo'),
      undo: () => resume.mutate(path),
    })
  }
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <Button leftSection={<IconDots size={14} aria-hidden />}>{t('more')}</Button>
      </Menu.Target>
      <Menu.Dropdown>
        {topic.state === 'active' ? (
          <Menu.Item onClick={() => void stop()}>{t('topics.pause')}</Menu.Item>
        ) : (
          <Menu.Item onClick={() => resume.mutate(path)}>{t('topics.resume')}</Menu.Item>
        )}
        <Menu.Item color="red" onClick={() => setRemoving(true)}>
          {t('topics.remove')}
        </Menu.Item>
      </Menu.Dropdown>
      <ConfirmByName
        opened={removing}
        onClose={() => setRemoving(false)}
        title={t('topics.remove')}
        name={topic.name}
        action={t('topics.remove')}
        onConfirm={async () => {
          await remove.mutateAsync(path)
          writeDraft(topicDraftKey(workspaceId, topic.topicId), '')
          onRemoved()
        }}
      >
        {t('topics.removeWhat')}
      </ConfirmByName>
    </Menu>
  )
}
