import pg from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { HeardAuthor } from '../connectors/index.ts'
import { SYSTEM } from '../platform/events.ts'
import { registerTasks } from '../platform/jobs.ts'
import { createTestApp, type TestApp } from '../testing/app.ts'
import { renamePersons } from './fields/renaming.ts'
import { RENAMING } from './fields/settings.ts'
import {
  contactPoint,
  erasePerson,
  linkIdentity,
  lockGraph,
  object,
  rememberAuthors,
  suppress,
  tellFields,
} from './index.ts'

let app: TestApp
const NOON = new Date('2026-11-20T12:00:00Z')
const GROUNDS = { evidence: 'said so on the phone', legalBasis: 'consent' }

beforeAll(async () => {
  app = await createTestApp()
  const client = new pg.Client(app.test.admin)
  await client.connect()
  await registerTasks(client, [RENAMING])
  await client.end()
})
afterAll(() => app.close())

const inWorkspace = <T>(work: Parameters<typeof app.services.database.inWorkspace<T>>[2]) =>
  app.services.database.inWorkspace(app.workspace.workspaceId, SYSTEM, work)
const as = () => ({ cookie: app.workspace.owner.cookie, workspaceId: app.workspace.workspaceId })
const call = (path: string, input: unknown) => app.call(`people.${path}`, input, as())
const ask = async <Answer>(path: string, input: unknown): Promise<Answer> => {
  const answer = await call(path, input)
  if (answer.status !== 200) throw new Error(`${path} answered ${answer.status}: ${JSON.stringify(answer.body)}`)
  return answer.body as Answer
}
const refusal = async (path: string, input: unknown): Promise<string | undefined> =>
  ((await call(path, input)).body as { data?: { code?: string } }).data?.code

interface Person {
  personId: string
  name: string
  links: { author: { authorId: string }; holds: boolean }[]
}
interface Operation {
  operationId: string
  kind: string
  undone: { because: string } | null
  persons: { personId: string }[]
  authors: { name: string | null; handle: string | null }[]
}
interface Preview {
  before: { personId: string; name: string; authors: unknown[] }[]
  after: { personId: string; name: string; authors: { authorId: string }[]; facts: { fact: string; count: number }[] }[]
  nobodys: { authorId: string }[]
  conflicts: { conflict: string; values: string[]; of: string | null }[]
  later: Operation[]
  erased: { persons: number; authors: number }
  seenBy: string[]
}

const hear = async (handle: string, name: string | null = null, change: Partial<HeardAuthor> = {}) => {
  const account: HeardAuthor = {
    network: 'pond',
    scope: '',
    networkId: `id-of-${handle}`,
    handle,
    name,
    avatarUrl: null,
    bio: null,
    url: null,
    followers: null,
    stable: true,
    ...change,
  }
  const { byKey } = await inWorkspace((tx) => rememberAuthors(tx, [account], NOON))
  return [...byKey.values()][0]?.authorId as string
}
const begin = async (handle: string, name: string | null = null) => {
  const authorId = await hear(handle, name)
  const { personId } = await ask<{ personId: string }>('persons.begin', { authorId, reason: 'rang the hotline' })
  return { authorId, personId }
}
const person = (personId: string) => ask<Person>('persons.get', { personId })
const accountsOf = async (personId: string) =>
  (await ask<{ links: Person['links'] }>('graph.members', { personId })).links.map(({ author }) => author.authorId)
const merge = (personIds: string[]) =>
  ask<{ personId: string; operationId: string }>('graph.merge', { personIds, ...GROUNDS })
const undo = (operationId: string) => ask<{ personIds: string[] }>('graph.undo', { operationId, reason: 'wrong' })
const preview = (input: unknown) => ask<Preview>('graph.preview', input)
const history = async (personId: string) =>
  (await ask<{ items: Operation[] }>('graph.history', { personId, limit: 50 })).items

