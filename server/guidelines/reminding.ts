import { sql } from 'kysely'
import { listWorkspaceIds } from '../accounts/index.ts'
import { notify } from '../notifications/index.ts'
import type { WorkspaceTransaction } from '../platform/database.ts'
import { SYSTEM } from '../platform/events.ts'
import type { Services } from '../platform/services.ts'
import { type Need, needsOf } from './needs.ts'
import { GUIDELINE, TRAINING } from './notification-kinds.ts'

const DAY_MS = 86_400_000
/** Enough to read a page, or to sit down for ten minutes. */
const SOON_DAYS = 3

type News = 'asked' | 'renew' | 'due-soon' | 'overdue'
interface Reminder {
  news: News
  /** The version or the end that it is of: of another one it is told anew. */
  mark: string
}

/** From the clock, over all workspaces; one that fails does not keep the others waiting. */
export async function remindOfGuidelines(services: Services): Promise<void> {
  for (const workspaceId of await listWorkspaceIds(services))
    try {
      const now = services.clock.now()
      await services.database.inWorkspace(workspaceId, SYSTEM, (tx) => remindOf(tx, now))
    } catch (error) {
      services.log.error({ err: error, workspaceId }, 'what guidelines ask of members could not be looked at')
    }
}

async function remindOf(tx: WorkspaceTransaction, now: Date): Promise<void> {
  const { settings, members } = await needsOf(tx, now)
  const due = members.flatMap(({ memberId, needs }) =>
    needs.flatMap((need) => {
      const reminder = reminderOf(need, settings.gate, now)
      return reminder ? [{ memberId, kind: need.kind, aboutId: need.aboutId, ...reminder }] : []
    }),
  )
  const news = await notYetTold(tx, due)
  for (const [kind, declared] of [['guideline', GUIDELINE] as const, ['training', TRAINING] as const])
    await notify(
      tx,
      declared,
      news.flatMap((one) => (one.kind === kind ? [{ memberId: one.memberId, id: one.aboutId, news: one.news }] : [])),
    )
}

/**
 * What is to be said now, the most urgent thing only. While the gate is open nothing happens on the day that something
 * is due, so nobody is hurried; what ends by itself says so in either case.
 */
export function reminderOf(need: Need, gate: boolean, now: Date): Reminder | null {
  const { standing, dueAt, version, ends } = need
  if (standing === 'done') return null
  const asked: Reminder = { news: 'asked', mark: String(version) }
  if (!dueAt || !(gate || ends)) return asked
  const mark = dueAt.toISOString()
  if (standing === 'overdue') return { news: 'overdue', mark }
  if (+dueAt - +now <= SOON_DAYS * DAY_MS) return { news: 'due-soon', mark }
  return standing === 'renew' ? { news: 'renew', mark } : asked
}

async function notYetTold<Due extends Reminder & { memberId: string; aboutId: string }>(
  tx: WorkspaceTransaction,
  due: readonly Due[],
): Promise<Due[]> {
  if (due.length === 0) return []
  const { rows } = await sql<{ member_id: string; about_id: string }>`
    insert into guideline_reminder as r (workspace_id, member_id, about_id, news, mark)
    select ${tx.workspaceId}, d.* from unnest(${due.map((one) => one.memberId)}::uuid[],
      ${due.map((one) => one.aboutId)}::uuid[], ${due.map((one) => one.news)}::text[],
      ${due.map((one) => one.mark)}::text[]) as d
    on conflict (workspace_id, member_id, about_id, news) do update
      set mark = excluded.mark, told_at = now() where r.mark <> excluded.mark
    returning member_id, about_id`.execute(tx.sql)
  const told = new Set(rows.map(({ member_id, about_id }) => `${member_id} ${about_id}`))
  return due.filter(({ memberId, aboutId }) => told.has(`${memberId} ${aboutId}`))
}
