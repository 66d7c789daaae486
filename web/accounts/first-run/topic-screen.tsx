import { Textarea, TextInput } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { useMutation, useQuery, useSuspenseQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { useLanguage, useTexts } from '../../platform/i18n.ts'
import { useApi, useWorkspace } from '../../platform/session.ts'
import { Form } from '../../ui/form.tsx'
import { ButtonLink } from '../button-link.tsx'
import styles from './first-run.module.css'
import { FirstRunFrame } from './first-run-frame.tsx'
import { QueryVerdict } from './query-verdict.tsx'

const TYPING_PAUSE_MS = 350
const QUERY_CHARACTERS_MAX = 8_000

/** What to listen for: proposed from the brand's name, checked while one types, kept as a topic. */
export function TopicScreen() {
  const t = useTexts('accounts')
  const api = useApi()
  const workspace = useSuspenseQuery(api.accounts.workspaces.get.queryOptions({ input: {} })).data
  const topics = useSuspenseQuery(api.listening.topics.list.queryOptions({ input: {} })).data.items
  const present = topics.find(({ kind }) => kind === 'brand')
  const brand = workspace.brand || workspace.name
  const proposed = useSuspenseQuery(
    api.listening.topics.propose.queryOptions({ input: { brand, languages: workspace.languages } }),
  ).data
  return (
    <FirstRunFrame
      step="topic"
      slug={workspace.slug}
      title={t('firstRun.topic.title', { brand })}
      why={t('firstRun.topic.why')}
    >
      <TopicForm start={present ?? { ...proposed, topicId: null }} />
    </FirstRunFrame>
  )
}

interface TopicStart {
  topicId: string | null
  name: string
  query: string
  languages: string[]
}

function TopicForm({ start }: { start: TopicStart }) {
  const t = useTexts('accounts')
  const api = useApi()
  const { slug } = useWorkspace()
  const [name, setName] = useState(start.name)
  const [query, setQuery] = useState(start.query)
  const [asked] = useDebouncedValue(query, TYPING_PAUSE_MS)
  const verdict = useQuery({
    ...api.listening.topics.checkQuery.queryOptions({
      input: { query: asked, languages: start.languages, textLanguage: useLanguage() },
    }),
    placeholderData: (before) => before,
    retry: false,
  })
  const faulty = verdict.data?.ok === false && asked === query
  const keep = useKeepTopic(start)
  return (
    <Form
      submit={t('firstRun.topic.submit')}
      busy={keep.isPending}
      error={keep.error}
      onSubmit={() => keep.mutate({ name: name.trim(), query })}
      beside={
        <ButtonLink variant="subtle" to="/new/$slug/sources" params={{ slug }}>
          {t('firstRun.later')}
        </ButtonLink>
      }
    >
      <TextInput
        label={t('firstRun.topic.name')}
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
        required
        maxLength={120}
      />
      <Textarea
        label={t('firstRun.topic.query')}
        description={t('firstRun.topic.queryWhy')}
        value={query}
        onChange={(event) => setQuery(event.currentTarget.value)}
        required
        maxLength={QUERY_CHARACTERS_MAX}
        autosize
        minRows={3}
        maxRows={10}
        spellCheck={false}
        autoCapitalize="off"
        styles={{ input: { fontFamily: 'var(--font-mono)' } }}
        error={faulty}
      />
      <div role="status" className={styles.said}>
        <QueryVerdict verdict={verdict.data ?? null} error={verdict.error} onMend={setQuery} />
      </div>
    </Form>
  )
}

/** Coming back changes the topic that was made, instead of making a second one. */
function useKeepTopic(start: TopicStart) {
  const api = useApi()
  const { slug } = useWorkspace()
  const navigate = useNavigate()
  const create = useMutation(api.listening.topics.create.mutationOptions({ meta: { shownInPlace: true } }))
  const update = useMutation(api.listening.topics.update.mutationOptions({ meta: { shownInPlace: true } }))
  return useMutation({
    mutationFn: async ({ name, query }: { name: string; query: string }) => {
      if (start.topicId === null) await create.mutateAsync({ name, query, languages: start.languages })
      else if (name !== start.name || query !== start.query)
        await update.mutateAsync({ topicId: start.topicId, name, query })
    },
    meta: { shownInPlace: true },
    onSuccess: () => navigate({ to: '/new/$slug/sources', params: { slug } }),
  })
}
