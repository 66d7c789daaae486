import { sql } from 'kysely'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { cutIdentity, mergePersons, undoOperation } from '../graph/index.ts'
import { NOON, openScene, type Scene } from './testing/scene.ts'

let scene: Scene
let one: { authorId: string; personId: string }
let other: { authorId: string; personId: string }

const JUTTA = { name: 'Jutta Wieland', bio: 'Bibliothekarin, Chor, Zimmerpflanzen. juttas-buecher.example' }
const later = (minutes: number) => new Date(NOON.getTime() + minutes * 60_000)

beforeEach(async () => {
  scene = await openScene()
  await scene.policy('suggest')
  one = await scene.person('bluesky', 'jutta-wieland.test', JUTTA)
  other = await scene.person('mastodon', 'juwi@social.example', { ...JUTTA, bio: 'https://juttas-buecher.example' })
  await scene.settle()
})
afterEach(() => scene.close())

const suggestionId = async () => {
  const [found] = await scene.open()
  if (!found) throw new Error('nothing is suggested')
  return found.suggestionId
}
/** Everything that says whose accounts are, without what only remembers that it was otherwise. */
const graph = () =>
  scene.inWorkspace(async (tx) => {
    const { rows } = await sql`
      select a.author_id, a.person_id, p.current_id, p.name, p.name_key, p.language from author a
        left join person p on p.workspace_id = a.workspace_id and p.person_id = a.person_id order by 1`.execute(tx.sql)
    return rows
  })

