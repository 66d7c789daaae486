import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startTwin, type Twin } from '../../twin/twin.ts'
import { beginByContact, rememberAuthors, staleProfiles } from '../people/index.ts'
import { SYSTEM } from '../platform/events.ts'
import { newId } from '../platform/ids.ts'
import { createTestApp, type TestApp } from '../testing/app.ts'
import { readProfiles } from './profiles.ts'

let twin: Twin
let app: TestApp
let did: string
const signal = new AbortController().signal

beforeAll(async () => {
  twin = await startTwin({ story: false })
  did = twin.control.account({ handle: 'mila.test', name: 'Mila Brandt', followers: 12 }).did
  app = await createTestApp({
    RAPPORT_ALLOW_PRIVATE: twin.urls.allowPrivate.join(','),
    RAPPORT_BLUESKY_STREAM: twin.urls.bluesky.jetstream,
    RAPPORT_BLUESKY_APP: twin.urls.base,
  })
})
afterAll(async () => {
  await app.close()
  await twin.stop()
})

const byId = (networkId: string) => ({
  network: 'bluesky',
  scope: '',
  networkId,
  handle: null,
  name: null,
  avatarUrl: null,
  bio: null,
  url: null,
  followers: null,
  stable: true,
})
const inWorkspace = <T>(work: Parameters<typeof app.services.database.inWorkspace<T>>[2]) =>
  app.services.database.inWorkspace(app.workspace.workspaceId, SYSTEM, work)
const readAuthor = (networkId: string) =>
  inWorkspace((tx) =>
    tx.sql
      .selectFrom('author')
      .select(['handle', 'name', 'followers'])
      .where('network_id', '=', networkId)
      .executeTakeFirstOrThrow(),
  )

describe('accounts that a stream names by id alone', () => {
  it('get their handle and name from the network', async () => {
    await inWorkspace((tx) => rememberAuthors(tx, [byId(did)], app.services.clock.now()))
    expect(await readProfiles(app.services, signal)).toBe(true)
    expect(await readAuthor(did)).toEqual({ handle: 'mila.test', name: 'Mila Brandt', followers: '12' })
  })

  it('are read again when the network says that they changed', async () => {
    twin.control.rename({ account: did, handle: 'mila-berlin.test' })
    await readProfiles(app.services, signal)
    expect((await readAuthor(did)).handle).toBe('mila.test')
    await inWorkspace((tx) => staleProfiles(tx, [byId(did)]))
    await readProfiles(app.services, signal)
    expect((await readAuthor(did)).handle).toBe('mila-berlin.test')
  })

  it('are asked for once when the network knows nobody of that id, and again later when it does not answer', async () => {
    await inWorkspace((tx) => rememberAuthors(tx, [byId('did:plc:nobodynobodynobodynobody')], app.services.clock.now()))
    twin.control.fault({ kind: 'server-error', path: 'getProfiles', times: 1 })
    expect(await readProfiles(app.services, signal)).toBe(false)
    twin.control.clearFaults()
    expect(await readProfiles(app.services, signal)).toBe(true)
    expect((await readAuthor('did:plc:nobodynobodynobodynobody')).handle).toBeNull()
  })

  it('give their name to a person who began under the id', async () => {
    const stranger = twin.control.account({ handle: 'noor.test', name: 'Noor Visser' }).did
    const name = await inWorkspace(async (tx) => {
      const { byKey } = await rememberAuthors(tx, [byId(stranger)], app.services.clock.now())
      const [author] = [...byKey.values()]
      await beginByContact(tx, author?.authorId ?? '', 'wrote-to-us', newId(), app.services.clock.now())
      return (await tx.sql.selectFrom('person').select('name').executeTakeFirstOrThrow()).name
    })
    expect(name).toBe(stranger)
    await readProfiles(app.services, signal)
    expect(await inWorkspace((tx) => tx.sql.selectFrom('person').select('name').executeTakeFirstOrThrow())).toEqual({
      name: 'Noor Visser',
    })
  })
})
