import { createHmac } from 'node:crypto'
import { sql } from 'kysely'
import type { RateLimit } from './rate-limit.ts'
import type { Services } from './services.ts'

/**
 * Token buckets in the database: what is counted here holds for all processes of the installation together, and over a
 * restart. One statement asks and takes, so that attempts at the same moment cannot all read the same count. The key may
 * name a person or an address: it is stored as a keyed hash, which a copy of the database alone cannot guess back.
 */
export async function takeSharedToken(services: Services, key: string, limit: RateLimit): Promise<boolean> {
  const perSecond = limit.capacity / limit.perSeconds
  const refilled = sql<number>`least(${limit.capacity}::float8,
    held.tokens + greatest(0, extract(epoch from now() - held.at)) * ${perSecond}::float8)`
  const secondsToFull = (tokens: typeof refilled) =>
    sql<Date>`now() + make_interval(secs => (${limit.capacity}::float8 - ${tokens}) / ${perSecond}::float8)`
  const { rows } = await sql`
    insert into system.rate_limit as held (key, tokens, at, full_at)
    values (${hashOf(services, key)}, ${limit.capacity - 1}::float8, now(),
      ${secondsToFull(sql`${limit.capacity - 1}::float8`)})
    on conflict (key) do update
      set tokens = ${refilled} - 1, at = now(), full_at = ${secondsToFull(sql`(${refilled} - 1)`)}
      where ${refilled} >= 1
    returning held.key`.execute(services.database.system)
  return rows.length > 0
}

const hashOf = (services: Services, key: string): Buffer =>
  createHmac('sha256', services.secrets.derive('rate-limit')).update(key).digest()

/** A full bucket says nothing. */
export async function forgetFullBuckets(services: Services): Promise<void> {
  await services.database.system.deleteFrom('system.rate_limit').where('full_at', '<', sql<Date>`now()`).execute()
}
