import { SegmentedControl, Textarea } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { useFormats } from '../platform/formats.ts'
import { useTexts } from '../platform/i18n.ts'
import { useApi } from '../platform/session.ts'
import { Form } from '../ui/form.tsx'
import { Tag } from '../ui/tag.tsx'
import styles from './crisis.module.css'
import { useSaved } from './saved.ts'
import type { Crisis } from './shapes.ts'

type Kind = Crisis['entries'][number]['kind']
const KINDS = ['decision', 'fact', 'note'] as const satisfies Kind[]

/** What was decided, when and by whom: lines are added and never changed. */
export function CrisisLog({ crisis }: { crisis: Crisis }) {
  const t = useTexts('crisis')
  const formats = useFormats()
  return (
    <section>
      <h2>{t('log.title')}</h2>
      {crisis.entries.length === 0 && <p className={styles.quiet}>{t('log.empty')}</p>}
      <ol className={styles.rows}>
        {crisis.entries.map((entry) => (
          <li key={entry.entryId} className={styles.row}>
            <time
              className={styles.time}
              dateTime={entry.writtenAt.toISOString()}
              title={formats.exact(entry.writtenAt)}
            >
              {formats.clock(entry.writtenAt)}
            </time>
            <span className={styles.main}>
              <span className={styles.written}>{entry.text}</span>
              <span className={styles.quiet}>{entry.memberName ?? t('log.nobody')}</span>
            </span>
            <Tag tone={entry.kind === 'decision' ? 'accent' : 'neutral'}>{t(`log.kind.${entry.kind}`)}</Tag>
          </li>
        ))}
      </ol>
      {crisis.mayAct && crisis.endedAt === null && <NewEntry crisisId={crisis.crisisId} />}
    </section>
  )
}

function NewEntry({ crisisId }: { crisisId: string }) {
  const t = useTexts('crisis')
  const [kind, setKind] = useState<Kind>('decision')
  const [text, setText] = useState('')
  const log = useMutation(useApi().crisis.log.mutationOptions(useSaved(() => setText(''))))
  return (
    <Form
      submit={t('log.write')}
      busy={log.isPending}
      error={log.error}
      onSubmit={() => text.trim() !== '' && log.mutate({ crisisId, kind, text })}
    >
      <SegmentedControl
        aria-label={t('log.what')}
        data={KINDS.map((value) => ({ value, label: t(`log.kind.${value}`) }))}
        value={kind}
        onChange={setKind}
      />
      <Textarea
        label={t('log.text')}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
        autosize
        minRows={2}
        maxLength={2_000}
        required
      />
    </Form>
  )
}
