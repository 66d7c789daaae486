import { Link } from '@tanstack/react-router'
import { useFormats } from '../../platform/formats.ts'
import { useTexts } from '../../platform/i18n.ts'
import { useWorkspace } from '../../platform/session.ts'
import { medianBound, type Progress } from './dry-run.ts'
import styles from './routing.module.css'
import { useRuleWords } from './sentences.ts'
import type { Findings, Rule } from './shapes.ts'

const MINUTE_MS = 60_000

/** Rule by rule: how many, where they would go, where they lie, how soon they were answered; then what no rule holds for. */
export function DryRunResults({ rules, progress: { findings, bounds } }: { rules: Rule[]; progress: Progress }) {
  const t = useTexts('inbox')
  const found = new Map(findings.rules.map((one) => [one.ruleId, one]))
  return (
    <>
      {findings.changed && <Changes changed={findings.changed} />}
      <ul className={styles.results}>
        {rules
          .filter(({ on }) => on)
          .map(({ ruleId, name }) => (
            <li key={ruleId} className={styles.result}>
              <h3>{name}</h3>
              <OfRule of={found.get(ruleId)} bounds={bounds} />
            </li>
          ))}
        <li className={styles.result}>
          <h3>{t('routing.dryRun.unmatched')}</h3>
          {findings.unmatched.conversations === 0 ? (
            <p className={styles.quiet}>{t('routing.dryRun.unmatchedNone')}</p>
          ) : (
            <Count count={findings.unmatched.conversations} />
          )}
          <Samples samples={findings.unmatched.samples} />
        </li>
      </ul>
    </>
  )
}

type RuleFindings = Findings['rules'][number]

function OfRule({ of, bounds }: { of: RuleFindings | undefined; bounds: number[] }) {
  const t = useTexts('inbox')
  const formats = useFormats()
  const { placeText, choices } = useRuleWords()
  if (!of) return <p className={styles.quiet}>{t('routing.dryRun.notHeld')}</p>
  const counted = (label: string, conversations: number) => `${label} (${formats.number(conversations)})`
  const teamText = (teamId: string | null) =>
    choices.teams.find(({ value }) => value === teamId)?.label ?? t('routing.dryRun.otherTeams')
  return (
    <>
      <Count count={of.conversations} />
      <dl className={styles.facts}>
        <dt>{t('routing.dryRun.would')}</dt>
        <dd>{formats.list(of.places.map((place) => counted(placeText(place), place.conversations)))}</dd>
        <dt>{t('routing.dryRun.lies')}</dt>
        <dd>
          {formats.list(
            of.happened.byTeam.map(({ teamId, conversations }) => counted(teamText(teamId), conversations)),
          )}
        </dd>
        <dt>{t('routing.dryRun.answered')}</dt>
        <dd>
          <FirstAnswer of={of} bounds={bounds} />
        </dd>
      </dl>
      <Samples samples={of.samples} />
    </>
  )
}

function FirstAnswer({ of: { happened }, bounds }: { of: RuleFindings; bounds: number[] }) {
  const t = useTexts('inbox')
  const formats = useFormats()
  const { answers } = happened
  if (!answers) return t('routing.dryRun.suppressed')
  const half = medianBound(answers.within, bounds)
  if (half === undefined) return t('routing.dryRun.noAnswer')
  const latest = bounds.at(-1) ?? 0
  return t(half === null ? 'routing.dryRun.withinLater' : 'routing.dryRun.within', {
    share: formats.percent(answers.answered / answers.of),
    time: formats.duration((half ?? latest) * MINUTE_MS),
  })
}

function Count({ count }: { count: number }) {
  const t = useTexts('inbox')
  const formats = useFormats()
  return (
    <p>
      <strong>{t('routing.dryRun.held', { count, number: formats.number(count) })}</strong>
    </p>
  )
}

function Samples({ samples }: { samples: Findings['unmatched']['samples'] }) {
  const t = useTexts('inbox')
  const { slug } = useWorkspace()
  if (samples.length === 0) return null
  return (
    <details>
      <summary>{t('routing.dryRun.samples')}</summary>
      <ul className={styles.samples}>
        {samples.map(({ conversationId, snippet }) => (
          <li key={conversationId}>
            <Link to="/w/$slug/inbox/$conversationId" params={{ slug, conversationId }} search={{ state: 'all' }}>
              {snippet || '…'}
            </Link>
          </li>
        ))}
      </ul>
    </details>
  )
}

/** Against the rules that hold: what would go elsewhere, from where to where. */
function Changes({ changed }: { changed: NonNullable<Findings['changed']> }) {
  const t = useTexts('inbox')
  const formats = useFormats()
  const { placeText } = useRuleWords()
  return (
    <section className={styles.changes}>
      <h3>{t('routing.dryRun.changed')}</h3>
      <p>
        {changed.conversations === 0
          ? t('routing.dryRun.unchanged')
          : t('routing.dryRun.moved', { count: changed.conversations })}{' '}
        {changed.priorities > 0 && t('routing.dryRun.priorities', { count: changed.priorities })}
      </p>
      <ul className={styles.moves}>
        {changed.moves.map(({ from, to, conversations, samples }) => (
          <li key={`${placeText(from)} ${placeText(to)}`}>
            <p>
              <strong>{formats.number(conversations)}</strong> {t('routing.dryRun.from')} {placeText(from)}{' '}
              <span aria-hidden>→</span> {placeText(to)}
            </p>
            <Samples samples={samples} />
          </li>
        ))}
      </ul>
    </section>
  )
}
