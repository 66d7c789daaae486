import { sql } from 'kysely'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { rememberAuthors } from '../authors.ts'
import { IDENTITIES_MIN, learnFromPairs } from './learning.ts'
import { currentModel, modelFacts, storeModel } from './models.ts'
import { NOON, openScene, type Scene } from './testing/scene.ts'

let scene: Scene
beforeEach(async () => {
  scene = await openScene()
})
afterEach(() => scene.close())

const GIVEN = 'Anna Ben Carla Daan Emma Finn Greta Hugo Ida Jan Kim Lena Mila Noah Olaf Pia Rosa Sven Tom Ute'.split(
  ' ',
)
const SURNAMES =
  'Berg Claus Dekker Engel Fuchs Groen Haas Jansen Kern Laut Meyer Noord Otto Peters Roth Smit Thal Vogel'.split(' ')

/** A town of people with an account or two, each already known as a person. */
async function aTown(people: number) {
  const accounts = Array.from({ length: people }, (_, at) => {
    const [given, surname] = [GIVEN[at % GIVEN.length] as string, SURNAMES[(at * 7) % SURNAMES.length] as string]
    return ['bluesky', 'mastodon'].slice(0, 1 + (at % 2)).map((network) => ({
      network,
      scope: '',
      networkId: `${network}-${at}`,
      handle: `${given}${surname}${at}`.toLowerCase(),
      name: `${given} ${surname}`,
      avatarUrl: null,
      bio: at % 3 === 0 ? `${surname} at home ${at}, https://${surname.toLowerCase()}${at}.example` : null,
      url: null,
      followers: null,
      stable: true,
    }))
  }).flat()
  await scene.inWorkspace(async (tx) => {
    await rememberAuthors(tx, accounts, NOON)
    await sql`insert into person (workspace_id, person_id, current_id, name, name_key, began_because, reason, created_at,
        created_by_kind)
      select workspace_id, author_id, author_id, name, lower(name), 'imported', '', now(), 'system' from author`.execute(
      tx.sql,
    )
    await sql`update author set person_id = author_id`.execute(tx.sql)
  })
  return accounts.length
}
const nobody = async () => new Set<string>()
const learn = () => learnFromPairs(scene.app.services, scene.app.workspace.workspaceId, nobody)
const facts = () => scene.inWorkspace(modelFacts)

it('a workspace with few identities has the shipped values, and the fewer there are the more is expected', async () => {
  await scene.policy('suggest')
  await aTown(20)
  expect(await learn()).toBeNull()
  const { version, model } = await scene.inWorkspace((tx) => currentModel(tx, scene.app.services.secrets))
  expect(version).toBe(0)
  expect(model.prior).toBeGreaterThan(-8)
})

it('a workspace with enough learns from its own pairs, encrypted, and each learning is a version', async () => {
  await scene.policy('suggest')
  const identities = await aTown(IDENTITIES_MIN)
  expect(await learn()).toBe(1)
  expect(await facts()).toMatchObject({ version: 1, learnedFrom: 'own-pairs', identities, confirmations: 0 })
  const { rows } = await scene.inWorkspace((tx) =>
    sql<{ sealed: string }>`select array_to_string(sealed, '') as sealed from linkage_model`.execute(tx.sql),
  )
  for (const word of ['dekker', 'Dekker', 'anna', 'berg']) expect(rows[0]?.sealed).not.toContain(word)
  const { model } = await scene.inWorkspace((tx) => currentModel(tx, scene.app.services.secrets))
  expect(model.units.some(({ values }) => values.total > 0)).toBe(true)
  for (let version = 2; version <= 5; version++) {
    const from = { learnedFrom: 'answers', identities } as const
    const stored = scene.inWorkspace((tx) => storeModel(tx, scene.app.services.secrets, model, from, NOON))
    expect(await stored).toBe(version)
  }
  const kept = await scene.inWorkspace((tx) => sql`select version from linkage_model order by 1`.execute(tx.sql))
  // The newest three, and the last that was counted.
  expect(kept.rows).toEqual([{ version: 1 }, { version: 3 }, { version: 4 }, { version: 5 }])
})

it('answers are taken in as a version of their own, and leave with what they were about', async () => {
  const jutta = { name: 'Jutta Wieland', bio: 'Chor. juttas-buecher.example' }
  const one = await scene.person('bluesky', 'jutta-wieland.test', jutta)
  await scene.person('mastodon', 'juwi@social.example', jutta)
  await scene.policy('suggest')
  await scene.settle()
  const [found] = await scene.open()
  const before = await scene.inWorkspace((tx) => currentModel(tx, scene.app.services.secrets))
  await scene.call('refuse', { suggestionId: found?.suggestionId })
  await scene.settle()
  expect(await facts()).toMatchObject({ learnedFrom: 'answers', confirmations: 0, refusals: 1 })
  const after = await scene.inWorkspace((tx) => currentModel(tx, scene.app.services.secrets))
  expect(after.model.prior).toBeLessThan(before.model.prior)
  await scene.inWorkspace(async (tx) => {
    await sql`delete from suggestion where author_id = ${one.authorId} or other_author_id = ${one.authorId}`.execute(
      tx.sql,
    )
  })
  await scene.settle()
  expect(await facts()).toMatchObject({ confirmations: 0, refusals: 0 })
  const forgotten = await scene.inWorkspace((tx) => currentModel(tx, scene.app.services.secrets))
  expect(forgotten.model.prior).toBeCloseTo(before.model.prior)
})

it('is not stored when the policy is switched off while it is being learned', async () => {
  await scene.policy('suggest')
  await aTown(IDENTITIES_MIN)
  const learning = learn()
  await scene.policy('none')
  expect(await learning).toBeNull()
  expect(await facts()).toBeNull()
})
