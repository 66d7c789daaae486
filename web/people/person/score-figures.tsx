import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useFormats } from '../../platform/formats.ts'
import { useTexts } from '../../platform/i18n.ts'
import { useApi } from '../../platform/session.ts'
import { Figure } from '../../ui/figure.tsx'
import { useTermText } from '../scores/term-text.ts'
import type { ExplainedScore, Profile } from '../shapes.ts'
import styles from './person.module.css'

/** The four scores; each says what it is made of when one asks. None for who objected. */
export function ScoreFigures({ profile }: { profile: Profile }) {
  const t = useTexts('people')
  const formats = useFormats()
  const [asked, setAsked] = useState(false)
  const { data } = useQuery({
    ...useApi().people.scores.ofPerson.queryOptions({ input: { personId: profile.personId } }),
    enabled: asked && profile.scores.length > 0,
  })
  if (!profile.profiled) return <p className={styles.objected}>{t('profile.objected')}</p>
  if (profile.scores.length === 0) return <p className={styles.quiet}>{t('profile.notScored')}</p>
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: it only fetches earlier what a press on a figure shows.
    <div className={styles.scores} onPointerEnter={() => setAsked(true)} onFocus={() => setAsked(true)}>
      {profile.scores.map(({ score, points }) => {
        const explained = data?.items.find((each) => each.score === score)
        return (
          <Figure
            key={score}
            label={t(`score.${score}`)}
            value={formats.number(points)}
            formula={explained ? <Parts of={explained} currency={data?.currency ?? null} /> : t('ui:loading')}
          />
        )
      })}
    </div>
  )
}

/** One line a term: what it counted, times its weight, and the points it adds. */
export function Parts({ of, currency }: { of: Pick<ExplainedScore, 'points' | 'parts'>; currency: string | null }) {
  const t = useTexts('people')
  const formats = useFormats()
  const termText = useTermText()
  return (
    <span className={styles.parts}>
      {of.parts.map((part) => (
        <span key={`${part.term.input} ${part.term.scale}`} className={styles.part}>
          <span>{termText(part, currency)}</span>
          <b>{formats.number(part.points)}</b>
        </span>
      ))}
      <span className={styles.sum}>
        <span>{t('score.sum')}</span>
        <b>{formats.number(of.points)}</b>
      </span>
    </span>
  )
}
