import { Button, UnstyledButton } from '@mantine/core'
import { type ReactNode, useState } from 'react'
import { INTENTS, SENTIMENTS } from '../../../contract/listening-facts.ts'
import { useTexts } from '../../platform/i18n.ts'
import { useMay } from '../../platform/session.ts'
import { TimeAgo } from '../../ui/time-ago.tsx'
import { useActorName } from '../actor-name.ts'
import styles from './understood.module.css'
import { type LabelledFact, labelOf, SENTIMENT_ICONS, type Understood, useSentimentText } from './understood-words.ts'
import { type Label, useLabels } from './use-labels.ts'

const NO_INTENT = 'none'

interface UnderstoodPanelProps {
  postId: string
  understood: Understood
}

/** How it was made, and one press to say what it is instead. */
export default function UnderstoodPanel({ postId, understood }: UnderstoodPanelProps) {
  const t = useTexts('listening')
  const sentimentText = useSentimentText()
  const mayLabel = useMay('inbox.work')
  const labels = useLabels(postId)
  const [how, setHow] = useState(false)
  const intent = understood.intent ?? NO_INTENT
  const choices = <Value extends string>(
    values: readonly Value[],
    chosen: Value | null,
    choice: (value: Value) => { text: string; label: Label; icon?: ReactNode },
  ) =>
    values.map((value) => {
      const { text, label, icon } = choice(value)
      return (
        <UnstyledButton
          key={value}
          className={styles.choice}
          aria-pressed={chosen === value}
          disabled={labels.busy}
          onClick={() => labels.give(label)}
        >
          {icon}
          {text}
        </UnstyledButton>
      )
    })
  return (
    <div className={styles.panel}>
      <Fact what="sentiment" title={sentimentText(understood)} understood={understood} onTakeBack={labels.takeBack}>
        {mayLabel &&
          choices(SENTIMENTS, understood.sentiment, (value) => {
            const Icon = SENTIMENT_ICONS[value]
            return {
              text: t(`understood.sentiments.${value}`),
              label: { what: 'sentiment', value },
              icon: <Icon size={14} stroke={1.8} aria-hidden />,
            }
          })}
      </Fact>
      <Fact
        what="intent"
        title={t(`understood.intents.${intent}`)}
        understood={understood}
        onTakeBack={labels.takeBack}
      >
        {mayLabel &&
          choices([...INTENTS, NO_INTENT] as const, intent, (value) => ({
            text: t(`understood.intents.${value}`),
            label: { what: 'intent', value: value === NO_INTENT ? null : value },
          }))}
      </Fact>
      <Fact
        what="offensive"
        title={t(`understood.offence.${offenceOf(understood)}`)}
        understood={understood}
        onTakeBack={labels.takeBack}
      >
        {mayLabel &&
          choices(['yes', 'no'] as const, offenceOf(understood), (value) => ({
            text: t(`understood.offence.${value}`),
            label: { what: 'offensive', value: value === 'yes' },
          }))}
      </Fact>
      <Button variant="subtle" size="compact-xs" aria-expanded={how} onClick={() => setHow(!how)}>
        {t('understood.how')}
      </Button>
      {how && (
        <div className={styles.how}>
          <p>{t('understood.howSentiment')}</p>
          <p>{t('understood.howIntent')}</p>
          <p>{t('understood.howPerson')}</p>
          {understood.by && <p>{t('understood.model', { version: understood.by })}</p>}
        </div>
      )}
    </div>
  )
}

const offenceOf = ({ offensive }: Understood) => (offensive === null ? 'unread' : offensive ? 'yes' : 'no')

interface FactProps {
  what: LabelledFact
  title: string
  understood: Understood
  onTakeBack(what: LabelledFact): void
  children: ReactNode
}

function Fact({ what, title, understood, onTakeBack, children }: FactProps) {
  const t = useTexts('listening')
  const actorName = useActorName()
  const mayLabel = useMay('inbox.work')
  const label = labelOf(understood, what)
  return (
    <section aria-label={t(`understood.facts.${what}`)}>
      <p className={styles.fact}>
        <span className={styles.quiet}>{t(`understood.facts.${what}`)}</span> {title}
      </p>
      {label && (
        <p className={styles.saidBy}>
          {t('understood.saidBy', { name: actorName({ kind: 'member', id: label.by }) })} · <TimeAgo time={label.at} />
          {mayLabel && (
            <Button variant="subtle" size="compact-xs" onClick={() => onTakeBack(what)}>
              {t('understood.takeBack')}
            </Button>
          )}
        </p>
      )}
      {children && <div className={styles.choices}>{children}</div>}
    </section>
  )
}
