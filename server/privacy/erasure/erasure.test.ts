import { mkdir, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Desk, openDesk } from '../../inbox/testing/desk.ts'
import { dataRegister } from '../../modules.ts'
import { runContactImport } from '../../people/contacts/import-run.ts'
import { SYSTEM } from '../../platform/events.ts'
import { newId } from '../../platform/ids.ts'
import { queryAsAdmin } from '../../platform/testing/database.ts'
import { workOnce } from '../working.ts'
import { readManifest } from './manifest.ts'
import { reapplyErasures } from './reapplying.ts'
import { eraseNext } from './running.ts'

/** Frieda writes to us, is answered, noted and talked about; Otto writes beside her and stays. */
const HER = ['frieda.pond', 'Fischteich', 'rosarote Angel', 'Gummistiefel', 'Zander-Notiz']
let desk: Desk
let friedaId = ''
beforeAll(async () => {
  desk = await openDesk()
  const hers = desk.says('frieda.pond', '@nordwind.test my Fischteich is empty, where is my parcel?')
  desk.says('otto.pond', '@nordwind.test where is my canoe?')
  await desk.hear()
  const conversation = await desk.conversationOf('frieda.pond')
  await desk.answer(conversation, 'Dear @frieda.pond, your rosarote Angel is on its way.')
  await desk.deliver()
  await desk.hear()
  await desk.ask(
    'inbox.notes.add',
    { conversationId: conversation.conversationId, text: 'Zander-Notiz: call back' },
    desk.anna,
  )
  desk.says('frieda.pond', '@nordwind.test It came, with Gummistiefel', hers)
  await desk.hear()
  const otto = await desk.conversationOf('otto.pond')
  await desk.ask(
    'inbox.notes.add',
    { conversationId: otto.conversationId, text: 'asks like @frieda.pond did' },
    desk.anna,
  )
  friedaId = await personOf('frieda.pond')
  await mergeAndUndo([friedaId, await personOf('otto.pond')])
  await lookAtContacts('Nummer;Name;E-Mail\nK1;Ada Uferschilf;ada@pond.example\nK2;@frieda.pond;f@pond.example\n')
})
afterAll(() => desk?.close())

const personOf = async (handle: string) =>
  (await desk.rows(sql<{ person_id: string }>`select person_id from author where handle = ${handle}`))[0]?.person_id ??
  ''
/** Each reason is kept with an event that names both persons in a list. */
async function mergeAndUndo(personIds: string[]): Promise<void> {
  const { operationId } = await desk.ask<{ operationId: string }>('people.graph.merge', {
    personIds,
    method: 'agent-confirmed',
    legalBasis: 'legitimate-interest',
    evidence: 'both like Gummistiefel',
  })
  await desk.ask('people.graph.undo', { operationId, reason: 'only she likes Gummistiefel' })
}
async function lookAtContacts(body: string): Promise<void> {
  const headers = { cookie: desk.app.workspace.owner.cookie, 'x-rapport-workspace': desk.workspaceId }
  const sent = await desk.app.request('/files/contacts/imports?name=contacts.csv', { method: 'POST', headers, body })
  const { importId } = (await sent.json()) as { importId: string }
  await desk.ask('people.contacts.imports.rehearse', {
    importId,
    system: 'fair',
    legalBasis: 'legitimate-interest',
    mapping: { Nummer: 'externalId', Name: 'name', 'E-Mail': 'mail' },
  })
  await runContactImport(desk.services, desk.workspaceId, importId, new AbortController().signal)
}
const preview = (personId: string) =>
  desk.ask<{ name: string; tables: { table: string; how: string; rows: number }[] }>('privacy.erasures.preview', {
    personId,
  })
const work = () => workOnce(desk.services, dataRegister())

/** Every row of every table, as text, read by somebody whom no policy binds. */
async function everything(): Promise<string> {
  const { admin } = desk.app.test
  const tables = await queryAsAdmin<{ name: string }>(
    admin,
    `select format('%I.%I', n.nspname, c.relname) as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
     where n.nspname in ('public', 'system', 'graphile_worker') and c.relkind = 'r'`,
  )
  const texts = []
  for (const { name } of tables)
    texts.push(
      ...(await queryAsAdmin<{ row: string }>(admin, `select '${name} ' || t::text as row from ${name} t`)).map(
        ({ row }) => row,
      ),
    )
  return texts.join('\n')
}
const linesWith = async (words: string[]) =>
  (await everything()).split('\n').filter((line) => words.some((word) => line.includes(word)))

