import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { SYSTEM } from '../../platform/events.ts'
import { createTestApp, type TestApp } from '../../testing/app.ts'
import { contactPoint, cutIdentity, linkIdentity, lockGraph } from '../graph/index.ts'
import { suppress } from '../suppression.ts'

let app: TestApp
beforeAll(async () => {
  app = await createTestApp()
})
afterAll(() => app.close())

const NOON = new Date('2026-11-20T12:00:00Z')
const inWorkspace = <T>(work: Parameters<typeof app.services.database.inWorkspace<T>>[2]) =>
  app.services.database.inWorkspace(app.workspace.workspaceId, SYSTEM, work)
const rows = <Row>(query: ReturnType<typeof sql<Row>>) => inWorkspace(async (tx) => (await query.execute(tx.sql)).rows)
const as = () => ({ cookie: app.workspace.owner.cookie, workspaceId: app.workspace.workspaceId })
const call = (path: string, input: unknown) => app.call(`people.contacts.${path}`, input, as())
const ask = async <Answer>(path: string, input: unknown): Promise<Answer> => {
  const answer = await call(path, input)
  if (answer.status !== 200) throw new Error(`${path} answered ${answer.status}: ${JSON.stringify(answer.body)}`)
  return answer.body as Answer
}
interface Outcome {
  outcome: string
  personId: string | null
  updatedAt: string | null
  problems: { code: string }[]
}
interface Contact {
  person: { personId: string; name: string } | null
  fields: Record<string, string>
  mails: string[]
  phones: string[]
  doNotContact: boolean
  updatedAt: string
}
interface Proposals {
  items: {
    proposalId: string
    record: { externalId: string; name: string }
    candidates: { personId: string; name: string }[]
  }[]
}
const put = (externalId: string, contact: object, system = 'crm') =>
  ask<Outcome>('put', { system, externalId, legalBasis: 'contract', ...contact })
const get = (externalId: string, system = 'crm') => ask<Contact>('get', { system, externalId })
const proposalOf = async (externalId: string) => {
  const { items } = await ask<Proposals>('proposals', {})
  return items.find(({ record }) => record.externalId === externalId)
}
const personOfMail = async (mail: string) =>
  (
    await rows(
      sql<{ person_id: string | null }>`select person_id from author where network = 'mail' and network_id = ${mail}`,
    )
  )[0]?.person_id

describe('many records in one call', () => {
  it('leave others a turn in between, and each has its outcome in the order given', async () => {
    const contacts = Array.from({ length: 150 }, (_, number) => ({
      externalId: `many-${number}`,
      legalBasis: 'contract',
      familyName: `Vielmann ${number}`,
      mails: [`many-${number}@viel.example`],
    }))
    let told = false
    const telling = ask<{ outcomes: (Outcome & { externalId: string })[] }>('putMany', { system: 'crm', contacts })
    void telling.finally(() => (told = true)).catch(() => {})
    let turns = 0
    while (!told) {
      await inWorkspace((tx) => lockGraph(tx))
      if (!told) turns++
      await new Promise((resolve) => setTimeout(resolve, 20))
    }
    const { outcomes } = await telling
    expect(turns).toBeGreaterThan(0)
    expect(outcomes.map(({ externalId }) => externalId)).toEqual(contacts.map(({ externalId }) => externalId))
    expect(new Set(outcomes.map(({ outcome }) => outcome))).toEqual(new Set(['begun']))
    // A call that broke off is sent again as it is.
    const again = await ask<{ outcomes: Outcome[] }>('putMany', { system: 'crm', contacts: contacts.slice(0, 20) })
    expect(new Set(again.outcomes.map(({ outcome }) => outcome))).toEqual(new Set(['unchanged']))
  })
})

