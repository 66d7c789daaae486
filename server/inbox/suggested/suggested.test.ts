import fc from 'fast-check'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { SuggestedAnswer } from '../../../contract/inbox-suggested.ts'
import { explain } from '../../platform/testing/explain.ts'
import { type Desk, openDesk } from '../testing/desk.ts'
import { BLANK, redact } from './redaction.ts'

let desk: Desk
beforeAll(async () => {
  desk = await openDesk()
})
afterAll(() => desk.close())

const suggest = async (handle: string) => {
  const { conversationId } = await desk.conversationOf(handle)
  return desk.ask<{ language: string | null; items: SuggestedAnswer[] }>(
    'inbox.suggested.answers',
    { conversationId },
    desk.anna,
  )
}
/** Asked, answered, and out. */
async function answered(handle: string, question: string, answer: string) {
  const uri = desk.says(handle, `@nordwind.test ${question}`)
  await desk.hear()
  const delivery = await desk.answer(await desk.conversationOf(handle), answer)
  await desk.deliver()
  return { uri, delivery }
}
const asks = async (handle: string, question: string) => {
  desk.says(handle, `@nordwind.test ${question}`)
  await desk.hear()
}

describe('suggested answers', () => {
  it('are what this desk answered to a question like this one, with where it stands and why', async () => {
    await answered(
      'ida.test',
      'My espresso machine leaks water below the tank, what can I do?',
      'Please check the seal of the tank first.',
    )
    await answered('jan.test', 'When does your shop in Kiel open on Sundays?', 'Our shop in Kiel is closed on Sundays.')
    await asks('kim.test', 'The tank of the espresso machine leaks, water everywhere')
    const { language, items } = await suggest('kim.test')
    expect(language).toBe('en')
    expect(items.map(({ text }) => text)).toEqual(['Please check the seal of the tank first.'])
    expect(items[0]?.conversationId).toBe((await desk.conversationOf('ida.test')).conversationId)
    expect(items[0]?.shared).toEqual(expect.arrayContaining(['espresso', 'machine', 'leaks', 'tank']))
  })

  it('carry nothing personal of one customer over to another', async () => {
    const question = 'My invoice for the grinder is wrong twice, customer lotte@private.example.com'
    const { delivery } = await answered('lotte.test', question, 'Sorry about the invoice.')
    // From before there was a policy.
    const written =
      'Hi @lotte.test, we wrote to lotte@private.example.com and credit it to DE02 1203 0000 0000 2020 51. Sorry about the invoice.'
    await desk.rows(
      sql`update answer set written = ${written} where delivery_id = ${delivery.deliveryId} returning delivery_id`,
    )
    await asks('mo.test', 'The invoice for my grinder is wrong')
    const [first] = (await suggest('mo.test')).items
    expect(first?.text).toBe(`Hi ${BLANK}, we wrote to ${BLANK} and credit it to ${BLANK}. Sorry about the invoice.`)
    expect(first?.removed).toBe(3)
    expect(first?.question).not.toContain('lotte')
  })

  it('take out whole names and their words, and nothing that only looks like them', () => {
    expect(redact('Dear Jette Brand, brands like ours … Jette!', 'en', ['Jette Brand'])).toEqual({
      text: `Dear ${BLANK}, brands like ours … ${BLANK}!`,
      removed: 2,
    })
  })

  it('take out whatever somebody calls themselves', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 3, maxLength: 30, unit: 'binary' }), (name) => {
        const { text } = redact(`Dear ${name}, hello`, 'en', [name])
        expect(/[\p{L}\p{N}]{3}/u.test(name) && text.includes(` ${name},`)).toBe(false)
      }),
    )
    expect(redact('Hi ida-k (sales)!', 'en', ['ida-k (sales)']).text).toBe(`Hi ${BLANK}!`)
  })

  it('are of the same language, of answers that went out, and not of what is bad again', async () => {
    await asks('nele.test', 'Meine Espressomaschine verliert Wasser am Tank, was kann ich tun?')
    expect((await suggest('nele.test')).items).toEqual([])
    desk.says('otto.test', '@nordwind.test The kettle smells of plastic when it boils')
    await desk.hear()
    await desk.answer(await desk.conversationOf('otto.test'), 'Boil it twice with vinegar.', { undoSeconds: 30 })
    await asks('paul.test', 'My kettle smells of plastic')
    expect((await suggest('paul.test')).items).toEqual([])
  })

  it('are forgotten with the question, and with the answer that is taken off', async () => {
    const { uri, delivery } = await answered(
      'rosa.test',
      'The milk frother rattles loudly',
      'Please clean the whisk of the frother.',
    )
    await asks('sven.test', 'Why does my milk frother rattle?')
    expect((await suggest('sven.test')).items).toHaveLength(1)
    await desk.ask('publishing.deliveries.remove', { deliveryId: delivery.deliveryId, reason: 'Wrong' }, desk.lead)
    await desk.app.settle()
    expect((await suggest('sven.test')).items).toEqual([])
    const again = await answered(
      'tina.test',
      'Milk frother rattles since today',
      'Clean the whisk of the frother, please.',
    )
    expect((await suggest('sven.test')).items).toHaveLength(1)
    await desk.hearDeletion(again.uri)
    expect((await suggest('sven.test')).items).toEqual([])
    expect(uri).not.toBe(again.uri)
  })

  it('are found by index', async () => {
    const id = desk.workspaceId
    const [terms] = await explain(desk, [
      [
        sql`select r.delivery_id from remembered_term r where r.workspace_id = ${id} and r.language = 'en'
          and r.term = 'tank' order by r.delivery_id desc limit 300`,
        'remembered_term_pkey',
      ],
    ])
    expect(terms?.usesIndex, terms?.plan).toBe(true)
  })
})

