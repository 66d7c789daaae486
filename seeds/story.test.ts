import { RichText } from '@atproto/api'
import { describe, expect, test } from 'vitest'
import { type Permission, ROLE_PERMISSIONS, ROLE_PRESETS } from '../contract/permissions.ts'
import { letterHeard } from '../server/connectors/mail/letter.ts'
import { guidelineTemplate } from '../server/guidelines/templates.ts'
import { customerRecords } from './customers.ts'
import { consentSeeds, objectionSeeds, requestSeeds } from './data-wishes.ts'
import {
  brandAccounts,
  endlessStory,
  incidents,
  members,
  type NextEvent,
  pastEvents,
  publicCast,
  type StoryEvent,
  sites,
  workspaceSeeds,
} from './index.ts'
import { letterOf, mailboxSeeds } from './letters.ts'
import { programmeSeeds } from './programme.ts'
import { filled } from './programme-work.ts'
import { paperOf } from './staff-agreement.ts'

const now = new Date('2026-11-21T17:00:00Z')
const accounts = [...publicCast, ...brandAccounts]
const keys = new Set(accounts.map((account) => account.key))
const past = pastEvents(now)
const endless = (seed: number, count: number): NextEvent[] => {
  const story = endlessStory(seed)
  return Array.from({ length: count }, () => story.next().value)
}
const allEvents = (): StoryEvent[] =>
  [...past, ...incidents.flatMap((incident) => incident.events), ...endless(3, 3_000)].map(({ event }) => event)
const postsOf = (events: StoryEvent[]) => events.flatMap((event) => (event.kind === 'post' ? [event] : []))

test('everybody who speaks is in the cast, and the network takes what they say', () => {
  for (const post of postsOf(allEvents())) {
    expect([post.by, keys.has(post.by)]).toEqual([post.by, true])
    expect([post.text, new RichText({ text: post.text }).graphemeLength <= 300]).toEqual([post.text, true])
    expect(post.text).not.toMatch(/\{\w+\}|undefined/)
    if (post.picture) expect(post.alt).toBeTruthy()
  }
})

test('every handle that is mentioned is somebody’s, now or before a change of name', () => {
  const handles = new Set(accounts.map((account) => account.handle))
  for (const post of postsOf(allEvents()))
    for (const [, handle] of post.text.matchAll(/@([\w-]+(?:\.[\w-]+)*\.test)/g))
      expect([post.text, handles.has(handle as string)]).toEqual([post.text, true])
})

test.each([0, 6, 12, 18, 23])(
  'at %i o’clock the past lies in the past, and answers come after what they answer',
  (hour) => {
    const told = new Set<string>()
    let before = Number.POSITIVE_INFINITY
    for (const { minutesAgo, event } of pastEvents(new Date(Date.UTC(2026, 10, 21, hour, 30)))) {
      expect(minutesAgo).toBeGreaterThan(0)
      expect(minutesAgo).toBeLessThan(16 * 24 * 60)
      expect(minutesAgo).toBeLessThanOrEqual(before)
      before = minutesAgo
      if (event.kind === 'post') {
        if (event.answers) expect([event.text, told.has(event.answers)]).toEqual([event.text, true])
        if (event.key) told.add(event.key)
      }
      if (event.kind === 'post-deleted' || event.kind === 'post-replaced')
        expect([event.key, told.has(event.key)]).toEqual([event.key, true])
    }
  },
)

test('two weeks hold a few hundred posts in three languages, no two alike', () => {
  const posts = postsOf(past.map(({ event }) => event))
  expect(posts.length).toBeGreaterThan(250)
  expect(new Set(posts.map((post) => post.text)).size).toBe(posts.length)
  for (const language of ['de', 'nl', 'en', 'fi']) expect(posts.some((post) => post.language === language)).toBe(true)
})