describe('a record of another system', () => {
  it('begins somebody, and telling it again changes nothing', async () => {
    const contact = {
      givenName: 'Mara',
      familyName: 'Quitte',
      mails: ['Mara@Quitte.example'],
      phones: ['+49 40 1234567'],
      city: 'Hamburg',
    }
    const begun = await put('1', contact)
    expect(begun).toMatchObject({ outcome: 'begun', problems: [] })
    expect(await put('1', contact)).toMatchObject({ outcome: 'unchanged', personId: begun.personId })
    expect(await get('1')).toMatchObject({
      person: { personId: begun.personId, name: 'Mara Quitte' },
      fields: { 'given-name': 'Mara', city: 'Hamburg' },
      mails: ['mara@quitte.example'],
      phones: ['+49401234567'],
    })
    expect(await personOfMail('mara@quitte.example')).toBe(begun.personId)
  })

  it('leaves what is absent, clears what is null, and a list is whole', async () => {
    await put('2', { name: 'Jan', city: 'Utrecht', mails: ['jan@a.example', 'jan@b.example'] })
    expect(await put('2', { city: null, mails: ['jan@b.example'] })).toMatchObject({ outcome: 'changed' })
    expect(await get('2')).toMatchObject({ fields: { name: 'Jan' }, mails: ['jan@b.example'], person: { name: 'Jan' } })
    expect((await get('2')).fields.city).toBeUndefined()
    expect(await personOfMail('jan@a.example')).toBeNull()
    expect(await personOfMail('jan@b.example')).not.toBeNull()
  })

  it('is refused to whoever did not see the last change', async () => {
    const { updatedAt } = await put('3', { name: 'Lea' })
    await put('3', { name: 'Lea Lang' })
    expect(await put('3', { name: 'Lea Kurz', ifUpdatedAt: updatedAt })).toMatchObject({ outcome: 'changed-meanwhile' })
    expect((await get('3')).fields.name).toBe('Lea Lang')
  })

  it('that is deleted takes what it said with it and leaves the person, and comes back when told again', async () => {
    const { personId } = await put('4', { name: 'Ben Berg', mails: ['ben@berg.example'] })
    await put('40', { name: 'B. Berg', city: 'Kiel', numbers: [{ system: 'crm', number: '4' }] }, 'shop')
    await ask('remove', { system: 'crm', externalId: '4' })
    expect((await call('get', { system: 'crm', externalId: '4' })).status).toBe(404)
    expect((await get('40', 'shop')).person).toMatchObject({ personId, name: 'B. Berg' })
    expect(await personOfMail('ben@berg.example')).toBeNull()
    expect((await call('remove', { system: 'crm', externalId: '4' })).status).toBe(404)
    await put('4', { name: 'Ben Berg', mails: ['ben@berg.example'] })
    expect((await get('4')).person).not.toBeNull()
  })

  it('of who asked to be forgotten is refused', async () => {
    await inWorkspace((tx) =>
      suppress(tx, app.services.secrets, { network: 'mail', scope: '', networkId: 'gone@example.org' }, 'erasure'),
    )
    expect(await put('5', { name: 'Gone', mails: ['gone@example.org'] })).toMatchObject({
      outcome: 'refused',
      problems: [{ code: 'suppressed' }],
    })
    expect(await rows(sql`select from author where network = 'customer-number' and network_id = '5'`)).toEqual([])
  })

  it('keeps consents once with the words under which they were given, and an objection', async () => {
    const consent = {
      purpose: 'contact',
      given: true,
      text: 'Ja, schreiben Sie mir.',
      language: 'de',
      channel: 'letter',
    }
    await put('6', { name: 'Ina', consents: [consent] })
    await put('6', { name: 'Ina', consents: [consent], doNotContact: true })
    expect(await rows(sql`select given, text, channel from consent`)).toEqual([
      { given: true, text: 'Ja, schreiben Sie mir.', channel: 'letter' },
    ])
    expect((await get('6')).doNotContact).toBe(true)
  })
})

