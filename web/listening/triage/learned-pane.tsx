import { ActionIcon, Radio, Switch } from '@mantine/core'
import { IconArrowLeft } from '@tabler/icons-react'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useFormats } from '../../platform/formats.ts'
import { useTexts } from '../../platform/i18n.ts'
import { useApi, useMay } from '../../platform/session.ts'
import { Figure } from '../../ui/figure.tsx'
import type { Topic } from '../shapes.ts'
import type { Learned, Reason } from './answers.ts'
import { ReasonMark } from './judgement-line.tsx'
import { LearnedActions } from './learned-actions.tsx'
import styles from './triage.module.css'

const EFFECTS = ['shown', 'below', 'kept-out'] as const

interface LearnedPaneProps {
  topic: Topic
  learned: Learned
  onBack(): void
}

/** What a topic has learned and what follows from it, with everything that can be done about it. */
export function LearnedPane({ topic, learned, onBack }: LearnedPaneProps) {
  const t = useTexts('listening')
  return (
    <div className={styles.learned}>
      <header className={styles.learnedHead}>
        <ActionIcon className={styles.back} onClick={onBack} aria-label={t('sort.learned.back')}>
          <IconArrowLeft size={16} stroke={1.8} />
        </ActionIcon>
        <h2>{t('sort.learned.title')}</h2>
      </header>
      <Effects topic={topic} learned={learned} />
      <Figures learned={learned} />
      <Strongest title={t('sort.learned.forUs')} reasons={learned.strongest.forUs} />
      <Strongest title={t('sort.learned.notForUs')} reasons={learned.strongest.notForUs} />
      <Calibration learned={learned} />
      <Basis learned={learned} />
      <LearnedActions topic={topic} learned={learned} />
    </div>
  )
}

function Effects({ topic: { topicId }, learned }: Omit<LearnedPaneProps, 'onBack'>) {
  const t = useTexts('listening')
  const api = useApi()
  const queries = useQueryClient()
  const mayManage = useMay('topics.manage')
  const { queryKey } = api.listening.triage.state.queryOptions({ input: { topicId } })
  /** Shown at once, before the server has answered; what it says then stands. */
  const [asked, setAsked] = useState<Partial<Pick<Learned, 'on' | 'noise'>>>({})
  const change = useMutation(
    api.listening.triage.change.mutationOptions({
      onSettled: async () => {
        await queries.invalidateQueries({ queryKey: api.listening.key() })
        setAsked({})
      },
    }),
  )
  const ask = (more: typeof asked) => {
    setAsked((before) => ({ ...before, ...more }))
    void queries.cancelQueries({ queryKey }, { revert: false })
    queries.setQueryData(queryKey, (known) => known && { ...known, ...more })
    change.mutate({ topicId, ...more })
  }
  const { on, noise } = { ...learned, ...asked }
  return (
    <section className={styles.effects}>
      <Switch
        label={t('sort.learned.on')}
        checked={on}
        disabled={!mayManage}
        onChange={(event) => ask({ on: event.currentTarget.checked })}
      />
      <Radio.Group
        label={t('sort.learned.noise')}
        value={noise}
        onChange={(chosen) => ask({ noise: chosen as (typeof EFFECTS)[number] })}
      >
        <div className={styles.radios}>
          {EFFECTS.map((effect) => (
            <Radio
              key={effect}
              value={effect}
              label={t(`sort.learned.effect.${effect}`)}
              description={t(`sort.learned.effectWhy.${effect}`)}
              disabled={!mayManage || !on}
            />
          ))}
        </div>
      </Radio.Group>
    </section>
  )
}

function Figures({ learned }: { learned: Learned }) {
  const t = useTexts('listening')
  const formats = useFormats()
  const said = ({ count, atLeast }: Learned['today']['aside']) =>
    atLeast ? t('atLeast', { number: formats.number(count) }) : formats.number(count)
  const kinds = ['forUs', 'unsure', 'aside'] as const
  return (
    <div className={styles.figures}>
      {kinds.map((kind) => (
        <Figure
          key={kind}
          label={t(`sort.learned.figure.${kind}`)}
          value={said(learned.week[kind])}
          change={t('sort.learned.today', { number: said(learned.today[kind]) })}
          formula={t(`sort.learned.figureWhy.${kind}`)}
          period={t('sort.learned.week')}
        />
      ))}
    </div>
  )
}

function Strongest({ title, reasons }: { title: string; reasons: readonly Reason[] }) {
  if (reasons.length === 0) return null
  return (
    <section>
      <h3 className={styles.sectionTitle}>{title}</h3>
      <ul className={styles.reasons}>
        {reasons.map((reason) => (
          <li key={`${reason.kind}:${reason.text}`}>
            <ReasonMark reason={reason} />
          </li>
        ))}
      </ul>
    </section>
  )
}

/** Of posts that it thought something of before they were sorted: how probable it said they were, and how many were. */
function Calibration({ learned: { record } }: { learned: Learned }) {
  const t = useTexts('listening')
  const formats = useFormats()
  const bins = record.bins.filter(({ posts }) => posts > 0)
  if (bins.length === 0) return null
  return (
    <section>
      <h3 className={styles.sectionTitle}>{t('sort.learned.calibration')}</h3>
      <p className={styles.quiet}>{t('sort.learned.calibrationWhy', { count: record.asked })}</p>
      <table className={styles.table}>
        <thead>
          <tr>
            <th scope="col">{t('sort.learned.said')}</th>
            <th scope="col">{t('sort.learned.was')}</th>
            <th scope="col">{t('sort.learned.posts')}</th>
          </tr>
        </thead>
        <tbody>
          {bins.map(({ from, mean, forUs, posts }) => (
            <tr key={from}>
              <td>{formats.percent(mean)}</td>
              <td>{formats.percent(forUs)}</td>
              <td>{formats.number(posts)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}

function Basis({ learned: { labels, background } }: { learned: Learned }) {
  const t = useTexts('listening')
  const formats = useFormats()
  return (
    <p className={styles.quiet}>
      {t('sort.learned.labels', { forUs: formats.number(labels.forUs), notForUs: formats.number(labels.notForUs) })}{' '}
      {labels.hints > 0 && `${t('sort.learned.hints', { count: labels.hints, number: formats.number(labels.hints) })} `}
      {background.posts > 0 && background.learnedAt
        ? t('sort.learned.background', {
            count: background.posts,
            number: formats.number(background.posts),
            date: formats.date(background.learnedAt),
          })
        : t('sort.learned.noBackground', { number: background.needed })}
    </p>
  )
}
