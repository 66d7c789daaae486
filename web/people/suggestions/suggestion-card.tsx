import { useActorName } from '../../listening/actor-name.ts'
import { useFormats } from '../../platform/formats.ts'
import { useTexts } from '../../platform/i18n.ts'
import { Tag } from '../../ui/tag.tsx'
import { TimeAgo } from '../../ui/time-ago.tsx'
import { ReasonBars, useBits } from './reason-bars.tsx'
import { useReasonSentence } from './reason-text.ts'
import type { Suggestion } from './shapes.ts'
import { SideCard, useSideName } from './side-card.tsx'
import styles from './suggestions.module.css'
import { shownProbability, surenessOf } from './sureness.ts'
import { Together } from './together.tsx'

/** Who it may be, why, and what would become of it. */
export function SuggestionCard({ suggestion, onOvertaken }: { suggestion: Suggestion; onOvertaken: () => void }) {
  const t = useTexts('people')
  const formats = useFormats()
  const sideName = useSideName()
  const { forIt, against } = useReasonSentence()(suggestion.reasons)
  const { state, one, other, probability, reasons, heldBack, proofLevel } = suggestion
  const names = { one: sideName(one), other: sideName(other) }
  return (
    <div className={styles.card}>
      <h2 className={styles.question}>
        {state === 'open' ? t('suggestions.question', names) : t(`suggestions.answered.${state}`, names)}
      </h2>
      <p className={styles.sentence}>
        <strong>
          {t(`suggestions.sureness.${surenessOf(suggestion)}`, {
            percent: formats.percent(shownProbability(probability)),
          })}
        </strong>{' '}
        {forIt}
        {'. '}
        {against && <span className={styles.against}>{t('suggestions.against', { what: against })}</span>}
      </p>
      <Decided suggestion={suggestion} />
      <div className={styles.sides}>
        <SideCard side={one} />
        <SideCard side={other} />
      </div>
      <section aria-label={t('suggestions.why')}>
        <h3 className={styles.heading}>{t('suggestions.why')}</h3>
        <ReasonBars reasons={reasons} />
        <Sum suggestion={suggestion} />
      </section>
      {((state === 'open' && heldBack.length > 0) || proofLevel) && (
        <ul className={styles.notes}>
          {proofLevel && (
            <li>
              <Tag tone="good">{t(`suggestions.proof.${proofLevel}`)}</Tag>
            </li>
          )}
          {(state === 'open' ? heldBack : []).map((why) => (
            <li key={why}>{t(`suggestions.heldBack.${why}`)}</li>
          ))}
        </ul>
      )}
      {state === 'open' && <Together suggestion={suggestion} onOvertaken={onOvertaken} />}
    </div>
  )
}

/** What the weights come to, so that they add up before the reader's eyes, and what is not to be read off a single one. */
function Sum({ suggestion: { weight, reasons } }: { suggestion: Suggestion }) {
  const t = useTexts('people')
  const bitsText = useBits()
  const prior = reasons.reduce((left, reason) => left - reason.weight, weight)
  const has = (wanted: string) => reasons.some(({ code }) => code === wanted)
  return (
    <p className={styles.quiet}>
      {t('suggestions.whySum', { prior: bitsText(prior), bits: bitsText(weight) })} {t('suggestions.whyHow')}
      {has('account-link.one-way') && ` ${t('suggestions.whyOneWay')}`}
      {has('rule.related') && ` ${t('suggestions.whyRelated')}`}
    </p>
  )
}

function Decided({ suggestion: { state, decided } }: { suggestion: Suggestion }) {
  const t = useTexts('people')
  const actorName = useActorName()
  if (!decided || state === 'open') return null
  const isAutomatic = state === 'confirmed' && decided.by.kind === 'system'
  return (
    <p className={styles.decided} data-automatic={isAutomatic || undefined}>
      {isAutomatic
        ? t('suggestions.joinedByPolicy')
        : t(`suggestions.decided.${state}`, { who: actorName(decided.by) })}{' '}
      <TimeAgo time={decided.at} />
    </p>
  )
}
