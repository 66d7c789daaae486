import { createHash } from 'node:crypto'
import { sql } from 'kysely'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { KEYS_VERSION } from '../../linkage/index.ts'
import { object } from '../consent/index.ts'
import { moveIdentity } from '../graph/index.ts'
import { joinOne } from './answering.ts'
import { NOON, openScene, type Scene } from './testing/scene.ts'

let scene: Scene
beforeEach(async () => {
  scene = await openScene()
})
afterEach(() => scene.close())

const TABLES = ['identity_key', 'identity_due', 'suggestion', 'suggestion_answer', 'linkage_model', 'comparison_run']
const countRows = async () => {
  const counts = TABLES.map((table) => sql`select count(*)::int as count from ${sql.table(table)}`)
  const { rows } = await scene.inWorkspace((tx) =>
    sql<{ count: number }>`${sql.join(counts, sql` union all `)}`.execute(tx.sql),
  )
  return rows.reduce((sum, { count }) => sum + count, 0)
}
const JUTTA = { name: 'Jutta Wieland', bio: 'Chor. juttas-buecher.example' }
/** Each names the other in its own profile: only whoever holds both can do that. */
const mutual = async () => [
  await scene.person('bluesky', 'jutta-wieland.test', { ...JUTTA, bio: `${JUTTA.bio} https://x.com/juttaw_pankow` }),
  await scene.person('x', 'juttaw_pankow', {
    ...JUTTA,
    bio: `${JUTTA.bio} https://bsky.app/profile/jutta-wieland.test`,
  }),
]

describe('the policy', () => {
  it('is changed by who looks after privacy, and the trail says to what', async () => {
    const { workspaceId } = scene.app.workspace
    const lead = await scene.app.join(workspaceId, 'lead')
    const change = { mode: 'suggest', proofLevel: null, heardToo: false }
    const refused = await scene.app.call('people.suggestions.changePolicy', change, {
      cookie: lead.cookie,
      workspaceId,
    })
    expect(refused.status).toBe(403)
    await scene.policy('suggest')
    const { rows } = await scene.inWorkspace((tx) =>
      sql<{ codes: unknown }>`select codes from event where type = 'suggestion.policy-changed'`.execute(tx.sql),
    )
    expect(rows).toEqual([{ codes: { mode: 'suggest', proofLevel: null, heardToo: false } }])
  })

  it('takes a level of proof for "automatic" and for nothing else', async () => {
    for (const change of [
      { mode: 'automatic', proofLevel: null, heardToo: false },
      { mode: 'suggest', proofLevel: 'proved', heardToo: false },
    ])
      expect((await scene.call('changePolicy', change)).status).toBe(400)
  })

  it('switched off deletes everything that was computed, and leaves joined what was joined', async () => {
    const [one, other] = await mutual()
    await scene.policy('suggest')
    await scene.settle()
    const [found] = await scene.open()
    await scene.call('confirm', { suggestionId: found?.suggestionId })
    await scene.settle()
    expect(await countRows()).toBeGreaterThan(5)
    await scene.policy('none')
    await scene.settle()
    expect(await countRows()).toBe(0)
    expect(await scene.personOf(one?.authorId ?? '')).toBe(await scene.personOf(other?.authorId ?? ''))
    await scene.hear('bluesky', 'jutta-wieland.test', { bio: 'new' }, new Date())
    await scene.settle()
    expect(await countRows()).toBe(0)
  })

  it('refuses a comparison of everything where nothing may be compared, and while one is under way', async () => {
    expect(await scene.call('run', {})).toMatchObject({ status: 409, body: { data: { code: 'inference-is-off' } } })
    await scene.policy('suggest')
    expect(await scene.call('run', {})).toMatchObject({ status: 409, body: { data: { code: 'comparison-running' } } })
    await scene.settle()
    expect((await scene.call('run', {})).status).toBe(200)
    await scene.settle()
    expect((await scene.call('policy', {})).body).toMatchObject({
      run: { state: 'done', phase: 'comparing' },
    })
  })
})