describe('two persons who are the same', () => {
  it('are one under either id, and two again when the merge is undone', async () => {
    const [jan, other] = [await begin('jan', 'Jan de Vries'), await begin('jdv')]
    const { personId, operationId } = await merge([jan.personId, other.personId])
    expect(personId).toBe(jan.personId)
    expect(await person(other.personId)).toMatchObject({ personId: jan.personId, name: 'Jan de Vries' })
    expect((await accountsOf(other.personId)).toSorted()).toEqual([jan.authorId, other.authorId].toSorted())
    const { items } = await ask<{ items: Person[] }>('persons.list', { search: 'jan de' })
    expect(items.map((item) => item.personId)).toEqual([jan.personId])
    await undo(operationId)
    expect(await person(other.personId)).toMatchObject({ personId: other.personId, name: 'jdv' })
    expect(await accountsOf(jan.personId)).toEqual([jan.authorId])
    expect(await refusal('graph.undo', { operationId, reason: 'again' })).toBe('operation-undone')
  })

  it('are refused when they are the same already, unknown, or but one', async () => {
    const [one, two] = [await begin('same-1'), await begin('same-2')]
    await merge([one.personId, two.personId])
    expect(await refusal('graph.merge', { personIds: [one.personId, two.personId], ...GROUNDS })).toBe(
      'persons-same-already',
    )
    expect(await refusal('graph.merge', { personIds: [one.personId, one.authorId], ...GROUNDS })).toBe('person-unknown')
    expect(await refusal('graph.merge', { personIds: [one.personId, one.personId], ...GROUNDS })).toBe(
      'merge-needs-two',
    )
  })

  it('stand in each other’s history with who, when and what became of it', async () => {
    const [one, two] = [await begin('hist-1'), await begin('hist-2')]
    const { operationId } = await merge([one.personId, two.personId])
    // Both are called hist-1 now; what was done tells them apart.
    expect((await history(two.personId))[0]?.persons).toMatchObject([{ name: 'hist-1' }, { name: 'hist-2' }])
    await undo(operationId)
    for (const { personId } of [one, two])
      expect(await history(personId)).toMatchObject([
        {
          kind: 'merge',
          undone: { because: 'wrong' },
          persons: [
            { personId: one.personId, name: 'hist-1' },
            { personId: two.personId, name: 'hist-2' },
          ],
        },
        { kind: 'begin', undone: null },
      ])
  })
})

