import { Textarea } from '@mantine/core'
import { useState } from 'react'
import { useFormats } from '../platform/formats.ts'
import { LANGUAGES, useTexts } from '../platform/i18n.ts'
import { useApi } from '../platform/session.ts'
import { PreparedForm } from './prepared-form.tsx'
import type { Statement } from './shapes.ts'
import { TopicSelect } from './topic-select.tsx'

export function StatementForm({ statement, onDone }: { statement: Statement | null; onDone(): void }) {
  const t = useTexts('crisis')
  const { statements } = useApi().crisis
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
    </PreparedForm>
  )
}
