import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Desk, openDesk } from '../inbox/testing/desk.ts'
import { contactPoint, linkIdentity } from '../people/index.ts'
import { queryAsAdmin } from '../platform/testing/database.ts'
import { rowsAbout } from '../privacy/access/collecting.ts'
import { subjectOf } from '../privacy/register/subjects.ts'
import { proofsData } from './personal-data.ts'
import { proofsRetention } from './retention.ts'
import { allowCodes, nameMailServer, offerProofs, visitAs } from './testing/customer.ts'

let desk: Desk
beforeAll(async () => {
  desk = await openDesk()
  await allowCodes(desk.app)
  await nameMailServer(desk.app)
  await offerProofs(desk.app)
})
afterAll(() => desk?.close())

const visit = async () => {
  await queryAsAdmin(desk.app.test.admin, 'truncate system.rate_limit')
  return visitAs(desk.app, { slug: desk.app.workspace.slug, language: 'de' })
}
const personIdOf = async (networkId: string) =>
  (await desk.rows(sql<{ person_id: string }>`select person_id from author where network_id = ${networkId}`))[0]
    ?.person_id ?? ''

/** Saskia, with whom we put an address, and a stranger who proves that it is theirs. */
async function inQuestion(name: string) {
  const address = `${name}.shared@example.org`
  await (await visit()).proveMail(`${name}@example.org`)
  const saskia = await personIdOf(`${name}@example.org`)
  await desk.inWorkspace(async (tx) => {
    const authorId = await contactPoint(tx, { kind: 'mail', value: address }, new Date())
    const grounds = { method: 'imported', legalBasis: 'contract', evidence: {} } as const
    await linkIdentity(tx, { authorId, personId: saskia, ...grounds }, new Date())
  })
  const stranger = await visit()
  expect((await stranger.proveMail(address)).body.outcome).toBe('before-staff')
  const { items } = await desk.ask<{ items: { questionId: string; shown: string }[] }>('proofs.questions.list', {})
  const questionId = items.find(({ shown }) => shown === address)?.questionId
  const decide = (decision: string) => desk.ask('proofs.questions.decide', { questionId, decision })
  return { saskia, address, decide }
}
const agreementsOf = async (personId: string) =>
  (await desk.ask<{ consents: unknown[] }>('privacy.consents.ofPerson', { personId })).consents.length

/** Addresses of the attempts in somebody's copy. */
const provedInCopyOf = (personId: string) =>
  desk.inWorkspace(async (tx) => {
    const table = proofsData.find((one) => one.table === 'proof')
    if (!table || !('export' in table) || typeof table.export !== 'function') throw new Error('proofs are handed out')
    const shown: unknown[] = []
    const subject = await subjectOf(tx, personId)
    for await (const row of rowsAbout(tx, { ...table, export: table.export }, subject)) shown.push(row.network_id)
    return shown.toSorted()
  })

describe('what somebody said whose proof is in question', () => {
  it('is in nobody’s ledger and in no copy until it is decided, and is kept with the attempt', async () => {
    const { saskia, address } = await inQuestion('open')
    expect(await agreementsOf(saskia)).toBe(1)
    expect(await provedInCopyOf(saskia)).toEqual(['open@example.org'])
    const kept = await desk.rows(sql<{ text: string; language: string }>`
      select consent_text as text, language from proof where network_id = ${address}`)
    expect(kept).toEqual([{ text: expect.stringContaining('mit meiner Person verbindet'), language: 'de' }])
  })

  it('goes to whom the decision says, as of when it was said', async () => {
    const { saskia, address, decide } = await inQuestion('moved')
    await decide('move')
    const theirs = await personIdOf(address)
    expect(theirs).not.toBe(saskia)
    expect([await agreementsOf(saskia), await agreementsOf(theirs)]).toEqual([1, 1])
    expect(await provedInCopyOf(saskia)).toEqual(['moved@example.org'])
    expect(await provedInCopyOf(theirs)).toEqual([address])
    const ledger = await desk.ask<{ items: { author: { name: string } | null; person: { personId: string } }[] }>(
      'privacy.consents.list',
      { limit: 50 },
    )
    expect(ledger.items.find(({ author }) => author?.name === address)?.person.personId).toBe(theirs)
    const said = await desk.rows(sql`select c.stated_at = p.ended_at as punctual from consent c
      join proof p on p.workspace_id = c.workspace_id and p.author_id = c.author_id where p.network_id = ${address}`)
    expect(said).toEqual([{ punctual: true }])
  })

  it('is hers where the decision says that both are one', async () => {
    const { saskia, address, decide } = await inQuestion('joined')
    await decide('join')
    expect(await agreementsOf(saskia)).toBe(2)
    expect(await provedInCopyOf(saskia)).toEqual([address, 'joined@example.org'].toSorted())
  })

  it('was never said by her where everything is left as it was', async () => {
    const { saskia, decide } = await inQuestion('left')
    await decide('leave')
    expect(await agreementsOf(saskia)).toBe(1)
    expect(await provedInCopyOf(saskia)).toEqual(['left@example.org'])
  })

  it('outlasts the rule for visits only while the question is open', async () => {
    const { address, decide } = await inQuestion('late')
    const [rule] = proofsRetention
    const inAYear = new Date(Date.now() + 365 * 86_400_000)
    const sweep = () => desk.inWorkspace((tx) => rule?.step?.(tx, inAYear, desk.services) ?? Promise.resolve(0))
    const left = () => desk.rows(sql`select network_id from proof where network_id = ${address}`)
    await sweep()
    expect(await left()).toEqual([{ network_id: address }])
    await decide('leave')
    await sweep()
    expect(await left()).toEqual([])
  })
})