describe('identities', () => {
  it('are moved, split off and cut, and come back by the undo of each, in whatever order', async () => {
    const [a, b] = [await begin('order-a'), await begin('order-b')]
    const second = await hear('order-a-2')
    await ask('persons.link', { personId: a.personId, authorId: second, method: 'agent-confirmed', ...GROUNDS })
    const split = await ask<{ personId: string; operationId: string }>('graph.split', {
      personId: a.personId,
      authorIds: [second],
      ...GROUNDS,
    })
    expect(await accountsOf(split.personId)).toEqual([second])
    const move = await ask<{ operationId: string }>('graph.move', {
      authorId: second,
      personId: b.personId,
      ...GROUNDS,
    })
    const cut = await ask<{ operationId: string }>('graph.cut', { authorId: second, reason: 'nobody knows' })
    expect(await accountsOf(b.personId)).toEqual([b.authorId])
    await undo(split.operationId)
    await undo(cut.operationId)
    expect((await accountsOf(b.personId)).toSorted()).toEqual([b.authorId, second].toSorted())
    await undo(move.operationId)
    expect((await accountsOf(a.personId)).toSorted()).toEqual([a.authorId, second].toSorted())
  })

  it('are refused to an inference where somebody cut them off, and where they are not stable', async () => {
    const { authorId, personId } = await begin('cut-off')
    const other = await begin('cut-other')
    await ask('graph.cut', { authorId, reason: 'not them' })
    const suggested = { method: 'suggested', evidence: {}, legalBasis: 'legitimate-interest' } as const
    const link = (of: string) => inWorkspace((tx) => linkIdentity(tx, { ...suggested, authorId: of, personId }, NOON))
    await expect(link(authorId)).rejects.toMatchObject({ code: 'author-cut' })
    await expect(link(await hear('a-nickname', null, { stable: false }))).rejects.toMatchObject({
      code: 'author-not-stable',
    })
    await expect(link(other.authorId)).rejects.toMatchObject({ code: 'author-linked' })
  })

  it('of contact points have the same standing, and are told apart by their normal form', async () => {
    const { personId } = await begin('contactable')
    const [mail, again, phone, site, number] = await inWorkspace(async (tx) => [
      await contactPoint(tx, { kind: 'mail', value: ' Eva@Bücher.example ' }, NOON),
      await contactPoint(tx, { kind: 'mail', value: 'eva@xn--bcher-kva.example' }, NOON),
      await contactPoint(tx, { kind: 'phone', value: '0421 361-0' }, NOON),
      await contactPoint(tx, { kind: 'site', value: 'HTTP://www.Example.org/eva/?utm_source=x&b=2&a=1#top' }, NOON),
      await contactPoint(tx, { kind: 'customer-number', scope: 'Salesforce', value: ' 0042 ' }, NOON),
    ])
    expect(again).toBe(mail)
    const names = await Promise.all(
      [mail, phone, site, number].map(async (authorId) => {
        const { name, kind } = await ask<{ name: string; kind: string }>('authors.get', { authorId })
        return [kind, name]
      }),
    )
    expect(names).toEqual([
      ['mail', 'eva@xn--bcher-kva.example'],
      ['phone', '+494213610'],
      ['site', 'https://example.org/eva?a=1&b=2'],
      ['customer-number', '0042'],
    ])
    await ask('persons.link', { personId, authorId: mail, method: 'customer-told', ...GROUNDS })
    expect(await accountsOf(personId)).toContain(mail)
    for (const [kind, value] of [
      ['mail', 'no address'],
      ['phone', '12'],
      ['site', 'nowhere'],
    ] as const)
      await expect(inWorkspace((tx) => contactPoint(tx, { kind, value }, NOON))).rejects.toMatchObject({
        code: 'contact-invalid',
      })
  })

  it('of contact points are typed by hand: looked up as they are kept, linked once, shared where they are another’s', async () => {
    const [eva, tom] = [await begin('typed-eva', 'Eva Typed'), await begin('typed-tom', 'Tom Typed')]
    const contact = { kind: 'phone', value: '0431 / 98 80' }
    const kept = { kind: 'phone', scope: '', value: '+494319880' }
    expect(await ask('graph.contactPoint', contact)).toEqual({ ...kept, authorId: null, person: null, sharedBy: [] })
    const told = { contact, method: 'customer-told', ...GROUNDS }
    const foreseen = await preview({ kind: 'contact', personId: eva.personId, contact })
    expect(foreseen.after[0]?.authors).toHaveLength(2)
    expect(await ask('graph.contactPoint', contact)).toMatchObject({ authorId: null })
    const { authorId } = await ask<{ authorId: string }>('graph.linkContactPoint', { personId: eva.personId, ...told })
    expect((await accountsOf(eva.personId)).toSorted()).toEqual([eva.authorId, authorId].toSorted())
    const whose = { ...kept, authorId, person: { personId: eva.personId, name: 'Eva Typed' } }
    expect(await ask('graph.contactPoint', { kind: 'phone', value: '+49 431 9880' })).toEqual({
      ...whose,
      sharedBy: [],
    })
    const another = { personId: tom.personId, ...told }
    expect(await refusal('graph.linkContactPoint', another)).toBe('author-linked')
    expect(await refusal('graph.preview', { kind: 'link', personId: tom.personId, authorId })).toBe('author-linked')
    const both = await preview({ kind: 'link', personId: tom.personId, authorId, shared: true })
    expect(both.after.map(({ authors }) => authors.length)).toEqual([2, 1])
    await ask('graph.linkContactPoint', { ...another, shared: true })
    expect(await ask('graph.contactPoint', contact)).toEqual({
      ...whose,
      sharedBy: [{ personId: tom.personId, name: 'Tom Typed' }],
    })
    expect((await person(tom.personId)).links).toMatchObject([{ author: { authorId }, holds: false }, { holds: true }])
  })

  it('of contact points are refused by hand where they are none, and where their owner asked to be forgotten', async () => {
    const { personId } = await begin('typed-refused')
    const identity = { network: 'mail', scope: '', networkId: 'gone@typed.example' }
    await inWorkspace((tx) => suppress(tx, app.services.secrets, identity, 'objection'))
    for (const [contact, code] of [
      [{ kind: 'mail', value: 'no address' }, 'contact-invalid'],
      [{ kind: 'phone', value: '12' }, 'contact-invalid'],
      [{ kind: 'customer-number', value: '4711' }, 'contact-system-invalid'],
      [{ kind: 'mail', value: 'Gone@typed.example' }, 'identity-suppressed'],
    ] as const) {
      expect(await refusal('graph.contactPoint', contact)).toBe(code)
      const link = { personId, contact, method: 'customer-told', ...GROUNDS }
      expect(await refusal('graph.linkContactPoint', link)).toBe(code)
    }
    expect(await accountsOf(personId)).toHaveLength(1)
  })

  it('have the same picture when its address is only signed anew, and another at another address', async () => {
    const authorId = await hear('pictured', null, { avatarUrl: 'https://cdn.example/one.jpg?sig=1' })
    for (const avatarUrl of ['https://cdn.example/one.jpg?sig=2', 'https://cdn.example/two.jpg?sig=3'])
      await hear('pictured', null, { avatarUrl })
    expect(await ask('authors.past', { authorId })).toMatchObject({
      items: [{ attribute: 'avatar', value: 'https://cdn.example/one.jpg?sig=2' }],
    })
  })

  it('show what they showed before, each until when', async () => {
    const authorId = await hear('past', 'Old Name', { bio: 'old bio' })
    const shows = (handle: string, name: string, bio: string, hours: number) =>
      inWorkspace((tx) =>
        rememberAuthors(
          tx,
          [
            {
              network: 'pond',
              scope: '',
              networkId: 'id-of-past',
              handle,
              name,
              avatarUrl: null,
              bio,
              url: null,
              followers: null,
              stable: true,
            },
          ],
          hoursLater(hours),
        ),
      )
    const hoursLater = (hours: number) => new Date(NOON.getTime() + hours * 3_600_000)
    await shows('past', 'New Name', 'new bio', 1)
    expect(await ask('authors.get', { authorId })).toMatchObject({
      name: 'New Name',
      past: [
        { attribute: 'bio', value: 'old bio', seenFrom: null, seenUntil: NOON.toISOString() },
        { attribute: 'name', value: 'Old Name' },
      ],
    })
    await shows('past.anew', 'New Name', 'third bio', 2)
    await shows('past.anew', 'New Name', 'fourth bio', 3)
    const { personId } = await ask<{ personId: string }>('persons.begin', { authorId, reason: 'rang the hotline' })
    const until = (hours: number) => hoursLater(hours).toISOString()
    expect(await ask('persons.get', { personId })).toMatchObject({
      formerly: [
        {
          authorId,
          count: 5,
          latest: [
            { attribute: 'bio', value: 'third bio', seenFrom: until(1), seenUntil: until(2) },
            { attribute: 'handle', value: 'past', seenFrom: until(0), seenUntil: until(1) },
            { attribute: 'name', value: 'Old Name', seenFrom: null, seenUntil: until(0) },
          ],
        },
      ],
    })
    const values: string[] = []
    let after: string | undefined
    do {
      const page = await ask<{ items: { value: string }[]; nextCursor: string | null }>('authors.past', {
        authorId,
        limit: 2,
        ...(after ? { after } : {}),
      })
      values.push(...page.items.map(({ value }) => value))
      after = page.nextCursor ?? undefined
    } while (after)
    expect(values).toEqual(['third bio', 'past', 'new bio', 'Old Name', 'old bio'])
    expect((await call('authors.past', { authorId: personId })).status).toBe(404)
  })
})

