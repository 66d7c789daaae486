import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { SYSTEM } from '../../platform/events.ts'
import { createTestApp, type TestApp } from '../../testing/app.ts'
import { beginPersonOf, contactPoint, mergePersons, moveIdentity, undoOperation } from '../graph/index.ts'
import { tellMembership } from './told.ts'

let app: TestApp
beforeAll(async () => {
  app = await createTestApp()
})
afterAll(() => app.close())

const NOON = new Date('2026-11-20T12:00:00Z')
const inWorkspace = <T>(work: Parameters<typeof app.services.database.inWorkspace<T>>[2]) =>
  app.services.database.inWorkspace(app.workspace.workspaceId, SYSTEM, work)
const as = () => ({ cookie: app.workspace.owner.cookie, workspaceId: app.workspace.workspaceId })
const call = (path: string, input: unknown) => app.call(`people.organisations.${path}`, input, as())
const ask = async <Answer>(path: string, input: unknown): Promise<Answer> => {
  const answer = await call(path, input)
  if (answer.status !== 200) throw new Error(`${path} answered ${answer.status}: ${JSON.stringify(answer.body)}`)
  return answer.body as Answer
}
interface Membership {
  membershipId: string
  organisation: { organisationId: string; name: string }
  person: { personId: string } | null
  role: string
  method: string
  withdrawn: { because: string } | null
}
interface Organisation {
  organisationId: string
  name: string
  keys: { value: string }[]
  members: Membership[]
  accounts: { author: { authorId: string } }[]
  merges: { mergeId: string }[]
}
const create = async (name: string) => (await ask<{ organisationId: string }>('create', { name })).organisationId
const get = (organisationId: string) => ask<Organisation>('get', { organisationId })
const ofPerson = (personId: string) =>
  ask<{ memberships: Membership[]; proposals: { organisation: { organisationId: string }; authorId: string }[] }>(
    'ofPerson',
    { personId },
  )
const begin = (mail: string) =>
  inWorkspace(async (tx) => {
    const authorId = await contactPoint(tx, { kind: 'mail', value: mail }, NOON)
    const beginning = { authorId, because: 'imported', reason: '', evidence: {}, legalBasis: 'contract' } as const
    return { authorId, personId: (await beginPersonOf(tx, beginning, NOON)).personId }
  })

describe('an organisation', () => {
  it('has people since a day and in a role; a wrong one is taken back and stays readable', async () => {
    const organisationId = await create('Nordwind Teehandel GmbH')
    const { personId } = await begin('mara@teehandel.example')
    const member = { organisationId, personId, role: 'Purchasing', speaks: true, since: '2024-01-01' }
    const { membershipId } = await ask<{ membershipId: string }>('addMember', member)
    await ask('updateMember', { membershipId, until: '2026-06-30' })
    expect((await call('updateMember', { membershipId, until: '2020-01-01' })).status).toBe(400)
    expect((await ofPerson(personId)).memberships).toMatchObject([
      { role: 'Purchasing', speaks: true, since: '2024-01-01', until: '2026-06-30', method: 'agent-confirmed' },
    ])
    await ask('withdrawMember', { membershipId, reason: 'another Mara' })
    expect((await get(organisationId)).members).toMatchObject([{ withdrawn: { because: 'another Mara' } }])
    expect((await call('withdrawMember', { membershipId, reason: 'twice' })).status).toBe(409)
  })

  it('merges with another and parts again, whatever was said of each meanwhile', async () => {
    const [one, other, third] = [
      await create('Kräuterhof'),
      await create('Kräuterhof Nord'),
      await create('Kräuterhof Süd'),
    ]
    const { personId } = await begin('jan@kraeuterhof.example')
    const { mergeId, organisationId } = await ask<{ mergeId: string; organisationId: string }>('merge', {
      organisationId: other,
      sameAs: one,
      reason: 'moved',
    })
    expect(organisationId).toBe(one)
    await ask('merge', { organisationId: third, sameAs: other, reason: 'moved too' })
    await ask('addMember', { organisationId: other, personId })
    expect((await get(third)).members).toHaveLength(1)
    expect((await call('merge', { organisationId: third, sameAs: one, reason: 'again' })).status).toBe(409)
    await ask('undoMerge', { mergeId, reason: 'two after all' })
    expect((await get(one)).members).toHaveLength(0)
    expect(await get(third)).toMatchObject({ organisationId: other, members: [{ person: { personId } }] })
    expect((await call('undoMerge', { mergeId, reason: 'again' })).status).toBe(404)
  })

  it('is proposed to people with its domain, never said of them by itself; a refusal is remembered', async () => {
    const organisationId = await create('Hafenrösterei')
    await ask('addKey', { organisationId, kind: 'domain', value: 'https://www.hafenroesterei.de/kontakt' })
    expect((await get(organisationId)).keys).toMatchObject([{ value: 'hafenroesterei.de' }])
    expect((await call('addKey', { organisationId, kind: 'domain', value: 'gmail.com' })).status).toBe(400)
    const [yes, no, free] = [
      await begin('lea@mail.hafenroesterei.de'),
      await begin('ben@hafenroesterei.de'),
      await begin('lea@gmail.com'),
    ]
    expect((await ofPerson(free.personId)).proposals).toEqual([])
    expect(await ofPerson(yes.personId)).toMatchObject({ memberships: [], proposals: [{ authorId: yes.authorId }] })
    await ask('answerProposal', { organisationId, authorId: yes.authorId, belongs: true })
    await ask('answerProposal', { organisationId, authorId: no.authorId, belongs: false })
    expect(await ofPerson(yes.personId)).toMatchObject({ memberships: [{ method: 'suggested' }], proposals: [] })
    expect(await ofPerson(no.personId)).toMatchObject({ memberships: [], proposals: [] })
  })

  it('is told who has an address of its domain and is not said to belong to it; an answer ends the question', async () => {
    const organisationId = await create('Fährkontor')
    const proposed = async () =>
      ((await get(organisationId)) as unknown as { proposals: { authorId: string; mail: string }[] }).proposals
    const [yes, no, said] = [
      await begin('ida@faehrkontor.de'),
      await begin('uwe@faehrkontor.de'),
      await begin('eva@faehrkontor.de'),
    ]
    await begin('ida@anderes-kontor.de')
    await ask('addMember', { organisationId, personId: said.personId })
    expect(await proposed()).toEqual([])
    await ask('addKey', { organisationId, kind: 'domain', value: 'faehrkontor.de' })
    expect((await proposed()).map(({ mail }) => mail).sort()).toEqual(['ida@faehrkontor.de', 'uwe@faehrkontor.de'])
    await ask('answerProposal', { organisationId, authorId: yes.authorId, belongs: true })
    await ask('answerProposal', { organisationId, authorId: no.authorId, belongs: false })
    expect(await proposed()).toEqual([])
    expect((await ofPerson(yes.personId)).memberships).toMatchObject([{ method: 'suggested' }])
  })

  it('speaks through accounts that are nobody’s; a person’s account is refused', async () => {
    const organisationId = await create('Klinkerlaut')
    const authorId = await inWorkspace((tx) =>
      contactPoint(tx, { kind: 'mail', value: 'info@klinkerlaut.example' }, NOON),
    )
    const { claimId } = await ask<{ claimId: string }>('claimAccount', { organisationId, authorId, reason: 'imprint' })
    const speakers = async () => (await get(organisationId)).accounts.map(({ author }) => author.authorId)
    expect(await speakers()).toEqual([authorId])
    expect((await call('claimAccount', { organisationId, authorId, reason: 'again' })).status).toBe(409)
    const person = await begin('chef@klinkerlaut.example')
    expect((await call('claimAccount', { organisationId, authorId: person.authorId, reason: 'x' })).status).toBe(409)
    await ask('withdrawAccount', { claimId, reason: 'sold' })
    expect(await speakers()).toEqual([])
  })
})

