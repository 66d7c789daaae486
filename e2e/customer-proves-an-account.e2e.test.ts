import { readFile } from 'node:fs/promises'
import { strFromU8, unzipSync } from 'fflate'
import { afterAll, beforeAll, expect, test } from 'vitest'
import {
  expectAccessible,
  expectNoSidewaysScroll,
  journey,
  signIn,
  useBrowser,
  type Visitor,
  visit,
} from './browser.ts'
import { type CareDesk, MARA, openCareDesk, openConversation } from './care-desk.ts'
import { type Mailbox, startMailbox } from './mailbox.ts'

const CUSTOMER = { handle: 'saskiaohnenetz.test', mail: 'saskia.ohnenetz@postfach.test' }
const SLOW = { timeout: 45_000 }

journey('a customer proves an account', () => {
  let desk: CareDesk
  let mailbox: Mailbox
  let agent: Visitor
  let customer: Visitor
  let invitation = ''
  const browser = useBrowser()
  beforeAll(async () => {
    ;[desk, mailbox] = [await openCareDesk(MARA), await startMailbox()]
    await desk.mailThrough(mailbox.port)
    agent = await visit(browser(), 'the agent')
    customer = await visit(browser(), 'the customer', { language: 'de', phone: true })
  })
  afterAll(async () => {
    await agent?.leave()
    await customer?.leave()
    await desk?.stop()
    await mailbox?.stop()
  })

  test('the workspace offers it in its settings', async () => {
    const { page } = agent
    await signIn(page, desk.server.url, MARA)
    await page.goto(`${desk.server.url}/w/kobaltfon/settings/connections`)
    await page.getByText('The page is not there yet').waitFor()
    await expectAccessible(page)
    await page.getByRole('button', { name: 'Save', exact: true }).click()
    await page.getByText('The page is not there yet').waitFor({ state: 'hidden' })
    await page.goto(`${desk.server.url}/w/kobaltfon/people/proofs`)
    await page.getByText('Nothing to decide').waitFor()
    await expectAccessible(page)
  })

  test('an agent asks for it from the conversation, and the link goes out with the answer', async () => {
    const { page } = agent
    desk.say(CUSTOMER.handle, 'meine Rechnung stimmt seit dem Umzug nicht mehr.')
    await page.goto(desk.inbox)
    await openConversation(page, 'Rechnung stimmt')
    await page.getByRole('button', { name: 'Ask who it is' }).click()
    const dialog = page.getByRole('dialog', { name: 'Ask who it is' })
    await dialog.getByRole('combobox', { name: 'What should they prove?' }).click()
    await page.getByRole('option', { name: 'Mail address' }).click()
    await dialog.getByRole('radio', { name: 'German' }).check({ force: true })
    await expectAccessible(page)
    await dialog.getByRole('button', { name: 'Make the link' }).click()
    await dialog.getByRole('textbox', { name: 'Text for the answer' }).waitFor()
    await expectAccessible(page)
    await dialog.getByRole('button', { name: 'Put into the answer' }).click()
    const answer = page.getByRole('textbox', { name: 'Answer' })
    await expect.poll(() => answer.inputValue()).toContain('bestätigen Sie bitte hier Ihre E-Mail-Adresse')
    await page.getByText('Not opened yet').waitFor()
    await page.getByRole('button', { name: 'Send', exact: true }).click()
    await expect.poll(() => desk.standing().length, SLOW).toBe(1)
    invitation = /https?:\/\/\S+/.exec(desk.standing()[0]?.text ?? '')?.[0] ?? ''
    expect(invitation).toContain('/p/kobaltfon/connections#')
  })

  test('on a phone, in German, the customer opens it; the secret leaves the address', async () => {
    const { page } = customer
    await page.goto(invitation)
    await page.getByText('hat Sie gebeten zu zeigen, wer Sie sind').waitFor()
    expect(page.url()).toBe(`${desk.server.url}/p/kobaltfon/connections`)
    await expectAccessible(page)
    await expectNoSidewaysScroll(page)
    await page.getByRole('button', { name: 'Beginnen' }).click()
    await page.getByRole('heading', { name: 'Darum bittet Sie Kobaltfon' }).waitFor()
    // The account is recognised by its owner, and told to nobody else.
    await page.getByText('sa•••').waitFor()
    expect(await page.getByText(CUSTOMER.handle).count()).toBe(0)
    await expectAccessible(page)
  })

  test('proves a mail address by the code in the mailbox', async () => {
    const { page } = customer
    await page.getByRole('button', { name: 'Eine E-Mail-Adresse' }).click()
    await page.getByLabel('E-Mail-Adresse', { exact: true }).fill(CUSTOMER.mail)
    await expectAccessible(page)
    await expectNoSidewaysScroll(page)
    await page.getByRole('button', { name: 'Zustimmen und Code senden' }).click()
    const mail = await mailbox.next(CUSTOMER.mail)
    expect(mail.text).toContain('Sagen Sie ihn niemandem')
    const code = /\b\d{4} \d{4}\b/.exec(mail.text)?.[0] ?? ''
    await page.getByLabel('Code', { exact: true }).fill('0000 0000')
    await page.getByRole('button', { name: 'Bestätigen' }).click()
    await page.getByText('Das ist nicht der Code').waitFor()
    await page.getByLabel('Code', { exact: true }).fill(code)
    await page.getByRole('button', { name: 'Bestätigen' }).click()
    await page.getByText('Von Ihnen selbst nachgewiesen', { exact: false }).waitFor()
    await page.getByText(CUSTOMER.mail).waitFor()
  })

  test('and the account by a code in a reply', async () => {
    const { page } = customer
    await page.getByRole('button', { name: 'Zustimmen und Code anzeigen' }).first().click()
    const code = (await page.getByText(/^KONTO-VERBINDEN-/).textContent()) ?? ''
    await expectAccessible(page)
    await expectNoSidewaysScroll(page)
    // Somebody who reads the code and posts it first proves nothing.
    desk.say('trittbrett.test', `ich auch: ${code}`)
    desk.say(CUSTOMER.handle, `hier ist er: ${code.toLowerCase()}`)
    await page.getByText(CUSTOMER.handle).waitFor(SLOW)
    await page.getByRole('heading', { name: 'Danke, das ist alles' }).waitFor()
    expect(await page.getByText('trittbrett').count()).toBe(0)
    await expectAccessible(page)
  })

  test('the agent is told, and sees both linked, proved by the customer', async () => {
    const { page } = agent
    await page.getByText('Proven by the customer', { exact: true }).waitFor(SLOW)
    await page.goto(`${desk.server.url}/w/kobaltfon/notifications`)
    await page.getByText('proved who is writing', { exact: false }).waitFor(SLOW)
    const { items } = (await desk.api('GET', '/persons?limit=50')) as {
      items: { personId: string; authors: { authorId: string; handle: string | null; network: string }[] }[]
    }
    const person = items.find(({ authors }) => authors.some(({ handle }) => handle === CUSTOMER.handle))
    expect(person?.authors.map(({ network }) => network).toSorted()).toEqual(['bluesky', 'mail'])
    const { links } = (await desk.api('GET', `/persons/${person?.personId}`)) as {
      links: { method: string; linkedBy: { kind: string }; author: { network: string } }[]
    }
    const proved = links.filter(({ method }) => method === 'customer-proved')
    expect(new Set(proved.map(({ author }) => author.network))).toEqual(new Set(['bluesky', 'mail']))
    expect(new Set(proved.map(({ linkedBy }) => linkedBy.kind))).toEqual(new Set(['customer']))
    await page.goto(`${desk.server.url}/w/kobaltfon/people/persons/${person?.personId}`)
    const linked = page.getByRole('region', { name: 'Accounts and contact data' })
    await linked.getByText(CUSTOMER.mail).first().waitFor(SLOW)
    await linked
      .getByText(/the customer proved it/i)
      .first()
      .waitFor()
  })

  test('what the customer cuts is gone from the person’s page', async () => {
    const linked = agent.page.getByRole('region', { name: 'Accounts and contact data' })
    const { page } = customer
    await page.getByRole('button', { name: `${CUSTOMER.mail} trennen` }).click()
    await page.getByText('soll bei Kobaltfon nicht länger mit meiner Person verbunden sein').waitFor()
    await page.getByRole('button', { name: 'Jetzt trennen' }).click()
    await page.getByText(`${CUSTOMER.mail} ist nicht mehr mit Ihnen verbunden`).waitFor()
    await expectAccessible(page)
    await agent.page.reload()
    await linked.getByText(CUSTOMER.handle).first().waitFor(SLOW)
    const { items } = (await desk.api('GET', '/persons?limit=50')) as {
      items: { authors: { handle: string | null; network: string }[] }[]
    }
    const person = items.find(({ authors }) => authors.some(({ handle }) => handle === CUSTOMER.handle))
    expect(person?.authors.map(({ network }) => network)).toEqual(['bluesky'])
    expect(await linked.getByText(CUSTOMER.mail).count()).toBe(0)
  })

  test('takes a copy, and ends the visit', async () => {
    const { page } = customer
    const download = page.waitForEvent('download')
    await page.getByRole('button', { name: 'Als Datei herunterladen' }).click()
    expect((await download).suggestedFilename()).toBe('connections.json')
    // What is left was proven by this very visit: everything is handed out at once.
    await page.getByRole('button', { name: 'Kopie von allem Gespeicherten erstellen' }).click()
    const ready = page.getByRole('button', { name: 'Kopie herunterladen' })
    await ready.waitFor(SLOW)
    await expectAccessible(page)
    const whole = page.waitForEvent('download')
    await ready.click()
    const files = unzipSync(await readFile(await (await whole).path()))
    expect(Object.keys(files).sort()).toEqual(['data.json', 'index.html', 'schema.json'])
    expect(strFromU8(files['data.json'] ?? new Uint8Array())).toContain(CUSTOMER.handle)
    await page.getByRole('button', { name: 'Besuch beenden' }).click()
    await page.getByText('Diese Seite öffnet sich mit einem Link').waitFor()
    await page.reload()
    await page.getByText('Diese Seite öffnet sich mit einem Link').waitFor()
  })
})