test('each incident hangs together', () => {
  expect(incidents.map((incident) => incident.key)).toEqual(['outage', 'broken-product', 'bank-details', 'rumour'])
  for (const { events, workspace } of incidents) {
    const told = new Set<string>()
    expect(workspaceSeeds.some((seed) => seed.key === workspace)).toBe(true)
    for (const { event } of events) {
      if (event.kind === 'post' && event.answers) expect(told).toContain(event.answers)
      if (event.kind === 'post-deleted') expect(told).toContain(event.key)
      if (event.kind === 'post' && event.key) told.add(event.key)
    }
  }
})

test('letters come from people who are nobody, each with a provider that vouches for them', async () => {
  for (const { workspace, address, signOff, letters } of mailboxSeeds) {
    const seed = workspaceSeeds.find(({ key }) => key === workspace)
    const colleagues = seed?.members.map(({ member }) => member)
    expect(colleagues).toContain(signOff.by)
    expect(new Set(letters.map(({ key }) => key)).size).toBe(letters.length)
    for (const letter of letters) {
      expect([address, letter.from.address].every((one) => one.endsWith('example.org'))).toBe(true)
      if (letter.answer) expect(colleagues).toContain(letter.answer.by)
      const source = Buffer.from(letterOf(letter, address, now).replaceAll('\n', '\r\n'))
      const received = {
        source,
        size: source.length,
        receivedAt: now,
        parts: null,
        folder: 'inbox',
        own: address,
      } as const
      const heard = await letterHeard(received)
      expect(heard).toMatchObject({
        kind: 'post',
        post: { author: { networkId: letter.from.address, stable: true, scope: '' }, vouched: true },
      })
      expect(JSON.stringify(heard)).toContain(letter.subject)
    }
  }
})

test('the paper of the agreement says what was agreed, in German letters', () => {
  const paper = Buffer.from(paperOf(['Für alle (auch für Sie)'])).toString('latin1')
  expect(paper.startsWith('%PDF-')).toBe(true)
  expect(paper).toContain('(Für alle \\(auch für Sie\\)) Tj')
  const table = Number(/startxref\n(\d+)/.exec(paper)?.[1])
  expect(paper.slice(table, table + 4)).toBe('xref')
})

test('the bank details are nobody’s: the check digits cannot be right', () => {
  const text =
    postsOf(incidents.flatMap((incident) => incident.events.map(({ event }) => event))).find((post) =>
      post.text.includes('IBAN'),
    )?.text ?? ''
  const iban = /DE[\d ]+\d/.exec(text)?.[0].replaceAll(' ', '') ?? ''
  expect(iban).toHaveLength(22)
  const digits = (iban.slice(4) + iban.slice(0, 4)).replace(/[A-Z]/g, (letter) => String(letter.charCodeAt(0) - 55))
  expect(BigInt(digits) % 97n).not.toBe(1n)
})

describe('the endless story', () => {
  test('is the same for the same seed and another for another', () => {
    expect(endless(7, 200)).toEqual(endless(7, 200))
    expect(endless(8, 200)).not.toEqual(endless(7, 200))
  })

  test('says nothing twice on one screen', () => {
    const posts = postsOf(endless(11, 2_000).map(({ event }) => event))
    for (let start = 0; start + 30 <= posts.length; start += 10) {
      const screen = posts.slice(start, start + 30).map((post) => post.text)
      expect(new Set(screen).size).toBe(screen.length)
      // The first words stand for the situation: other numbers in the same sentence would be a template one sees.
      const openings = screen.map((text) =>
        text
          .split(' ')
          .slice(0, 4)
          .join(' ')
          .toLowerCase()
          .replace(/[\d.,]+/g, '#'),
      )
      expect(openings.length - new Set(openings).size).toBeLessThanOrEqual(2)
    }
  })

  test('nobody answers themselves', () => {
    const events = endless(5, 3_000).map(({ event }) => event)
    const by = new Map(postsOf(events).flatMap((post) => (post.key ? [[post.key, post.by] as const] : [])))
    for (const post of postsOf(events))
      if (post.answers && by.has(post.answers)) expect(by.get(post.answers)).not.toBe(post.by)
  })
})

