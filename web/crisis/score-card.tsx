import { Progress } from '@mantine/core'
import { useFormats } from '../platform/formats.ts'
import { useTexts } from '../platform/i18n.ts'
import { Tag } from '../ui/tag.tsx'
import styles from './crisis.module.css'
import type { Card } from './shapes.ts'

const PARTS = ['speed', 'reach', 'rules', 'calm', 'lead'] as const satisfies (keyof Card['parts'])[]

/** The team's card, with the one before it of the same storm. */
export function ScoreCard({ card, before }: { card: Card; before: Card | null }) {
  const t = useTexts('crisis')
  return (
    <section>
      <div className={styles.scored}>
        <strong className={styles.bigScore}>{t('card.scoreOf', { score: card.score })}</strong>
        {before && <Change now={card.score} before={before.score} />}
      </div>
      <dl className={styles.parts}>
        {PARTS.map((part) => (
          <div key={part}>
            <dt title={t(`card.part.${part}Why`)}>{t(`card.part.${part}`)}</dt>
            <dd>
              <Progress value={100 * card.parts[part]} aria-label={t(`card.part.${part}`)} />
              {Math.round(100 * card.parts[part])}
            </dd>
          </div>
        ))}
      </dl>
      <CardTable card={card} before={before} />
      {card.breaches.length > 0 && (
        <>
          <h2>{t('card.breaches')}</h2>
          <ul className={styles.rows}>
            {card.breaches.map(({ check, risk, count }) => (
              <li key={check} className={styles.row}>
                <span className={styles.main}>{t(`card.check.${check}`, { defaultValue: check })}</span>
                <Tag tone={risk === 'high' ? 'urgent' : 'notice'}>{t('card.times', { count })}</Tag>
              </li>
            ))}
          </ul>
        </>
      )}
      {card.missed.length > 0 && (
        <>
          <h2>{t('card.missed')}</h2>
          <ul className={styles.rows}>
            {card.missed.map(({ handle, text }) => (
              <li key={`${handle} ${text}`} className={styles.row}>
                <span className={styles.main}>
                  {text}
                  <span className={styles.quiet}>@{handle}</span>
                </span>
              </li>
            ))}
          </ul>
        </>
      )}
    </section>
  )
}

function Change({ now, before }: { now: number; before: number }) {
  const t = useTexts('crisis')
  const tone = now >= before ? 'good' : 'notice'
  return (
    <Tag tone={tone}>
      {now === before
        ? t('card.same')
        : t(now > before ? 'card.better' : 'card.worse', { count: Math.abs(now - before), before })}
    </Tag>
  )
}

/** Figures of both drills side by side. */
function CardTable({ card, before }: { card: Card; before: Card | null }) {
  const t = useTexts('crisis')
  const formats = useFormats()
  const minutes = (value: number | null) => (value === null ? '–' : formats.duration(value * 60_000))
  const of = (some: number, all: number) => t('card.of', { some: formats.number(some), all: formats.number(all) })
  const rows: [string, (card: Card) => string][] = [
    ['posts', ({ posts }) => formats.number(posts)],
    ['answered', ({ answered, conversations }) => of(answered, conversations)],
    ['firstAnswer', ({ firstAnswerMinutes }) => minutes(firstAnswerMinutes)],
    ['slowAnswer', ({ slowAnswerMinutes }) => minutes(slowAnswerMinutes)],
    ['statement', ({ statementMinutes }) => minutes(statementMinutes)],
    ['declared', ({ crisisDeclaredMinutes }) => minutes(crisisDeclaredMinutes)],
    ['musts', ({ musts, mustsMissed }) => of(musts - mustsMissed, musts)],
    ['trolls', ({ trolls, trollsFed }) => of(trollsFed, trolls)],
    ['withBreach', ({ answersWithBreach }) => formats.number(answersWithBreach)],
    ['escalations', ({ escalations }) => formats.number(escalations)],
    ['steps', ({ stepsDone, stepCount }) => of(stepsDone, stepCount)],
    [
      'tone',
      ({ tone }) =>
        t('card.toneOf', {
          positive: formats.number(tone.positive),
          neutral: formats.number(tone.neutral),
          negative: formats.number(tone.negative),
        }),
    ],
  ]
  return (
    <table className={styles.table}>
      <thead>
        <tr>
          <th scope="col">{t('card.figure')}</th>
          <th scope="col">{t('card.now')}</th>
          {before && <th scope="col">{t('card.before')}</th>}
        </tr>
      </thead>
      <tbody>
        {rows.map(([key, say]) => (
          <tr key={key}>
            <th scope="row">{t(`card.row.${key}`)}</th>
            <td>{say(card)}</td>
            {before && <td>{say(before)}</td>}
          </tr>
        ))}
      </tbody>
    </table>
  )
}
