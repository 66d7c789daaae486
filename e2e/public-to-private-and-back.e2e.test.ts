import { buffer } from 'node:stream/consumers'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { pixels } from '../server/publishing/photo.fixture.ts'
import { startMail, type TwinMail } from '../twin/mail/mail.ts'
import { expectAccessible, journey, signIn, useBrowser, visit } from './browser.ts'
import { type CareDesk, MARA, openCareDesk, openConversation } from './care-desk.ts'

const HELP = 'hilfe@kobaltfon.test'
const ASKED = 'mein Router kam nie an. Was nun?'
const CUSTOMER = 'jonas@kundin.test'
const BILL = Buffer.from('%PDF-1.7 of 40 euros')

function withFiles(text: string, files: [type: string, name: string, bytes: Buffer][]) {
  const parts = files.map(
    ([type, name, bytes]) =>
      `--b\nContent-Type: ${type}\nContent-Disposition: attachment; filename="${name}"\nContent-Transfer-Encoding: base64\n\n${bytes.toString('base64')}\n`,
  )
  return {
    head: { 'MIME-Version': '1.0', 'Content-Type': 'multipart/mixed; boundary=b' },
    body: `--b\nContent-Type: text/plain\n\n${text}\n${parts.join('')}--b--`,
  }
}

journey('public to private and back', () => {
  let desk: CareDesk
  let mail: TwinMail
  let mailbox: string
  let account: string
  const browser = useBrowser()
  beforeAll(async () => {
    mail = await startMail()
    mail.account(HELP, 'letters-e2e')
    desk = await openCareDesk(MARA)
    const server = { imapHost: '127.0.0.1', imapPort: mail.imapPort, smtpHost: '127.0.0.1', smtpPort: mail.smtpPort }
    const settings = { address: HELP, name: 'Kobaltfon', ...server, imapSecurity: 'none', smtpSecurity: 'none' }
    const credentials = { user: HELP, password: 'letters-e2e' }
    const source = await desk.api('POST', '/sources', { network: 'mail', settings, credentials })
    mailbox = String((source as { sourceId: string }).sourceId)
    const { items } = (await desk.api('GET', '/sources')) as { items: { network: string; sourceId: string }[] }
    account = items.find(({ network }) => network === 'bluesky')?.sourceId ?? ''
    await desk.api('PATCH', '/members/me', { signOff: 'Mara Lindqvist\nKobaltfon', network: 'mail' })
  })
  afterAll(async () => {
    await desk?.stop()
    await mail?.stop()
  })

  /** The customer writes, and nobody waits for the next look into the mailbox. */
  const writes = async (text: string, head: Record<string, string>) => {
    const lines = Object.entries({ From: `Jonas <${CUSTOMER}>`, Subject: 'Mein Router', ...head })
    mail.receive(HELP, `${lines.map(([name, value]) => `${name}: ${value}`).join('\n')}\n\n${text}`)
    await desk.api('POST', `/sources/${mailbox}/poll`, {})
  }

  test('a complaint is invited to go on by mail, answered there and in public again, and is one conversation throughout', async () => {
    const { page, expectNoFaults, leave } = await visit(browser(), 'handing-over')
    await signIn(page, desk.server.url, MARA)
    const post = desk.say('jonasohnenetz.test', ASKED)
    await desk.api('POST', `/sources/${account}/poll`, {})
    await page.goto(desk.inbox)
    await openConversation(page, 'mein Router kam nie an')
    const article = page.getByRole('article')
    await article.getByText('mein Router kam nie an').first().waitFor()

    await page.getByRole('button', { name: 'Go on in private' }).click()
    await page.getByRole('dialog').getByText(HELP, { exact: true }).waitFor()
    await expectAccessible(page)
    await page
      .getByRole('listitem')
      .filter({ hasText: HELP })
      .getByRole('button', { name: 'Invite in the answer' })
      .click()
    const field = page.getByRole('textbox', { name: 'Answer' })
    await expect.poll(() => field.inputValue()).toContain('hilfe+')
    const invitation = await field.inputValue()
    const address = /hilfe\+[0-9a-z]{8}@kobaltfon\.test/.exec(invitation)?.[0] ?? ''
    await page.getByRole('button', { name: 'Send', exact: true }).click()
    await expect
      .poll(() => desk.standing(), { timeout: 45_000 })
      .toEqual([{ text: `${invitation} ^ML`, answers: post }])

    const photo = await pixels({ width: 320, height: 240 }).png()
    const letter = withFiles('Die Bestellnummer ist 4711.', [
      ['image/png', 'karton.png', photo],
      ['application/pdf', 'Rechnung 2026-11.pdf', BILL],
    ])
    await writes(letter.body, { To: address, 'Message-ID': '<router-1@kundin.test>', ...letter.head })
    await article.getByText('Die Bestellnummer ist 4711.').waitFor({ timeout: 30_000 })
    await article.getByText('Private', { exact: true }).first().waitFor()
    await page.getByText('came with the code of the invitation').waitFor()
    expect(await page.getByRole('radio', { name: /^Private/ }).isChecked()).toBe(true)
    await page.getByRole('button', { name: /^Open: karton.png/ }).click()
    const shown = page.getByRole('dialog').getByRole('img', { name: 'karton.png' })
    await expect.poll(() => shown.evaluate((image: HTMLImageElement) => image.naturalWidth)).toBe(320)
    await expectAccessible(page)
    await page.keyboard.press('Escape')
    const saved = page.waitForEvent('download')
    await page.getByRole('button', { name: /^Save: Rechnung 2026-11.pdf/ }).click()
    expect((await saved).suggestedFilename()).toBe('Rechnung 2026-11.pdf')
    expect(await buffer(await (await saved).createReadStream())).toEqual(BILL)
    await expectAccessible(page)
    await field.fill('Er kommt am Montag.')
    await page.getByRole('button', { name: 'Send', exact: true }).click()
    await expect.poll(() => mail.sent.length, { timeout: 45_000 }).toBe(1)
    expect(mail.sent[0]).toMatchObject({ from: HELP, to: [CUSTOMER] })
    expect(mail.sent[0]?.raw).toContain('Er kommt am Montag.\r\n\r\nMara Lindqvist\r\nKobaltfon')
    expect(mail.sent[0]?.raw).toContain('In-Reply-To: <router-1@kundin.test>')

    await writes('Danke, das passt.', {
      To: HELP,
      'Message-ID': '<router-2@kundin.test>',
      References: '<router-1@kundin.test>',
    })
    await article.getByText('Danke, das passt.').waitFor({ timeout: 30_000 })
    await page.getByText('Public · Bluesky').click()
    await field.fill('Schön, dass es geklappt hat!')
    await page.keyboard.press('Control+Enter')
    await page.getByText('The answer goes out; conversation closed.').waitFor()
    await expect
      .poll(() => desk.standing().map(({ text }) => text), { timeout: 45_000 })
      .toContain('Schön, dass es geklappt hat! ^ML')
    expect(mail.sent).toHaveLength(1)
    expect(desk.standing().some(({ text }) => text.includes('Montag') || text.includes('4711'))).toBe(false)
    const { items } = (await desk.api('GET', '/conversations?limit=50', undefined)) as { items: object[] }
    expect(items).toMatchObject([{ state: 'closed', network: 'bluesky' }])
    expectNoFaults()
    await leave()
  }, 180_000)
})
