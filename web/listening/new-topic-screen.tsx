import { Button } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { useState } from 'react'
import { useTexts } from '../platform/i18n.ts'
import { useApi, useWorkspace } from '../platform/session.ts'
import { showDone } from '../platform/undo.tsx'
import { Place } from '../ui/place.tsx'
import { NEW_TOPIC, type TopicDraft, topicDraftKey, useTopicChanges } from './topic-draft.ts'
import { TopicForm } from './topic-form.tsx'
import type { TemplateAnswer } from './workbench/answers.ts'
import { usePreview, useSettled } from './workbench/draft-answers.ts'
import { Results } from './workbench/results.tsx'
import { TopicStart } from './workbench/topic-start.tsx'
import { WhatItHolds } from './workbench/what-it-holds.tsx'

const NEW_ROUTE = '/w/$slug/listening/topics/new'
type Parts = TemplateAnswer['parts']

/** First what for: a template, rules from elsewhere or nothing; then the query is tuned on what it finds. */
export function NewTopicScreen() {
  const t = useTexts('listening')
  const { slug, workspaceId } = useWorkspace()
  const navigate = useNavigate()
  const { query, start = 'brand' } = useSearch({ from: NEW_ROUTE })
  const { kept, keptSince, keep, forget } = useTopicChanges(topicDraftKey(workspaceId, NEW_TOPIC))
  // A search that becomes a topic is meant now; what was begun earlier is only gone once something is typed.
  const [given, setGiven] = useState(query ? { ...EMPTY, query } : null)
  const [parts, setParts] = useState<Parts>([])
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
          parts={parts}
          keptSince={given ? null : keptSince}
          onChange={write}
          onCreated={forget}
          onDiscard={() => {
            setGiven(null)
            setParts([])
            forget()
          }}
        />
      ) : (
        // Nothing was typed yet, so there is nothing to keep when one leaves again.
        <TopicStart
          start={start}
          onOwn={() => setGiven(EMPTY)}
          onRule={(rule) => write(rule)}
          onTemplate={({ parts: made, ok: _ok, ...topic }) => {
            setParts(made)
            write(topic)
          }}
        />
      )}
    </Place>
  )
}

const EMPTY: TopicDraft = { name: '', kind: 'brand', query: '', languages: [], opensConversations: true }

interface TuneTopicProps {
  draft: TopicDraft
  parts: Parts
  keptSince: number | null
  onChange(changed: Partial<TopicDraft>): void
  onCreated(): void
  onDiscard(): void
}

function TuneTopic({ draft, parts, keptSince, onChange, onCreated, onDiscard }: TuneTopicProps) {
  const t = useTexts('listening')
  const api = useApi()
  const queries = useQueryClient()
  const { slug } = useWorkspace()
  const navigate = useNavigate()
  const { days = '30' } = useSearch({ from: NEW_ROUTE })
  const settled = useSettled({ topicId: null, query: draft.query, languages: draft.languages, days: Number(days) })
  const preview = usePreview(settled)
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
      preview={preview}
      reason={null}
      submit={t('topics.create')}
      busy={create.isPending}
      error={create.error}
      keptSince={keptSince}
      known={false}
      under={parts.length > 0 && <WhatItHolds parts={parts} query={draft.query} />}
      beside={
        <Button variant="subtle" onClick={onDiscard}>
          {t('topics.discard')}
        </Button>
      }
      onSubmit={() => create.mutate({ ...rest, ...(languages.length > 0 ? { languages } : {}) })}
      results={
        <Results
          settled={settled}
          preview={preview}
          days={days}
          onDays={(chosen) =>
            void navigate({ from: NEW_ROUTE, search: (before) => ({ ...before, days: chosen }), replace: true })
          }
          edit={null}
        />
      }
    />
  )
}
