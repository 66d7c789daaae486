import { sql } from 'kysely'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { answerGuard } from '../inbox/index.ts'
import { type Desk, openDesk } from '../inbox/testing/desk.ts'
import { SYSTEM } from '../platform/events.ts'
import { newId } from '../platform/ids.ts'
import { explain } from '../platform/testing/explain.ts'
import { advanceDue, LIMITS, queueDelivery, withFreeze } from '../publishing/index.ts'
import type { TestMember } from '../testing/app.ts'
import { freeze, proposeCrisis } from './index.ts'

let desk: Desk
let second: TestMember
let topicId: string
let teamId: string
let playbookId: string

const ALL = { posts: true, automatic: true, macros: true }

beforeAll(async () => {
  desk = await openDesk()
  second = await desk.app.join(desk.workspaceId, 'lead', 'Rik Roos')
  const topic = { name: 'Bottles', query: 'bottle', languages: ['en'], kind: 'brand', opensConversations: true }
  topicId = (await desk.ask<{ topicId: string }>('listening.topics.create', topic)).topicId
  const team = { name: 'Crisis group', memberIds: [desk.ben.memberId] }
  teamId = (await desk.ask<{ teamId: string }>('accounts.teams.create', team)).teamId
})
afterAll(() => desk.close())
// A crisis of a test that failed would hold back everything of the others.
afterEach(() => desk.rows(sql`update crisis set ended_at = now() where ended_at is null`))

const ask = <T>(path: string, input: unknown, as = desk.lead) => desk.ask<T>(`crisis.${path}`, input, as)
const codeOf = async (path: string, input: unknown, as: TestMember = desk.lead) =>
  (await desk.tell(`crisis.${path}`, input, as)).body.data?.code
const declare = async (more: Record<string, unknown> = {}) =>
  (
    await ask<{ crisisId: string }>('declare', {
      name: 'Glass in bottles',
      topicId: null,
      teamId: null,
      playbookId: null,
      freezes: ALL,
      ...more,
    })
  ).crisisId
const end = (crisisId: string) => ask('end', { crisisId, lessons: '' })
/** As the server sends: with what crises hold back. */
const send = async () => {
  const limits = { ...LIMITS, frozenMs: 3_600_000 }
  await advanceDue({ services: desk.services, guard: withFreeze(answerGuard, freeze), limits })
  await desk.app.settle()
}
const post = async (text: string) =>
  (
    await desk.ask<{ deliveryId: string }>('publishing.deliveries.create', {
      sourceId: desk.sourceId,
      text,
      undoSeconds: 0,
    })
  ).deliveryId
const stateOf = async (deliveryId: string) => {
  const { state, failure } = await desk.delivery(deliveryId)
  return failure ? `${state}: ${failure}` : state
}

describe('a playbook', () => {
  it('begins from a template in each language, and is changed against the version that was read', async () => {
    for (const language of ['de', 'nl', 'en']) {
      const { items } = await ask<{ items: { template: string }[] }>('playbooks.templates', { language })
      expect(items.map(({ template }) => template)).toHaveLength(5)
      playbookId = (await ask<{ playbookId: string }>('playbooks.create', items[0])).playbookId
    }
    const { items } = await ask<{ items: { playbookId: string; steps: unknown[] }[] }>('playbooks.list', {}, desk.anna)
    expect(items).toHaveLength(3)
    const known = items.find((one) => one.playbookId === playbookId)
    expect(await ask('playbooks.update', { ...known, name: 'Outage', version: 1 })).toEqual({ version: 2 })
    expect(await codeOf('playbooks.update', { ...known, version: 1 })).toBe('playbook-changed')
    expect(await codeOf('playbooks.remove', { playbookId }, desk.anna)).toBe('permission-missing')
  })
})

