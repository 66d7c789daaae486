import { Button, Select, Textarea, TextInput } from '@mantine/core'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useFormats } from '../platform/formats.ts'
import { LANGUAGES, useTexts } from '../platform/i18n.ts'
import { useApi } from '../platform/session.ts'
import { Form } from '../ui/form.tsx'
import { useSaved } from './saved.ts'
import type { Statement } from './shapes.ts'

export function StatementForm({ statement, onDone }: { statement: Statement | null; onDone(): void }) {
  const t = useTexts('crisis')
  const api = useApi()
  const formats = useFormats()
  const [name, setName] = useState(statement?.name ?? '')
  const [topicId, setTopicId] = useState(statement?.topicId ?? null)
  const [texts, setTexts] = useState<Statement['texts']>(statement?.texts ?? {})
  const topics = useQuery(api.listening.topics.list.queryOptions({ input: {} })).data?.items ?? []
  const saved = useSaved(onDone)
  const create = useMutation(api.crisis.statements.create.mutationOptions(saved))
  const update = useMutation(api.crisis.statements.update.mutationOptions(saved))
  const remove = useMutation(api.crisis.statements.remove.mutationOptions(saved))
  const written = Object.fromEntries(Object.entries(texts).filter(([, text]) => text.trim() !== ''))
  const save = () =>
    statement
      ? update.mutate({
          name,
          topicId,
          texts: written,
          statementId: statement.statementId,
          version: statement.version,
        })
      : create.mutate({ name, topicId, texts: written })
  return (
    <Form
      submit={t('save')}
      busy={create.isPending || update.isPending}
      error={create.error ?? update.error ?? remove.error}
      onSubmit={save}
      beside={
        statement && (
          <Button color="red" loading={remove.isPending} onClick={() => remove.mutate(statement)}>
            {t('statement.remove')}
          </Button>
        )
      }
    >
      <TextInput
        label={t('statement.name')}
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
        maxLength={200}
        required
        data-autofocus
      />
      <Select
        label={t('declare.topic')}
        placeholder={t('statement.anyTopic')}
        data={topics.map((topic) => ({ value: topic.topicId, label: topic.name }))}
        value={topicId}
        onChange={setTopicId}
        clearable
        searchable
      />
      {LANGUAGES.map((language) => (
        <Textarea
          key={language}
          label={formats.languageName(language)}
          lang={language}
          value={texts[language] ?? ''}
          onChange={(event) => setTexts({ ...texts, [language]: event.currentTarget.value })}
          autosize
          minRows={2}
          maxLength={2_000}
        />
      ))}
    </Form>
  )
}