describe('duplicates', () => {
  it('by an equal address are proposed, not made: joined or told apart by a person', async () => {
    const { personId } = await put('10', { name: 'Rosa Reh', mails: ['rosa@reh.example'] })
    expect(await put('11', { name: 'R. Reh', mails: ['rosa@reh.example'] })).toMatchObject({ outcome: 'possible' })
    expect(await put('12', { name: 'Rolf Reh', mails: ['rosa@reh.example'] })).toMatchObject({ outcome: 'possible' })
    expect(
      await rows(sql`select from author where network = 'customer-number' and network_id in ('11', '12')`),
    ).toEqual([])
    const same = await proposalOf('11')
    expect(same?.candidates).toMatchObject([{ personId, name: 'Rosa Reh' }])
    await ask('decide', { proposalId: same?.proposalId, decision: 'same', personId })
    expect((await get('11')).person?.personId).toBe(personId)
    expect((await call('decide', { proposalId: same?.proposalId, decision: 'another' })).status).toBe(409)
    const apart = await proposalOf('12')
    const decided = await ask<{ personId: string }>('decide', { proposalId: apart?.proposalId, decision: 'another' })
    expect(decided.personId).not.toBe(personId)
    expect(await personOfMail('rosa@reh.example')).toBe(personId)
    expect(await put('12', { name: 'Rolf Reh', mails: ['rosa@reh.example'] })).toMatchObject({ outcome: 'unchanged' })
    expect(await proposalOf('12')).toBeUndefined()
  })

  it('cannot be taken in when who is behind them was erased while they waited; only left out', async () => {
    const { personId } = await put('16', { name: 'Ilse', mails: ['ilse@example.org'] })
    await put('17', { name: 'Ilse H.', mails: ['ilse@example.org', 'ilse.h@example.org'] })
    const { proposalId } = (await proposalOf('17')) as { proposalId: string }
    await inWorkspace((tx) =>
      suppress(tx, app.services.secrets, { network: 'mail', scope: '', networkId: 'ilse.h@example.org' }, 'erasure'),
    )
    for (const decided of [{ decision: 'another' }, { decision: 'same', personId }])
      expect(await call('decide', { proposalId, ...decided })).toMatchObject({
        status: 409,
        body: { data: { code: 'proposal-suppressed' } },
      })
    expect(await rows(sql`select from author where network_id in ('17', 'ilse.h@example.org')`)).toEqual([])
    await ask('decide', { proposalId, decision: 'left-out' })
    expect(await proposalOf('17')).toBeUndefined()
  })

  it('that are left out stay out when they are told again', async () => {
    await put('13', { name: 'Uwe', mails: ['uwe@example.org'] })
    await put('14', { name: 'Uwe too', mails: ['uwe@example.org'] })
    const { proposalId } = (await proposalOf('14')) as { proposalId: string }
    await ask('decide', { proposalId, decision: 'left-out' })
    expect(await put('14', { name: 'Uwe too', mails: ['uwe@example.org'] })).toMatchObject({ outcome: 'left-out' })
  })

  it('by what the customer proved are the same person, and by another system’s number too', async () => {
    const { personId } = await put('20', { name: 'Eva', mails: ['eva@example.org'] })
    await inWorkspace(async (tx) => {
      const authorId = await contactPoint(tx, { kind: 'mail', value: 'eva@example.org' }, NOON)
      const proof = { method: 'customer-proved', evidence: {}, legalBasis: 'consent' } as const
      await linkIdentity(tx, { authorId, personId: personId as string, ...proof }, NOON)
    })
    expect(await put('21', { name: 'Eva E.', mails: ['eva@example.org'] })).toMatchObject({
      outcome: 'joined',
      personId,
    })
    const numbers = [{ system: 'crm', number: '21' }]
    expect(await put('S-1', { name: 'E.', numbers }, 'shop')).toMatchObject({ outcome: 'joined', personId })
  })

  it('are shared or joined for a whole source where whoever brought it said so', async () => {
    const { personId } = await put('30', { name: 'Oma', phones: ['+49 30 7654321'] })
    const shared = await put('31', { name: 'Enkel', phones: ['+49 30 7654321'], inUse: 'share' })
    expect(shared.outcome).toBe('begun')
    expect(shared.personId).not.toBe(personId)
    expect(
      await rows(
        sql`select shared from person_link where person_id = ${shared.personId} and withdrawn_at is null order by shared`,
      ),
    ).toEqual([{ shared: false }, { shared: true }])
    await put('32', { name: 'Ida', mails: ['ida@example.org'] })
    expect((await put('33', { name: 'Ida I.', mails: ['ida@example.org'], inUse: 'join' })).outcome).toBe('joined')
  })

  it('that an update brings are asked about; what it says beside stands, and the same is merged so that it can be undone', async () => {
    const { personId: older } = await put('35', { name: 'Ada', mails: ['ada@example.org'] })
    const { personId: younger } = await put('36', { name: 'A. Beer', mails: ['beer@example.org'] })
    expect(await put('36', { name: 'Ada Beer', mails: ['beer@example.org', 'ada@example.org'] })).toMatchObject({
      outcome: 'changed',
      personId: younger,
    })
    expect((await get('36')).person?.name).toBe('Ada Beer')
    const proposal = await proposalOf('36')
    await ask('decide', { proposalId: proposal?.proposalId, decision: 'same', personId: older })
    expect((await get('36')).person?.personId).toBe(older)
    expect(await rows(sql`select from person_merge where withdrawn_at is null`)).toHaveLength(1)
  })

  it('are not made of what a person cut off: it stays cut', async () => {
    const { personId } = await put('37', { name: 'Tom', mails: ['team@example.org'] })
    await inWorkspace(async (tx) => {
      const authorId = await contactPoint(tx, { kind: 'mail', value: 'team@example.org' }, NOON)
      await cutIdentity(tx, { authorId, reason: 'everybody reads it' }, NOON)
    })
    expect(await put('38', { name: 'Tim', mails: ['team@example.org'] })).toMatchObject({ outcome: 'begun' })
    expect(await personOfMail('team@example.org')).toBeNull()
    expect((await get('37')).person?.personId).toBe(personId)
  })
})

