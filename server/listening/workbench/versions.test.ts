import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type ListeningTest, listeningTest } from '../testing/workspace.ts'

let test: ListeningTest
let topicId: string
const as = () => ({ cookie: test.workspace.owner.cookie, workspaceId: test.workspaceId })

beforeAll(async () => {
  test = await listeningTest()
  const made = { name: 'Nordlicht', query: 'Nordlicht OR Polarlicht', languages: ['de'] }
  topicId = (await test.ask<{ topicId: string }>('listening.topics.create', made)).topicId
  await test.ask('listening.topics.update', {
    topicId,
    query: 'Nordlicht NOT Norwegen',
    languages: ['de', 'nl'],
    reason: 'Holidays',
  })
})
afterAll(() => test.close())

describe('versions of a topic', () => {
  it('are told apart word by word, with their languages', async () => {
    const difference = await test.ask<{ pieces: unknown }>('listening.workbench.difference', {
      topicId,
      from: 1,
      to: 2,
    })
    expect(difference).toMatchObject({
      from: { version: 1 },
      to: { version: 2 },
      pieces: [
        { kind: 'same', text: 'Nordlicht ' },
        { kind: 'removed', text: 'OR Polarlicht' },
        { kind: 'added', text: 'NOT Norwegen' },
      ],
      languagesAdded: ['nl'],
      languagesRemoved: [],
    })
  })

  it('come back as a new version with a reason; the ones between stay', async () => {
    const stale = await test.call('listening.workbench.restore', { topicId, version: 1, againstVersion: 1 }, as())
    expect(stale.status).toBe(409)
    const restored = await test.ask('listening.workbench.restore', {
      topicId,
      version: 1,
      reason: 'Too few',
      againstVersion: 2,
    })
    expect(restored).toEqual({ version: 3 })
    const { items } = await test.ask<{ items: unknown[] }>('listening.topics.versions', { topicId })
    expect(items).toMatchObject([
      { version: 3, query: 'Nordlicht OR Polarlicht', languages: ['de'], reason: 'Too few' },
      { version: 2, reason: 'Holidays' },
      { version: 1 },
    ])
    expect(await test.ask('listening.topics.get', { topicId })).toMatchObject({ version: 3, lookback: { done: false } })
  })

  it('are refused where there is none, and in another workspace', async () => {
    expect((await test.call('listening.workbench.restore', { topicId, version: 9 }, as())).status).toBe(404)
    const other = await test.createWorkspace('Südwind')
    const foreign = { cookie: other.owner.cookie, workspaceId: other.workspaceId }
    expect((await test.call('listening.workbench.restore', { topicId, version: 1 }, foreign)).status).toBe(404)
    expect((await test.call('listening.workbench.difference', { topicId, from: 1, to: 2 }, foreign)).status).toBe(404)
  })
})

describe('a first query', () => {
  it('comes from a template in the languages of the workspace', async () => {
    const filled = await test.ask('listening.workbench.template', {
      template: 'brand',
      name: 'Nordlicht',
      exclusions: ['Norwegen'],
    })
    expect(filled).toMatchObject({ ok: true, kind: 'brand', query: '(Nordlicht OR @nordlicht*) NOT Norwegen' })
    expect(await test.ask('listening.workbench.template', { template: 'category' })).toEqual({
      ok: false,
      missing: 'words',
    })
  })

  it('comes from rules of another product, with a sentence for each part that was left out', async () => {
    const read = await test.ask('listening.workbench.importRules', {
      text: 'country:deu AND router NEAR/2f shop',
      textLanguage: 'de',
    })
    expect(read).toMatchObject({
      dialect: 'brandwatch',
      rules: [
        {
          query: '"router" ONEAR/3 "shop"',
          same: false,
          notes: [
            {
              original: 'country:deu',
              did: 'widened',
              message: 'Das verraten die Beiträge hier nicht. Die Suchanfrage findet dadurch mehr.',
            },
          ],
        },
      ],
    })
  })
})