describe('joined without being asked', () => {
  it('is what is proved, labelled so, and apart again for good when somebody takes it back', async () => {
    const [one, other] = await mutual()
    await scene.policy('automatic', { proofLevel: 'mutual' })
    await scene.settle()
    expect(await scene.personOf(one?.authorId ?? '')).toBe(await scene.personOf(other?.authorId ?? ''))
    const [joined] = await scene.listed('confirmed')
    expect(joined).toMatchObject({ proofLevel: 'mutual', decided: { by: { kind: 'system', id: null } } })
    const { rows } = await scene.inWorkspace((tx) => sql`select method from person_merge`.execute(tx.sql))
    expect(rows).toEqual([{ method: 'suggested' }])
    expect((await scene.call('takeBack', { suggestionId: joined?.suggestionId })).status).toBe(200)
    await scene.settle()
    await scene.call('run', {})
    await scene.settle()
    expect(await scene.personOf(one?.authorId ?? '')).not.toBe(await scene.personOf(other?.authorId ?? ''))
    expect(await scene.open()).toMatchObject([{ heldBack: ['taken-back'] }])
  })

  it('is whose customers proved one and the same address, even as nothing but the proof tells them one, until it is undone', async () => {
    const one = await scene.person('bluesky', 'jutta-wieland.test', { name: 'Jutta Wieland', bio: 'Chor' })
    const other = await scene.person('x', 'juttaw_pankow', { name: 'Jutta W.', bio: 'Garten' })
    const mail = { kind: 'mail', value: 'jutta.wieland@mailbox.example.org' } as const
    const point = await scene.point(one.personId, mail, { method: 'customer-proved' })
    const grounds = { method: 'customer-proved', legalBasis: 'consent', evidence: {} } as const
    await scene.inWorkspace((tx) => moveIdentity(tx, { ...grounds, authorId: point, personId: other.personId }, NOON))
    await scene.policy('automatic', { proofLevel: 'proved' })
    await scene.settle()
    const [joined] = await scene.listed('confirmed')
    expect(joined).toMatchObject({ proofLevel: 'proved', decided: { by: { kind: 'system', id: null } } })
    expect(joined?.reasons.map(({ code }) => code)).toContain('proven-link.exact')
    expect(await scene.personOf(one.authorId)).toBe(await scene.personOf(other.authorId))
    expect((await scene.call('takeBack', { suggestionId: joined?.suggestionId })).status).toBe(200)
    await scene.settle()
    expect(await scene.personOf(one.authorId)).toBe(one.personId)
    expect(await scene.personOf(other.authorId)).toBe(other.personId)
    expect(await scene.personOf(point)).toBe(other.personId)
    expect(await scene.listed('confirmed')).toEqual([])
  })

  it('is nobody who objected to profiling, whatever is proved', async () => {
    const [one, other] = await mutual()
    await scene.inWorkspace((tx) =>
      object(tx, {
        personId: one?.personId ?? '',
        kind: 'profiling',
        reason: 'asked',
        channel: 'mail',
        at: NOON,
      } as never),
    )
    await scene.policy('automatic', { proofLevel: 'named' })
    await scene.settle()
    expect(await scene.personOf(one?.authorId ?? '')).not.toBe(await scene.personOf(other?.authorId ?? ''))
    expect(await scene.open()).toEqual([])
  })

  it('is nobody who objected after they were found, however soon it is joined', async () => {
    const [one, other] = await mutual()
    await scene.policy('suggest')
    await scene.settle()
    const [found] = await scene.open()
    await scene.inWorkspace((tx) =>
      object(tx, {
        personId: one?.personId ?? '',
        kind: 'profiling',
        reason: 'asked',
        channel: 'mail',
        at: NOON,
      } as never),
    )
    await scene.policy('automatic', { proofLevel: 'named' })
    await joinOne(scene.app.services, scene.app.workspace.workspaceId, found?.suggestionId ?? '')
    expect(await scene.personOf(one?.authorId ?? '')).not.toBe(await scene.personOf(other?.authorId ?? ''))
  })

  it('is nothing that falls short of the level', async () => {
    await mutual()
    await scene.policy('automatic', { proofLevel: 'proved' })
    await scene.settle()
    expect(await scene.open()).toMatchObject([{ proofLevel: 'mutual' }])
  })

  it('is what names a contact point that the other one proved, at the weakest level', async () => {
    const one = await scene.person('bluesky', 'jutta-wieland.test', { ...JUTTA, bio: 'Chor' })
    const mail = 'jutta.wieland@mailbox.example.org'
    await scene.point(one.personId, { kind: 'mail', value: mail }, { method: 'customer-proved' })
    const other = await scene.person('x', 'jutta_wieland_71', { ...JUTTA, bio: `Post an ${mail}` })
    await scene.policy('automatic', { proofLevel: 'mutual' })
    await scene.settle()
    expect(await scene.open()).toMatchObject([{ proofLevel: 'named' }])
    await scene.policy('automatic', { proofLevel: 'named' })
    await scene.settle()
    expect(await scene.personOf(one.authorId)).toBe(await scene.personOf(other.authorId))
  })

  it('is never an account without a lasting id, and it says so', async () => {
    await scene.person('bluesky', 'jutta-wieland.test', { ...JUTTA, bio: 'https://x.com/juttaw_pankow' })
    const bio = 'https://bsky.app/profile/jutta-wieland.test'
    await scene.person('x', 'juttaw_pankow', { ...JUTTA, bio, stable: false })
    await scene.policy('automatic', { proofLevel: 'named' })
    await scene.settle()
    const [found] = await scene.open()
    expect(found?.heldBack).toContain('unstable')
    expect(found?.proofLevel).toBe('mutual')
  })

  it('is never two who only show one name', async () => {
    const name = 'Thomas Becker'
    const one = await scene.person('bluesky', 'tombecker.test', { name, bio: 'Kiel. Segeln, Löten, Fischbrötchen.' })
    const other = await scene.person('x', 'thomas_becker_fr', { name, bio: 'Lehrer (Geo/Sport), Freiburg.' })
    await scene.policy('automatic', { proofLevel: 'named' })
    await scene.settle()
    expect(await scene.open()).toEqual([])
    expect(await scene.personOf(one.authorId)).not.toBe(await scene.personOf(other.authorId))
  })
})

