import { type RawBuilder, sql } from 'kysely'
import type { StaffFigure } from '../../../contract/accounts-agreements.ts'
import type { AgreedUse } from '../../accounts/index.ts'
import type { WorkspaceTransaction } from '../../platform/database.ts'

export interface MemberFigure {
  figure: StaffFigure
  value: number | null
  unit: 'pieces' | 'minutes'
  from: number
}

interface Rule {
  unit: MemberFigure['unit']
  /** Rows of one `value` each, of what this member did between `at` and `before`. */
  rows(tx: WorkspaceTransaction, memberId: string, at: RawBuilder<Date>, before: RawBuilder<Date>): RawBuilder<unknown>
  /** SQL of one figure out of the values. */
  value: RawBuilder<number | null>
}

/** Answers of this member that stood on the network; what was cancelled or refused is no answer. */
const sentAnswers = (
  tx: WorkspaceTransaction,
  memberId: string,
  at: RawBuilder<Date>,
  before: RawBuilder<Date>,
  value: RawBuilder<unknown>,
) => sql`
  select ${value} as value from delivery d
    join answer a on a.workspace_id = d.workspace_id and a.delivery_id = d.delivery_id
  where d.workspace_id = ${tx.workspaceId} and d.created_by_kind = 'member' and d.created_by = ${memberId}
    and d.state = 'sent' and d.sent_at >= ${at} and d.sent_at < ${before}`

/** Since the oldest words of the customer that no earlier answer had seen. */
const MINUTES_WAITED = sql`extract(epoch from d.sent_at - (
  select min(p.published_at) from conversation_post p
  where p.workspace_id = a.workspace_id and p.conversation_id = a.conversation_id and p.direction = 'in'
    and p.version <= a.against_version and p.version > coalesce((select max(b.version) from answer b
      where b.workspace_id = a.workspace_id and b.conversation_id = a.conversation_id and b.version < a.version
        and b.failed_at is null), 0))) / 60`

const RULES: Record<StaffFigure, Rule> = {
  answers: {
    unit: 'pieces',
    rows: (tx, memberId, at, before) => sentAnswers(tx, memberId, at, before, sql`1`),
    value: sql`count(*)::float8`,
  },
  'answer-time': {
    unit: 'minutes',
    rows: (tx, memberId, at, before) => sentAnswers(tx, memberId, at, before, MINUTES_WAITED),
    value: sql`percentile_cont(0.5) within group (order by value::float8)`,
  },
  /** Ends where events begin to carry pseudonyms: what is older is nobody's. */
  closures: {
    unit: 'pieces',
    rows: (tx, memberId, at, before) => sql`
      select 1 as value from event e where e.workspace_id = ${tx.workspaceId} and e.actor_id = ${memberId}
        and e.type = 'conversation.closed' and e.at >= ${at} and e.at < ${before}`,
    value: sql`count(*)::float8`,
  },
}

/** Computed when it is asked, kept nowhere. Days begin and end as they do in the workspace. */
export async function figuresOf(tx: WorkspaceTransaction, { question, timeZone }: AgreedUse): Promise<MemberFigure[]> {
  const midnight = (day: string, after: number) =>
    sql<Date>`((${day}::date + ${after}::int)::timestamp at time zone ${timeZone})`
  const at = midnight(question.from, 0)
  const before = midnight(question.until, 1)
  const figures: MemberFigure[] = []
  for (const figure of new Set(question.figures)) {
    const { unit, rows, value } = RULES[figure]
    const found = await sql<{ value: number | null; rows: string }>`
      select ${value} as value, count(value) as rows
      from (${rows(tx, question.memberId, at, before)}) as done(value)`.execute(tx.sql)
    const counted = Number(found.rows[0]?.rows ?? 0)
    figures.push({ figure, unit, value: found.rows[0]?.value ?? null, from: counted })
  }
  return figures
}
