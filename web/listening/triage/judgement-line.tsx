import { VisuallyHidden } from '@mantine/core'
import { useFormats } from '../../platform/formats.ts'
import { useTexts } from '../../platform/i18n.ts'
import type { Judgement, Reason } from './answers.ts'
import styles from './triage.module.css'

interface JudgementLineProps {
  judgement: Judgement
  /** Named where several topics speak. */
  topic?: string
}

/** "Probably for us (82 %) because …", with each feature and its sign. */
export function JudgementLine({ judgement, topic }: JudgementLineProps) {
  const t = useTexts('listening')
  const formats = useFormats()
  const { side, probability, reasons } = judgement
  const said = t(`noise.thinks.${side}`, { percent: formats.percent(probability) })
  return (
    <div className={styles.judgement} data-side={side}>
      <p className={styles.thinks}>
        {topic ? t('noise.ofTopic', { topic, said }) : said}
        {reasons.length > 0 && ` ${t('noise.because')}`}
      </p>
      {reasons.length > 0 && (
        <ul className={styles.reasons}>
          {reasons.map((reason) => (
            <li key={`${reason.kind}:${reason.text}`}>
              <ReasonMark reason={reason} />
            </li>
          ))}
        </ul>
      )}
    </div>
  )
}

/** A feature with its sign; the sign is a character, the colour only helps. */
export function ReasonMark({ reason }: { reason: Reason }) {
  const t = useTexts('listening')
  const speaksFor = reason.weight > 0
  return (
    <span className={styles.reason} data-for={speaksFor || undefined}>
      <span aria-hidden>{speaksFor ? '+' : '−'}</span>
      <VisuallyHidden component="span">{t(speaksFor ? 'noise.speaksFor' : 'noise.speaksAgainst')} </VisuallyHidden>
      {t(`noise.feature.${reason.kind}`, { text: reason.text })}
    </span>
  )
}