describe('keys that an older release has made', () => {
  const OLD = 1n
  const keys = async () => {
    const { rows } = await scene.inWorkspace((tx) =>
      sql<{ key: string; author_id: string }>`select key, author_id from identity_key order by 1, 2`.execute(tx.sql),
    )
    return rows
  }
  /** As if a release that read every name as one word had written them. */
  const age = () =>
    scene.inWorkspace(async (tx) => {
      await sql`delete from identity_key`.execute(tx.sql)
      await sql`insert into identity_key (workspace_id, key, author_id) select workspace_id, ${OLD}, author_id from author`.execute(
        tx.sql,
      )
      await sql`update comparison_run set keys_version = ${KEYS_VERSION - 1}`.execute(tx.sql)
    })

  it('are made anew at the next start, everybody is compared again, and then never again', async () => {
    await mutual()
    await scene.policy('suggest')
    await scene.settle()
    const before = await keys()
    await age()
    await scene.inWorkspace((tx) => sql`delete from suggestion`.execute(tx.sql))
    await scene.settle()
    expect(await keys()).toEqual(before)
    expect(await scene.open()).toHaveLength(1)
    const { rows } = await scene.inWorkspace((tx) => sql`select state from comparison_run`.execute(tx.sql))
    expect(rows).toEqual([{ state: 'done' }, { state: 'done' }])
  })

  it('are made anew from where a crash left them', async () => {
    const { workspaceId } = scene.app.workspace
    await scene.inWorkspace((tx) =>
      sql`insert into author (workspace_id, author_id, network, scope, network_id, handle, stable, first_heard_at, last_heard_at)
        select ${workspaceId}, gen_random_uuid(), 'bluesky', '', 'nobody ' || n, 'nobody-' || n || '.test', true, now(), now()
        from generate_series(1, 450) n`.execute(tx.sql),
    )
    await scene.policy('suggest', { heardToo: true })
    const { keepUpSuggestions } = await import('./upkeep.ts')
    const turn = (impersonators = async () => new Set<string>(), signal?: AbortSignal) =>
      keepUpSuggestions(scene.app.services, workspaceId, impersonators, {
        looksAtModel: false,
        ...(signal && { signal }),
      })
    await turn()
    const before = await keys()
    await age()
    const stop = new AbortController()
    let read = 0
    const crashing = async () => {
      // The second stretch of keys: the power goes before it is written.
      if (++read === 1) return new Set<string>()
      stop.abort()
      throw new Error('the power went')
    }
    await expect(turn(crashing, stop.signal)).rejects.toThrow('the power went')
    const areOld = (await keys()).filter(({ key }) => key === String(OLD))
    expect(areOld).toHaveLength(250)
    await turn()
    expect(await keys()).toEqual(before)
    const { rows } = await scene.inWorkspace((tx) =>
      sql`select state, phase from comparison_run order by started_at`.execute(tx.sql),
    )
    expect(rows).toEqual([
      { state: 'stopped', phase: 'learning' },
      { state: 'running', phase: 'learning' },
    ])
  })
})

describe('a walk over everything', () => {
  it('goes on where it was after a crash, and says how far it has come', async () => {
    const handle = (at: number) => createHash('sha1').update(String(at)).digest('base64url').slice(0, 12)
    for (let at = 0; at < 40; at++) await scene.person('bluesky', `${handle(at)}.test`)
    await mutual()
    await scene.policy('suggest')
    const { keepUpSuggestions } = await import('./upkeep.ts')
    const { workspaceId } = scene.app.workspace
    const nobody = async () => new Set<string>()
    const stop = new AbortController()
    const crashing = async () => {
      stop.abort()
      throw new Error('the power went')
    }
    await keepUpSuggestions(scene.app.services, workspaceId, nobody)
    await keepUpSuggestions(scene.app.services, workspaceId, crashing, { signal: stop.signal }).catch(() => {})
    const { body } = await scene.call('policy', {})
    expect(body).toMatchObject({ run: { state: 'running', identitiesExpected: 42 } })
    await scene.settle()
    expect(await scene.open()).toHaveLength(1)
    expect((await scene.call('policy', {})).body).toMatchObject({ run: { state: 'done', identitiesDone: 42 } })
  })
})
