import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { strFromU8, unzipSync } from 'fflate'
import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startPostgres } from '../server/platform/postgres/index.ts'
import {
  expectAccessible,
  expectNoSidewaysScroll,
  journey,
  signIn,
  useBrowser,
  type Visitor,
  visit,
} from './browser.ts'
import { type CareDesk, MARA, openCareDesk } from './care-desk.ts'

/** Wiebke writes from two accounts; Onno writes beside her and stays. */
const WIEBKE = { handle: 'wiebke-brunkhorst.test', name: 'Wiebke Brunkhorst' }
const SECOND = { handle: 'wbrunk-kiel.test', name: 'Wiebke B. aus Kiel' }
const ONNO = 'onno.test'
/** Whatever would tell that it was she. */
const TRACES = ['wiebke', 'brunkhorst', 'wbrunk', 'leuchtturm', 'nebelhorn', 'muschelkette']
const HEARD_MS = 60_000

interface Conversation {
  conversationId: string
  version: string
  author: { handle: string | null; authorId: string }
}

const GROUNDS = { method: 'agent-confirmed', legalBasis: 'legitimate-interest' }
interface Act {
  operationId: string
}
interface Preview {
  after: { authors: { handle: string | null }[] }[]
  erased: { persons: number; authors: number }
}