describe('fields of a person', () => {
  const nameOf = async (personId: string) => (await person(personId)).name
  const field = async (personId: string, name: string) =>
    (
      await ask<{
        fields: { field: string; candidates: { value: string; origin: string; source: string | null }[] }[]
      }>('graph.fields.get', { personId })
    ).fields.find((one) => one.field === name)?.candidates ?? []

  it('come from the strongest source, and fall back when it is cut', async () => {
    const { personId } = await begin('fieldy')
    const number = await inWorkspace(async (tx) => {
      const authorId = await contactPoint(tx, { kind: 'customer-number', scope: 'crm', value: 'F-1' }, NOON)
      await tellFields(tx, authorId, 'crm', { 'given-name': 'Fiona', 'family-name': 'Feld', city: 'Bremen' }, NOON)
      return authorId
    })
    const { operationId } = await ask<{ operationId: string }>('persons.link', {
      personId,
      authorId: number,
      method: 'agent-confirmed',
      ...GROUNDS,
    })
    expect(await nameOf(personId)).toBe('Fiona Feld')
    expect(await field(personId, 'city')).toMatchObject([{ value: 'Bremen', origin: 'system', source: 'crm' }])
    await ask('graph.fields.set', { personId, fields: { name: 'Fiona F.' } })
    expect((await field(personId, 'name')).map(({ origin, value }) => [origin, value])).toEqual([
      ['override', 'Fiona F.'],
      ['system', 'Fiona Feld'],
      ['account', 'fieldy'],
      ['account', 'F-1'],
    ])
    await ask('graph.fields.set', { personId, fields: { name: null } })
    expect(await nameOf(personId)).toBe('Fiona Feld')
    await undo(operationId)
    expect(await nameOf(personId)).toBe('fieldy')
    expect(await field(personId, 'city')).toEqual([])
  })

  it('follow an account that renames itself, a person’s name before a handle', async () => {
    const { personId } = await begin('renaming')
    await hear('renaming', 'TeeladenBremen')
    expect(await nameOf(personId)).toBe('TeeladenBremen')
    const second = await hear('renaming-2', 'Rena Meyer')
    await ask('persons.link', { personId, authorId: second, method: 'agent-confirmed', ...GROUNDS })
    expect(await nameOf(personId)).toBe('Rena Meyer')
  })

  it('believe systems in the order that the workspace states', async () => {
    const { personId, authorId } = await begin('systems')
    await inWorkspace(async (tx) => {
      await tellFields(tx, authorId, 'shop', { name: 'Shop Name' }, NOON)
      await tellFields(tx, authorId, 'erp', { name: 'Erp Name' }, new Date(NOON.getTime() + 1))
    })
    expect(await nameOf(personId)).toBe('Erp Name')
    await ask('graph.settings.save', { defaultCountry: null, fieldSources: ['shop'] })
    await renamePersons(app.services.database, app.workspace.workspaceId)
    expect(await nameOf(personId)).toBe('Shop Name')
    expect(await ask('graph.settings.get', {})).toMatchObject({
      countryOfTimeZone: 'DE',
      fieldSources: ['shop'],
      knownSources: ['crm', 'erp', 'shop'],
    })
  })

  it('refuse what is no language, no day and no word', async () => {
    const { personId } = await begin('refused-fields')
    const set = (fields: Record<string, string>) => refusal('graph.fields.set', { personId, fields })
    expect(await set({ language: 'German, mostly' })).toBe('field-invalid')
    expect(await set({ 'birth-date': '1990-02-30' })).toBe('field-invalid')
    expect(await call('graph.fields.set', { personId, fields: { 'No Word': 'x' } })).toMatchObject({ status: 400 })
    await ask('graph.fields.set', { personId, fields: { language: 'de-DE', 'birth-date': '1990-02-28' } })
    expect(await field(personId, 'language')).toMatchObject([{ value: 'de' }])
  })
})

