import { type RawBuilder, sql } from 'kysely'
import { listWorkspaceIds } from '../../accounts/index.ts'
import type { WorkspaceTransaction } from '../../platform/database.ts'
import { SYSTEM } from '../../platform/events.ts'
import type { Services } from '../../platform/services.ts'

/** Enough working days to look and to answer, or to extend and say so. */
const SOON_DAYS = 5
const REMINDED_AT_ONCE = 200

/** From the clock, over all workspaces; one that fails does not keep the others waiting. */
export async function remindOfDeadlines(services: Services): Promise<void> {
  for (const workspaceId of await listWorkspaceIds(services))
    try {
      const now = services.clock.now()
      while (await services.database.inWorkspace(workspaceId, SYSTEM, (tx) => remindOf(tx, now)));
    } catch (error) {
      services.log.error({ err: error, workspaceId }, 'deadlines of requests could not be looked at')
    }
}

/** Says of each open request once that it is due soon, and once that it is overdue. Returns whether there is more. */
export async function remindOf(tx: WorkspaceTransaction, now: Date): Promise<boolean> {
  const soon = new Date(now.getTime() + SOON_DAYS * 86_400_000)
  const overdue = await overdueQuery(tx.workspaceId, now).execute(tx.sql)
  const dueSoon = await dueSoonQuery(tx.workspaceId, now, soon).execute(tx.sql)
  for (const { request_id } of overdue.rows) tx.record({ type: 'request.overdue', subjects: { request: request_id } })
  for (const { request_id } of dueSoon.rows) tx.record({ type: 'request.due-soon', subjects: { request: request_id } })
  return overdue.rows.length === REMINDED_AT_ONCE || dueSoon.rows.length === REMINDED_AT_ONCE
}

export const overdueQuery = (workspaceId: string, now: Date) =>
  remind(sql`reminded_overdue_at`, now, workspaceId, sql`due_at < ${now}`)

/** What was extended after the first reminder has been reminded of long before; it is due again. */
export const dueSoonQuery = (workspaceId: string, now: Date, soon: Date) =>
  remind(sql`reminded_soon_at`, now, workspaceId, sql`due_at >= ${now} and due_at < ${soon}`)

/** Served by privacy_request_due. */
const remind = (mark: RawBuilder<unknown>, now: Date, workspaceId: string, due: RawBuilder<unknown>) => sql<{
  request_id: string
}>`
  update privacy_request r set ${mark} = ${now} from (
    select request_id from privacy_request where workspace_id = ${workspaceId} and state = 'open' and ${due}
      and ${mark} is null order by due_at, request_id limit ${REMINDED_AT_ONCE} for update skip locked) found
  where r.workspace_id = ${workspaceId} and r.request_id = found.request_id returning r.request_id`
