import { Textarea } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useFormats } from '../platform/formats.ts'
import { useTexts } from '../platform/i18n.ts'
import { useApi } from '../platform/session.ts'
import { PreparedForm } from './prepared-form.tsx'
import type { Statement } from './shapes.ts'
import { spokenFirst } from './spoken-first.ts'
import { TopicSelect } from './topic-select.tsx'

export function StatementForm({ statement, onDone }: { statement: Statement | null; onDone(): void }) {
  const t = useTexts('crisis')
  const api = useApi()
  const { statements } = api.crisis
  const workspace = useQuery(api.accounts.workspaces.get.queryOptions({ input: {} })).data
  const formats = useFormats()
  const [name, setName] = useState(statement?.name ?? '')
  const [topicId, setTopicId] = useState(statement?.topicId ?? null)
  const [texts, setTexts] = useState<Statement['texts']>(statement?.texts ?? {})
  const save = () => {
    const written = Object.fromEntries(Object.entries(texts).filter(([, text]) => text.trim() !== ''))
    const input = { name, topicId, texts: written }
    return statement
      ? statements.update.call({ ...input, statementId: statement.statementId, version: statement.version })
      : statements.create.call(input)
  }
  return (
    <PreparedForm
      nameLabel={t('statement.name')}
      name={name}
      onName={setName}
      save={save}
      removal={statement && { label: t('statement.remove'), remove: () => statements.remove.call(statement) }}
      onDone={onDone}
    >
      <TopicSelect none={t('statement.anyTopic')} value={topicId} onChange={setTopicId} />
      {spokenFirst(workspace?.languages ?? []).map((language) => (
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
    </PreparedForm>
  )
}
