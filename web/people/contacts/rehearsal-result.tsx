import { useFormats } from '../../platform/formats.ts'
import { useTexts } from '../../platform/i18n.ts'
import { Tag, type Tone } from '../../ui/tag.tsx'
import { useReasonSentence } from '../suggestions/reason-text.ts'
import { shownProbability } from '../suggestions/sureness.ts'
import styles from './contacts.module.css'
import { ImportFigures } from './import-figures.tsx'
import { useProblemText } from './problem-text.tsx'
import { useReasonText } from './reason-text.ts'
import { Rehearsed } from './rehearsed.tsx'
import type { Rehearsal, RehearsalSample } from './shapes.ts'

const TONES: Record<RehearsalSample['outcome'], Tone> = {
  begun: 'good',
  joined: 'accent',
  changed: 'accent',
  unchanged: 'neutral',
  possible: 'notice',
  'left-out': 'neutral',
  refused: 'urgent',
}

/** What would become of the rows: counted, with some of each kind. */
export function RehearsalResult({ rehearsal, isAwaited }: { rehearsal: Rehearsal; isAwaited: boolean }) {
  const t = useTexts('people')
  const { number, percent } = useFormats()
  const sentence = useReasonSentence()
  const reasonText = useReasonText()
  const textOf = useProblemText()
  return (
    <Rehearsed of={rehearsal} isAwaited={isAwaited}>
      <ImportFigures of={rehearsal} />
      {rehearsal.likely && rehearsal.likely.looked > 0 && (
        <p className={styles.likely}>
          {t(rehearsal.likely.likely > 0 ? 'contacts.likelyCount' : 'contacts.likelyNone', {
            count: rehearsal.likely.looked,
            looked: number(rehearsal.likely.looked),
            likely: number(rehearsal.likely.likely),
          })}
        </p>
      )}
      <ul className={styles.list}>
        {rehearsal.samples.map((sample) => (
          <li key={`${sample.line} ${sample.outcome}`} className={styles.row}>
            <span className={styles.sampleName}>
              <span className={styles.detail}>{t('contacts.line', { line: number(sample.line) })}</span>{' '}
              {sample.name || '–'}
            </span>
            <Tag tone={TONES[sample.outcome]}>{t(`contacts.outcome.${sample.outcome}`)}</Tag>
            {sample.candidates.length + sample.likely.length + sample.problems.length > 0 && (
              <p className={styles.detail}>
                {sample.candidates
                  .map(({ name, reasons }) => t('contacts.maybe', { name, why: reasons.map(reasonText).join(', ') }))
                  .concat(
                    sample.likely.map(({ name, probability, reasons }) =>
                      t('contacts.likely', {
                        name,
                        percent: percent(shownProbability(probability)),
                        why: sentence(reasons).forIt,
                      }),
                    ),
                    sample.problems.map(textOf),
                  )
                  .join(' ')}
              </p>
            )}
          </li>
        ))}
      </ul>
    </Rehearsed>
  )
}