describe('an answer', () => {
  it('that they are one joins them in the ledger, with the reasons that were shown', async () => {
    const id = await suggestionId()
    const { status, body } = await scene.call('confirm', { suggestionId: id })
    expect(status).toBe(200)
    expect(await scene.personOf(one.authorId)).toBe(await scene.personOf(other.authorId))
    const { rows } = await scene.inWorkspace((tx) =>
      sql<{ method: string; evidence: { reasons: { code: string }[] } }>`
        select method, evidence from person_merge where operation_id = ${(body as { operationId: string }).operationId}`.execute(
        tx.sql,
      ),
    )
    expect(rows[0]).toMatchObject({ method: 'agent-confirmed', evidence: { suggestion: id } })
    expect(rows[0]?.evidence.reasons.map(({ code }) => code)).toContain('site.page')
    expect(await scene.listed('confirmed')).toMatchObject([{ suggestionId: id, decided: { by: { kind: 'member' } } }])
    await scene.settle()
    expect(await scene.open()).toEqual([])
  })

  it('taken back leaves everything exactly as it was before', async () => {
    const before = await graph()
    const [shown] = await scene.open()
    const id = await suggestionId()
    await scene.call('confirm', { suggestionId: id })
    await scene.settle()
    expect((await scene.call('takeBack', { suggestionId: id })).status).toBe(200)
    await scene.settle()
    expect(await graph()).toEqual(before)
    const [again] = await scene.open()
    expect(again).toMatchObject({ suggestionId: id, weight: shown?.weight, reasons: shown?.reasons })
    const { rows } = await scene.inWorkspace((tx) => sql`select from suggestion_answer`.execute(tx.sql))
    expect(rows).toEqual([])
  })

  it('that they are two is remembered: only new evidence brings the pair again, and the refusal speaks against it', async () => {
    await scene.call('refuse', { suggestionId: await suggestionId() })
    await scene.hear('mastodon', 'juwi@social.example', { bio: 'Neu: https://juttas-buecher.example' }, later(1))
    await scene.settle()
    expect(await scene.open()).toEqual([])
    const bio = 'https://juttas-buecher.example, jutta.wieland@chor.example'
    await scene.hear('mastodon', 'juwi@social.example', { bio }, later(2))
    await scene.hear('bluesky', 'jutta-wieland.test', { bio: `${JUTTA.bio} jutta.wieland@chor.example` }, later(2))
    await scene.settle()
    const [again] = await scene.open()
    expect(again?.reasons.map(({ code }) => code)).toEqual(
      expect.arrayContaining(['mail.exact', 'rule.refused-before']),
    )
    expect(again?.heldBack).toContain('refused-before')
  })

  it('that they are two holds for everything else that belongs to them', async () => {
    await scene.call('refuse', { suggestionId: await suggestionId() })
    await scene.point(one.personId, { kind: 'site', value: 'https://juttas-buecher.example' })
    await scene.settle()
    expect(await scene.open()).toEqual([])
  })

  it('put off comes again in a week, not before, and not when it is taken back', async () => {
    const id = await suggestionId()
    const { body } = await scene.call('putOff', { suggestionId: id })
    const until = new Date((body as { until: string }).until).getTime()
    expect(until - Date.now()).toBeGreaterThan(6 * 24 * 3_600_000)
    expect(await scene.open()).toEqual([])
    expect((await scene.call('count', {})).body).toEqual({ open: 0 })
    await scene.call('takeBack', { suggestionId: id })
    expect(await scene.open()).toHaveLength(1)
  })

  it('is given once: whoever comes second hears that it is settled', async () => {
    const id = await suggestionId()
    const answers = await Promise.all([
      scene.call('confirm', { suggestionId: id }),
      scene.call('refuse', { suggestionId: id }),
      scene.call('confirm', { suggestionId: id }),
    ])
    expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 409, 409])
    expect(answers.find(({ status }) => status === 409)?.body).toMatchObject({ data: { code: 'suggestion-settled' } })
  })

  it('late, after they were joined otherwise, changes nothing and is refused', async () => {
    const id = await suggestionId()
    await scene.app.call(
      'people.persons.begin',
      { authorId: one.authorId, reason: 'x' },
      { cookie: scene.app.workspace.owner.cookie, workspaceId: scene.app.workspace.workspaceId },
    )
    await scene.inWorkspace((tx) => cutIdentity(tx, { authorId: one.authorId, because: 'not theirs' } as never, NOON))
    await scene.inWorkspace((tx) => cutIdentity(tx, { authorId: other.authorId, because: 'not theirs' } as never, NOON))
    expect((await scene.call('confirm', { suggestionId: id })).status).toBe(409)
    await scene.settle()
    expect(await scene.open()).toEqual([])
  })

  it('is not asked for while both are one person already, and asked for again once that is undone', async () => {
    const personIds = [one.personId, other.personId]
    const joined = { personIds, method: 'agent-confirmed', evidence: {}, legalBasis: 'contract' } as const
    const { operationId } = await scene.inWorkspace((tx) => mergePersons(tx, joined, NOON))
    expect(await scene.open()).toEqual([])
    await scene.inWorkspace((tx) => undoOperation(tx, operationId, 'a slip', NOON))
    expect(await scene.open()).toHaveLength(1)
  })

  it('that somebody undid elsewhere counts as a no', async () => {
    const id = await suggestionId()
    const { body } = await scene.call('confirm', { suggestionId: id })
    await scene.settle()
    await scene.inWorkspace((tx) =>
      undoOperation(tx, (body as { operationId: string }).operationId, 'two people', later(5)),
    )
    await scene.settle()
    expect(await scene.open()).toEqual([])
    expect(await scene.listed('refused')).toMatchObject([{ suggestionId: id, decided: { by: { kind: 'system' } } }])
    const { rows } = await scene.inWorkspace((tx) =>
      sql<{ confirmed: boolean }>`select confirmed from suggestion_answer`.execute(tx.sql),
    )
    expect(rows).toEqual([{ confirmed: false }])
  })

  it('is out of reach for a viewer, for another workspace, and for what does not exist', async () => {
    const id = await suggestionId()
    const { workspaceId } = scene.app.workspace
    const viewer = await scene.app.join(workspaceId, 'viewer')
    const stranger = await scene.app.createWorkspace('Elsewhere')
    for (const path of ['confirm', 'refuse', 'putOff', 'takeBack']) {
      const input = { suggestionId: id }
      const asked = `people.suggestions.${path}`
      expect((await scene.app.call(asked, input, { cookie: viewer.cookie, workspaceId })).status).toBe(403)
      const foreign = { cookie: stranger.owner.cookie, workspaceId: stranger.workspaceId }
      expect((await scene.app.call(asked, input, foreign)).status).toBe(404)
    }
    expect(await scene.open()).toHaveLength(1)
  })

  it('that nobody gave cannot be taken back', async () => {
    const answer = await scene.call('takeBack', { suggestionId: await suggestionId() })
    expect(answer).toMatchObject({ status: 409, body: { data: { code: 'suggestion-not-answered' } } })
  })
})

describe('the events of answers', () => {
  it('name ids and codes, never a name, a handle or an address', async () => {
    await scene.call('confirm', { suggestionId: await suggestionId() })
    const { rows } = await scene.inWorkspace((tx) =>
      sql<{ shape: string }>`select type || subjects::text || codes::text as shape from event
        where type like 'suggestion.%'`.execute(tx.sql),
    )
    expect(rows.length).toBeGreaterThan(1)
    const shapes = rows.map(({ shape }) => shape).join()
    for (const word of ['Jutta', 'juwi', 'juttas-buecher', 'social.example']) expect(shapes).not.toContain(word)
  })
})