test('workspaces name only members, sites and accounts that are there', () => {
  for (const seed of workspaceSeeds) {
    for (const { member } of seed.members) expect(members.map((one) => one.key)).toContain(member)
    for (const feed of seed.feeds) expect(sites.map((site) => site.key)).toContain(feed)
    expect(brandAccounts.map((account) => account.key)).toContain(seed.account)
    expect(seed.members.filter(({ role }) => role === 'owner')).toHaveLength(1)
  }
  for (const { email } of members) expect(email).toMatch(/example\.org$/)
  for (const { handle } of accounts) expect(handle).toMatch(/\.test$/)
})

const PERMISSIONS_OF: Record<string, readonly Permission[]> = { ...ROLE_PERMISSIONS, ...ROLE_PRESETS }

test('the data protection officer may do the work in every workspace', () => {
  const officer = members.find((one) => one.function === 'data protection officer')
  expect(officer).toBeDefined()
  for (const seed of workspaceSeeds) {
    const role = seed.members.find(({ member }) => member === officer?.key)?.role
    expect(role && PERMISSIONS_OF[role]).toContain('privacy.manage')
  }
})

test('what people want done with their data is worked on by somebody who may, and hangs together', () => {
  const roleOf = (workspace: string, key: string) =>
    workspaceSeeds.find((seed) => seed.key === workspace)?.members.find(({ member }) => member === key)?.role
  for (const { account } of [...consentSeeds, ...objectionSeeds, ...requestSeeds])
    if (account) expect(publicCast.map(({ key }) => key)).toContain(account)
  for (const { workspace, by } of [...consentSeeds, ...objectionSeeds])
    expect([by, ['owner', 'admin', 'lead', 'agent'].includes(roleOf(workspace, by) ?? '')]).toEqual([by, true])
  for (const { workspace, by, account, former, steps } of requestSeeds) {
    expect([by, ['owner', 'admin'].includes(roleOf(workspace, by) ?? '')]).toEqual([by, true])
    for (const step of steps) if (step.step === 'assign') expect(roleOf(workspace, step.to)).toBeDefined()
    if (former) expect([former.mail, account]).toEqual([expect.stringMatching(/example\.org$/), undefined])
    if (former) expect(customerRecords.map(({ number }) => number)).not.toContain(former.number)
    const erased = steps.findIndex(({ step }) => step === 'erase')
    if (erased >= 0) expect(steps.findIndex(({ step }) => step === 'confirm')).toBeLessThan(erased)
  }
  for (const { daysAgo, withdrawn } of consentSeeds) if (withdrawn) expect(withdrawn.daysAgo).toBeLessThan(daysAgo)
  const kinds = new Set(requestSeeds.map(({ language }) => language))
  expect([...kinds].sort()).toEqual(['de', 'en', 'nl'])
})

test('programmes name colleagues of their workspace and fill in every blank of the guideline', async () => {
  const template = await guidelineTemplate()
  for (const { workspace, lead, acknowledgedBy, trainedBy, stakeholders, blanks } of programmeSeeds) {
    const here = workspaceSeeds.find(({ key }) => key === workspace)?.members.map(({ member }) => member)
    const named = stakeholders.flatMap(({ member }) => (member ? [member] : []))
    expect(here).toEqual(expect.arrayContaining([lead, ...acknowledgedBy, ...trainedBy, ...named]))
    expect(acknowledgedBy).toEqual(expect.arrayContaining(trainedBy))
    for (const language of ['de', 'en', 'nl'] as const)
      expect(filled(template[language]?.text ?? '', blanks[language] ?? {}).match(/\[[^\]]*\]/g)).toHaveLength(1)
  }
})