describe('a holding statement', () => {
  it('is approved in exactly one version, by somebody who did not write it; another word asks again', async () => {
    const input = {
      name: 'We look into it',
      topicId: null,
      texts: { en: 'We are looking into it.', de: 'Wir prüfen das.' },
    }
    const { statementId } = await ask<{ statementId: string }>('statements.create', input)
    await ask('statements.submit', { statementId })
    expect(await codeOf('statements.approve', { statementId, version: 1 })).toBe('own-statement')
    expect(await codeOf('statements.approve', { statementId, version: 1 }, desk.anna)).toBe('permission-missing')
    await ask('statements.approve', { statementId, version: 1 }, second)
    const stateNow = async () =>
      (await ask<{ items: { state: string; approvedByName: string | null }[] }>('statements.list', {})).items[0]
    expect(await stateNow()).toMatchObject({ state: 'approved', approvedByName: 'Rik Roos' })
    expect(await ask('statements.update', { ...input, statementId, version: 1, name: 'Looking' })).toEqual({
      version: 2,
    })
    expect(await stateNow()).toMatchObject({ state: 'approved' })
    await ask('statements.update', { ...input, texts: { en: 'Sorry.' }, statementId, version: 2 })
    expect(await stateNow()).toMatchObject({ state: 'draft', approvedByName: null })
    expect(await codeOf('statements.approve', { statementId, version: 2 }, second)).toBe('statement-changed')
  })
})

