import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { RuleRun } from '../../../contract/inbox-routing.ts'
import { accountOf } from '../../listening/index.ts'
import { takeFromSource } from '../../listening/intake.ts'
import { newId } from '../../platform/ids.ts'
import { explain } from '../../platform/testing/explain.ts'
import type { Condition, Rule } from '../../routing/index.ts'
import { rule } from '../../routing/testing.ts'
import { type Desk, openDesk } from '../testing/desk.ts'
import { actsOf } from './acted.ts'
import { ofKnown } from './known-before.ts'

let desk: Desk
beforeAll(async () => {
  desk = await openDesk()
})
afterAll(() => desk.close())

const words = (query: string): Condition => ({ about: 'text', is: 'matches', query, languages: ['en'] })
const runsOf = async (conversationId: string) =>
  (await desk.ask<{ items: RuleRun[] }>('inbox.routing.runs', { conversationId }, desk.anna)).items.map(
    ({ name }) => name,
  )

/** Saves the rules as they are to hold from now on. */
async function rules(...list: Rule[]): Promise<void> {
  const { version } = await desk.ask<{ version: number }>('inbox.routing.get', {}, desk.lead)
  await desk.ask('inbox.routing.save', { againstVersion: version, rules: list }, desk.lead)
}

/** As a network tells it that shows each post as it stands now. */
async function edit(uri: string, text: string): Promise<void> {
  desk.twin.control.edit({ uri, text })
  const account = await desk.inWorkspace((tx) => accountOf(desk.services, tx, desk.sourceId))
  const place = { externalId: uri, reference: null }
  const read = await account?.connector.readThread?.(account.connection, place, AbortSignal.timeout(10_000))
  if (!read?.ok) throw new Error('the thread could not be read')
  const { workspaceId, sourceId } = desk
  const source = { workspaceId, sourceId, name: '', keepsEverything: true, tellsEdits: true }
  const items = read.value.map((post) => ({ kind: 'post' as const, post }))
  await takeFromSource(desk.services, items, source)
  await desk.app.settle()
}

describe('an edit', () => {
  it('is asked again, and no rule acts twice for one post', async () => {
    await rules(
      rule('Refunds', [words('refund')], {
        asks: 'each',
        actions: [{ do: 'crisis' }, { do: 'priority', priority: 'high' }],
      }),
      rule('Lawyers', [words('lawyer')], { asks: 'each', actions: [{ do: 'priority', priority: 'urgent' }] }),
    )
    const uri = desk.says('editor.test', '@nordwind.test I want a refund')
    await desk.hear()
    const { conversationId } = await desk.conversationOf('editor.test')
    expect(await runsOf(conversationId)).toEqual(['Refunds'])
    await edit(uri, '@nordwind.test I want a refund, please')
    expect(await runsOf(conversationId)).toEqual(['Refunds'])
    await edit(uri, '@nordwind.test I want a refund, or my lawyer writes')
    expect(await runsOf(conversationId)).toEqual(['Lawyers', 'Refunds'])
    expect((await desk.conversationOf('editor.test')).priority).toBe('urgent')
  })
})

it('what rules did, and whom we knew, is found by indexes as the application’s role', async () => {
  const known = ofKnown(desk.workspaceId, [newId()])
  const explained = await explain(desk, [
    [actsOf(desk.workspaceId, [newId()], 1), 'event_conversation'],
    [known, 'author_person'],
    [known, 'conversation_author'],
    [known, 'person_link_stack'],
  ])
  for (const { usesIndex, plan } of explained) expect(usesIndex, plan).toBe(true)
})

describe('a rule that asks for a second person', () => {
  const asking = rule('Injuries', [words('hurt')], { asks: 'each', actions: [{ do: 'four-eyes' }] })
  const check = async (handle: string) => {
    const { conversationId } = await desk.conversationOf(handle)
    return desk.ask<{ verdict: string; always: string[]; fourEyesRule: { name: string } | null }>(
      'publishing.policy.check',
      { sourceId: desk.sourceId, text: 'We are sorry to hear that.', conversationIds: [conversationId] },
      desk.anna,
    )
  }
  const send = async (handle: string) => {
    const { conversationId, version } = await desk.conversationOf(handle)
    const conversations = [{ conversationId, againstVersion: version }]
    const sent = await desk.tell('inbox.answers.send', { conversations, text: 'We are sorry to hear that.' }, desk.anna)
    return sent.body.data?.code ?? 'sent'
  }

  it('is told by its name while one writes, and has its way until it is gone', async () => {
    await rules(asking)
    desk.says('hurt.test', '@nordwind.test I hurt myself')
    await desk.hear()
    expect(await check('hurt.test')).toMatchObject({
      verdict: 'four-eyes',
      always: ['rule'],
      fourEyesRule: { ruleId: asking.ruleId, name: 'Injuries' },
    })
    expect(await send('hurt.test')).toBe('policy-four-eyes')
    await rules({ ...asking, on: false })
    expect(await check('hurt.test')).toMatchObject({ verdict: 'send', fourEyesRule: null })
    await rules(asking)
    expect(await send('hurt.test')).toBe('policy-four-eyes')
    await rules({ ...asking, actions: [{ do: 'priority', priority: 'high' }] })
    expect(await send('hurt.test')).toBe('sent')
  })

  it('asks no more when what was said does not fit it any more, and goes on while something does', async () => {
    await rules(asking)
    const uri = desk.says('calm.test', '@nordwind.test I hurt myself')
    await desk.hear()
    await edit(uri, '@nordwind.test I was wrong, all is well')
    expect((await check('calm.test')).fourEyesRule).toBe(null)
    desk.says('calm.test', '@nordwind.test No, I am hurt', uri)
    await desk.hear()
    expect((await check('calm.test')).fourEyesRule).toMatchObject({ name: 'Injuries' })
  })
})
