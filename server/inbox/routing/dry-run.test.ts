import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { DRY_RUN_STEP, type DryRunFindings } from '../../../contract/inbox-routing.ts'
import { newId } from '../../platform/ids.ts'
import { explain } from '../../platform/testing/explain.ts'
import type { Condition, Rule } from '../../routing/index.ts'
import { rule } from '../../routing/testing.ts'
import type { TestMember } from '../../testing/app.ts'
import { type Desk, openDesk } from '../testing/desk.ts'

let desk: Desk
let fifth: TestMember
let many = ''
let few = ''

beforeAll(async () => {
  desk = await openDesk()
  const team = async (name: string, memberIds: string[]) =>
    (await desk.ask<{ teamId: string }>('accounts.teams.create', { name, memberIds })).teamId
  const { owner } = desk.app.workspace
  fifth = await desk.app.join(desk.workspaceId, 'agent', 'Edda Evers')
  few = await team('Two', [desk.anna.memberId, desk.ben.memberId])
  many = await team(
    'Five',
    [desk.anna, desk.ben, desk.lead, fifth, owner].map(({ memberId }) => memberId),
  )
  for (const [at, text] of ['invoice wrong', 'invoice late', 'parcel lost', 'nice weather'].entries())
    desk.says(`past${at}.test`, `@nordwind.test ${text}`)
  await desk.hear()
  const invoice = await desk.conversationOf('past0.test')
  await desk.ask('inbox.conversations.change', {
    which: { conversationIds: [invoice.conversationId] },
    change: { change: 'assign', memberId: null, teamId: many },
  })
  await desk.answer(await desk.conversationOf('past0.test'), 'We are looking into it')
  await desk.deliver()
})
afterAll(() => desk.close())

const words = (query: string): Condition => ({ about: 'text', is: 'matches', query, languages: ['en'] })
const toTeam = (teamId: string): Rule['actions'] => [{ do: 'assign', to: { kind: 'team', teamId } }]
interface Step {
  findings: DryRunFindings
  of: number
  after: string | null
}
const dryRun = (rules: Rule[] | null, after?: string) =>
  desk.ask<Step>('inbox.routing.dryRun', { rules, days: 30, ...(after ? { after } : {}) }, desk.lead)