describe('a crisis', () => {
  it('is declared once for a topic and once for the workspace, by those who may, and everybody hears of it', async () => {
    expect(await codeOf('declare', { name: 'X', topicId: null, teamId: null, playbookId: null }, desk.anna)).toBe(
      'permission-missing',
    )
    const crisisId = await declare()
    expect(await codeOf('declare', { name: 'Again', topicId: null, teamId: null, playbookId: null })).toBe(
      'crisis-open',
    )
    const other = await declare({ name: 'Only bottles', topicId })
    expect((await ask<{ items: unknown[] }>('open', {}, desk.anna)).items).toEqual([
      { crisisId, name: 'Glass in bottles', topicName: null },
      { crisisId: other, name: 'Only bottles', topicName: 'Bottles' },
    ])
    const told = await desk.ask<{ items: { kind: string; subject: { name: string } }[] }>(
      'notifications.list',
      { limit: 10 },
      desk.anna,
    )
    expect(told.items.filter(({ kind }) => kind === 'crisis')).toHaveLength(2)
    await end(crisisId)
    await end(other)
    expect((await ask<{ items: unknown[] }>('open', {}, desk.anna)).items).toEqual([])
    expect(await codeOf('end', { crisisId, lessons: '' })).toBe('crisis-over')
  })

  it('holds posts back until it is over, and says why; what people answer by hand goes', async () => {
    desk.says('kim.test', '@nordwind.test is it safe?')
    await desk.hear()
    const crisisId = await declare()
    const waiting = await post('Have a sunny weekend!')
    const answer = await desk.answer(await desk.conversationOf('kim.test'), 'Yes, it is safe.')
    await send()
    expect(await stateOf(waiting)).toBe('queued: frozen')
    expect(await stateOf(answer.deliveryId)).toBe('sent')
    await end(crisisId)
    await send()
    expect(await stateOf(waiting)).toBe('sent')
  })

  it('is no reason to leave a customer alone whom somebody writes to privately: that is no post', async () => {
    const crisisId = await declare()
    const [customer] = await desk.rows(
      sql<{ author_id: string }>`select author_id from author where handle = 'kim.test'`,
    )
    const letter = await desk.inWorkspace(
      async (tx) => {
        const said = {
          workspace_id: desk.workspaceId,
          source_id: desk.sourceId,
          policy_version: 0,
          kind: 'private' as const,
          origin: 'typed' as const,
          verdict: 'send' as const,
          findings: '{}',
        }
        const [judgementId, deliveryId] = [newId(), newId()]
        await tx.sql
          .insertInto('judgement')
          .values({ ...said, judgement_id: judgementId, said_hash: 'x' })
          .execute()
        await sql`insert into delivery (workspace_id, delivery_id, source_id, network, text, network_key, visibility,
            recipient_author_id, judgement_id, created_by_kind, created_by, undo_until, due_at)
          values (${desk.workspaceId}, ${deliveryId}, ${desk.sourceId}, 'bluesky', 'For you alone', ${newId()}, 'private',
            ${customer?.author_id}, ${judgementId}, 'member', ${desk.anna.memberId}, now(), null)`.execute(tx.sql)
        return deliveryId
      },
      { kind: 'member', id: desk.anna.memberId },
    )
    expect(await desk.inWorkspace((tx) => freeze.delivery(tx, letter))).toBe(null)
    await desk.rows(sql`update delivery set state = 'cancelled' where delivery_id = ${letter}`)
    await end(crisisId)
  })

  it('that begins while a post is on its way to the network still holds it back', async () => {
    const waiting = await post('Written before, checked after')
    let crisisId = ''
    const late = withFreeze(
      { ...answerGuard, turn: async () => 'go' },
      {
        delivery: async (tx, deliveryId) => {
          if (!crisisId) {
            crisisId = 'begun'
            return null
          }
          if (crisisId === 'begun') crisisId = await declare()
          return freeze.delivery(tx, deliveryId)
        },
      },
    )
    await advanceDue({ services: desk.services, guard: late, limits: LIMITS })
    expect(await stateOf(waiting)).toBe('queued: frozen')
    expect(desk.published()).not.toContain('Written before, checked after')
    await end(crisisId)
    await send()
    expect(await stateOf(waiting)).toBe('sent')
  })

  it('holds back what rules and bots send, of a topic only in its conversations', async () => {
    desk.says('lee.test', '@nordwind.test there is glass in my bottle')
    desk.says('mia.test', '@nordwind.test when do you open?')
    await desk.hear()
    const crisisId = await declare({ topicId, freezes: { ...ALL, posts: false } })
    const byRule = async (handle: string) => {
      const { conversationId, version } = await desk.conversationOf(handle)
      const { rows } = await desk.inWorkspace((tx) =>
        sql<{
          post_id: string
        }>`select post_id from conversation_post where conversation_id = ${conversationId}`.execute(tx.sql),
      )
      return desk.inWorkspace(async (tx) => {
        const deliveryId = await queueDelivery(desk.services, tx, {
          sourceId: desk.sourceId,
          replyToPostId: rows[0]?.post_id ?? null,
          text: 'Thank you for your message.',
          language: 'en',
          attachments: [],
          undoSeconds: 0,
        })
        await sql`insert into answer (workspace_id, delivery_id, conversation_id, against_version, version, heard_version)
          values (${desk.workspaceId}, ${deliveryId}, ${conversationId}, ${version}, ${version}, ${version})`.execute(
          tx.sql,
        )
        return deliveryId
      }, SYSTEM)
    }
    const [bottle, hours] = [await byRule('lee.test'), await byRule('mia.test')]
    await send()
    expect(await stateOf(bottle)).toBe('queued: frozen')
    expect(await stateOf(hours)).toBe('sent')
    // What another crisis holds back is not listed here: releasing it here would change nothing.
    const other = await declare({ freezes: { ...ALL, automatic: false } })
    expect(await ask('frozen.list', { crisisId: other }, desk.lead)).toMatchObject({ deliveries: [] })
    expect(await ask('frozen.list', { crisisId }, desk.lead)).toMatchObject({ deliveries: [{ deliveryId: bottle }] })
    await end(other)
    await end(crisisId)
    await send()
    expect(await stateOf(bottle)).toBe('sent')
  })

  it('lets people answer past what it holds back of a bot, which then is not said any more', async () => {
    desk.says('ola.test', '@nordwind.test is my bottle safe?')
    await desk.hear()
    const crisisId = await declare({ topicId })
    const { conversationId, version } = await desk.conversationOf('ola.test')
    const automatic = {
      conversations: [{ conversationId, againstVersion: version }],
      text: 'Thank you, somebody will answer.',
      undoSeconds: 0,
    }
    const { body } = await desk.tell('inbox.answers.send', automatic, { key: desk.bot })
    const byBot = (body as { delivery?: { deliveryId: string } }).delivery?.deliveryId ?? ''
    await send()
    expect(await stateOf(byBot)).toBe('queued: frozen')
    const byHand = (await desk.answer(await desk.conversationOf('ola.test'), 'It is safe.')).deliveryId
    await send()
    expect(await stateOf(byHand)).toBe('sent')
    await end(crisisId)
    await send()
    expect(await stateOf(byBot)).toBe('refused: newer-post')
    expect(desk.published()).not.toContain('Thank you, somebody will answer.')
    expect(await desk.conversationOf('ola.test')).toMatchObject({ waitingSince: null })
  })

  it('freezes macros, and its group lets one through with a reason', async () => {
    const { macroId } = await desk.ask<{ macroId: string }>('inbox.macros.create', {
      name: 'Smile',
      text: 'Have a nice day',
      actions: [],
    })
    const { conversationId } = await desk.conversationOf('lee.test')
    const apply = async () =>
      (await desk.tell('inbox.macros.apply', { conversationId, macroId }, desk.anna)).body.data?.code ?? 'applied'
    const crisisId = await declare({ topicId, teamId })
    expect(await apply()).toBe('frozen')
    const release = { crisisId, what: 'macro', frozenId: macroId, reason: 'It fits all the same' }
    expect(await codeOf('frozen.release', release, desk.anna)).toBe('crisis-group-only')
    await ask('frozen.release', release, desk.ben)
    expect(await apply()).toBe('applied')
    expect(await ask('frozen.list', { crisisId }, desk.anna)).toMatchObject({
      mayRelease: false,
      macros: [{ macroId, released: true }],
    })
    await end(crisisId)
  })

  it('holds back the text of a macro that was taken before it was declared, not what is written by hand', async () => {
    const { macroId } = await desk.ask<{ macroId: string }>('inbox.macros.create', {
      name: 'Cheer',
      text: 'All is well',
      actions: [],
    })
    desk.says('mia.test', '@nordwind.test bottles: is it safe to drink?')
    await desk.hear()
    const { conversationId, version } = await desk.conversationOf('mia.test')
    const { text } = await desk.ask<{ text: string }>('inbox.macros.apply', { conversationId, macroId }, desk.anna)
    const answer = {
      conversations: [{ conversationId, againstVersion: version }],
      text: `${text}, Mia!`,
      undoSeconds: 0,
    }
    const draft = { conversationId, text, againstVersion: version, macroId }
    await desk.ask('inbox.drafts.save', draft, desk.anna)
    const kept = await desk.ask<{ myDraft: object }>('inbox.conversations.get', { conversationId }, desk.anna)
    expect(kept.myDraft).toMatchObject({ text, macroId })
    const crisisId = await declare({ teamId })
    const codeOfAnswer = async (path: 'send' | 'submit') =>
      (await desk.tell(`inbox.answers.${path}`, { ...answer, macroId }, desk.anna)).body.data
    expect(await codeOfAnswer('send')).toMatchObject({ code: 'frozen', params: { crisis: 'Glass in bottles' } })
    expect(await codeOfAnswer('submit')).toMatchObject({ code: 'frozen' })
    await ask('frozen.release', { crisisId, what: 'macro', frozenId: macroId, reason: 'It is' }, desk.ben)
    const { delivery } = await desk.ask<{ delivery: { deliveryId: string } }>(
      'inbox.answers.send',
      { ...answer, macroId },
      desk.anna,
    )
    const origins = await desk.rows(sql<{ origin: string }>`
      select j.origin from delivery d join judgement j using (workspace_id, judgement_id)
      where d.delivery_id = ${delivery.deliveryId}`)
    expect(origins).toEqual([{ origin: 'macro' }])
    await end(crisisId)
  })

  it('lets a frozen post through when its group releases it, once', async () => {
    const crisisId = await declare({ teamId })
    const [released, kept] = [await post('Our hotline is open'), await post('Buy more')]
    await send()
    const { deliveries } = await ask<{ deliveries: { deliveryId: string }[] }>('frozen.list', { crisisId }, desk.ben)
    expect(deliveries.map(({ deliveryId }) => deliveryId)).toEqual([released, kept])
    const release = { crisisId, what: 'delivery', frozenId: released, reason: 'People need the number' }
    await ask('frozen.release', release, desk.ben)
    await ask('frozen.release', release, desk.ben)
    expect(await codeOf('frozen.release', { ...release, frozenId: newId() }, desk.ben)).toBe('delivery-unknown')
    await send()
    expect([await stateOf(released), await stateOf(kept)]).toEqual(['sent', 'queued: frozen'])
    await end(crisisId)
    await send()
    expect(await stateOf(kept)).toBe('sent')
  })

  it('comes to its group: what lies open at once, what is said afterwards as well; what somebody has stays', async () => {
    desk.says('noa.test', '@nordwind.test glass in the bottle again')
    await desk.hear()
    const taken = await desk.conversationOf('noa.test')
    const which = { conversationIds: [taken.conversationId] }
    const change = { change: 'assign', memberId: desk.anna.memberId, teamId: null }
    await desk.ask('inbox.conversations.change', { which, change }, desk.anna)
    const crisisId = await declare({ topicId, teamId })
    desk.says('pia.test', '@nordwind.test my bottle broke')
    desk.says('quin.test', '@nordwind.test where is my parcel?')
    await desk.hear()
    const teamOf = async (handle: string) => (await desk.conversationOf(handle)).assignedTeamId
    expect(await teamOf('pia.test')).toBe(teamId)
    expect(await teamOf('lee.test')).toBe(teamId)
    expect(await teamOf('quin.test')).toBe(null)
    expect(await desk.conversationOf('noa.test')).toMatchObject({ assignedMemberId: desk.anna.memberId })
    await end(crisisId)
  })

  it('has a checklist and a log for its group; the report keeps figures, and nobody changes a line', async () => {
    const crisisId = await declare({ topicId, teamId, playbookId })
    desk.says('rob.test', '@nordwind.test this bottle is terrible and dangerous, I am angry')
    await desk.hear()
    await desk.answer(await desk.conversationOf('rob.test'), 'Please put it aside.')
    await send()
    const { steps } = await ask<{ steps: { key: string }[] }>('get', { crisisId }, desk.anna)
    const key = steps[0]?.key ?? ''
    expect(await codeOf('tick', { crisisId, key, done: true }, desk.anna)).toBe('crisis-group-only')
    await ask('tick', { crisisId, key, done: true }, desk.ben)
    expect(await codeOf('tick', { crisisId, key: 'nothing', done: true }, desk.ben)).toBe('step-unknown')
    await ask('log', { crisisId, kind: 'decision', text: 'We stop the line.' }, desk.ben)
    await expect(desk.rows(sql`update crisis_entry set text = 'We did not'`)).rejects.toThrow(/permission denied/)
    await ask('end', { crisisId, lessons: 'Count bottles.' })
    expect(await codeOf('log', { crisisId, kind: 'note', text: 'late' }, desk.ben)).toBe('crisis-over')
    expect(await ask('get', { crisisId }, desk.anna)).toMatchObject({
      stepsDone: 1,
      lessons: 'Count bottles.',
      entries: [{ kind: 'decision', text: 'We stop the line.', memberName: 'Ben Bakker' }],
      figures: { posts: 1, conversations: 1, answered: 1, waiting: 0, peakPosts: 1 },
    })
  })

  it('has the figures of the workspace in its report, whoever gives the all-clear; they are shown to whom no source is closed', async () => {
    const narrow = await desk.app.join(desk.workspaceId, 'lead', 'Nel Nauta')
    const roles = { memberId: narrow.memberId, sourceId: desk.sourceId, role: 'none' }
    await desk.ask('accounts.roles.setSourceRole', roles)
    const crisisId = await declare({ topicId })
    desk.says('uma.test', '@nordwind.test my bottle is terrible')
    await desk.hear()
    const waiting = await post('Posted by somebody else')
    await send()
    expect(await codeOf('figures', { crisisId }, narrow)).toBe('not-with-closed-sources')
    await ask('end', { crisisId, lessons: '' }, narrow)
    expect(await ask('get', { crisisId }, narrow)).toMatchObject({ figures: null, figuresClosed: true })
    expect(await ask('get', { crisisId }, desk.anna)).toMatchObject({
      figures: { posts: 1, conversations: 1, waiting: 1, heldBack: 1 },
      figuresClosed: false,
    })
    await send()
    expect(await stateOf(waiting)).toBe('sent')
  })

  it('is asked for by every delivery from an index', async () => {
    const [explained] = await explain(desk, [
      [sql`select crisis_id from crisis where workspace_id = ${desk.workspaceId} and ended_at is null`, 'crisis_open'],
    ])
    expect(explained?.usesIndex, explained?.plan).toBe(true)
  })
})

