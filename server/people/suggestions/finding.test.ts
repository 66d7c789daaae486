import { sql } from 'kysely'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { startModel } from '../../linkage/index.ts'
import { object } from '../consent/index.ts'
import { tellFields } from '../fields/told.ts'
import { erasePerson, mergePersons, setFields, undoOperation } from '../graph/index.ts'
import { IDENTITY_SCHEMA } from './fields.ts'
import { storeModel } from './models.ts'
import { NOON, openScene, type Scene } from './testing/scene.ts'

let scene: Scene
beforeEach(async () => {
  scene = await openScene()
})
afterEach(() => scene.close())

/** Two accounts of which everybody would say that they are one person's. */
const JUTTA = { name: 'Jutta Wieland', bio: 'Bibliothekarin, Chor, Zimmerpflanzen. juttas-buecher.example' }
const juttas = async () => [
  await scene.person('bluesky', 'jutta-wieland.test', JUTTA),
  await scene.person('mastodon', 'juwi@social.example', { ...JUTTA, bio: 'Bücher. https://juttas-buecher.example' }),
]
const codesOf = ({ reasons }: { reasons: { code: string; weight: number }[] }) => reasons.map(({ code }) => code)
const rowsIn = async (...tables: string[]) => {
  const counts = tables.map((table) => sql`select ${table} as name, count(*)::int as count from ${sql.table(table)}`)
  const { rows } = await scene.inWorkspace((tx) =>
    sql<{ name: string; count: number }>`${sql.join(counts, sql` union all `)}`.execute(tx.sql),
  )
  return Object.fromEntries(rows.map(({ name, count }) => [name, count]))
}

describe('as long as a workspace has said nothing', () => {
  it('nothing is compared and nothing is kept', async () => {
    await juttas()
    await scene.settle()
    const tables = [
      'identity_key',
      'identity_due',
      'suggestion',
      'suggestion_answer',
      'linkage_model',
      'comparison_run',
    ]
    expect(await rowsIn(...tables)).toEqual(Object.fromEntries(tables.map((table) => [table, 0])))
    expect(await scene.open()).toEqual([])
  })
})

describe('two accounts of persons', () => {
  beforeEach(() => scene.policy('suggest'))

  it('are suggested when they say the same of themselves, with a reason for each thing', async () => {
    await juttas()
    await scene.settle()
    const [found, ...others] = await scene.open()
    expect(others).toEqual([])
    expect(codesOf(found as never)).toEqual(expect.arrayContaining(['site.page', 'name.exact']))
    expect(found).toMatchObject({ one: { person: { name: 'Jutta Wieland' } }, heldBack: [], decided: null })
    expect(found?.probability).toBeGreaterThan(0.9)
    expect(JSON.stringify(found?.reasons)).not.toContain('Bibliothekarin')
  })

  it('are not suggested for the name that they show, however rare it is', async () => {
    const name = 'Quirin Öttlinger-Wasserfaller'
    await scene.person('bluesky', 'lampenfieber.test', { name })
    await scene.person('mastodon', 'nordstern@social.example', { name })
    await scene.person('x', 'gartenzwerg', { name, bio: 'Köln' })
    await scene.person('reddit', 'klabauter', { name, bio: 'Köln' })
    await scene.settle()
    expect(await scene.open()).toEqual([])
  })

  it('are found whichever of them changes last, and no longer when what spoke for it is gone', async () => {
    await scene.person('bluesky', 'jutta-wieland.test', JUTTA)
    await scene.person('mastodon', 'juwi@social.example', { name: 'Jutta Wieland' })
    await scene.settle()
    expect(await scene.open()).toEqual([])
    const change = { name: 'Jutta Wieland', bio: 'https://juttas-buecher.example' }
    await scene.hear('mastodon', 'juwi@social.example', change, new Date(NOON.getTime() + 60_000))
    await scene.settle()
    expect(await scene.open()).toHaveLength(1)
    await scene.hear(
      'mastodon',
      'juwi@social.example',
      { ...change, bio: 'now silent' },
      new Date(NOON.getTime() + 120_000),
    )
    await scene.settle()
    expect(await scene.open()).toEqual([])
    expect(await rowsIn('suggestion')).toEqual({ suggestion: 1 })
  })

  it('are one suggestion, however often and in whatever order they are looked at', async () => {
    const [one, other] = await juttas()
    await scene.point(one?.personId ?? '', { kind: 'mail', value: 'jutta@juttas-buecher.example' })
    await scene.settle()
    const before = await scene.open()
    await scene.inWorkspace((tx) =>
      sql`insert into identity_due (workspace_id, author_id) select workspace_id, author_id from author
        union all select workspace_id, author_id from author`.execute(tx.sql),
    )
    await scene.settle()
    expect(await scene.open()).toEqual(before)
    expect(before).toHaveLength(1)
    expect(other).toBeDefined()
  })

  it('of one network are held against each other when both were active at once', async () => {
    await scene.person('bluesky', 'jutta-wieland.test', JUTTA)
    await scene.person('bluesky', 'juwi.test', { ...JUTTA, bio: 'https://juttas-buecher.example' })
    await scene.settle()
    for (const found of await scene.open()) {
      expect(codesOf(found)).toContain('network.active-at-once')
      expect(found.heldBack).toContain('speaks-against')
    }
  })

  it('are not chained: a third is held against everyone who is there already', async () => {
    const [one, other] = await juttas()
    const third = { name: 'Jutta Wieland', bio: 'Mein Garten. https://juttas-buecher.example' }
    await scene.person('bluesky', 'jutta.garten.test', third)
    await scene.settle()
    const apart = (await scene.open()).find(
      ({ one, other }) => new Set([one.author.network, other.author.network]).size === 2,
    )
    expect(apart).toBeDefined()
    await scene.inWorkspace((tx) =>
      mergePersons(
        tx,
        {
          personIds: [one?.personId ?? '', other?.personId ?? ''],
          method: 'agent-confirmed',
          evidence: {},
          legalBasis: 'contract',
        },
        NOON,
      ),
    )
    await scene.settle()
    // The third account resembles the one on the other network; on its own network there is a busy one already.
    for (const found of await scene.open()) expect(codesOf(found)).toContain('network.active-at-once')
  })

  it('who live in different cities say so, and both birth dates stand for everything that is known of them', async () => {
    const [one, other] = await juttas()
    await scene.inWorkspace(async (tx) => {
      await tellFields(tx, one?.authorId ?? '', 'crm', { city: 'Berlin', 'birth-date': '1971-03-09' }, NOON)
      await tellFields(tx, other?.authorId ?? '', 'crm', { city: 'Freiburg', 'birth-date': '1992-11-30' }, NOON)
    })
    await scene.settle()
    const open = await scene.open()
    for (const found of open) {
      expect(codesOf(found)).toEqual(expect.arrayContaining(['city.different', 'birth-date.different']))
      expect(found.heldBack).toContain('speaks-against')
    }
  })
})