describe('many records', () => {
  it('each have an outcome, and what is wrong with one leaves the others alone', async () => {
    const contact = (externalId: string, change: object) => ({ externalId, legalBasis: 'contract', ...change })
    const { outcomes } = await ask<{ outcomes: Outcome[] }>('putMany', {
      system: 'crm',
      contacts: [
        contact('50', { name: 'One', mails: ['one@many.example'] }),
        contact('51', { name: 'Two', mails: ['not an address'] }),
        contact('50', { name: 'One', mails: ['one@many.example'] }),
        contact('52', { name: 'Three', mails: ['one@many.example'] }),
      ],
    })
    expect(outcomes.map(({ outcome, problems }) => [outcome, ...problems.map(({ code }) => code)])).toEqual([
      ['begun'],
      ['begun', 'mail-left-out'],
      ['unchanged'],
      ['possible'],
    ])
  })

  it('are refused above a thousand, to who may not, and to another workspace', async () => {
    const contacts = Array.from({ length: 1_001 }, (_, index) => ({ externalId: `${index}`, legalBasis: 'contract' }))
    expect((await call('putMany', { system: 'crm', contacts })).status).toBe(400)
    const agent = await app.join(app.workspace.workspaceId, 'agent')
    const asAgent = { cookie: agent.cookie, workspaceId: app.workspace.workspaceId }
    const input = { system: 'crm', externalId: '1', legalBasis: 'contract' }
    expect((await app.call('people.contacts.put', input, asAgent)).status).toBe(403)
    const { owner, workspaceId } = await app.createWorkspace('Südwind')
    const there = { cookie: owner.cookie, workspaceId }
    expect((await app.call('people.contacts.get', { system: 'crm', externalId: '1' }, there)).status).toBe(404)
  })
})

describe('what changed about records of a system', () => {
  it('is told in order, once, and goes on where it was left', async () => {
    interface Changes {
      items: { externalId: string; deleted: boolean; personId: string | null }[]
      nextCursor: string
      more: boolean
    }
    const changes = async (after: string) => {
      const read: Changes['items'] = []
      for (let cursor = after; ; ) {
        const page = await ask<Changes>('changes', { system: 'erp', after: cursor, limit: 2 })
        read.push(...page.items)
        cursor = page.nextCursor
        if (!page.more) return { read: read.map(({ externalId }) => externalId), cursor, last: page.items.at(-1) }
      }
    }
    for (const externalId of ['A', 'B', 'C']) await put(externalId, { name: externalId }, 'erp')
    const first = await changes('0')
    expect(first.read).toEqual(['A', 'B', 'C'])
    expect((await changes(first.cursor)).read).toEqual([])
    await put('B', { name: 'Bea' }, 'erp')
    await put('Z', { name: 'of another system' }, 'crm')
    await ask('remove', { system: 'erp', externalId: 'C' })
    const second = await changes(first.cursor)
    expect(second.read).toEqual(['B', 'C'])
    expect(second.last).toMatchObject({ externalId: 'C', deleted: true, personId: null })
    expect((await call('changes', { system: 'erp', after: 'x' })).status).toBe(400)
  })
})
