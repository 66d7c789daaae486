import { type RawBuilder, sql } from 'kysely'
import type { z } from 'zod'
import type { timelineEntry } from '../../contract/listening-timelines.ts'
import type { Permission } from '../../contract/permissions.ts'
import type { WorkspaceTransaction } from '../platform/database.ts'

export type TimelineEntry = z.infer<typeof timelineEntry>

/** Where an entry stands within its strand. */
export interface Place {
  /** UTC to the microsecond (momentIn): a JavaScript Date would take several moments of PostgreSQL for one. */
  at: string
  key: string
}

/**
 * One kind of entries of the timeline. Strands are merged by time; at one moment the later strand of the list comes
 * first. Modules below bring strands of their own (server/modules.ts), told to those who hold `allow`.
 */
export interface Strand {
  /** Stands in cursors. */
  name: string
  allow?: Permission
  /** Below and above every key of the strand, in the order of `find`. */
  lowest: string
  highest: string
  /** The newest places before one, at most `limit`, newest first by (at, key). */
  find(tx: WorkspaceTransaction, authorIds: string[], before: Place | null, limit: number): Promise<Place[]>
  /** Entries by key; what is gone meanwhile is absent. */
  load(tx: WorkspaceTransaction, keys: string[], authorIds: string[]): Promise<Map<string, TimelineEntry>>
}

/** A moment as text that sorts as time does. */
export const momentIn = (column: RawBuilder<unknown>) =>
  sql<string>`to_char(${column} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US')`

/** The bound of a strand whose keys are of a type of PostgreSQL; a row comparison, so that an index serves it. */
export const earlierThan = (before: Place | null, at: RawBuilder<unknown>, key: RawBuilder<unknown>, type: string) =>
  before ? sql`and (${at}, ${key}) < (${`${before.at}Z`}::timestamptz, ${before.key}::${sql.raw(type)})` : sql``
