import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { newId } from '../platform/ids.ts'
import { type Desk, openDesk } from './testing/desk.ts'

interface Contacts {
  open: { conversationId: string; state: string; opening: string | null }[]
  last: { conversationId: string }[]
  channels: { network: string; conversations: number; answered: number; repliedAfterOurs: number }[]
}

let desk: Desk
beforeAll(async () => {
  desk = await openDesk()
})
afterAll(() => desk.close())

const contacts = (personId: string) => desk.ask<Contacts>('inbox.persons.contacts', { personId })

describe('where a person and we speak', () => {
  it('tells what is open, the last conversations, and whether they answer there', async () => {
    const first = desk.says('ute.test', '@nordwind.test My tent leaks')
    await desk.hear()
    const conversation = await desk.conversationOf('ute.test')
    const personId = conversation.person?.personId ?? ''
    expect(await contacts(personId)).toMatchObject({
      open: [{ conversationId: conversation.conversationId, state: 'open', opening: 'My tent leaks' }],
      channels: [{ network: 'bluesky', conversations: 1, answered: 0, repliedAfterOurs: 0 }],
    })

    await desk.answer(conversation, 'We send you a new one', { close: true })
    await desk.deliver()
    const answered = await contacts(personId)
    expect(answered.open).toEqual([])
    expect(answered.last.map(({ conversationId }) => conversationId)).toEqual([conversation.conversationId])
    expect(answered.channels).toMatchObject([{ answered: 1, repliedAfterOurs: 0 }])

    desk.says('ute.test', '@nordwind.test Thank you', first)
    await desk.hear()
    expect((await contacts(personId)).channels).toMatchObject([{ answered: 1, repliedAfterOurs: 1 }])
  })

  it('is nothing for somebody unknown', async () => {
    expect(await contacts(newId())).toEqual({ open: [], last: [], channels: [] })
  })

  it('tells how they spoke, month by month, with the months in which they said nothing', async () => {
    const { person } = await desk.conversationOf('ute.test')
    const mood = await desk.ask<{ months: { month: string; posts: number }[]; languages: unknown[]; more: boolean }>(
      'listening.timelines.moodOfPerson',
      { personId: person?.personId },
    )
    expect(mood.months).toHaveLength(12)
    expect(mood.months.map(({ month }) => month)).toEqual(mood.months.map(({ month }) => month).toSorted())
    expect(mood.months.reduce((sum, { posts }) => sum + posts, 0)).toBe(2)
    expect(mood.more).toBe(false)
  })
})
