import { sql } from 'kysely'
import type { WorkspaceTransaction } from '../../platform/database.ts'
import type { Services } from '../../platform/services.ts'
import { hoursOf } from './unmatched-reading.ts'
import { forgetUnwanted, SAMPLE_KEPT_DAYS } from './unmatched-sample.ts'

/** What is kept of the workspace's streams beside what was asked for. */
export async function sampleState(services: Services, tx: WorkspaceTransaction) {
  const { rows } = await sql`select from system.stream_sample_refusal where workspace_id = ${tx.workspaceId}`.execute(
    tx.sql,
  )
  const hours = await hoursOf(services, tx.workspaceId)
  const streams = Map.groupBy(hours, ({ stream }) => stream)
  const perDayMax = services.config.unmatchedSamplePerDay
  return {
    installation: perDayMax > 0,
    workspace: rows.length === 0,
    keptDays: SAMPLE_KEPT_DAYS,
    perDayMax,
    streams: [...streams].map(([stream, of]) => ({
      stream,
      heard: of.reduce((sum, { heard }) => sum + heard, 0),
      sampled: of.reduce((sum, { sampled }) => sum + sampled, 0),
      from: of[0]?.hour as Date,
      until: of.at(-1)?.hour as Date,
    })),
  }
}

/** A stream that nobody wants sampled any more loses its sample with this. */
export async function switchSample(services: Services, tx: WorkspaceTransaction, on: boolean): Promise<void> {
  if (on) await sql`delete from system.stream_sample_refusal where workspace_id = ${tx.workspaceId}`.execute(tx.sql)
  else {
    await sql`insert into system.stream_sample_refusal (workspace_id, refused_at)
      values (${tx.workspaceId}, ${services.clock.now()}) on conflict do nothing`.execute(tx.sql)
    await forgetUnwanted(tx.sql)
  }
  tx.record({ type: 'unmatched-sample.switched', subjects: {}, codes: { on } })
}
