import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { WorkspaceTransaction } from '../../platform/database.ts'
import { SYSTEM } from '../../platform/events.ts'
import { newId } from '../../platform/ids.ts'
import { createTestApp, type TestApp } from '../../testing/app.ts'
import {
  changeBasis,
  consentStateOf,
  liftObjection,
  mayContact,
  mayProfile,
  mayProfileAuthors,
  object,
  recordConsent,
  withdrawConsent,
} from './index.ts'

let app: TestApp
beforeAll(async () => {
  app = await createTestApp()
})
afterAll(() => app?.close())

const inWorkspace = <T>(work: (tx: WorkspaceTransaction) => Promise<T>, workspaceId = app.workspace.workspaceId) =>
  app.services.database.inWorkspace(workspaceId, SYSTEM, work)
const at = (day: number) => new Date(Date.UTC(2026, 5, day))

/** A person with one account; `same`: a member of that person's component. */
const person = (name: string, same?: string) =>
  inWorkspace(async (tx) => {
    const [personId, authorId] = [newId(), newId()]
    await sql`insert into person (workspace_id, person_id, current_id, name, name_key, began_because, created_by_kind)
      values (${tx.workspaceId}, ${personId}, ${same ?? personId}, ${name}, ${name.toLowerCase()}, 'wrote-to-us', 'system')`.execute(
      tx.sql,
    )
    await sql`insert into author (workspace_id, author_id, network, network_id, handle, first_heard_at, last_heard_at, person_id)
      values (${tx.workspaceId}, ${authorId}, 'pond', ${authorId}, ${name}, now(), now(), ${same ?? personId})`.execute(
      tx.sql,
    )
    return { personId, authorId }
  })
const statement = (given: boolean, day: number) =>
  ({
    purpose: 'linking',
    given,
    text: 'May we keep these together?',
    language: 'en',
    channel: 'portal',
    at: at(day),
  }) as const
const asked = { channel: 'mail', reason: 'she wrote so', at: at(2) } as const

describe('the consent ledger', () => {
  it('says who agreed to which words, and keeps them when consent is withdrawn', async () => {
    const { personId } = await person('Frieda')
    const consentId = await inWorkspace((tx) => recordConsent(tx, { personId, ...statement(true, 1) }))
    expect(await inWorkspace((tx) => consentStateOf(tx, personId))).toMatchObject({ purposes: { linking: 'given' } })
    await inWorkspace((tx) => withdrawConsent(tx, { consentId, channel: 'portal', at: at(3) }))
    const state = await inWorkspace((tx) => consentStateOf(tx, personId))
    expect(state.purposes).toEqual({ linking: 'withdrawn' })
    expect(state.consents).toMatchObject([
      { text: 'May we keep these together?', at: at(1), withdrawn: { at: at(3), channel: 'portal' } },
    ])
    await expect(inWorkspace((tx) => withdrawConsent(tx, { consentId, channel: 'portal', at: at(4) }))).rejects.toThrow(
      'consent-withdrawn',
    )
  })

  it('goes by the newest statement, however late it is written down', async () => {
    const { personId } = await person('Late')
    await inWorkspace((tx) => recordConsent(tx, { personId, ...statement(true, 9) }))
    await inWorkspace((tx) => recordConsent(tx, { personId, ...statement(false, 5) }))
    expect(await inWorkspace((tx) => consentStateOf(tx, personId))).toMatchObject({ purposes: { linking: 'given' } })
  })

  it('refuses words that were never shown, persons of other workspaces, and withdrawing what was refused', async () => {
    const { personId } = await person('Gerd')
    await expect(
      inWorkspace((tx) => recordConsent(tx, { personId, ...statement(true, 1), text: ' ' })),
    ).rejects.toThrow('consent-text-invalid')
    const other = await app.createWorkspace('Südwind')
    await expect(
      inWorkspace((tx) => recordConsent(tx, { personId, ...statement(true, 1) }), other.workspaceId),
    ).rejects.toThrow('person-unknown')
    const consentId = await inWorkspace((tx) => recordConsent(tx, { personId, ...statement(false, 1) }))
    await expect(inWorkspace((tx) => withdrawConsent(tx, { consentId, channel: 'mail', at: at(2) }))).rejects.toThrow(
      'consent-never-given',
    )
  })
})

