import { POLICY_ACTIONS, POLICY_VERDICTS } from '../../contract/policy-words.ts'
import type { Brand } from './brand.ts'
import { MOST_CERTAIN_FIRST, RUN } from './checks/checks.ts'
import type { Action, CheckRule, PolicyConfiguration, Verdict } from './configuration.ts'
import type { Draft } from './draft.ts'
import { CHECK_IDS, type CheckId, type Finding, overlap, riskAtLeast } from './finding.ts'
import { nameKey } from './known.ts'
import { type PreparedBrand, prepareBrand, type RuleFault } from './prepared-brand.ts'
import { type Reading, readDraft } from './reading.ts'

/** A finding with what the configuration makes of it. */
export type Judged = Finding & { action: Exclude<Action, 'off'> }

/** Why the verdict is not `send`: the findings that reach it, or what this kind of draft always needs. */
export type Reason = { because: 'finding'; finding: number } | { because: 'always'; of: string }

export interface Judgement {
  verdict: Verdict
  reasons: readonly Reason[]
  /** Hardest first, then in the order of the checks. */
  findings: readonly Judged[]
  /** Of the configuration. */
  version: string
  /** What the text was read in. */
  language: string | null
}

export interface Policy {
  judge(draft: Draft): Judgement
  /** Rules of the brand that could not be used. */
  faults: readonly RuleFault[]
}

export interface PolicyParts {
  brand: Brand
  configuration: PolicyConfiguration
  /** As `loadLanguageRecogniser` of server/text gives it: null where it is not sure. */
  recognise: (text: string) => string | null
}

/** Made once for many drafts. Judging never throws, and its time grows with the length of the draft. */
export function preparePolicy({ brand, configuration, recognise }: PolicyParts): Policy {
  const { prepared, faults } = prepareBrand(brand)
  const excepted = exceptedWords(configuration)
  return {
    faults,
    judge: (draft) => {
      const reading = readDraft(draft, recognise)
      const found = withoutEchoes(findAll(reading, prepared, configuration))
      const findings = hardestFirst(
        found.flatMap((one) => judged(one, reading, configuration.checks[one.check], excepted)),
      )
      return {
        ...verdictOf(draft, findings, configuration),
        findings,
        version: configuration.version,
        language: reading.language,
      }
    },
  }
}

function findAll(reading: Reading, brand: PreparedBrand, { checks, thresholds }: PolicyConfiguration): Finding[] {
  return (Object.keys(RUN) as CheckId[]).flatMap((check) => {
    const { action, kinds } = checks[check]
    return action === 'off' || !kinds.includes(reading.draft.kind) ? [] : RUN[check](reading, brand, thresholds)
  })
}

/** The same characters are one finding, of the check that is most certain what they are. */
function withoutEchoes(findings: readonly Finding[]): Finding[] {
  const inOrder = findings.toSorted((a, b) => MOST_CERTAIN_FIRST.indexOf(a.check) - MOST_CERTAIN_FIRST.indexOf(b.check))
  const claimed = new Map<CheckId, Finding['spans'][number][]>()
  return inOrder.flatMap((one) => {
    const rank = MOST_CERTAIN_FIRST.indexOf(one.check)
    if (rank < 0) return [one]
    const before = [...claimed].flatMap(([check, spans]) => (MOST_CERTAIN_FIRST.indexOf(check) < rank ? spans : []))
    const spans = one.spans.filter((span) => !before.some((other) => overlap(span, other)))
    claimed.set(one.check, [...(claimed.get(one.check) ?? []), ...spans])
    return spans.length > 0 ? [{ ...one, spans }] : []
  })
}

function judged(
  found: Finding,
  reading: Reading,
  { action, from }: CheckRule,
  excepted: ReadonlySet<string>,
): Judged[] {
  const spans = found.spans.filter((span) => {
    const piece = reading.pieces.find(({ part, index }) => part === span.part && index === span.index)
    return !excepted.has(`${found.check} ${exceptionKey(piece?.text.slice(span.from, span.to) ?? '')}`)
  })
  if (action === 'off' || (spans.length === 0 && found.spans.length > 0)) return []
  return [{ ...found, spans, action: riskAtLeast(found.risk, from) ? action : 'inform' }]
}

const exceptionKey = (words: string): string => nameKey(words).replace(/\s+/g, ' ').trim()

const exceptedWords = ({ exceptions }: PolicyConfiguration): ReadonlySet<string> =>
  new Set(exceptions.map(({ check, words }) => `${check} ${exceptionKey(words)}`))

const hardness = (action: Action): number => POLICY_ACTIONS.indexOf(action)
const place = ({ check }: Finding): number => CHECK_IDS.indexOf(check)
const hardestFirst = (findings: readonly Judged[]): Judged[] =>
  findings.toSorted((a, b) => hardness(b.action) - hardness(a.action) || place(a) - place(b))

const hardest = (verdicts: readonly Verdict[]): Verdict =>
  POLICY_VERDICTS[Math.max(0, ...verdicts.map((one) => POLICY_VERDICTS.indexOf(one)))] as Verdict
const verdictFor = (action: Judged['action']): Verdict => (action === 'inform' ? 'send' : action)

function verdictOf(
  draft: Draft,
  findings: readonly Judged[],
  { always }: PolicyConfiguration,
): Pick<Judgement, 'verdict' | 'reasons'> {
  const needs: { of: string; verdict: Verdict }[] = [
    draft.kind,
    ...(draft.origin === 'bot' ? (['bot'] as const) : []),
  ].map((of) => ({
    of,
    verdict: always[of] ?? 'send',
  }))
  if (draft.circumstances.fourEyes) needs.push({ of: 'rule', verdict: 'four-eyes' })
  const verdict = hardest([...findings.map(({ action }) => verdictFor(action)), ...needs.map((need) => need.verdict)])
  if (verdict === 'send') return { verdict, reasons: [] }
  return {
    verdict,
    reasons: [
      ...findings.flatMap(({ action }, finding): Reason[] =>
        verdictFor(action) === verdict ? [{ because: 'finding', finding }] : [],
      ),
      ...needs.flatMap((need): Reason[] => (need.verdict === verdict ? [{ because: 'always', of: need.of }] : [])),
    ],
  }
}