describe('a dry run', () => {
  const invoices = rule('Invoices', [words('invoice')])

  it('says for each rule who would have got what and what happened instead, and what no rule holds for', async () => {
    const { findings, of, after } = await dryRun([
      { ...invoices, actions: toTeam(many) },
      rule('Parcels', [words('parcel')]),
    ])
    expect([of, after, findings.read]).toEqual([4, null, 4])
    const [first, second] = findings.rules
    expect(first).toMatchObject({
      ruleId: invoices.ruleId,
      conversations: 2,
      posts: 2,
      places: [{ kind: 'team', teamId: many, conversations: 2 }],
      // One person answered one of them.
      happened: { answers: null },
    })
    expect(first?.happened.byTeam.toSorted((a) => (a.teamId ? -1 : 1))).toEqual([
      { teamId: many, conversations: 1 },
      { teamId: null, conversations: 1 },
    ])
    expect(first?.samples.map(({ snippet }) => snippet).sort()).toEqual([
      '@nordwind.test invoice late',
      '@nordwind.test invoice wrong',
    ])
    expect(second).toMatchObject({ conversations: 1, places: [{ kind: 'nobody', conversations: 1 }] })
    expect(findings.unmatched).toMatchObject({
      conversations: 1,
      samples: [{ snippet: '@nordwind.test nice weather' }],
    })
    expect(await desk.rows(sql`select 1 from rule_run`)).toEqual([])
  })

  it('names no member and no team of a few', async () => {
    await desk.ask('inbox.conversations.change', {
      which: { conversationIds: [(await desk.conversationOf('past1.test')).conversationId] },
      change: { change: 'assign', memberId: desk.anna.memberId, teamId: few },
    })
    const { findings } = await dryRun([invoices])
    expect(JSON.stringify(findings)).not.toContain(few)
    expect(JSON.stringify(findings)).not.toContain(desk.anna.memberId)
  })

  it('of rules that are not saved says what moves against those that hold', async () => {
    const held = [{ ...invoices, actions: toTeam(many) }]
    await desk.ask('inbox.routing.save', { againstVersion: 0, rules: held }, desk.lead)
    expect((await dryRun(null)).findings.changed).toBeNull()
    expect((await dryRun(held)).findings.changed).toEqual({ conversations: 0, moves: [], priorities: 0 })
    const { findings } = await dryRun([
      { ...invoices, actions: [...toTeam(few), { do: 'priority', priority: 'urgent' }] },
    ])
    expect(findings.changed).toMatchObject({
      conversations: 2,
      moves: [{ from: { kind: 'team', teamId: many }, to: { kind: 'team', teamId: few }, conversations: 2 }],
      priorities: 2,
    })
  })

  it('says how soon at least five people answered, and of fewer nothing: neither alone nor as what is left', async () => {
    const answerers = [desk.anna, desk.ben, desk.lead, fifth, desk.app.workspace.owner]
    for (const at of answerers.keys()) desk.says(`refund${at}.test`, `@nordwind.test refund number${at}`)
    await desk.hear()
    for (const [at, member] of answerers.entries()) {
      const { conversationId, version } = await desk.conversationOf(`refund${at}.test`)
      const answer = {
        conversations: [{ conversationId, againstVersion: version }],
        text: 'On its way',
        undoSeconds: 0,
      }
      await desk.ask('inbox.answers.send', answer, member)
    }
    await desk.deliver()
    const all = rule('Refunds', [words('refund')])
    const some = rule('All but one', [words('refund AND NOT number0')])
    const answersOf = async (...list: Rule[]) =>
      (await dryRun(list)).findings.rules.map(({ happened: { answers } }) => answers && [answers.of, answers.answered])
    expect(await answersOf(all, some)).toEqual([[5, 5], null])
    expect(await answersOf(some)).toEqual([null])
    expect(await answersOf({ ...all, actions: toTeam(many) })).toEqual([[5, 5]])
    expect(await answersOf({ ...all, actions: toTeam(few) })).toEqual([null])
    const toAnna: Rule['actions'] = [{ do: 'assign', to: { kind: 'member', memberId: desk.anna.memberId } }]
    expect(await answersOf({ ...all, actions: toAnna })).toEqual([null])
  })

  it('goes on where it stopped, some conversations at a time', async () => {
    await desk.inWorkspace(async (tx) => {
      await sql`insert into thread (workspace_id, thread_id, network, root_external_id)
        values (${tx.workspaceId}, ${newId()}, 'x', 'r')`.execute(tx.sql)
      await sql`insert into conversation (workspace_id, conversation_id, thread_id, author_id, network, opened_because, last_post_at)
        select ${tx.workspaceId}, gen_random_uuid(), t.thread_id, gen_random_uuid(), 'x', 'mention', now()
        from thread t, generate_series(1, ${DRY_RUN_STEP}) where t.network = 'x'`.execute(tx.sql)
    })
    const first = await dryRun(null)
    expect([first.of, first.findings.read]).toEqual([DRY_RUN_STEP + 9, DRY_RUN_STEP])
    const rest = await dryRun(null, String(first.after))
    expect([rest.findings.read, rest.of, rest.after]).toEqual([9, DRY_RUN_STEP + 9, null])
  })

  it('is refused with rules that are wrong, and to those who do not manage the rules', async () => {
    const wrong = { rules: [rule('Wrong', [words('"open')])], days: 1 }
    expect((await desk.tell('inbox.routing.dryRun', wrong, desk.lead)).body.data?.code).toBe('rule-wrong')
    expect((await desk.tell('inbox.routing.dryRun', { rules: null, days: 1 }, desk.anna)).status).toBe(403)
  })
})

describe('what routing asks for each batch of posts and each step of a dry run', () => {
  it('is found by index, as the application’s role', async () => {
    const { workspaceId } = desk
    const id = newId()
    const explained = await explain(desk, [
      [sql`select max(version) from routing_version where workspace_id = ${workspaceId}`, 'routing_version_pkey'],
      [
        sql`select e.position from unnest(${[id]}::text[]) as g(id) cross join lateral (select position from event
          where workspace_id = ${workspaceId} and conversation_id = g.id order by position desc limit 500) e`,
        'event_conversation',
      ],
      [
        sql`select * from rule_run where workspace_id = ${workspaceId} and conversation_id = ${id}
          order by position desc limit 100`,
        'rule_run_pkey',
      ],
      [
        sql`select * from rule_run where workspace_id = ${workspaceId} and rule_id = ${id} order by at desc limit 50`,
        'rule_run_rule',
      ],
      [
        sql`select * from conversation c where c.workspace_id = ${workspaceId} and c.last_post_at >= now() - interval '1 day'
          order by c.last_post_at desc, c.conversation_id desc limit 201`,
        'conversation_newest',
      ],
    ])
    for (const { usesIndex, plan } of explained) expect(usesIndex, plan).toBe(true)
  })
})
