import type { z } from 'zod'
import type { PolicyCheck } from '../../../contract/policy-words.ts'
import type { policy as contract, PolicyDocument } from '../../../contract/publishing-policy.ts'
import type { WorkspaceTransaction } from '../../platform/database.ts'
import { NotFound } from '../../platform/errors.ts'
import {
  CHECK_IDS,
  type CheckId,
  type Judgement,
  MEASURED,
  MEASURED_SETS,
  type Measurement,
  mayRefuse,
  measurementOf,
  type Risk,
  restsOnLists,
  riskAtLeast,
  wrongStopsPer1000,
} from '../../policy/index.ts'
import { PRESETS } from './document.ts'
import { presentFindings } from './judging.ts'
import { judgePast, type Past } from './past.ts'

const SHOWN_MAX = 50
const REVIEWS_MAX = 50_000

type Measured = z.output<NonNullable<(typeof contract.measure)['~orpc']['outputSchema']>>
type Shown = Measured['checks'][number]['own']

/** By check and post: whether people found the alarm wrong. */
export type Reviews = ReadonlyMap<string, boolean>
const reviewKey = (check: string, postId: string): string => `${check} ${postId}`

export async function readReviews(tx: WorkspaceTransaction): Promise<Reviews> {
  const rows = await tx.sql
    .selectFrom('finding_review')
    .select(['check_id', 'post_id', 'wrong'])
    .where('workspace_id', '=', tx.workspaceId)
    .limit(REVIEWS_MAX)
    .execute()
  return new Map(rows.map((row) => [reviewKey(row.check_id, row.post_id), row.wrong]))
}

export async function reviewAlarm(
  tx: WorkspaceTransaction,
  { postId, check, was }: { postId: string; check: PolicyCheck; was: 'right' | 'wrong' | 'unread' },
): Promise<void> {
  const post = await tx.sql
    .selectFrom('post')
    .select('post_id')
    .where('workspace_id', '=', tx.workspaceId)
    .where('post_id', '=', postId)
    .where('direction', '=', 'out')
    .executeTakeFirst()
  if (!post) throw new NotFound('post-unknown')
  if (was === 'unread')
    await tx.sql
      .deleteFrom('finding_review')
      .where('workspace_id', '=', tx.workspaceId)
      .where('check_id', '=', check)
      .where('post_id', '=', postId)
      .execute()
  else
    await tx.sql
      .insertInto('finding_review')
      .values({ workspace_id: tx.workspaceId, post_id: postId, check_id: check, wrong: was === 'wrong' })
      .onConflict((conflict) =>
        conflict.columns(['workspace_id', 'check_id', 'post_id']).doUpdateSet({ wrong: was === 'wrong' }),
      )
      .execute()
}

/** False alarms reported while writing, by check. Nobody is counted, only findings. */
export async function reportsByCheck(tx: WorkspaceTransaction): Promise<Map<string, number>> {
  const rows = await tx.sql
    .selectFrom('finding_report')
    .select((select) => ['check_id', select.fn.countAll<string>().as('reports')])
    .where('workspace_id', '=', tx.workspaceId)
    .groupBy('check_id')
    .execute()
  return new Map(rows.map((row) => [row.check_id, Number(row.reports)]))
}

/** Every check on and none harder than a notice: it is measured what a check would say, whatever is done about it. */
const listening = (document: PolicyDocument): PolicyDocument => {
  const preset = PRESETS[document.preset]('')
  return {
    ...document,
    always: {},
    scopes: [],
    checks: Object.fromEntries(
      CHECK_IDS.map((check) => [
        check,
        { from: document.checks[check]?.from ?? preset.checks[check].from, action: 'inform' as const },
      ]),
    ),
  }
}

export async function alarmsOnPast(past: Past, document: PolicyDocument): Promise<Judgement[]> {
  return judgePast(past, { version: 0, measured: {}, document: listening(document) })
}

/** How a check, from this risk on, did on the workspace's own texts. */
function ownMeasurement(
  past: Past,
  judgements: Judgement[],
  reviews: Reviews,
  check: CheckId,
  from: Risk,
): Measurement {
  const alarms = past.texts.filter((_, index) => alarmsOf(judgements[index], check, from).length > 0)
  const verdicts = alarms.flatMap(({ postId }) => reviews.get(reviewKey(check, postId)) ?? [])
  return {
    answers: past.texts.length,
    alarms: alarms.length,
    judged: verdicts.length,
    wrong: verdicts.filter((wrong) => wrong).length,
  }
}

const alarmsOf = (judgement: Judgement | undefined, check: CheckId, from: Risk) =>
  judgement?.findings.filter((finding) => finding.check === check && riskAtLeast(finding.risk, from)) ?? []

/** What the workspace measured of every check that is to refuse: with it the configuration is accepted, or not. */
export function measuredFor(
  past: Past,
  judgements: Judgement[],
  reviews: Reviews,
  document: PolicyDocument,
): Partial<Record<CheckId, Measurement>> {
  return Object.fromEntries(
    CHECK_IDS.map((check) => [check, ownMeasurement(past, judgements, reviews, check, fromOf(document, check))]),
  )
}

const fromOf = ({ preset, checks }: PolicyDocument, check: CheckId): Risk =>
  checks[check]?.from ?? PRESETS[preset]('').checks[check].from

export function measure(
  past: Past,
  judgements: Judgement[],
  reviews: Reviews,
  reports: ReadonlyMap<string, number>,
  { document, check }: { document: PolicyDocument; check?: PolicyCheck | undefined },
): Measured {
  return {
    texts: past.texts.length,
    checks: CHECK_IDS.map((id) => {
      const from = fromOf(document, id)
      const own = ownMeasurement(past, judgements, reviews, id, from)
      return {
        check: id,
        from,
        shipped: restsOnLists(id) ? null : shown(worst(id, from)),
        own: shown(own),
        mayRefuse: mayRefuse(id, from, own),
        reported: reports.get(id) ?? 0,
      }
    }),
    toRead: check ? toRead(past, judgements, reviews, check, fromOf(document, check)) : [],
  }
}

/** Of our two sets the one in which it was wrong more often. */
const worst = (check: CheckId, from: Risk): Measurement =>
  MEASURED_SETS.map((set) => measurementOf(MEASURED[set], check, from)).reduce((one, other) =>
    wrongStopsPer1000(other).high > wrongStopsPer1000(one).high ? other : one,
  )

function shown(measurement: Measurement): Shown {
  const { value, high } = wrongStopsPer1000(measurement)
  const isKnown = measurement.answers > 0 && (measurement.alarms === 0 || measurement.judged > 0)
  return { ...measurement, wrongPer1000: isKnown ? value : null, wrongPer1000AtMost: isKnown ? high : null }
}

function toRead(past: Past, judgements: Judgement[], reviews: Reviews, check: CheckId, from: Risk): Measured['toRead'] {
  const alarms = past.texts.flatMap(({ postId, text, publishedAt, sourceName }, index) => {
    const findings = alarmsOf(judgements[index], check, from)
    if (findings.length === 0) return []
    const wrong = reviews.get(reviewKey(check, postId)) ?? null
    return [{ postId, text, publishedAt, sourceName, check, findings: presentFindings({ findings }), wrong }]
  })
  return alarms.toSorted((a, b) => Number(a.wrong !== null) - Number(b.wrong !== null)).slice(0, SHOWN_MAX)
}
