import { sql } from 'kysely'
import type { WorkspaceTransaction } from '../platform/database.ts'
import { NotFound } from '../platform/errors.ts'
import type { WorkspaceContext } from '../platform/procedures.ts'
import { thawDeliveries } from '../publishing/index.ts'
import { lockOpenCrisis } from './crises.ts'
import { holds } from './freezing.ts'
import { getCrisis } from './reading.ts'

const FROZEN_MAX = 200

/** What this crisis holds back: what another one does is released there. */
export async function listFrozen(tx: WorkspaceTransaction, crisisId: string, me: WorkspaceContext['me']) {
  const { endedAt, mayAct, freezes } = await getCrisis(tx, crisisId, me)
  if (endedAt) return { mayRelease: false, deliveries: [], macros: [] }
  const { rows: deliveries } = await sql<{
    delivery_id: string
    text: string
    source_name: string | null
    created_at: Date
    answer: boolean
  }>`
    select d.delivery_id, d.text, s.name as source_name, d.created_at, d.reply_to_post_id is not null as answer
    from delivery d join crisis c on c.workspace_id = d.workspace_id and c.crisis_id = ${crisisId}
      left join source s on s.workspace_id = d.workspace_id and s.source_id = d.source_id
    where d.workspace_id = ${tx.workspaceId} and d.state = 'queued' and d.failure = 'frozen' and ${holds}
    order by d.created_at limit ${FROZEN_MAX}`.execute(tx.sql)
  const { rows: macros } = freezes.macros
    ? await sql<{ macro_id: string; name: string; released: boolean }>`
        select m.macro_id, m.name, exists (select from crisis_release r where r.workspace_id = m.workspace_id
          and r.crisis_id = ${crisisId} and r.what = 'macro' and r.frozen_id = m.macro_id) as released
        from macro m where m.workspace_id = ${tx.workspaceId} order by m.name limit ${FROZEN_MAX}`.execute(tx.sql)
    : { rows: [] }
  return {
    mayRelease: mayAct,
    deliveries: deliveries.map((row) => ({
      deliveryId: row.delivery_id,
      text: row.text,
      sourceName: row.source_name ?? '',
      createdAt: row.created_at,
      answer: row.answer,
    })),
    macros: macros.map((row) => ({ macroId: row.macro_id, name: row.name, released: row.released })),
  }
}

/** Once is enough: a second release of the same changes nothing. */
export async function releaseFrozen(
  tx: WorkspaceTransaction,
  input: { crisisId: string; what: 'delivery' | 'macro'; frozenId: string; reason: string },
  me: WorkspaceContext['me'],
  now: Date,
): Promise<void> {
  const { crisisId, what, frozenId, reason } = input
  await lockOpenCrisis(tx, crisisId, me)
  const table = sql.table(what)
  const { rows: known } = await sql`
    select from ${table} where workspace_id = ${tx.workspaceId} and ${sql.ref(`${what}_id`)} = ${frozenId}`.execute(
    tx.sql,
  )
  if (known.length === 0) throw new NotFound(`${what}-unknown`)
  const { rows } = await sql`
    insert into crisis_release (workspace_id, crisis_id, what, frozen_id, reason, released_by, released_at)
    values (${tx.workspaceId}, ${crisisId}, ${what}, ${frozenId}, ${reason}, ${tx.actor.id}, ${now})
    on conflict do nothing returning 1`.execute(tx.sql)
  if (rows.length === 0) return
  if (what === 'delivery') await thawDeliveries(tx, [frozenId])
  tx.record({ type: 'crisis.released', subjects: { crisisId, [`${what}Id`]: frozenId }, codes: { what } })
}