describe('a preview', () => {
  it('says who would be together, what contradicts, and changes nothing', async () => {
    const [one, two] = [await begin('pre-1', 'Petra Preview'), await begin('pre-2')]
    await inWorkspace(async (tx) => {
      for (const [index, { personId }] of [one, two].entries()) {
        const authorId = await contactPoint(tx, { kind: 'customer-number', scope: 'crm', value: `P-${index}` }, NOON)
        await tellFields(tx, authorId, 'crm', { 'birth-date': `1990-01-0${index + 1}`, company: 'Nordwind' }, NOON)
        await linkIdentity(tx, { authorId, personId, method: 'imported', evidence: {}, legalBasis: 'contract' }, NOON)
      }
    })
    await ask('profile.addNote', { personId: two.personId, text: 'likes tea' })
    const seen = await preview({ kind: 'merge', personIds: [one.personId, two.personId] })
    expect(seen.before.map(({ personId }) => personId)).toEqual([one.personId, two.personId])
    expect(seen.after).toMatchObject([{ personId: one.personId }])
    expect(seen.after[0]?.authors).toHaveLength(4)
    expect(seen.after[0]?.facts).toContainEqual({ fact: 'notes', count: 1 })
    expect(seen.conflicts.map(({ conflict, of, values }) => [conflict, of, values])).toEqual([
      ['birth-dates', null, ['1990-01-01', '1990-01-02']],
      ['customer-numbers', 'crm', ['P-0', 'P-1']],
    ])
    expect(seen.seenBy).toContain('viewer')
    expect((await person(two.personId)).personId).toBe(two.personId)
    expect(await history(two.personId)).toHaveLength(2)
  })

  it('says that an objection of one holds for both, and nothing of it when both objected', async () => {
    const [one, two] = [await begin('obj-1'), await begin('obj-2')]
    const objection = (personId: string) =>
      inWorkspace((tx) =>
        object(tx, { personId, kind: 'contact', reason: 'asked by letter', channel: 'letter', at: NOON }),
      )
    await objection(two.personId)
    const act = { kind: 'merge', personIds: [one.personId, two.personId] }
    expect((await preview(act)).conflicts).toMatchObject([{ conflict: 'objection-contact' }])
    await objection(one.personId)
    expect((await preview(act)).conflicts).toEqual([])
  })

  it('of an undo says what comes back, what stands on it, and what is gone for good', async () => {
    const [one, two] = [await begin('und-1'), await begin('und-2')]
    const merged = await merge([one.personId, two.personId])
    const third = await hear('und-3')
    await ask('persons.link', { personId: two.personId, authorId: third, method: 'agent-confirmed', ...GROUNDS })
    const seen = await preview({ kind: 'undo', operationId: merged.operationId })
    expect(seen.before).toHaveLength(1)
    expect(seen.after.map(({ authors }) => authors.map(({ authorId }) => authorId))).toEqual([
      [one.authorId],
      [two.authorId, third],
    ])
    expect(seen.later).toMatchObject([{ kind: 'link', persons: [{ personId: two.personId }] }])
    await inWorkspace((tx) => erasePerson(tx, one.personId, NOON))
    expect(await preview({ kind: 'undo', operationId: merged.operationId })).toMatchObject({
      after: [],
      erased: { persons: 2, authors: 0 },
    })
    await undo(merged.operationId)
    expect((await call('persons.get', { personId: two.personId })).status).toBe(404)
  })
})