describe('an objection', () => {
  it('of one holds for everyone who is the same, and for each alone again after an undo', async () => {
    const ann = await person('Ann')
    const anna = await person('Anna', ann.personId)
    await inWorkspace((tx) => object(tx, { personId: anna.personId, kind: 'contact', ...asked }))
    await inWorkspace((tx) => object(tx, { authorId: ann.authorId, kind: 'profiling', ...asked }))
    expect(await inWorkspace((tx) => mayContact(tx, { personId: ann.personId }))).toBe(false)
    expect(await inWorkspace((tx) => mayContact(tx, { authorId: ann.authorId }))).toBe(false)
    expect(await inWorkspace((tx) => mayProfile(tx, [ann.personId, anna.personId]))).toEqual(new Set())
    expect(await inWorkspace((tx) => mayProfileAuthors(tx, [anna.authorId]))).toEqual(new Set())
    await inWorkspace(async (tx) => {
      await sql`update person set current_id = person_id where person_id = ${anna.personId}`.execute(tx.sql)
      await sql`update author set person_id = ${anna.personId} where author_id = ${anna.authorId}`.execute(tx.sql)
    })
    expect(await inWorkspace((tx) => mayContact(tx, { personId: ann.personId }))).toBe(true)
    expect(await inWorkspace((tx) => mayContact(tx, { personId: anna.personId }))).toBe(false)
    expect(await inWorkspace((tx) => mayProfile(tx, [ann.personId, anna.personId]))).toEqual(new Set([anna.personId]))
  })

  it('said twice at once is one, and lifting it leaves it in the ledger', async () => {
    const { personId } = await person('Bert')
    const [one, two] = await Promise.all([
      inWorkspace((tx) => object(tx, { personId, kind: 'contact', ...asked })),
      inWorkspace((tx) => object(tx, { personId, kind: 'contact', ...asked })),
    ])
    expect(one).toBe(two)
    await inWorkspace((tx) => liftObjection(tx, { objectionId: one, reason: 'wants news again', at: at(4) }))
    const state = await inWorkspace((tx) => consentStateOf(tx, personId))
    expect(state).toMatchObject({ mayContact: true, objections: [{ lifted: { reason: 'wants news again' } }] })
    await expect(
      inWorkspace((tx) => liftObjection(tx, { objectionId: one, reason: 'again', at: at(5) })),
    ).rejects.toThrow('objection-unknown')
  })

  it('is asked through indexes', async () => {
    const plan = await inWorkspace(async (tx) => {
      await sql`set local enable_seqscan = off`.execute(tx.sql)
      const { rows } = await sql<Record<string, string>>`explain select from person m join objection o
        on o.workspace_id = m.workspace_id and o.person_id = m.person_id and o.kind = 'profiling' and o.lifted_at is null
        where m.workspace_id = ${tx.workspaceId} and m.current_id = ${newId()}`.execute(tx.sql)
      return rows.map((row) => row['QUERY PLAN']).join('\n')
    })
    expect(plan).toContain('person_current')
    expect(plan).toContain('objection_person')
  })
})

it('a person has a legal basis from the beginning, and another for a reason', async () => {
  const { personId } = await person('Cora')
  expect((await inWorkspace((tx) => consentStateOf(tx, personId))).bases).toEqual([
    { personId, legalBasis: 'legitimate-interest', purpose: 'care', byDefault: true },
  ])
  await inWorkspace((tx) =>
    changeBasis(tx, personId, { legalBasis: 'contract', purpose: 'contract', reason: 'bought' }),
  )
  expect((await inWorkspace((tx) => consentStateOf(tx, personId))).bases).toMatchObject([
    { legalBasis: 'contract', byDefault: false },
  ])
})
