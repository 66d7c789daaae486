import { Button, Select, Switch, Textarea } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { useDraft } from '../../platform/drafts.ts'
import { useLanguage, useTexts } from '../../platform/i18n.ts'
import { useApi, useWorkspace } from '../../platform/session.ts'
import { Form } from '../../ui/form.tsx'
import { Highlighted } from '../../ui/highlighted.tsx'
import { Tag, type Tone } from '../../ui/tag.tsx'
import { QueryText } from '../query-text.tsx'
import type { ImportedRule } from './answers.ts'
import styles from './workbench.module.css'

const DIALECTS = ['brandwatch', 'x'] as const
type Dialect = (typeof DIALECTS)[number]
const RULES_CHARACTERS_MAX = 200_000
const NAME_CHARACTERS_MAX = 120
const TONES: Record<ImportedRule['notes'][number]['did'], Tone> = {
  rewritten: 'neutral',
  narrowed: 'notice',
  widened: 'notice',
  'left-out': 'urgent',
  refused: 'urgent',
}

interface RuleImportProps {
  onTake(rule: { name: string; query: string }): void
}

/** Queries of another product in our language, with what could not be carried over; one after the other becomes a topic. */
export function RuleImport({ onTake }: RuleImportProps) {
  const t = useTexts('listening')
  const textLanguage = useLanguage()
  const { workspaceId } = useWorkspace()
  // Of several rules one is taken at a time: on coming back the others are still there.
  const { text, change } = useDraft(`${workspaceId}.rules`)
  const [dialect, setDialect] = useState<Dialect | null>(null)
  const [lines, setLines] = useState(false)
  const carry = useMutation(useApi().listening.workbench.importRules.mutationOptions({ meta: { shownInPlace: true } }))
  return (
    <>
      <Form
        submit={t('workbench.rules.carry')}
        busy={carry.isPending}
        error={carry.error}
        onSubmit={() => carry.mutate({ text, dialect, lines, textLanguage })}
      >
        <Textarea
          label={t('workbench.rules.text')}
          description={t('workbench.rules.textWhy')}
          value={text}
          onChange={(event) => change(event.currentTarget.value)}
          required
          maxLength={RULES_CHARACTERS_MAX}
          autosize
          minRows={5}
          maxRows={14}
          spellCheck={false}
          classNames={{ input: styles.mono ?? '' }}
        />
        <Select
          label={t('workbench.rules.dialect')}
          data={[
            { value: '', label: t('workbench.rules.dialects.told') },
            ...DIALECTS.map((value) => ({ value, label: t(`workbench.rules.dialects.${value}`) })),
          ]}
          value={dialect ?? ''}
          onChange={(chosen) => setDialect(DIALECTS.find((each) => each === chosen) ?? null)}
          allowDeselect={false}
        />
        <Switch
          label={t('workbench.rules.lines')}
          description={t('workbench.rules.linesWhy')}
          checked={lines}
          onChange={(event) => setLines(event.currentTarget.checked)}
        />
      </Form>
      {carry.data && (
        <section aria-label={t('workbench.rules.carried')}>
          <div role="status">
            <h2 className={styles.listTitle}>
              {t('workbench.rules.found', {
                count: carry.data.rules.length,
                dialect: t(`workbench.rules.dialects.${carry.data.dialect}`),
              })}
            </h2>
          </div>
          <ol className={styles.rules}>
            {carry.data.rules.map((rule, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: rules may be the same, and their order never changes.
              <Rule key={index} rule={rule} onTake={onTake} />
            ))}
          </ol>
        </section>
      )}
    </>
  )
}

function Rule({ rule, onTake }: { rule: ImportedRule } & RuleImportProps) {
  const t = useTexts('listening')
  const { name, original, query, same, notes } = rule
  return (
    <li className={styles.rule}>
      {name && <strong>{name}</strong>}
      <p className={styles.quiet}>{t('workbench.rules.original')}</p>
      <code className={styles.originalRule}>
        <Highlighted
          text={original}
          spans={notes.map(({ start, end, message }) => ({ from: start, to: end, title: message }))}
        />
      </code>
      {query !== null && (
        <>
          <p className={styles.quiet}>{same ? t('workbench.rules.same') : t('workbench.rules.became')}</p>
          <QueryText query={query} />
        </>
      )}
      {notes.length > 0 && (
        <ul className={styles.notes}>
          {notes.map(({ code, did, original: piece, start, became, message }) => (
            <li key={`${code} ${start}`}>
              <Tag tone={TONES[did]}>{t(`workbench.rules.did.${did}`)}</Tag> <code>{piece}</code>
              {became !== null && (
                <>
                  {' → '}
                  <code>{became}</code>
                </>
              )}
              <p>{message}</p>
            </li>
          ))}
        </ul>
      )}
      {query === null ? (
        <p className={styles.wrong}>{t('workbench.rules.nothing')}</p>
      ) : (
        <Button onClick={() => onTake({ name: (name ?? '').slice(0, NAME_CHARACTERS_MAX), query })}>
          {t('workbench.rules.take')}
        </Button>
      )}
    </li>
  )
}
