import { Button, TextInput } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { type FormEvent, useState } from 'react'
import { failureOf, textOfFailure } from '../platform/failures.ts'
import { useTexts } from '../platform/i18n.ts'
import { useApi, useWorkspace } from '../platform/session.ts'
import { showDone } from '../platform/undo.tsx'
import { Place } from '../ui/place.tsx'
import styles from './listening.module.css'
import { useQueryCheck } from './query-check.ts'
import { NEW_TOPIC, type TopicDraft, topicDraftKey, useTopicChanges } from './topic-draft.ts'
import { TopicForm } from './topic-form.tsx'

/** First a name, from which a query is proposed; then the query is tuned on what it finds. */
export function NewTopicScreen() {
  const t = useTexts('listening')
  const { slug, workspaceId } = useWorkspace()
  const navigate = useNavigate()
  const { query } = useSearch({ from: '/w/$slug/listening/topics/new' })
  const { kept, keptSince, keep, forget } = useTopicChanges(topicDraftKey(workspaceId, NEW_TOPIC))
  // A search that becomes a topic is meant now; what was begun earlier is only gone once something is typed.
  const [given, setGiven] = useState(query ? { ...EMPTY, query } : null)
  const draft = given ?? (kept && { ...EMPTY, ...kept.changes })
  const write = (changed: Partial<TopicDraft>) => {
    setGiven(null)
    keep({ changes: { ...EMPTY, ...draft, ...changed }, reason: '', version: 0 })
  }
  const back = () => void navigate({ to: '/w/$slug/listening/topics', params: { slug } })
  return (
    <Place title={t('topics.new')} onBack={back}>
      {draft ? (
        <TuneTopic
          draft={draft}
          keptSince={given ? null : keptSince}
          onChange={write}
          onCreated={forget}
          onDiscard={() => {
            setGiven(null)
            forget()
          }}
        />
      ) : (
        // Nothing was typed yet, so there is nothing to keep when one leaves again.
        <ProposeTopic onProposed={write} onOwn={(name) => (name ? write({ name }) : setGiven(EMPTY))} />
      )}
    </Place>
  )
}

const EMPTY: TopicDraft = { name: '', kind: 'brand', query: '', languages: [], opensConversations: true }

interface ProposeTopicProps {
  onProposed(proposed: Partial<TopicDraft>): void
  onOwn(name: string): void
}

function ProposeTopic({ onProposed, onOwn }: ProposeTopicProps) {
  const t = useTexts('listening')
  const [brand, setBrand] = useState('')
  const propose = useMutation(
    useApi().listening.topics.propose.mutationOptions({ meta: { shownInPlace: true }, onSuccess: onProposed }),
  )
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (brand.trim()) propose.mutate({ brand: brand.trim() })
  }
  return (
    <form className={styles.propose} onSubmit={submit}>
      <TextInput
        label={t('topics.propose.name')}
        description={t('topics.propose.why')}
        placeholder="Kobaltfon"
        value={brand}
        onChange={(event) => setBrand(event.currentTarget.value)}
        maxLength={200}
        data-autofocus
        autoFocus
      />
      <div className={styles.buttons}>
        <Button type="submit" variant="filled" loading={propose.isPending}>
          {t('topics.propose.go')}
        </Button>
        <Button variant="subtle" onClick={() => onOwn(brand.trim())}>
          {t('topics.propose.own')}
        </Button>
      </div>
      <div role="alert">
        {propose.error && <p className={styles.wrong}>{textOfFailure(failureOf(propose.error))}</p>}
      </div>
    </form>
  )
}

interface TuneTopicProps {
  draft: TopicDraft
  keptSince: number | null
  onChange(changed: Partial<TopicDraft>): void
  onCreated(): void
  onDiscard(): void
}

function TuneTopic({ draft, keptSince, onChange, onCreated, onDiscard }: TuneTopicProps) {
  const t = useTexts('listening')
  const api = useApi()
  const queries = useQueryClient()
  const { slug } = useWorkspace()
  const navigate = useNavigate()
  const check = useQueryCheck(draft.query, { languages: draft.languages })
  const create = useMutation(
    api.listening.topics.create.mutationOptions({
      meta: { shownInPlace: true },
      onSuccess: async ({ topicId }) => {
        await queries.invalidateQueries({ queryKey: api.listening.topics.list.key() })
        showDone(t('topics.added', { name: draft.name }))
        await navigate({ to: '/w/$slug/listening/topics/$topicId', params: { slug, topicId } })
        onCreated()
      },
    }),
  )
  const { languages, ...rest } = draft
  return (
    <TopicForm
      draft={draft}
      onChange={onChange}
      check={check}
      reason={null}
      submit={t('topics.create')}
      busy={create.isPending}
      error={create.error}
      keptSince={keptSince}
      beside={
        <Button variant="subtle" onClick={onDiscard}>
          {t('topics.discard')}
        </Button>
      }
      onSubmit={() => create.mutate({ ...rest, ...(languages.length > 0 ? { languages } : {}) })}
    />
  )
}
