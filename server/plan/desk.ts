import { DESK_CHECKS } from '../../contract/plan.ts'
import { membersWho, readMailSettings, readWorkspace } from '../accounts/index.ts'
import { countGuidelines } from '../guidelines/index.ts'
import type { WorkspaceTransaction } from '../platform/database.ts'
import type { Services } from '../platform/services.ts'
import type { DeskCheck, DeskCheckName, DeskChecks } from './port.ts'

/** One person is no team: nobody stands in for them. Everything else is there when there is one. */
const NEEDED: Partial<Record<DeskCheckName, number>> = { team: 2, stakeholder: 2 }
/** Whether it is there says all; a count of one would say nothing. */
const UNCOUNTED: readonly DeskCheckName[] = ['brand', 'heard', 'mail']
/** Whoever only listens needs nobody who speaks. */
const FOR_SPEAKING: readonly DeskCheckName[] = ['speaker', 'account', 'macro', 'promise', 'guideline', 'training']

const countOf =
  (table: 'goal' | 'stakeholder' | 'scenario'): DeskCheck =>
  async (tx) => {
    let query = tx.sql
      .selectFrom(table)
      .select((select) => select.fn.countAll<string>().as('count'))
      .where('workspace_id', '=', tx.workspaceId)
    if (table === 'scenario') query = query.where('retired_at', 'is', null)
    return Number((await query.executeTakeFirstOrThrow()).count)
  }

const activeMembers: DeskCheck = async (tx) => {
  const { count } = await tx.sql
    .selectFrom('member')
    .select((select) => select.fn.countAll<string>().as('count'))
    .where('workspace_id', '=', tx.workspaceId)
    .where('state', '=', 'active')
    .executeTakeFirstOrThrow()
  return Number(count)
}

/** What this module and those above it can say for themselves. */
const own: DeskChecks = {
  brand: async (tx) => ((await readWorkspace(tx)).brand.trim() === '' ? 0 : 1),
  team: activeMembers,
  speaker: async (tx) => (await membersWho(tx, 'answers.speak')).length,
  guideline: async (tx, { clock }) => (await countGuidelines(tx, clock.now())).guidelines,
  training: async (tx, { clock }) => (await countGuidelines(tx, clock.now())).trainings,
  goal: countOf('goal'),
  stakeholder: countOf('stakeholder'),
  scenario: countOf('scenario'),
  mail: async (_tx, services) => ((await readMailSettings(services)) ? 1 : 0),
}

/** What a desk needs, looked up from what is there: nobody ticks anything. */
export async function deskOf(tx: WorkspaceTransaction, services: Services, handedDown: readonly DeskChecks[]) {
  const listenOnly = (await readWorkspace(tx)).kind === 'listen-only'
  const all: DeskChecks = Object.assign({}, own, ...handedDown)
  const checks = []
  for (const check of DESK_CHECKS) {
    const count = all[check]
    if (!count || (listenOnly && FOR_SPEAKING.includes(check))) continue
    const found = await count(tx, services)
    checks.push({
      check,
      done: found >= (NEEDED[check] ?? 1),
      count: UNCOUNTED.includes(check) ? null : found,
    })
  }
  return { listenOnly, checks }
}