describe('what is compared', () => {
  it('is also what a member wrote over by hand, until it is taken back, and what the customer tells before what systems do', async () => {
    await scene.policy('suggest')
    const [one, other] = await juttas()
    await scene.inWorkspace(async (tx) => {
      await tellFields(tx, one?.authorId ?? '', 'crm', { postcode: '13187', 'birth-date': '1971-03-09' }, NOON)
      await tellFields(tx, other?.authorId ?? '', 'customer', { 'birth-date': '1971-03-09' }, NOON)
      await tellFields(tx, other?.authorId ?? '', 'shop', { 'birth-date': '1992-11-30' }, new Date(NOON.getTime() + 1))
    })
    const { operationId } = await scene.inWorkspace((tx) =>
      setFields(tx, other?.personId ?? '', { postcode: '13187' }, NOON),
    )
    await scene.settle()
    const [found] = await scene.open()
    expect(codesOf(found as never)).toEqual(expect.arrayContaining(['postcode.exact', 'birth-date.exact']))
    await scene.inWorkspace((tx) => undoOperation(tx, operationId, 'wrong', NOON))
    await scene.settle()
    expect((await scene.open()).flatMap(codesOf)).not.toContain('postcode.exact')
  })

  it('is nothing of whoever is erased: no keys, no suggestion, and weights that were learned without them', async () => {
    await scene.policy('suggest')
    const [, other] = await juttas()
    await scene.settle()
    const { secrets } = scene.app.services
    const base = startModel(IDENTITY_SCHEMA)
    await scene.inWorkspace((tx) => storeModel(tx, secrets, base, { learnedFrom: 'own-pairs', identities: 2 }, NOON))
    expect(await rowsIn('suggestion', 'linkage_model')).toEqual({ suggestion: 1, linkage_model: 1 })
    await scene.inWorkspace((tx) => erasePerson(tx, other?.personId ?? '', NOON))
    await scene.settle()
    expect(await scene.open()).toEqual([])
    expect(await rowsIn('linkage_model')).toEqual({ linkage_model: 0 })
    const { rows } = await scene.inWorkspace((tx) =>
      sql`select from identity_key where author_id = ${other?.authorId ?? ''}`.execute(tx.sql),
    )
    expect(rows).toEqual([])
  })

  it('are persons, and accounts that were only heard when the policy says so', async () => {
    await scene.policy('suggest')
    await scene.person('bluesky', 'jutta-wieland.test', JUTTA)
    await scene.hear('mastodon', 'juwi@social.example', { ...JUTTA, bio: 'https://juttas-buecher.example' })
    await scene.settle()
    expect(await scene.open()).toEqual([])
    expect(await rowsIn('identity_key')).not.toEqual({ identity_key: 0 })
    await scene.policy('suggest', { heardToo: true })
    await scene.settle()
    expect(await scene.open()).toMatchObject([{ other: { person: null }, heldBack: ['heard-only'] }])
    await scene.policy('suggest')
    await scene.settle()
    expect(await scene.open()).toEqual([])
  })

  it('is nobody who objected, and no account that pretends to be us', async () => {
    await scene.policy('suggest')
    const [one, other] = await juttas()
    await scene.settle()
    expect(await scene.open()).toHaveLength(1)
    scene.pretending.add(other?.authorId ?? '')
    await scene.inWorkspace(async (tx) => {
      tx.record({ type: 'impersonation.confirmed', subjects: { author: other?.authorId ?? '' } })
    })
    await scene.settle()
    expect(await scene.open()).toEqual([])
    scene.pretending.clear()
    await scene.inWorkspace(async (tx) => {
      tx.record({ type: 'impersonation.reopened', subjects: { author: other?.authorId ?? '' } })
    })
    await scene.settle()
    expect(await scene.open()).toHaveLength(1)
    const objection = {
      personId: one?.personId ?? '',
      kind: 'profiling',
      reason: 'asked',
      channel: 'mail',
      at: NOON,
    } as const
    await scene.inWorkspace((tx) => object(tx, objection as never))
    await scene.settle()
    expect(await scene.open()).toEqual([])
    const { rows } = await scene.inWorkspace((tx) =>
      sql`select from identity_key where author_id = ${one?.authorId ?? ''}`.execute(tx.sql),
    )
    expect(rows).toEqual([])
  })

  it('says nothing of a contact point that several share, nor of an office’s address, and says why', async () => {
    await scene.policy('suggest')
    const bio = (more: string) => `${more} Tel. +49 30 23125417, info@juttas-buecher.example`
    const one = await scene.person('bluesky', 'anna-berg.test', { name: 'Anna Berg', bio: bio('Lesen') })
    const other = await scene.person('mastodon', 'bernd@social.example', { name: 'Bernd Tal', bio: bio('Wandern') })
    await scene.settle()
    const before = await scene.open()
    expect(before.flatMap(codesOf)).not.toContain('mail.exact')
    for (const { personId } of [one, other])
      await scene.point(personId, { kind: 'phone', value: '+49 30 23125417' }, { shared: true })
    await scene.hear('bluesky', 'anna-berg.test', { bio: bio('Lesen und Tee') }, new Date(NOON.getTime() + 60_000))
    await scene.settle()
    expect((await scene.open()).flatMap(codesOf)).not.toContain('phone.exact')
  })

  it('is forgotten a month after it ended by itself, unless somebody had answered', async () => {
    await scene.policy('suggest')
    const [, other] = await juttas()
    await scene.settle()
    await scene.hear('mastodon', 'juwi@social.example', { bio: 'silent' }, new Date(NOON.getTime() + 60_000))
    await scene.settle()
    expect(other).toBeDefined()
    expect(await rowsIn('suggestion')).toEqual({ suggestion: 1 })
    await scene.inWorkspace((tx) => sql`update suggestion set found_at = now() - interval '31 days'`.execute(tx.sql))
    await scene.settle()
    expect(await rowsIn('suggestion')).toEqual({ suggestion: 0 })
  })

  it('goes with whoever is deleted', async () => {
    await scene.policy('suggest', { heardToo: true })
    await scene.person('bluesky', 'jutta-wieland.test', JUTTA)
    const heard = await scene.hear('mastodon', 'juwi@social.example', {
      ...JUTTA,
      bio: 'https://juttas-buecher.example',
    })
    await scene.settle()
    expect(await scene.open()).toHaveLength(1)
    await scene.inWorkspace(async (tx) => {
      await sql`delete from author_handle where author_id = ${heard}`.execute(tx.sql)
      await sql`delete from author where author_id = ${heard}`.execute(tx.sql)
    })
    expect(await rowsIn('suggestion')).toEqual({ suggestion: 0 })
  })
})

describe('a crash', () => {
  it('in the middle of a step leaves what was due due, and the next one does it all', async () => {
    await scene.policy('suggest')
    await scene.settle()
    await juttas()
    await scene.app.settle()
    const before = await rowsIn('identity_due', 'identity_key', 'suggestion')
    const { findFor } = await import('./finding.ts')
    const { takeDue } = await import('./due.ts')
    const around = { secrets: scene.app.services.secrets, impersonators: async () => new Set<string>(), now: NOON }
    const crashed = scene.inWorkspace(async (tx) => {
      await findFor(tx, await takeDue(tx, 50), around)
      throw new Error('the power went')
    })
    await expect(crashed).rejects.toThrow('the power went')
    expect(await rowsIn('identity_due', 'identity_key', 'suggestion')).toEqual(before)
    await scene.settle()
    expect(await scene.open()).toHaveLength(1)
  })
})