describe('an erasure', () => {
  it('says before what it would do, and does nothing', async () => {
    const { name, tables } = await preview(friedaId)
    expect(name).toContain('frieda.pond')
    const rows = new Map(tables.map((table) => [table.table, table]))
    expect(rows.get('post')).toMatchObject({ how: 'emptied', rows: 2 })
    expect(rows.get('note')).toMatchObject({ how: 'deleted', rows: 2 })
    expect(rows.get('person')).toMatchObject({ how: 'emptied', rows: 1 })
    expect(await linesWith(['Fischteich'])).not.toEqual([])
  })

  it('is refused to whoever names somebody else, or may not', async () => {
    expect(
      await desk.tell('privacy.erasures.create', { personId: friedaId, name: 'Otto' }, desk.app.workspace.owner),
    ).toMatchObject({
      status: 409,
      body: { data: { code: 'erasure-name-differs' } },
    })
    expect((await desk.tell('privacy.erasures.create', { personId: friedaId, name: 'x' }, desk.anna)).status).toBe(403)
  })

  it('leaves nothing of her in any table, and everything of others', async () => {
    const { name } = await preview(friedaId)
    const order = { personId: friedaId, name }
    const [one, two] = await Promise.all([
      desk.ask<{ erasureId: string }>('privacy.erasures.create', order),
      desk.ask<{ erasureId: string }>('privacy.erasures.create', order),
    ])
    expect(one.erasureId).toBe(two.erasureId)
    const did =
      (await desk.rows(sql<{ network_id: string }>`select network_id from author where handle = 'frieda.pond'`))[0]
        ?.network_id ?? ''
    await work()
    expect(await linesWith([...HER, did])).toEqual([])
    const left = await everything()
    expect(left).toContain('where is my canoe?')
    expect(left).toContain('asks like […] did')
    const { items } = await desk.ask<{ items: { state: string; tables: { table: string; rows: number }[] }[] }>(
      'privacy.erasures.list',
      {},
    )
    expect(items[0]).toMatchObject({ state: 'done' })
    expect(items[0]?.tables.map(({ table }) => table)).toContain('post')
  })

  it('keeps the shape of what happened', async () => {
    const events = await desk.rows(
      sql<{ type: string }>`select type from event where type in ('conversation.opened', 'note.added', 'answer.sent')`,
    )
    expect(events.length).toBeGreaterThanOrEqual(4)
  })

  it('keeps intake from collecting her again', async () => {
    desk.says('frieda.pond', 'nordwind has no Fischteich')
    desk.says('otto.pond', '@nordwind.test canoe again!')
    await desk.hear()
    expect(await linesWith(['Fischteich', 'frieda.pond'])).toEqual([])
    expect(await everything()).toContain('canoe again!')
  })

  it('stands in a manifest that names nobody', async () => {
    const manifest = await readManifest(desk.services.config)
    expect(manifest).toHaveLength(1)
    expect(JSON.stringify(manifest)).not.toMatch(/frieda|did:plc/)
    expect(await reapplyErasures(desk.services)).toBe(0)
  })
})

describe('after kill -9 or a restore', () => {
  it('an erasure that stopped anywhere goes on where it was', async () => {
    const ottoId = await personOf('otto.pond')
    const { name } = await preview(ottoId)
    const { erasureId } = await desk.ask<{ erasureId: string }>('privacy.erasures.create', { personId: ottoId, name })
    // Each round is stopped after its first batch, as if the process had died: the next one waits for the lease.
    for (let round = 0; round < 80; round++) {
      await eraseNext(desk.services, dataRegister(), desk.workspaceId, AbortSignal.abort())
      await desk.rows(sql`update erasure set lease_until = null where erasure_id = ${erasureId} and state <> 'done'`)
    }
    await work()
    expect(await linesWith(['otto.pond', 'canoe'])).toEqual([])
    const [row] = await desk.rows(
      sql<{ state: string; attempts: number }>`select state, attempts from erasure where erasure_id = ${erasureId}`,
    )
    expect(row?.state).toBe('done')
    expect(row?.attempts).toBeGreaterThan(1)
  })

  it('a copy that is older than an erasure is erased again, by the identity', async () => {
    desk.says('paula.pond', '@nordwind.test Seerose, please')
    await desk.hear()
    const paulaId = await personOf('paula.pond')
    const tables = ['author', 'person', 'person_link', 'post', 'conversation', 'conversation_post']
    const { admin } = desk.app.test
    for (const table of tables) await queryAsAdmin(admin, `create table copy_of_${table} as select * from ${table}`)
    const { name } = await preview(paulaId)
    await desk.ask('privacy.erasures.create', { personId: paulaId, name })
    await work()
    await restore(tables)
    expect(await everything()).toContain('Seerose')
    expect(await reapplyErasures(desk.services)).toBe(1)
    expect(await reapplyErasures(desk.services)).toBe(0)
    await work()
    for (const table of tables) await queryAsAdmin(admin, `drop table copy_of_${table}`)
    expect(await linesWith(['Seerose', 'paula.pond'])).toEqual([])
  })

  it('a line that a crash cut short does not hide the others', async () => {
    const file = path.join(desk.services.config.home, 'erasures', 'manifest.jsonl')
    await mkdir(path.dirname(file), { recursive: true })
    const before = await readManifest(desk.services.config)
    await writeFile(file, `${before.map((entry) => JSON.stringify(entry)).join('\n')}\n{"erasureId": "cut sh`)
    expect(await readManifest(desk.services.config)).toEqual(before)
  })
})

