import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { isDeepStrictEqual } from 'node:util'
import { POLICY_RISKS } from '../contract/policy-words.ts'
import { dataFolder } from '../scripts/data-folder.ts'
import {
  CHECK_IDS,
  type CheckId,
  type CheckRule,
  draftOf,
  MEASURED,
  type MeasuredTexts,
  measurementOf,
  type Policy,
  type PolicyConfiguration,
  preparePolicy,
  riskAtLeast,
  smallTeam,
} from '../server/policy/index.ts'
import { wilson } from '../server/statistics/index.ts'
import { loadLanguageRecogniser } from '../server/text/index.ts'
import type { BenchOptions, Measured } from './bench.ts'
import { brandOfAccount, englishAnswers, germanAnswers, germanTalk, type PastAnswer } from './policy-answers.ts'
import { cpuSecondsSince, round2 } from './statistics.ts'

/**
 * How often each check alarms on texts that people sent, and how often it is wrong: what it says is not so. Alarms were read
 * and judged; policy-judgements.json keeps ids and verdicts, no texts. Brands are unknown, so that no list of own numbers,
 * links or words spares anybody an alarm; checks that rest on such lists are not measured here but by a workspace's own dry
 * run. What is printed as `measured` belongs into server/policy/measured.json: a check may refuse only with figures from there.
 */
interface Judgements {
  right: readonly string[]
  wrong: readonly string[]
}
type JudgementFile = Readonly<Partial<Record<CheckId, Judgements>>>

const ROUNDS = 3
const TEXTS_PER_SECOND_MIN = 1_000
const LONG_TEXT = 'Wir melden uns morgen bei Ihnen. Nummer 0170 1234567, DE12 5001 0517 0648 4898 90. '.repeat(200)

export async function measure(options: BenchOptions): Promise<Measured> {
  const folder = dataFolder()
  const recognise = await loadLanguageRecogniser()
  const figures: Record<string, number> = {}
  const judge = judging(recognise)
  if (!folder) {
    options.say('Skipped false alarms: there is no folder of public data (RAPPORT_DATA). Only a long text is timed.')
    figures['ms for a text of 16,000 characters'] = longTextMs(recognise)
    return { figures, targets: [] }
  }
  const judgements = JSON.parse(
    readFileSync(join(import.meta.dirname, 'policy-judgements.json'), 'utf8'),
  ) as JudgementFile
  const answers = [...englishAnswers(folder), ...germanAnswers(folder)]
  const talk = germanTalk(folder)
  const measured = { answers: alarmsOf(answers, judge, judgements), talk: alarmsOf(talk, judge, judgements) }
  figures['answers of brands'] = answers.length
  figures['German posts of anybody'] = talk.length
  for (const [set, texts] of Object.entries(measured)) tell(figures, set, texts)
  figures['texts/s and core'] = rateOf(answers, judge)
  figures['ms for a text of 16,000 characters'] = longTextMs(recognise)
  figures['figures that the product states otherwise'] = differences(measured)
  if (figures['figures that the product states otherwise'] > 0) options.say(`measured: ${JSON.stringify(measured)}`)
  return {
    figures,
    targets: [
      { figure: 'texts/s and core', atLeast: TEXTS_PER_SECOND_MIN },
      { figure: 'figures that the product states otherwise', atMost: 0 },
    ],
  }
}

type Judge = (answer: PastAnswer) => ReturnType<Policy['judge']>

/** Every check on, none harder than a notice. */
function judging(recognise: (text: string) => string | null): Judge {
  const rule: CheckRule = { action: 'inform', from: 'low', kinds: ['reply', 'post', 'private'] }
  const checks = Object.fromEntries(CHECK_IDS.map((check) => [check, rule])) as PolicyConfiguration['checks']
  const configuration = { ...smallTeam('bench'), checks }
  const policies = new Map<string, Policy>()
  return ({ account, draft }) => {
    const policy = policies.get(account) ?? preparePolicy({ brand: brandOfAccount(account), configuration, recognise })
    policies.set(account, policy)
    return policy.judge(draft)
  }
}

function alarmsOf(answers: readonly PastAnswer[], judge: Judge, judgements: JudgementFile): MeasuredTexts {
  const judged = answers.map((answer) => ({ id: answer.id, findings: judge(answer).findings }))
  const entries = CHECK_IDS.map((check) => {
    const [right, wrong] = [new Set(judgements[check]?.right), new Set(judgements[check]?.wrong)]
    const byRisk = POLICY_RISKS.flatMap((risk) => {
      const ids = judged
        .filter(({ findings }) => findings.some((one) => one.check === check && riskAtLeast(one.risk, risk)))
        .map(({ id }) => id)
      const wrongs = ids.filter((id) => wrong.has(id)).length
      return ids.length > 0
        ? [[risk, [ids.length, ids.filter((id) => right.has(id)).length + wrongs, wrongs]] as const]
        : []
    })
    return [check, Object.fromEntries(byRisk)] as const
  })
  return {
    texts: answers.length,
    alarms: Object.fromEntries(entries.filter(([, byRisk]) => Object.keys(byRisk).length > 0)),
  }
}

function tell(figures: Record<string, number>, set: string, measured: MeasuredTexts): void {
  for (const check of CHECK_IDS) {
    const { answers, alarms, judged, wrong } = measurementOf(measured, check, 'low')
    if (alarms === 0) continue
    figures[`${set}: ${check}: alarms per 1000`] = round2((1_000 * alarms) / answers)
    figures[`${set}: ${check}: judged`] = judged
    if (judged === 0) continue
    const { low, high } = wilson(wrong, judged)
    figures[`${set}: ${check}: wrong %`] = round2((100 * wrong) / judged)
    figures[`${set}: ${check}: wrong %, from`] = round2(100 * low)
    figures[`${set}: ${check}: wrong %, to`] = round2(100 * high)
  }
}

const differences = (measured: Readonly<Record<string, MeasuredTexts>>): number =>
  Object.entries(measured).filter(([set, texts]) => !isDeepStrictEqual(MEASURED[set as 'answers'], texts)).length

function rateOf(answers: readonly PastAnswer[], judge: Judge): number {
  const seconds = Array.from({ length: ROUNDS }, () => {
    const begun = process.cpuUsage()
    for (const answer of answers) judge(answer)
    return cpuSecondsSince(begun)
  })
  return Math.round(answers.length / Math.min(...seconds))
}

function longTextMs(recognise: (text: string) => string | null): number {
  const judge = judging(recognise)
  const answer = { id: '', account: 'railway', draft: draftOf(LONG_TEXT) }
  judge(answer)
  const begun = process.cpuUsage()
  judge(answer)
  return round2(cpuSecondsSince(begun) * 1_000)
}
