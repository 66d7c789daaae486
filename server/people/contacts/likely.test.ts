import { sql } from 'kysely'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openScene, type Scene } from '../suggestions/testing/scene.ts'
import { runContactImport } from './import-run.ts'

let scene: Scene
beforeEach(async () => {
  scene = await openScene()
})
afterEach(() => scene.close())

const workspaceId = () => scene.app.workspace.workspaceId
const as = () => ({ cookie: scene.app.workspace.owner.cookie, workspaceId: workspaceId() })
const ask = async <Answer>(name: string, input: unknown): Promise<Answer> => {
  const { status, body } = await scene.app.call(`people.${name}`, input, as())
  if (status !== 200) throw new Error(`${name} answered ${status}: ${JSON.stringify(body)}`)
  return body as Answer
}

interface Seen {
  counts: { begun: number; possible: number }
  rehearsal: {
    likely: { looked: number; likely: number } | null
    samples: { outcome: string; likely: { name: string; probability: number; reasons: { code: string }[] }[] }[]
  } | null
}

const upload = async (content: string) => {
  const answer = await scene.app.request('/files/contacts/imports?name=contacts.csv', {
    method: 'POST',
    headers: { cookie: as().cookie, 'x-rapport-workspace': workspaceId() },
    body: content,
  })
  expect(answer.status).toBe(201)
  return ((await answer.json()) as { importId: string }).importId
}
const mapping = {
  Nummer: 'externalId',
  Vorname: 'given',
  Nachname: 'family',
  Geburtstag: 'birthDate',
  Ort: 'city',
  'E-Mail': 'mail',
}
const done = async (importId: string, system: string, how: 'start' | 'rehearse') => {
  await ask(`contacts.imports.${how}`, { importId, system, legalBasis: 'contract', mapping })
  await runContactImport(scene.app.services, workspaceId(), importId, new AbortController().signal)
  return ask<Seen>('contacts.imports.get', { importId })
}
const HEADER = 'Nummer;Vorname;Nachname;Geburtstag;Ort;E-Mail\n'
const MARA = 'Mara;Quittenbaum;1984-05-21;Celle'
const SHOP = `${HEADER}S1;${MARA};mara.quittenbaum@shop.example\nS2;Jörg;Wacholder;1971-02-03;Peine;joerg@shop.example\n`
const SUPPORT = `${HEADER}Z7;${MARA};mara.quittenbaum@post.example\nZ8;Ilse;Birnstiel;1990-11-30;Hameln;ilse@post.example\n`
const persons = async () => {
  const { rows } = await scene.inWorkspace((tx) =>
    sql<{ name: string }>`select name from person order by name`.execute(tx.sql),
  )
  return rows.map(({ name }) => name)
}

describe('a record that is likely about somebody who is known', () => {
  it('begins a person all the same, and stands among the possible duplicates of its file with the reasons', async () => {
    await scene.policy('suggest')
    await done(await upload(SHOP), 'shop', 'start')
    await scene.settle()
    const importId = await upload(SUPPORT)
    expect(await done(importId, 'support', 'start')).toMatchObject({ counts: { begun: 2, possible: 0 } })
    await scene.settle()
    expect(await persons()).toEqual(['Ilse Birnstiel', 'Jörg Wacholder', 'Mara Quittenbaum', 'Mara Quittenbaum'])
    const { items } = await ask<{ items: { suggestionId: string; reasons: { code: string }[] }[] }>(
      'suggestions.list',
      {
        importId,
      },
    )
    expect(items).toHaveLength(1)
    expect(items[0]?.reasons.map(({ code }) => code)).toEqual(
      expect.arrayContaining(['birth-date.exact', 'name.exact', 'city.exact']),
    )
    const none = await upload(`${HEADER}X1;Ada;Zwetschge;1950-01-01;Uelzen;ada@x.example\n`)
    expect(await ask('suggestions.list', { importId: none })).toMatchObject({ items: [] })
    await ask('suggestions.confirm', { suggestionId: items[0]?.suggestionId })
    expect(await ask('suggestions.list', { importId })).toMatchObject({ items: [] })
  })

  it('is counted by the rehearsal, which says how many rows it compared and with whom', async () => {
    await scene.policy('suggest')
    await done(await upload(SHOP), 'shop', 'start')
    await scene.settle()
    const { rehearsal } = await done(await upload(SUPPORT), 'support', 'rehearse')
    expect(rehearsal?.likely).toEqual({ looked: 2, likely: 1 })
    const [mara, ilse] = rehearsal?.samples.filter(({ outcome }) => outcome === 'begun') ?? []
    expect(mara?.likely).toMatchObject([{ name: 'Mara Quittenbaum' }])
    expect(mara?.likely[0]?.probability).toBeGreaterThan(0.8)
    expect(mara?.likely[0]?.reasons.map(({ code }) => code)).toContain('birth-date.exact')
    expect(ilse?.likely).toEqual([])
    expect(await scene.open()).toEqual([])
  })

  it('is compared with nobody where the workspace allows no suggestions', async () => {
    await done(await upload(SHOP), 'shop', 'start')
    const { rehearsal } = await done(await upload(SUPPORT), 'support', 'rehearse')
    expect(rehearsal?.likely).toBeNull()
    await done(await upload(SUPPORT), 'support', 'start')
    await scene.settle()
    expect(await scene.open()).toEqual([])
  })
})