describe('words in what others wrote', () => {
  it('are taken out of data as well, and nobody is called so that it breaks', async () => {
    const { organisationId } = await desk.ask<{ organisationId: string }>('people.organisations.create', {
      name: 'Teichbau GmbH',
    })
    const fields = { list: [{ a: 'x!' }, { b: 'asks for Lena "L" Teich', n: 471100 }] }
    await desk.rows(
      sql`update organisation set fields = ${JSON.stringify(fields)}::jsonb, note = 'Lena "L" Teich phones'
        where organisation_id = ${organisationId}`,
    )
    const organisation = dataRegister().find(({ table }) => table === 'organisation')
    const names = ['}, {', '471100', 'Lena "L" Teich']
    await desk.services.database.inWorkspace(desk.workspaceId, SYSTEM, async (tx) => {
      if (organisation && 'erase' in organisation)
        await organisation.erase.step(tx, { personIds: [], authorIds: [], names }, desk.services)
    })
    expect(
      await desk.rows(sql`select fields, note from organisation where organisation_id = ${organisationId}`),
    ).toEqual([{ fields: { list: [{ a: 'x!' }, { b: 'asks for […]', n: 471100 }] }, note: '[…] phones' }])
  })
})

describe('a merge at the very moment at which a person goes', () => {
  it('waits, and is refused: nobody goes without what they wrote', async () => {
    desk.says('rosa.pond', '@nordwind.test Rosenrost, please')
    desk.says('bina.pond', '@nordwind.test Binsenkorb, please')
    await desk.hear()
    const personIds = [await personOf('rosa.pond'), await personOf('bina.pond')]
    const { name } = await preview(personIds[0] ?? '')
    await desk.ask('privacy.erasures.create', { personId: personIds[0], name })
    const grounds = { method: 'agent-confirmed', legalBasis: 'legitimate-interest', evidence: 'both like ponds' }
    const merges: ReturnType<Desk['tell']>[] = []
    const register = dataRegister().map((table) => {
      if (table.table !== 'person' || !('erase' in table)) return table
      const step: typeof table.erase.step = async (...given) => {
        if (merges.length === 0) merges.push(desk.tell('people.graph.merge', { personIds, ...grounds }, desk.anna))
        await delay(400)
        return table.erase.step(...given)
      }
      return { ...table, erase: { ...table.erase, step } }
    })
    await workOnce(desk.services, register)
    expect(await merges[0]).toMatchObject({ status: 409, body: { data: { code: 'person-erased' } } })
    expect(await linesWith(['Rosenrost', 'rosa.pond'])).toEqual([])
    expect(await everything()).toContain('Binsenkorb')
    expect(await personOf('bina.pond')).toBe(personIds[1])
  })

  it('is kept away as well by whatever it was known by', async () => {
    desk.says('nora.pond', '@nordwind.test Nadelholz, please')
    await desk.hear()
    const personId = await personOf('nora.pond')
    const suppressed = async () => (await desk.rows(sql`select from suppression`)).length
    const before = await suppressed()
    const person = dataRegister().find(({ table }) => table === 'person')
    await desk.services.database.inWorkspace(desk.workspaceId, SYSTEM, async (tx) => {
      if (person && 'erase' in person)
        await person.erase.step(tx, { personIds: [personId], authorIds: [], names: [] }, desk.services)
    })
    expect(await suppressed()).toBe(before + 1)
  })
})

