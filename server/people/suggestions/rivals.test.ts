import { sql } from 'kysely'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Suggestion } from './listing.ts'
import { NOON, openScene, type Scene } from './testing/scene.ts'

let scene: Scene
beforeEach(async () => {
  scene = await openScene()
})
afterEach(() => scene.close())

const MAIL = 'jutta.wieland@mailbox.example.org'
const named = { name: 'Jutta Wieland', bio: `Post an ${MAIL}` }
/** Whoever proved the address. */
const customer = async () => {
  const one = await scene.person('bluesky', 'jutta-wieland.test', { name: 'Jutta Wieland', bio: 'Chor' })
  await scene.point(one.personId, { kind: 'mail', value: MAIL }, { method: 'customer-proved' })
  return one
}
const between = (found: Suggestion[], one: { authorId: string }, other: { authorId: string }) =>
  found.find(({ one: first, other: second }) => {
    const ids = [first, second].flatMap(({ author, others }) => [author, ...others].map(({ authorId }) => authorId))
    return ids.includes(one.authorId) && ids.includes(other.authorId)
  })
const bitsOf = (found: Suggestion | undefined, code: string) =>
  found?.reasons.find((reason) => reason.code === code)?.weight ?? 0

describe('an identity that several fit', () => {
  it('is joined by no policy while both accounts of one network name what it proved, and each says that another fits', async () => {
    const one = await customer()
    const fits = [await scene.person('x', 'jutta_wieland_71', named), await scene.person('x', 'juttawieland', named)]
    await scene.policy('automatic', { proofLevel: 'named' })
    await scene.settle()
    expect(await scene.listed('confirmed')).toEqual([])
    const open = await scene.open()
    for (const fit of fits) {
      const found = between(open, one, fit)
      expect(found?.heldBack).toContain('contested')
      expect(found?.proofLevel).toBe('named')
      expect(bitsOf(found, 'rule.others-fit')).toBeLessThan(-3)
      // At most one of the two is right, so they share what they would have alone.
      expect(found?.probability).toBeLessThan(0.75)
    }
  })

  it('is joined when somebody has said of the others that they are not', async () => {
    const one = await customer()
    const [copy, own] = [
      await scene.person('x', 'jutta_wieland_71', named),
      await scene.person('x', 'juttawieland', named),
    ]
    await scene.policy('automatic', { proofLevel: 'named' })
    await scene.settle()
    for (const pair of [one, own]) {
      const wrong = between(await scene.open(), pair, copy)
      expect((await scene.call('refuse', { suggestionId: wrong?.suggestionId })).status).toBe(200)
    }
    await scene.settle()
    expect(await scene.personOf(own.authorId)).toBe(await scene.personOf(one.authorId))
    expect(await scene.personOf(copy.authorId)).not.toBe(await scene.personOf(one.authorId))
  })

  it('is told so as well when the other one comes later', async () => {
    const one = await customer()
    const first = await scene.person('x', 'jutta_wieland_71', named)
    await scene.policy('suggest')
    await scene.settle()
    const before = between(await scene.open(), one, first)
    expect(before?.heldBack).toEqual([])
    const second = await scene.person('x', 'klavier_und_kuchen', named)
    await scene.settle()
    const open = await scene.open()
    for (const fit of [first, second]) expect(between(open, one, fit)?.heldBack).toContain('contested')
    expect(between(open, one, first)?.suggestionId).toBe(before?.suggestionId)
    await scene.hear('x', 'klavier_und_kuchen', { name: 'Karin', bio: 'silent' }, new Date(NOON.getTime() + 60_000))
    await scene.settle()
    expect(between(await scene.open(), one, first)?.heldBack).toEqual([])
  })

  it('is not contested by several that are one with each other', async () => {
    const site = { name: 'Jutta Wieland', bio: 'https://juttas-buecher.example' }
    await scene.policy('suggest')
    for (const network of ['bluesky', 'x', 'mastodon']) await scene.person(network, `juttawieland-${network}`, site)
    await scene.settle()
    const open = await scene.open()
    expect(open).toHaveLength(3)
    for (const found of open) expect(found.heldBack).toEqual([])
  })

  it('settles: nothing stays due when everybody fits everybody', async () => {
    const site = { name: 'Jutta Wieland', bio: 'https://juttas-buecher.example' }
    await scene.policy('automatic', { proofLevel: 'named' })
    for (const handle of ['jw1', 'jutta.w', 'wieland']) {
      await scene.person('x', handle, site)
      await scene.person('mastodon', handle, site)
    }
    await scene.settle()
    const { rows } = await scene.inWorkspace((tx) => sql`select from identity_due`.execute(tx.sql))
    expect(rows).toEqual([])
    expect(await scene.listed('confirmed')).toEqual([])
    for (const found of await scene.open()) expect(found.heldBack.length).toBeGreaterThan(0)
  })
})
