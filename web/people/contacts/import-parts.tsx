import { Anchor, Button, Progress, Select } from '@mantine/core'
import type { ReactNode } from 'react'
import { REHEARSED_ROWS_MAX } from '../../../contract/import-limits.ts'
import { useFormats } from '../../platform/formats.ts'
import { useLanguage, useTexts } from '../../platform/i18n.ts'
import { useWorkspace } from '../../platform/session.ts'
import styles from './contacts.module.css'
import { ProblemText } from './problem-text.tsx'
import type { ContactImport } from './shapes.ts'

/** What every file that is taken in says of itself, whatever it holds. */
export type AnyImport = Omit<ContactImport, 'counts' | 'settings' | 'rehearsal'>

export interface FigureOfImport {
  name: string
  label: string
  how: string
  count: number
}

/** Each figure says what it counts. */
export function Figures({ figures }: { figures: readonly FigureOfImport[] }) {
  const { number } = useFormats()
  return (
    <dl className={styles.figures}>
      {figures.map(({ name, label, how, count }) => (
        <div key={name} title={how}>
          <dt>{label}</dt>
          <dd>{number(count)}</dd>
        </div>
      ))}
    </dl>
  )
}

interface RunningProps {
  one: AnyImport
  figures: ReactNode
  cancel: { isPending: boolean; isSuccess: boolean; mutate(input: { importId: string }): void }
}

export function RunningImport({ one, figures, cancel }: RunningProps) {
  const t = useTexts('people')
  const formats = useFormats()
  const said = t(one.rehearsing ? 'contacts.rehearsing' : 'contacts.taking', {
    share: formats.percent(one.progress),
    rows: formats.number(one.rows),
  })
  return (
    <div className={styles.step}>
      <Progress value={one.progress * 100} aria-label={said} />
      <p role="status">{said}</p>
      {!one.rehearsing && figures}
      <p className={styles.quiet}>{t('contacts.goesOn')}</p>
      <Button disabled={cancel.isPending || cancel.isSuccess} onClick={() => cancel.mutate({ importId: one.importId })}>
        {t('contacts.cancel')}
      </Button>
    </div>
  )
}

interface EndedProps {
  one: AnyImport
  /** Which system told it; absent: nothing was chosen yet. */
  system: string | undefined
  /** Where its rejections lie. */
  holds: 'contacts' | 'purchases'
  /** Whether some rows are kept to be read. */
  hasRejections: boolean
  isResuming: boolean
  /** Absent: nothing is left to be taken in. */
  onResume?: (() => void) | undefined
  children: ReactNode
}

export function EndedImport({ one, system, holds, hasRejections, isResuming, onResume, children }: EndedProps) {
  const t = useTexts('people')
  const language = useLanguage()
  const formats = useFormats()
  const { workspaceId } = useWorkspace()
  const query = new URLSearchParams({ language, workspace: workspaceId })
  const ended = one.finishedAt && `${formats.date(one.finishedAt)}, ${formats.clock(one.finishedAt)}`
  return (
    <div className={styles.step}>
      {one.problem && <ProblemText problem={one.problem} refuses />}
      {children}
      {system && ended && <p className={styles.quiet}>{t('contacts.from', { system, date: ended })}</p>}
      {hasRejections && (
        <Anchor href={`/files/${holds}/imports/${one.importId}/rejections.csv?${query}`} download>
          {t('contacts.rejections')}
        </Anchor>
      )}
      {onResume && (
        <Button loading={isResuming} onClick={onResume}>
          {t('contacts.resume')}
        </Button>
      )}
    </div>
  )
}

const SAMPLES_SHOWN = 3

interface ColumnsProps {
  columns: readonly { name: string; samples: string[]; fields: string[] }[]
  mapping: Record<string, string>
  labelOf(field: string): string
  onChange(mapping: Record<string, string>): void
}

/** Each column with what stands in it and what it is used for; guessed, and correctable. */
export function ImportColumns({ columns, mapping, labelOf, onChange }: ColumnsProps) {
  const t = useTexts('people')
  const choose = (column: string, field: string | null) => {
    const { [column]: _before, ...others } = mapping
    onChange(field ? { ...others, [column]: field } : others)
  }
  return (
    <section aria-label={t('contacts.columns')}>
      <h2 className={styles.heading}>{t('contacts.columns')}</h2>
      <ul className={styles.mapping}>
        {columns.map(({ name, samples, fields }) => (
          <li key={name} className={styles.column}>
            <div className={styles.columnName}>
              <strong>{name}</strong>
              <span className={styles.detail}>
                {samples.slice(0, SAMPLES_SHOWN).join(' · ') || t('contacts.emptyColumn')}
              </span>
            </div>
            <Select
              aria-label={t('contacts.usedFor', { column: name })}
              placeholder={t('contacts.unused')}
              data={[...new Set([...fields, ...(mapping[name] ? [mapping[name]] : [])])].map((value) => ({
                value,
                label: labelOf(value),
              }))}
              value={mapping[name] ?? null}
              onChange={(field) => choose(name, field)}
              clearable
              searchable
              clearButtonProps={{ 'aria-label': t('contacts.clear') }}
            />
          </li>
        ))}
      </ul>
    </section>
  )
}

interface ActionsProps {
  /** About how many rows the file has. */
  rows: number
  isRehearsed: boolean
  isDisabled: boolean
  /** What has to be said first; null: nothing. */
  missing: string | null
  pending: 'rehearse' | 'start' | 'remove' | null
  error: string | null
  onRehearse(): void
  onStart(): void
  onRemove(): void
}

/** First a look, then in earnest. */
export function ImportActions(props: ActionsProps) {
  const t = useTexts('people')
  const { number } = useFormats()
  const { rows, isRehearsed, missing, pending, error } = props
  const isDisabled = props.isDisabled || missing !== null
  return (
    <div>
      <div className={styles.buttons}>
        <Button
          variant={isRehearsed ? 'default' : 'filled'}
          disabled={isDisabled}
          loading={pending === 'rehearse'}
          onClick={props.onRehearse}
        >
          {t('contacts.rehearse')}
        </Button>
        <Button
          variant={isRehearsed ? 'filled' : 'default'}
          disabled={isDisabled}
          loading={pending === 'start'}
          onClick={props.onStart}
        >
          {t('contacts.start')}
        </Button>
        <Button variant="subtle" loading={pending === 'remove'} onClick={props.onRemove}>
          {t('contacts.delete')}
        </Button>
      </div>
      {missing && <p className={styles.quiet}>{missing}</p>}
      {rows > REHEARSED_ROWS_MAX && (
        <p className={styles.quiet}>{t('contacts.longFile', { rows: number(REHEARSED_ROWS_MAX) })}</p>
      )}
      <div role="alert">{error && <p className={styles.wrong}>{error}</p>}</div>
    </div>
  )
}

/** As the name of a system is kept: small letters, no blanks. */
export const systemWord = (written: string): string =>
  written
    .toLowerCase()
    .replaceAll(/[^a-z0-9._-]+/g, '-')
    .replace(/^[^a-z0-9]+/, '')