describe('the reason for which two organisations are one', () => {
  it('loses the words that name whoever goes', async () => {
    const create = async (name: string) =>
      (await desk.ask<{ organisationId: string }>('people.organisations.create', { name })).organisationId
    const [organisationId, sameAs] = [await create('Teich und Söhne'), await create('Teich & Söhne')]
    const reason = 'Karla Karpfen said so'
    const { mergeId } = await desk.ask<{ mergeId: string }>('people.organisations.merge', {
      organisationId,
      sameAs,
      reason,
    })
    await desk.ask('people.organisations.undoMerge', { mergeId, reason: 'Karla Karpfen was wrong' })
    const merges = dataRegister().find(({ table }) => table === 'organisation_merge')
    await desk.services.database.inWorkspace(desk.workspaceId, SYSTEM, async (tx) => {
      if (merges && 'erase' in merges)
        await merges.erase.step(tx, { personIds: [], authorIds: [], names: ['Karla Karpfen'] }, desk.services)
    })
    expect(
      await desk.rows(sql`select reason, withdrawn_because from organisation_merge where merge_id = ${mergeId}`),
    ).toEqual([{ reason: '[…] said so', withdrawn_because: '[…] was wrong' }])
  })
})

describe('whoever calls themselves like the brand', () => {
  const BRAND = 'Nord & Wind'
  const audit = (brand: string, words: string) =>
    desk.rows(sql`insert into audit (workspace_id, audit_id, brand, settings, report, created_at, expires_at)
      values (${desk.workspaceId}, ${newId()}, ${brand}, '{}'::jsonb, ${JSON.stringify({ words })}::jsonb, now(), now())`)

  it('does not take the brand out of notes, nor audits of it along, when they go', async () => {
    await desk.rows(sql`update workspace set brand = ${BRAND} where workspace_id = ${desk.workspaceId}`)
    desk.says('willi.pond', '@nordwind.test Wasserfloh, please')
    await desk.hear()
    await desk.rows(sql`update author set name = ${BRAND.toLowerCase()} where handle = 'willi.pond'`)
    const { conversationId } = await desk.conversationOf('bina.pond')
    await desk.ask('inbox.notes.add', { conversationId, text: `${BRAND} told @willi.pond so` }, desk.anna)
    await audit(BRAND, `how ${BRAND} is seen`)
    await audit(BRAND, 'what willi.pond said of it')
    const personId = await personOf('willi.pond')
    await desk.ask('privacy.erasures.create', { personId, name: (await preview(personId)).name })
    await work()
    expect(await linesWith(['Wasserfloh', 'willi.pond'])).toEqual([])
    expect(await desk.rows(sql`select text from note where text like '%told%'`)).toEqual([
      { text: `${BRAND} told […] so` },
    ])
    expect(await desk.rows(sql`select report ->> 'words' as words from audit`)).toEqual([
      { words: `how ${BRAND} is seen` },
    ])
  })

  it('nor the audit of a brand that is another’s', async () => {
    await audit('Süd & Sonne', 'how Süd & Sonne is seen')
    const audits = dataRegister().find(({ table }) => table === 'audit')
    const subject = { personIds: [], authorIds: [], names: ['süd & sonne', 'Heidi Sonne'] }
    const step = () =>
      desk.services.database.inWorkspace(desk.workspaceId, SYSTEM, async (tx) =>
        audits && 'erase' in audits ? audits.erase.step(tx, subject, desk.services) : null,
      )
    expect(await step()).toBe(0)
    await audit('Süd & Sonne', 'what Heidi Sonne wrote')
    expect(await step()).toBe(1)
  })
})

/** As a backup does that was taken before the erasure: rows as they were, and nothing known of it. */
async function restore(tables: string[]): Promise<void> {
  const { admin } = desk.app.test
  // What the database works out itself cannot be told to it.
  const found = await queryAsAdmin<{ name: string; columns: string }>(
    admin,
    `select table_name as name, string_agg(quote_ident(column_name), ', ') as columns from information_schema.columns
      where table_schema = 'public' and is_generated = 'NEVER' group by 1`,
  )
  const columns = new Map(found.map((row) => [row.name, row.columns]))
  const statements = tables.map((table) => {
    const key =
      {
        person_link: 'link_id',
        conversation_post: 'conversation_id, post_id',
      }[table] ?? `${table}_id`
    return `delete from ${table} t using copy_of_${table} c where row(${key
      .split(', ')
      .map((k) => `t.${k}`)
      .join()}) = row(${key
      .split(', ')
      .map((k) => `c.${k}`)
      .join()});
      insert into ${table} (${columns.get(table)}) select ${columns.get(table)} from copy_of_${table};`
  })
  await queryAsAdmin(
    admin,
    `begin; set local session_replication_role = replica; ${statements.join('\n')} delete from erasure where via <> 'manifest' and person_id =
      (select person_id from copy_of_person where name like '%paula%'); delete from suppression; commit`,
  )
}