describe('a membership', () => {
  it('said of an identity moves with it, and one said of a person comes back when a merge is undone', async () => {
    const organisationId = await create('Ostufer')
    const [one, other] = [await begin('a@ostufer.example'), await begin('b@ostufer.example')]
    await inWorkspace((tx) =>
      tellMembership(tx, one.authorId, { name: 'Ostufer', role: 'Sales' }, { system: 'crm', at: NOON }),
    )
    expect((await ofPerson(one.personId)).memberships).toMatchObject([
      { organisation: { organisationId }, role: 'Sales' },
    ])
    const grounds = { method: 'agent-confirmed', evidence: {}, legalBasis: 'contract' } as const
    await inWorkspace((tx) => moveIdentity(tx, { authorId: one.authorId, personId: other.personId, ...grounds }, NOON))
    expect((await ofPerson(one.personId)).memberships).toEqual([])
    expect((await ofPerson(other.personId)).memberships).toHaveLength(1)
    const third = await begin('c@ostufer.example')
    await ask('addMember', { organisationId, personId: third.personId })
    const { operationId } = await inWorkspace((tx) =>
      mergePersons(tx, { personIds: [other.personId, third.personId], ...grounds }, NOON),
    )
    expect((await ofPerson(other.personId)).memberships).toHaveLength(2)
    await inWorkspace((tx) => undoOperation(tx, operationId, 'wrong', NOON))
    expect((await ofPerson(other.personId)).memberships).toHaveLength(1)
  })

  it('told again by the same record is no news; another role replaces it and keeps what was', async () => {
    const { authorId, personId } = await begin('x@westufer.example')
    const tell = (role: string) =>
      inWorkspace((tx) => tellMembership(tx, authorId, { name: 'Westufer AG', role }, { system: 'crm', at: NOON }))
    expect([await tell('Trainee'), await tell('Trainee'), await tell('Head')]).toEqual([true, false, true])
    const { memberships } = await ofPerson(personId)
    expect(memberships.map(({ role, withdrawn }) => [role, withdrawn !== null]).sort()).toEqual([
      ['Head', false],
      ['Trainee', true],
    ])
  })

  it('of an unknown person or organisation is refused, and another workspace sees nothing', async () => {
    const organisationId = await create('Alsterblick')
    const unknown = '01990000-0000-7000-8000-000000000000'
    expect((await call('addMember', { organisationId, personId: unknown })).status).toBe(404)
    expect((await call('get', { organisationId: unknown })).status).toBe(404)
    const { owner, workspaceId } = await app.createWorkspace('Südwind')
    const there = { cookie: owner.cookie, workspaceId }
    expect((await app.call('people.organisations.get', { organisationId }, there)).status).toBe(404)
  })
})

it('organisations are listed by name, merged ones once', async () => {
  const [one, other] = [await create('Zimtstern'), await create('Zimtstern Berlin')]
  await ask('merge', { organisationId: other, sameAs: one, reason: 'branch' })
  const { items } = await ask<{ items: { name: string }[] }>('list', { search: 'zimt' })
  expect(items.map(({ name }) => name)).toEqual(['Zimtstern'])
})
