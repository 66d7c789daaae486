import { ActionIcon, Button, NumberInput, Select, TextInput } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { IconTrash } from '@tabler/icons-react'
import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useFormats } from '../../platform/formats.ts'
import { useTexts } from '../../platform/i18n.ts'
import { useApi } from '../../platform/session.ts'
import { showDone } from '../../platform/undo.tsx'
import { Form } from '../../ui/form.tsx'
import { Parts } from '../person/score-figures.tsx'
import type { Formula } from '../shapes.ts'
import { faultOf, INPUTS, TERMS_MAX, type Term } from './formula-terms.ts'
import styles from './scores.module.css'

const TYPING_PAUSE_MS = 400

/** Terms, what they would make of real persons, and why they are changed. */
export function FormulaEditor({ formula, onDone }: { formula: Formula; onDone(): void }) {
  const t = useTexts('people')
  const api = useApi()
  const queries = useQueryClient()
  const [terms, setTerms] = useState<Term[]>(formula.terms)
  const [because, setBecause] = useState('')
  const { score } = formula
  const fault = faultOf(terms)
  const saved = {
    meta: { shownInPlace: true },
    onSuccess: async () => {
      showDone(t('score.saved'))
      onDone()
      await queries.invalidateQueries({ queryKey: api.people.key() })
    },
  }
  const save = useMutation(api.people.scores.save.mutationOptions(saved))
  const reset = useMutation(api.people.scores.reset.mutationOptions(saved))
  const change = (at: number, changed: Partial<Term>) =>
    setTerms((before) => before.map((term, index) => (index === at ? { ...term, ...changed } : term)))
  return (
    <Form
      submit={t('save')}
      busy={save.isPending || reset.isPending}
      error={save.error ?? reset.error}
      beside={
        <>
          <Button onClick={onDone}>{t('ui:cancel')}</Button>
          {formula.own && (
            <Button disabled={because.trim() === ''} onClick={() => reset.mutate({ score, because: because.trim() })}>
              {t('score.reset')}
            </Button>
          )}
        </>
      }
      onSubmit={() => fault === null && save.mutate({ score, terms, because: because.trim() })}
    >
      <ul className={styles.editing}>
        {terms.map((term, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a term is known by its place; its input can be changed.
          <li key={at} className={styles.term}>
            <TermFields term={term} onChange={(changed) => change(at, changed)} />
            <ActionIcon
              aria-label={t('score.removeTerm', { input: t(`scoreInput.${term.input}`) })}
              disabled={terms.length === 1}
              onClick={() => setTerms((before) => before.filter((_, index) => index !== at))}
            >
              <IconTrash size={16} stroke={1.6} />
            </ActionIcon>
          </li>
        ))}
      </ul>
      {terms.length < TERMS_MAX && (
        <Button
          size="compact-sm"
          w="fit-content"
          onClick={() => setTerms((before) => [...before, { input: 'posts', scale: 'each', weight: 1, cap: 20 }])}
        >
          {t('score.addTerm')}
        </Button>
      )}
      {fault && <p className={styles.fault}>{t(`score.fault.${fault}`)}</p>}
      <TextInput
        label={t('score.because')}
        description={t('score.becauseWhy')}
        value={because}
        maxLength={500}
        required
        onChange={(event) => setBecause(event.currentTarget.value)}
      />
      {fault === null && <Preview score={score} terms={terms} />}
    </Form>
  )
}

function TermFields({ term, onChange }: { term: Term; onChange(changed: Partial<Term>): void }) {
  const t = useTexts('people')
  const { locale } = useFormats()
  const separator = locale === 'en-GB' ? '.' : ','
  return (
    <>
      <Select
        label={t('score.input')}
        data={INPUTS.map((value) => ({ value, label: t(`scoreInput.${value}`) }))}
        value={term.input}
        onChange={(input) => input && onChange({ input: input as Term['input'] })}
        allowDeselect={false}
        searchable
      />
      <Select
        label={t('score.scale')}
        data={(['each', 'log'] as const).map((value) => ({ value, label: t(`score.scales.${value}`) }))}
        value={term.scale}
        onChange={(scale) => scale && onChange({ scale: scale as Term['scale'] })}
        allowDeselect={false}
      />
      <NumberInput
        label={t('score.weight')}
        value={term.weight}
        decimalScale={4}
        decimalSeparator={separator}
        min={-1000}
        max={1000}
        onChange={(weight) => onChange({ weight: Number(weight) || 0 })}
      />
      <NumberInput
        label={t('score.cap')}
        placeholder={t('score.noCap')}
        value={term.cap ?? ''}
        decimalScale={1}
        decimalSeparator={separator}
        min={0}
        max={1000}
        onChange={(cap) => onChange({ cap: cap === '' ? null : Number(cap) })}
      />
    </>
  )
}

/** What these terms would make of persons whom we know. */
function Preview({ score, terms }: { score: Formula['score']; terms: Term[] }) {
  const t = useTexts('people')
  const formats = useFormats()
  const [tried] = useDebouncedValue(terms, TYPING_PAUSE_MS)
  const { data } = useQuery({
    ...useApi().people.scores.preview.queryOptions({ input: { score, terms: tried } }),
    placeholderData: keepPreviousData,
  })
  if (!data) return null
  return (
    <section aria-label={t('score.preview')}>
      <h3 className={styles.title}>{t('score.preview')}</h3>
      {data.items.length === 0 && <p className={styles.what}>{t('score.previewNobody')}</p>}
      <ul className={styles.preview}>
        {data.items.map(({ person, now, would, parts }) => (
          <li key={person.personId}>
            <details>
              <summary>
                <span className={styles.previewName}>{person.name}</span>{' '}
                {t('score.nowAndThen', { now: now === null ? '–' : formats.number(now), would: formats.number(would) })}
              </summary>
              <Parts of={{ points: would, parts }} currency={null} />
            </details>
          </li>
        ))}
      </ul>
    </section>
  )
}
