import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { useFormats } from '../../platform/formats.ts'
import { useTexts } from '../../platform/i18n.ts'
import { useApi, useMay } from '../../platform/session.ts'
import { QueryError } from '../../ui/query-error.tsx'
import { TextSkeleton } from '../../ui/skeletons.tsx'
import { Tag } from '../../ui/tag.tsx'
import { PeoplePlace } from '../people-place.tsx'
import type { Formula } from '../shapes.ts'
import { FormulaEditor } from './formula-editor.tsx'
import { FormulaVersions } from './formula-versions.tsx'
import { SCORE_NAMES } from './score-names.ts'
import styles from './scores.module.css'

const DUE_EVERY_MS = 5_000

/** What the four scores are made of; whoever may change them sees what a change would make of real persons first. */
export function ScoresScreen() {
  const t = useTexts('people')
  const formats = useFormats()
  const { score: editing } = useSearch({ from: '/w/$slug/people/scores' })
  const navigate = useNavigate({ from: '/w/$slug/people/scores' })
  const edit = (score: Formula['score'] | undefined) => void navigate({ search: score ? { score } : {} })
  const { data, error, refetch } = useQuery({
    ...useApi().people.scores.formulas.queryOptions({ input: {} }),
    refetchInterval: ({ state }) => (state.data?.due ? DUE_EVERY_MS : false),
  })
  return (
    <PeoplePlace tab="scores" title={t('tab.scores')}>
      <div className={styles.page}>
        <p className={styles.what}>{t('score.what')}</p>
        {data && data.due > 0 && (
          <p role="status" className={styles.what}>
            {t('score.due', { count: data.due, number: formats.number(data.due) })}
          </p>
        )}
        {error && <QueryError error={error} onRetry={() => void refetch()} />}
        {!data && !error && <TextSkeleton lines={8} />}
        {data &&
          SCORE_NAMES.flatMap((name) => data.items.find(({ score }) => score === name) ?? []).map((formula) => (
            <FormulaCard
              key={formula.score}
              formula={formula}
              editing={editing === formula.score}
              onEdit={(open) => edit(open ? formula.score : undefined)}
            />
          ))}
      </div>
    </PeoplePlace>
  )
}

interface FormulaCardProps {
  formula: Formula
  editing: boolean
  onEdit(open: boolean): void
}

function FormulaCard({ formula, editing, onEdit }: FormulaCardProps) {
  const t = useTexts('people')
  const mayChange = useMay('workspace.manage')
  const { score } = formula
  return (
    <section className={styles.card} aria-labelledby={`score-${score}`}>
      <div className={styles.head}>
        <h2 id={`score-${score}`} className={styles.title}>
          {t(`score.${score}`)}
        </h2>
        <Tag>{t(formula.own ? 'score.own' : 'score.default')}</Tag>
        {mayChange && !editing && (
          <Button size="compact-sm" onClick={() => onEdit(true)}>
            {t('score.change')}
          </Button>
        )}
      </div>
      <p className={styles.what}>{t(`scoreWhat.${score}`)}</p>
      {editing && mayChange ? (
        <FormulaEditor key={formula.version} formula={formula} onDone={() => onEdit(false)} />
      ) : (
        <Terms formula={formula} />
      )}
      <FormulaVersions score={score} />
    </section>
  )
}

function Terms({ formula }: { formula: Formula }) {
  const t = useTexts('people')
  const formats = useFormats()
  return (
    <ul className={styles.terms}>
      {formula.terms.map(({ input, scale, weight, cap }) => (
        <li key={`${input} ${scale}`}>
          {t(scale === 'log' ? 'score.termLog' : 'score.termEach', {
            input: t(`scoreInput.${input}`),
            weight: formats.number(weight).replace('-', '−'),
          })}
          {cap !== null && ` ${t(weight < 0 ? 'score.atMostTaken' : 'score.atMost', { cap: formats.number(cap) })}`}
        </li>
      ))}
    </ul>
  )
}