journey('access and erasure', () => {
  let desk: CareDesk
  let visitor: Visitor
  const browser = useBrowser()
  const conversations = async () =>
    ((await desk.api('GET', '/conversations?limit=50')) as { items: Conversation[] }).items
  const conversationOf = async (handle: string) => {
    await expect
      .poll(async () => (await conversations()).map(({ author }) => author.handle), {
        timeout: HEARD_MS,
        interval: 500,
      })
      .toContain(handle)
    return (await conversations()).find(({ author }) => author.handle === handle) as Conversation
  }
  const personOf = async (handle: string) => {
    const { items } = (await desk.api('GET', `/authors?limit=100`)) as {
      items: { handle: string; authorId: string; person: { personId: string } | null }[]
    }
    return items.find((author) => author.handle === handle)?.person?.personId ?? ''
  }
  const answer = async (handle: string, text: string) => {
    const { conversationId, version } = await conversationOf(handle)
    await desk.api('POST', '/answers', {
      conversations: [{ conversationId, againstVersion: version }],
      text,
      undoSeconds: 0,
    })
    await expect
      .poll(
        () =>
          desk
            .standing()
            .map((post) => post.text)
            .join(),
        { timeout: HEARD_MS, interval: 300 },
      )
      .toContain(text)
  }
  const operation = async (operationId: string) =>
    (await desk.api('GET', `/graph/operations/${operationId}`)) as { undone: { because: string } | null }
  /** Whatever was undone: no row names her, she is no person, and Onno is himself alone. */
  const expectGone = async () => {
    expect(await tracesIn(desk.server.home, TRACES)).toEqual([])
    const { items } = (await desk.api('GET', '/persons?limit=50')) as { items: { personId: string }[] }
    expect(items.map((person) => person.personId)).toEqual([onnoId])
    const { links } = (await desk.api('GET', `/persons/${onnoId}/members`)) as {
      links: { author: { handle: string | null } }[]
    }
    expect(links.map(({ author }) => author.handle)).toEqual([ONNO])
  }
  const place = (view: string) => `${desk.server.url}/w/kobaltfon/protection?view=${view}`
  let personId = ''
  let onnoId = ''
  /** Acts that would give her account to Onno again, or part her in two, if an undo crossed the erasure. */
  let acts: { mistake: string; mended: string; merged: string }

  beforeAll(async () => {
    desk = await openCareDesk(MARA, 'de')
    for (const account of [WIEBKE, SECOND]) desk.twin.control.account(account)
    visitor = await visit(browser(), 'Mara', { language: 'de' })
    await signIn(visitor.page, desk.server.url, MARA)
  }, 240_000)
  afterAll(async () => {
    await visitor?.leave()
    await desk?.stop()
  })

  test('she writes from two accounts, is answered, and told to be one', async () => {
    desk.say(WIEBKE.handle, 'Am Leuchtturm geht mein Router nicht.')
    desk.say(SECOND.handle, 'Das Nebelhorn stört mein WLAN.')
    desk.say(ONNO, 'Bei mir läuft alles.')
    await answer(WIEBKE.handle, 'Moin @wiebke-brunkhorst.test, die Muschelkette hilft nicht.')
    const { conversationId } = await conversationOf(WIEBKE.handle)
    await desk.api('POST', `/conversations/${conversationId}/notes`, {
      text: 'Wohnt am Leuchtturm, Nachbar ist @onno.test',
    })
    const { author } = await conversationOf(SECOND.handle)
    const [hers, her, onno] = [await personOf(SECOND.handle), await personOf(WIEBKE.handle), await personOf(ONNO)]
    const moved = async (to: string, evidence: string) =>
      (await desk.api('POST', `/authors/${author.authorId}/moves`, { personId: to, ...GROUNDS, evidence })) as Act
    const mistake = await moved(onno, 'Das Nebelhorn klang nach jemand anderem')
    const mended = await moved(her, 'Wiebke sagt, dass es ihr gehört')
    const merged = (await desk.api('POST', '/persons/merges', {
      personIds: [her, hers],
      ...GROUNDS,
      evidence: 'Wiebke sagt, dass beide ihr gehören',
    })) as Act & { personId: string }
    acts = { mistake: mistake.operationId, mended: mended.operationId, merged: merged.operationId }
    personId = merged.personId
    onnoId = onno
  })

  test('a request comes in and its clock runs', async () => {
    const { page } = visitor
    await page.goto(place('requests'))
    await page.getByRole('button', { name: 'Anfrage aufnehmen' }).click()
    await page.getByLabel('Wer fragt').fill('Wiebke Brunkhorst')
    await page.getByRole('dialog').getByRole('button', { name: 'Speichern' }).click()
    await page.getByText(/noch \d+ Tage, bis/).waitFor()
    await expectAccessible(page)
    await page.getByRole('button', { name: /Auskunft.*Wiebke Brunkhorst/ }).click()
    await page.getByRole('button', { name: 'Identität bestätigen' }).click()
    await page.getByLabel('Wie Sie sich vergewissert haben').fill('Rückruf unter der bekannten Nummer')
    await page.getByRole('button', { name: 'Identität bestätigen' }).click()
    await page.getByText('Mara Lindqvist: Identität bestätigt').waitFor()
    await expectAccessible(page)
  })

  test('the copy holds her posts and our answer, over both accounts, and nothing of others', async () => {
    const { page } = visitor
    await desk.api('POST', '/privacy/archives', { personId, language: 'de' })
    await page.goto(place('copies'))
    const link = page.getByRole('link', { name: /Herunterladen/ })
    await link.waitFor({ timeout: HEARD_MS })
    await expectAccessible(page)
    const download = page.waitForEvent('download')
    await link.click()
    const folder = await mkdtemp(path.join(tmpdir(), 'rapport-copy-'))
    try {
      const file = path.join(folder, 'copy.zip')
      await (await download).saveAs(file)
      const files = unzipSync(await readFile(file))
      expect(Object.keys(files).sort()).toEqual(['data.json', 'index.html', 'schema.json'])
      const text = (name: string) => strFromU8(files[name] ?? new Uint8Array())
      const data = JSON.parse(text('data.json')) as { data: Record<string, Record<string, unknown>[]> }
      const posts = data.data.post?.map((post) => String(post.text)).join('\n')
      expect(posts).toContain('Leuchtturm')
      expect(posts).toContain('Nebelhorn')
      expect(data.data.delivery?.map((delivery) => String(delivery.text)).join()).toContain('Muschelkette')
      expect(JSON.stringify(data.data.note)).toContain('Wohnt am Leuchtturm')
      for (const name of Object.keys(files)) expect(text(name).toLowerCase(), name).not.toContain('onno')
      expect(text('index.html')).toContain('<html lang="de">')
      expect(text('index.html')).not.toContain('<script')
      const context = await browser().newContext()
      const opened = await context.newPage()
      await writeFile(path.join(folder, 'index.html'), text('index.html'))
      await opened.goto(`file://${path.join(folder, 'index.html')}`)
      await opened.getByRole('heading', { name: 'Was Sie geschrieben haben' }).waitFor()
      await expectAccessible(opened)
      await context.close()
    } finally {
      await rm(folder, { recursive: true, force: true })
    }
  })

  test('the erasure says what goes, asks for her name, and is done', async () => {
    const { page } = visitor
    await page.goto(`${place('erasures')}&person=${personId}`)
    const preview = page.getByRole('region', { name: 'Was gelöscht würde' })
    await preview.getByText(WIEBKE.handle).first().waitFor()
    await expectAccessible(page)
    const { name } = (await desk.api('GET', `/privacy/erasures/preview/${personId}`)) as { name: string }
    await preview.getByRole('button', { name: 'Endgültig löschen' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByRole('textbox').fill(name)
    await dialog.getByRole('button', { name: 'Endgültig löschen' }).click()
    await page.getByText('Gelöscht', { exact: true }).waitFor({ timeout: HEARD_MS })
    visitor.expectNoFaults()
  })

  test('nowhere in the database anything of her is left', async () => {
    const lines = await tracesIn(desk.server.home, TRACES)
    expect(lines).toEqual([])
    expect(await tracesIn(desk.server.home, ['bei mir läuft alles'])).not.toEqual([])
  })

  test('what she says to others is not collected; what Onno says is', async () => {
    const asked = desk.say(ONNO, 'Noch eine Frage.')
    desk.say(WIEBKE.handle, 'Hallo Onno, hier ist wieder Wiebke vom Leuchtturm.', asked)
    desk.say(ONNO, 'Und noch eine Frage.')
    await expect
      .poll(() => tracesIn(desk.server.home, ['und noch eine frage']).then((lines) => lines.length), {
        timeout: HEARD_MS,
        interval: 500,
      })
      .toBeGreaterThan(0)
    expect(await tracesIn(desk.server.home, TRACES)).toEqual([])
  })

  test('an undo runs, says beforehand what stays gone, and brings nothing of her back', async () => {
    const { page } = visitor
    await page.goto(`${desk.server.url}/w/kobaltfon/people/persons/${onnoId}`)
    const history = page.getByRole('region', { name: 'Verlauf dieser Person' })
    // Newest first: that her account was taken from Onno again, which an undo would give back to him.
    await history
      .getByRole('button', { name: /^Rückgängig machen: .*verschoben/ })
      .first()
      .click()
    const dialog = page.getByRole('dialog')
    await dialog.getByText(/bleiben gelöscht, was auch rückgängig gemacht wird/).waitFor()
    await expectAccessible(page)
    await dialog.getByRole('textbox').fill('ein Versuch')
    await dialog.getByRole('button', { name: 'Rückgängig machen' }).click()
    await dialog.waitFor({ state: 'detached' })
    expect(await operation(acts.mended)).toMatchObject({ undone: { because: 'ein Versuch' } })
    await expectGone()
    for (const operationId of [acts.merged, acts.mistake]) {
      const preview = (await desk.api('POST', '/graph/preview', { kind: 'undo', operationId })) as Preview
      expect(preview.erased.persons + preview.erased.authors).toBeGreaterThan(0)
      expect(preview.after.flatMap(({ authors }) => authors.map(({ handle }) => handle))).toEqual(
        operationId === acts.merged ? [] : [ONNO],
      )
      const undone = await desk.api('POST', `/graph/operations/${operationId}/undo`, { reason: 'ein Versuch' })
      expect(undone).toHaveProperty('personIds')
      expect((await operation(operationId)).undone).not.toBeNull()
      await expectGone()
    }
    visitor.expectNoFaults()
  })

  test('what she says to us of her own accord begins anew, and the old stays gone', async () => {
    desk.say(WIEBKE.handle, 'Ich brauche doch noch einmal Hilfe.')
    await conversationOf(WIEBKE.handle)
    expect(await personOf(WIEBKE.handle)).not.toBe(personId)
    expect(await tracesIn(desk.server.home, ['leuchtturm', 'nebelhorn', 'muschelkette', 'wbrunk'])).toEqual([])
  })

  test('every part of the place stands on a phone, in the dark', async () => {
    const phone = await visit(browser(), 'Mara on the phone', { language: 'de', phone: true, dark: true })
    await signIn(phone.page, desk.server.url, MARA)
    for (const view of ['requests', 'copies', 'erasures', 'consents', 'retention', 'record', 'rules']) {
      await phone.page.goto(place(view))
      await phone.page.getByRole('navigation', { name: 'Datenschutz' }).waitFor()
      await phone.page.waitForLoadState('networkidle')
      await expectNoSidewaysScroll(phone.page)
      await expectAccessible(phone.page)
    }
    phone.expectNoFaults()
    await phone.leave()
  })
})

/** Rows of any table, read by whoever owns the database, that hold one of the words. */
async function tracesIn(home: string, words: string[]): Promise<string[]> {
  const postgres = await startPostgres({ home, log: () => undefined })
  const client = new pg.Client({ ...postgres.connection })
  await client.connect()
  try {
    const tables = await client.query<{ name: string }>(
      `select format('%I.%I', n.nspname, c.relname) as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
       where c.relkind = 'r' and n.nspname in ('public', 'system', 'graphile_worker')`,
    )
    const found: string[] = []
    for (const { name } of tables.rows) {
      const { rows } = await client.query<{ row: string }>(
        `select '${name} ' || t::text as row from ${name} t where lower(t::text) like any($1)`,
        [words.map((word) => `%${word}%`)],
      )
      found.push(...rows.map(({ row }) => row.slice(0, 400)))
    }
    return found
  } finally {
    await client.end()
    await postgres.stop()
  }
}
