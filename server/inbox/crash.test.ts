import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { crashOutbox, troubleWith } from './testing/crashing.ts'
import { type Desk, openDesk } from './testing/desk.ts'

/** `npm run bench crash` kills a hundred times. */
const KILLS = 8

let desk: Desk
beforeAll(async () => {
  desk = await openDesk()
})
afterAll(() => desk.close())

describe('a worker killed with SIGKILL while it sends', () => {
  it('loses no answer and sends none twice', async () => {
    for (const name of ['a', 'b', 'c', 'd', 'e', 'f']) desk.says(`asker-${name}.test`, '@nordwind.test Are you there?')
    await desk.hear()
    const crashes = await crashOutbox({
      services: desk.services,
      workspaceId: desk.workspaceId,
      kills: KILLS,
      trouble: troubleWith(desk.twin.faults),
      published: async () => desk.published(),
    })
    expect(crashes).toMatchObject({ kills: KILLS, answers: 3 * KILLS + 1, lost: 0, doubled: 0, denied: 0 })
  }, 180_000)
})