describe('acts in bulk', () => {
  it('have a result each, and do nothing twice under a key', async () => {
    const [one, two] = [await begin('bulk-1'), await begin('bulk-2')]
    const acts = [
      { key: 'k1', act: { kind: 'merge', personIds: [one.personId, two.personId], ...GROUNDS } },
      { key: 'k2', act: { kind: 'field', personId: two.personId, fields: { city: 'Emden' } } },
      { key: 'k3', act: { kind: 'cut', authorId: one.personId, reason: 'no such' } },
    ]
    interface Results {
      results: { key: string; state: string; operationId: string | null; error: { code: string } | null }[]
    }
    const first = (await ask<Results>('graph.bulk', { acts })).results
    expect(first).toMatchObject([
      { key: 'k1', state: 'done' },
      { key: 'k2', state: 'done' },
      { key: 'k3', state: 'refused', error: { code: 'author-unknown' } },
    ])
    const again = (await ask<Results>('graph.bulk', { acts })).results
    expect(again.map(({ state, operationId }) => [state, operationId])).toEqual([
      ['repeated', first[0]?.operationId],
      ['repeated', first[1]?.operationId],
      ['refused', null],
    ])
    expect((await history(one.personId)).filter(({ kind }) => kind === 'merge')).toHaveLength(1)
    const other = { key: 'k1', act: { kind: 'cut', authorId: one.authorId, reason: 'else' } }
    expect((await ask<Results>('graph.bulk', { acts: [other] })).results).toMatchObject([
      { state: 'refused', error: { code: 'request-differs' } },
    ])
  })
})

it('takes one act at a time in a workspace, and lets people begin meanwhile', async () => {
  const waiting = await begin('waiting')
  let release = () => {}
  const held = new Promise<void>((resolve) => (release = resolve))
  const holding = inWorkspace(async (tx) => {
    await lockGraph(tx)
    await held
  })
  const change = ask('graph.fields.set', { personId: waiting.personId, fields: { city: 'Leer' } })
  // Nothing but its own account's row is asked for.
  await begin('not-waiting')
  release()
  await holding
  await change
})
