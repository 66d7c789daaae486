import { readFileSync } from 'node:fs'
import { sql } from 'kysely'
import type pg from 'pg'
import { compareAll } from '../server/people/suggestions/comparing.ts'
import { NOBODY_YET, recordOf } from '../server/people/suggestions/fields.ts'
import { findFor } from '../server/people/suggestions/finding.ts'
import { candidatesQuery, storedKeys } from '../server/people/suggestions/keys.ts'
import { newestRun, startRun } from '../server/people/suggestions/runs.ts'
import { keepUpSuggestions } from '../server/people/suggestions/upkeep.ts'
import type { WorkspaceTransaction } from '../server/platform/database.ts'
import { SYSTEM } from '../server/platform/events.ts'
import { newId } from '../server/platform/ids.ts'
import type { Services } from '../server/platform/services.ts'
import type { BenchOptions } from './bench.ts'
import { socialPlan, socialSet } from './identity-social.ts'
import type { SocialRecord } from './identity-social-record.ts'
import { asOwner, openWorkspace, withInstallation } from './installation.ts'
import { quantile, round2 } from './statistics.ts'

/**
 * How long it takes to find candidates for an author who is new among a million persons, in SQL as the application's role under
 * row-level security; and how long the whole look takes, from reading the identity to a suggestion that is written. By the
 * clock, one at a time. Each identity is a person of its own: nobody has been joined yet.
 */
const IDENTITIES = 1_000_000
const PERSONS_AT_ONCE = 20_000
const ROWS_AT_ONCE = 20_000
const ROUNDS = 2_000
const LOOKS = 300
const WARM_UP = 50

export async function measureCandidates(options: BenchOptions): Promise<Record<string, number>> {
  return withInstallation(async (started) => {
    const wanted = options.number('identities', IDENTITIES)
    const workspaceId = await suggestingWorkspace(started.services)
    const filled = await fill(started.services, workspaceId, wanted, options)
    return {
      'candidates: identities': filled.identities,
      'candidates: keys': filled.keys,
      ...(await measure(started.services, workspaceId, filled.newcomers)),
      ...(options.number('whole', 0) ? await measureWhole(started.services, workspaceId, options) : {}),
    }
  })
}

async function suggestingWorkspace(services: Services): Promise<string> {
  const workspaceId = await openWorkspace(services)
  await services.database.inWorkspace(workspaceId, SYSTEM, (tx) =>
    sql`insert into inference_policy (workspace_id, mode, changed_at) values (${workspaceId}, 'suggest', now())`.execute(
      tx.sql,
    ),
  )
  return workspaceId
}

interface Row {
  authorId: string
  personId: string
  record: SocialRecord
  keys: string[]
}

/** Written as the owner of the tables and without checks of foreign keys: what is measured is the reading. */
async function fill(services: Services, workspaceId: string, wanted: number, { say }: BenchOptions) {
  return asOwner(services, async (client) => {
    await client.query("set session_replication_role = 'replica'")
    const newcomers: Row[] = []
    let [identities, keys] = [0, 0]
    for (let seed = 1; identities < wanted; seed++) {
      const rows = socialSet(socialPlan(PERSONS_AT_ONCE, seed))
        .filter(({ network }) => network !== 'crm')
        .slice(0, wanted - identities)
        .map((record) => rowOf(services, workspaceId, `${seed}`, record))
      newcomers.push(...rows.filter((__row, at) => at % 100 === 0))
      for (let at = 0; at < rows.length; at += ROWS_AT_ONCE)
        await insert(client, workspaceId, rows.slice(at, at + ROWS_AT_ONCE))
      identities += rows.length
      keys += rows.reduce((sum, row) => sum + row.keys.length, 0)
      say(`${identities} of ${wanted} identities are there, with ${keys} keys`)
    }
    await client.query("set session_replication_role = 'origin'")
    await client.query('vacuum analyze')
    return { identities, keys, newcomers }
  })
}

function rowOf({ secrets }: Services, workspaceId: string, seed: string, record: SocialRecord): Row {
  const facts = {
    kind: 'account' as const,
    network: record.network,
    scope: seed,
    networkId: record.networkId,
    handle: record.handle,
    name: record.name,
    bio: record.bio,
    url: record.site,
    activeFrom: new Date(record.activeFrom ?? 0),
    activeUntil: new Date(record.activeUntil ?? 0),
    told: new Map<string, string>(),
  }
  const keys = storedKeys(secrets, workspaceId, recordOf(facts, NOBODY_YET))
  return { authorId: newId(), personId: newId(), record, keys }
}