describe('an alarm', () => {
  const raise = async (strength: 'crisis' | 'unusual') => {
    const alarmId = newId()
    await desk.inWorkspace(async (tx) => {
      await sql`update alarm set ended_at = now()`.execute(tx.sql)
      await sql`insert into alarm (workspace_id, alarm_id, topic_id, kinds, strength, findings, began_at, raised_at,
          last_unusual_at, quiet_minutes, posts, expected, cause, told_posts, told_at)
        values (${desk.workspaceId}, ${alarmId}, ${topicId}, '{volume}', ${strength}, '[]', now(), now(), now(), 30, 90, 4,
          '{"posts": [], "terms": [], "authors": [], "networks": []}', 90, now())`.execute(tx.sql)
      tx.record({
        type: 'alarm.raised',
        subjects: { alarm: alarmId, topic: topicId },
        codes: { kinds: 'volume', strength },
      })
    })
    await desk.app.settle()
    return alarmId
  }
  const otherTopic = async () =>
    (
      await desk.ask<{ topicId: string }>('listening.topics.create', {
        name: 'Lids',
        query: 'lid',
        languages: ['en'],
        kind: 'brand',
      })
    ).topicId
  const proposals = async () =>
    (await ask<{ items: { proposalId: string; alarmId: string | null }[] }>('proposals.list', {})).items

  it('as strong as a crisis proposes one, which one click declares', async () => {
    await raise('unusual')
    expect(await proposals()).toEqual([])
    const alarmId = await raise('crisis')
    expect(await proposals()).toMatchObject([{ alarmId, topicName: 'Bottles', posts: 90 }])
    const told = await desk.ask<{ items: object[] }>('notifications.list', { limit: 5 }, second)
    expect(told.items[0]).toMatchObject({ kind: 'crisis-proposed', path: 'crisis' })
    const [proposal] = await proposals()
    const crisisId = await declare({ topicId, proposalId: proposal?.proposalId })
    expect(await proposals()).toEqual([])
    await raise('crisis')
    expect(await proposals()).toEqual([])
    await end(crisisId)
  })

  it('is answered by a crisis about the same that somebody declares without it', async () => {
    const alarmId = await raise('crisis')
    await end(await declare({ topicId: await otherTopic() }))
    expect(await proposals()).toMatchObject([{ alarmId }])
    const crisisId = await declare({ topicId })
    expect(await proposals()).toEqual([])
    expect(await desk.rows(sql`select alarm_id from crisis where crisis_id = ${crisisId}`)).toEqual([
      { alarm_id: alarmId },
    ])
    await end(crisisId)
    await raise('crisis')
    const everywhere = await declare()
    expect(await proposals()).toEqual([])
    await end(everywhere)
  })

  it('is dismissed with a reason, once, and proposes nothing any more', async () => {
    await raise('crisis')
    const proposalId = (await proposals())[0]?.proposalId
    expect(await codeOf('proposals.dismiss', { proposalId, reason: 'A film' }, desk.anna)).toBe('permission-missing')
    await ask('proposals.dismiss', { proposalId, reason: 'A film was on television' })
    expect(await codeOf('proposals.dismiss', { proposalId, reason: 'Again' })).toBe('proposal-settled')
    const late = { name: 'Late', topicId, teamId: null, playbookId: null, proposalId }
    expect(await codeOf('declare', late)).toBe('proposal-settled')
    expect(await codeOf('declare', { ...late, proposalId: newId() })).toBe('proposal-unknown')
    expect(await proposals()).toEqual([])
  })
})

describe('a routing rule', () => {
  it('proposes a crisis once for a topic, not while one goes on, and rests when somebody said that it is none', async () => {
    const { conversationId } = await desk.conversationOf('lee.test')
    const ruleId = newId()
    const set = (more: object = {}) =>
      desk.inWorkspace((tx) =>
        proposeCrisis(tx, { conversationId, postId: newId(), topicIds: [topicId], ruleId, ...more }),
      )
    const items = async () =>
      (
        await ask<{ items: { proposalId: string; alarmId: string | null; conversationId: string | null }[] }>(
          'proposals.list',
          {},
        )
      ).items
    expect([await set(), await set()]).toEqual([true, false])
    const [proposal] = await items()
    expect(proposal).toMatchObject({ alarmId: null, conversationId })
    await ask('proposals.dismiss', { proposalId: proposal?.proposalId, reason: 'One angry customer' })
    expect(await set()).toBe(false)
    expect(await set({ ruleId: newId(), topicIds: [] })).toBe(true)
    const crisisId = await declare({ proposalId: (await items())[0]?.proposalId })
    expect(await set({ ruleId: newId() })).toBe(false)
    await end(crisisId)
  })
})
