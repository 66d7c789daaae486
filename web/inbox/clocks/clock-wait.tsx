import { Button } from '@mantine/core'
import { useState } from 'react'
import { useFormats } from '../../platform/formats.ts'
import { useLanguage, useTexts } from '../../platform/i18n.ts'
import type { useApi } from '../../platform/session.ts'
import { whenText } from '../when.ts'
import styles from './clocks.module.css'

type Of = ReturnType<typeof useApi>['inbox']['clocks']['of']
export type Wait = Awaited<ReturnType<Of['call']>>['waits'][number]
type Span = Wait['spans'][number]

/** One wait of a customer: how it stands in a sentence, then its minutes and its steps on demand. */
export function ClockWait({ wait, now, opened = false }: { wait: Wait; now: Date; opened?: boolean }) {
  const t = useTexts('inbox')
  const formats = useFormats()
  const [shown, setShown] = useState(opened)
  const length = (minutes: number) => formats.duration(Math.round(minutes) * 60_000)
  const { targetMinutes: target, elapsedMinutes: elapsed, dueAt } = wait
  return (
    <article className={styles.wait}>
      <h3 className={styles.head}>
        <span>{t(`clocks.clock.${wait.clock}`)}</span>
        <span>{t(`clocks.state.${stateOf(wait)}`)}</span>
      </h3>
      <p className={styles.muted}>
        {target === null
          ? t('clocks.counted', { time: length(elapsed) })
          : t('clocks.countedOf', { time: length(elapsed), target: length(target) })}
        {dueAt && wait.endedAt === null
          ? ` · ${t('clocks.dueAt', { time: dueAt > now ? whenText(formats, dueAt, now) : formats.ago(dueAt, now) })}`
          : ''}
      </p>
      {target !== null && <Bar elapsed={elapsed} target={target} />}
      <p className={styles.muted}>{t('clocks.promise', { name: wait.policyName, version: wait.policyVersion })}</p>
      {shown ? (
        <>
          <Minutes wait={wait} />
          <Steps wait={wait} now={now} />
        </>
      ) : (
        <Button size="compact-sm" variant="subtle" onClick={() => setShown(true)}>
          {t('clocks.explain')}
        </Button>
      )}
    </article>
  )
}

/** A pause says what it waits for. */
const stateOf = ({ state, because }: Wait): string =>
  state === 'paused' && because ? `paused-${because}` : state === 'void' && because ? `void-${because}` : state

function Bar({ elapsed, target }: { elapsed: number; target: number }) {
  const share = Math.min(1, elapsed / target)
  return (
    <div className={styles.bar} aria-hidden>
      <span className={styles.counted} data-late={elapsed > target || undefined} style={{ width: `${share * 100}%` }} />
    </div>
  )
}

function Minutes({ wait }: { wait: Wait }) {
  const t = useTexts('inbox')
  const formats = useFormats()
  return (
    <>
      {wait.earlierSpans > 0 && <p className={styles.muted}>{t('clocks.earlier', { count: wait.earlierSpans })}</p>}
      <ul className={styles.spans} aria-label={t('clocks.minutes')}>
        {wait.spans.map((span) => (
          <li key={span.from.getTime()} className={styles.span} data-counted={span.counted}>
            <span>
              <SpanName span={span} />
            </span>
            <span className={styles.minutes}>
              {span.counted
                ? t('clocks.plus', { time: formats.duration(span.minutes * 60_000) })
                : t('clocks.notCounted', { time: formats.duration(span.minutes * 60_000) })}
            </span>
            <span className={styles.when}>{formats.dateRange(span.from, span.until)}</span>
          </li>
        ))}
      </ul>
    </>
  )
}

/** Why these minutes count or not, with the name of the day where it has one. */
function SpanName({ span }: { span: Span }) {
  const t = useTexts('inbox')
  const language = useLanguage()
  const name = typeof span.name === 'string' ? span.name : span.name?.[language]
  return name ? t(`clocks.whyNamed.${span.why}`, { name }) : t(`clocks.why.${span.why}`)
}

function Steps({ wait, now }: { wait: Wait; now: Date }) {
  const t = useTexts('inbox')
  const formats = useFormats()
  if (wait.steps.length === 0) return null
  return (
    <ul className={styles.steps} aria-label={t('clocks.steps')}>
      {wait.steps.map(({ step, action, at, doneAt, outcome }) => (
        <li key={step} className={styles.span} data-counted={doneAt !== null}>
          <span>{t(`clocks.step.${action.do}`)}</span>
          <span className={styles.minutes}>
            {outcome
              ? t(`clocks.outcome.${outcome}`)
              : at && wait.endedAt === null
                ? whenText(formats, at, now)
                : t('clocks.notNeeded')}
          </span>
          {doneAt && <span className={styles.when}>{formats.exact(doneAt)}</span>}
        </li>
      ))}
    </ul>
  )
}