async function insert(client: pg.Client, workspaceId: string, rows: readonly Row[]): Promise<void> {
  const of = <T>(value: (row: Row) => T) => rows.map(value)
  await client.query(
    `insert into person (workspace_id, person_id, current_id, name, name_key, began_because, reason, created_at, created_by_kind)
     select $1, g.id, g.id, g.name, lower(g.name), 'wrote-to-us', '', now(), 'system' from unnest($2::uuid[], $3::text[]) as g(id, name)`,
    [workspaceId, of(({ personId }) => personId), of(({ record }) => record.name ?? record.networkId)],
  )
  await client.query(
    `insert into author (workspace_id, author_id, network, scope, network_id, handle, name, bio, url, stable, person_id,
       first_heard_at, last_heard_at)
     select $1, g.id, g.network, 'bench', g.id::text, g.handle, g.name, g.bio, g.url, true, g.person, g.from_at, g.until_at
     from unnest($2::uuid[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[], $8::uuid[], $9::timestamptz[],
       $10::timestamptz[]) as g(id, network, handle, name, bio, url, person, from_at, until_at)`,
    [
      workspaceId,
      of(({ authorId }) => authorId),
      of(({ record }) => record.network),
      of(({ record }) => record.handle),
      of(({ record }) => record.name),
      of(({ record }) => record.bio),
      of(({ record }) => record.site),
      of(({ personId }) => personId),
      of(({ record }) => record.activeFrom ?? '2020-01-01'),
      of(({ record }) => record.activeUntil ?? '2026-01-01'),
    ],
  )
  const pairs = rows.flatMap(({ authorId, keys }) => [...new Set(keys)].map((key) => [key, authorId] as const))
  await client.query(
    `insert into identity_key (workspace_id, key, author_id) select $1, g.key, g.id from unnest($2::bigint[], $3::uuid[]) as g(key, id)`,
    [workspaceId, pairs.map(([key]) => key), pairs.map(([, id]) => id)],
  )
}

async function measure(
  services: Services,
  workspaceId: string,
  newcomers: readonly Row[],
): Promise<Record<string, number>> {
  const taken: number[] = []
  let found = 0
  for (let round = -WARM_UP; round < Math.min(ROUNDS, newcomers.length); round++) {
    const { keys } = newcomers[(Math.abs(round) * 7919) % newcomers.length] as Row
    await services.database.inWorkspace(workspaceId, SYSTEM, async (tx) => {
      const begun = performance.now()
      const { rows } = await candidatesQuery(workspaceId, newId(), keys).execute(tx.sql)
      if (round < 0) return
      taken.push(performance.now() - begun)
      found += rows.length
    })
  }
  return {
    'candidates: found each': Math.round((found / taken.length) * 10) / 10,
    'candidates: p50 ms': quantile(taken, 0.5),
    'candidates: p99 ms': quantile(taken, 0.99),
    ...(await measureLooks(services, workspaceId, newcomers)),
  }
}

/** By the clock, and what of it this process and PostgreSQL computed: on a machine that does other things the clock says little. */
async function measureLooks(services: Services, workspaceId: string, newcomers: readonly Row[]) {
  const looks: number[] = []
  let [own, served] = [0, 0]
  const around = { secrets: services.secrets, impersonators: async () => new Set<string>(), now: new Date() }
  for (let round = -5; round < Math.min(LOOKS, newcomers.length); round++) {
    const { authorId } = newcomers[(Math.abs(round) * 104_729) % newcomers.length] as Row
    const [begun, computed] = [performance.now(), process.cpuUsage()]
    const backend = await services.database.inWorkspace(workspaceId, SYSTEM, async (tx) => {
      const { rows } = await sql<{ pid: number }>`select pg_backend_pid() as pid`.execute(tx.sql)
      const pid = rows[0]?.pid ?? 0
      const before = computedBy(pid)
      await findFor(tx, [authorId], around)
      return computedBy(pid) - before
    })
    if (round < 0) continue
    looks.push(performance.now() - begun)
    const { user, system } = process.cpuUsage(computed)
    own += (user + system) / 1_000
    served += backend
  }
  return {
    'candidates: whole look p50 ms': quantile(looks, 0.5),
    'candidates: whole look p99 ms': quantile(looks, 0.99),
    'candidates: whole look CPU ms, ours': round2(own / looks.length),
    'candidates: whole look CPU ms, PostgreSQL': round2(served / looks.length),
  }
}

const NS_PER_MS = 1e6
/** Milliseconds that a process has computed so far; 0 where the system does not say. */
function computedBy(pid: number): number {
  try {
    return Number(readFileSync(`/proc/${pid}/schedstat`, 'utf8').split(' ')[0]) / NS_PER_MS
  } catch {
    return 0
  }
}

/** Everything compared as after the policy is switched on: keys, weights, pairs, suggestions. */
async function measureWhole(services: Services, workspaceId: string, { say }: BenchOptions) {
  const nobody = async () => new Set<string>()
  const inWorkspace = <T>(work: (tx: WorkspaceTransaction) => Promise<T>) =>
    services.database.inWorkspace(workspaceId, SYSTEM, work)
  await inWorkspace((tx) => startRun(tx, new Date()))
  const seconds: Record<string, number> = {}
  for (;;) {
    const begun = performance.now()
    const phase = (await inWorkspace(newestRun))?.phase ?? 'comparing'
    if (phase === 'comparing') await compareAll(services, workspaceId, nobody, { walkedMax: 0 })
    else await keepUpSuggestions(services, workspaceId, nobody, { looksAtModel: false, walkedMax: 0 })
    seconds[phase] = (seconds[phase] ?? 0) + (performance.now() - begun) / 1_000
    const run = await inWorkspace(newestRun)
    if (run?.phase !== phase || run.state !== 'running') say(`${phase}: ${round2(seconds[phase] ?? 0)} s`)
    if (run?.state !== 'running') break
  }
  const { rows } = await inWorkspace((tx) =>
    sql<{ open: number }>`select count(*)::int as open from suggestion where state = 'open'`.execute(tx.sql),
  )
  return {
    ...Object.fromEntries(Object.entries(seconds).map(([phase, s]) => [`everything: ${phase} s`, round2(s)])),
    'everything: suggestions': rows[0]?.open ?? 0,
  }
}
