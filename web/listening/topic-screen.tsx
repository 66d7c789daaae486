import { Anchor, Button, Menu } from '@mantine/core'
import { IconDots } from '@tabler/icons-react'
import { useMutation, useQueryClient, useSuspenseQuery } from '@tanstack/react-query'
import { Link, useNavigate, useParams } from '@tanstack/react-router'
import { useState } from 'react'
import { useFormats } from '../platform/formats.ts'
import { useTexts } from '../platform/i18n.ts'
import { useApi, useMay, useWorkspace } from '../platform/session.ts'
import { showDone, showUndo } from '../platform/undo.tsx'
import { ConfirmByName } from '../ui/confirm-by-name.tsx'
import { Place } from '../ui/place.tsx'
import styles from './listening.module.css'
import { useQueryCheck } from './query-check.ts'
import type { Topic, TopicVersion } from './shapes.ts'
import { type TopicDraft, TopicForm } from './topic-form.tsx'
import { TopicVersions } from './topic-versions.tsx'
import { MENTIONS_COUNTED_MAX, TopicState } from './topics-screen.tsx'

export function TopicScreen() {
  const api = useApi()
  const { slug } = useWorkspace()
  const navigate = useNavigate()
  const mayManage = useMay('topics.manage')
  const { topicId } = useParams({ from: '/w/$slug/listening/topics/$topicId' })
  const topic = useSuspenseQuery(api.listening.topics.get.queryOptions({ input: { topicId } })).data
  const back = () => void navigate({ to: '/w/$slug/listening/topics', params: { slug } })
  return (
    <Place
      title={topic.name}
      beside={<TopicState topic={topic} />}
      onBack={back}
      action={mayManage && <TopicActions topic={topic} onRemoved={back} />}
    >
      <TopicFigures topic={topic} />
      <TopicEditor key={topic.topicId} topic={topic} mayManage={mayManage} />
    </Place>
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

const draftOf = ({ name, kind, query, languages, opensConversations }: Topic): TopicDraft => ({
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
  const [base, setBase] = useState(topic)
  const [draft, setDraft] = useState(draftOf(topic))
  const [reason, setReason] = useState('')
  const check = useQueryCheck(draft.query, { languages: draft.languages })
  const changesMeaning = draft.query !== base.query || draft.languages.join() !== base.languages.join()
  const untouched = JSON.stringify(draft) === JSON.stringify(draftOf(base))
  const takeNewest = () => {
    setBase(topic)
    setDraft(draftOf(topic))
    setReason('')
  }
  // Somebody else changed it and nothing is typed here: follow.
  if (topic !== base && untouched) takeNewest()
  const update = useMutation(
    api.listening.topics.update.mutationOptions({
      meta: { shownInPlace: true },
      onSuccess: async ({ version }) => {
        setBase({ ...topic, ...draft, version })
        setReason('')
        showDone(t('topics.saved'))
        await queries.invalidateQueries({ queryKey: api.listening.topics.key() })
      },
    }),
  )
  const save = () => update.mutate({ topicId: topic.topicId, ...draft, reason, againstVersion: base.version })
  const restore = ({ query, languages, version }: TopicVersion) => {
    setDraft({ ...draft, query, languages })
    setReason(t('topics.backTo', { version }))
    document.getElementById('work')?.querySelector('form')?.scrollIntoView({ block: 'start' })
  }
  return (
    <>
      {topic.version !== base.version && (
        <p className={styles.notice} role="status">
          {t('topics.changedElsewhere')}{' '}
          <Button size="compact-xs" onClick={takeNewest}>
            {t('topics.takeNewest')}
          </Button>
        </p>
      )}
      <TopicForm
        draft={draft}
        onChange={(changed) => setDraft({ ...draft, ...changed })}
        check={check}
        reason={changesMeaning ? reason : null}
        onReason={setReason}
        submit={t('topics.save')}
        busy={update.isPending}
        error={update.error}
        onSubmit={save}
        disabled={!mayManage}
        beside={
          !untouched && (
            <Button variant="subtle" onClick={takeNewest}>
              {t('topics.discard')}
            </Button>
          )
        }
      />
      <TopicVersions topic={topic} onRestore={mayManage ? restore : null} />
    </>
  )
}

function TopicActions({ topic, onRemoved }: { topic: Topic; onRemoved(): void }) {
  const t = useTexts('listening')
  const api = useApi()
  const queries = useQueryClient()
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
          onRemoved()
        }}
      >
        {t('topics.removeWhat')}
      </ConfirmByName>
    </Menu>
  )
}
