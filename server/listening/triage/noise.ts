import { type RawBuilder, sql } from 'kysely'

/**
 * Set aside: a person said that it is not for us, or nobody said anything and the model thinks so. Word for word the
 * condition of the index mention_aside.
 */
export const isAside = (prefix: RawBuilder<unknown>): RawBuilder<unknown> =>
  sql`${prefix}state = 'rejected' or (${prefix}state = 'new' and ${prefix}judged_as = 'not-for-us')`