describe('a macro', () => {
  const macro = async (input: object) =>
    (await desk.ask<{ macroId: string }>('inbox.macros.create', input, desk.lead)).macroId
  const apply = async (handle: string, macroId: string) => {
    const { conversationId } = await desk.conversationOf(handle)
    return desk.ask<{ text: string; language: string | null; missing: string[] }>(
      'inbox.macros.apply',
      { conversationId, macroId },
      desk.anna,
    )
  }

  it('is written in the language of the conversation, where it has one', async () => {
    const macroId = await macro({
      name: 'Sorry',
      text: 'We are sorry.',
      language: 'en',
      variants: [{ language: 'de', text: 'Das tut uns leid.' }],
    })
    expect(await apply('nele.test', macroId)).toMatchObject({ text: 'Das tut uns leid.', language: 'de' })
    expect(await apply('ida.test', macroId)).toMatchObject({ text: 'We are sorry.', language: 'en' })
  })

  it('says what it does not know instead of leaving a hole, unless it says what stands there then', async () => {
    const macroId = await macro({
      name: 'Order',
      text: 'Hi {{person.first-name|there}}, order {{order.number}} is on its way. {{brand}}',
    })
    const applied = await apply('paul.test', macroId)
    expect(applied.missing).toEqual(['order.number'])
    expect(applied.text).toMatch(/^Hi (there|\S+), order \{\{order\.number\}\} is on its way\. \S+/)
  })

  it('knows the newest order of the person, and no withdrawn one', async () => {
    const { person } = await desk.conversationOf('ida.test')
    const order = (number: string, hour: number, withdrawn = false) => sql`
      insert into purchase (workspace_id, purchase_id, kind, system, external_id, person_id, state, title, happened_at,
        created_at, updated_at, told_at, withdrawn_at, withdrawn_by_kind, withdrawn_because)
      values (${desk.workspaceId}, gen_random_uuid(), 'order', 'shop', ${number}, ${person?.personId}, 'open', 'Espresso machine',
        ${new Date(Date.UTC(2026, 0, 1, hour))}, now(), now(), now(), ${withdrawn ? new Date() : null},
        ${withdrawn ? 'member' : null}, ${withdrawn ? 'Mistake' : null}) returning purchase_id`
    await desk.rows(order('KL-1', 1))
    await desk.rows(order('KL-2', 2))
    await desk.rows(order('KL-3', 3, true))
    const macroId = await macro({ name: 'Order again', text: '{{order.number}} {{order.title}}' })
    expect(await apply('ida.test', macroId)).toMatchObject({ text: 'KL-2 Espresso machine', missing: [] })
  })

  it('with an unknown placeholder in any language, or two texts of one language, is refused', async () => {
    const create = (variants: object[]) =>
      desk.tell('inbox.macros.create', { name: 'Odd', text: 'Hi', variants }, desk.lead)
    expect((await create([{ language: 'de', text: '{{person.age}}' }])).body.data?.code).toBe('placeholder-unknown')
    expect((await create([1, 2].map(() => ({ language: 'de', text: 'Hallo' })))).status).toBe(400)
  })
})
