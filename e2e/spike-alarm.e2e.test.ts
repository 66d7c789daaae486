import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { expectAccessible, journey, signIn, useBrowser, visit } from './browser.ts'
import { type CareDesk, MARA, openCareDesk } from './care-desk.ts'
import { type Mailbox, startMailbox } from './mailbox.ts'

const HOUR_MS = 3_600_000
/** Nine quiet days: a post every two hours, which is what the alarm has to measure against. */
const HISTORY_HOURS = 9 * 24
const STORM_POSTS = 40
const STORM_TEXT = 'kein Netz in Lehe, die Störung nimmt kein Ende'

journey('spike alarm', () => {
  let desk: CareDesk
  let mailbox: Mailbox
  let folder: string
  const browser = useBrowser()
  beforeAll(async () => {
    desk = await openCareDesk(MARA)
    mailbox = await startMailbox()
    await desk.mailThrough(mailbox.port)
    folder = await mkdtemp(path.join(tmpdir(), 'rapport-alarm-'))
    await writeFile(path.join(folder, 'history.csv'), quietHistory())
  })
  afterAll(async () => {
    await desk?.stop()
    await mailbox?.stop()
    await rm(folder, { recursive: true, force: true })
  })

  test('imported history is the measure; a storm raises one alarm that names its cause, is mailed, acknowledged and undone', async () => {
    const { page, expectNoFaults, leave } = await visit(browser(), 'alarm')
    await signIn(page, desk.server.url, MARA)
    const place = `${desk.server.url}/w/kobaltfon`
    const { items } = (await desk.api('GET', '/topics')) as { items: { topicId: string; kind: string }[] }
    const topicId = items.find(({ kind }) => kind === 'brand')?.topicId

    await page.goto(`${place}/measure/alarms`)
    await page.getByText('Nothing unusual goes on').waitFor()
    await expectAccessible(page)

    await page.goto(`${place}/listening/topics/${topicId}/alarms`)
    await page.getByRole('switch', { name: 'Raise alarms for this topic' }).click()
    await page.getByRole('combobox', { name: 'Members' }).click()
    await page.getByRole('option', { name: MARA.name }).click()
    await page.keyboard.press('Escape')
    await page.getByRole('button', { name: 'Save', exact: true }).click()
    await page.getByText('Still learning what is usual: 7 days').waitFor()
    await expectAccessible(page)

    await page.goto(`${place}/listening/imports`)
    await page.locator('input[type="file"]').setInputFiles(path.join(folder, 'history.csv'))
    await page.getByRole('button', { name: 'Start the import' }).click()
    await page.getByText('Done', { exact: true }).waitFor()
    await page.goto(`${place}/listening/topics/${topicId}/alarms`)
    await page.getByText('Watched. What is usual is learned').waitFor()

    // Nobody listens there: that is said with the result.
    await page.getByRole('textbox', { name: 'Address' }).fill('http://127.0.0.1:9/hook')
    await page.getByRole('button', { name: 'Save', exact: true }).click()
    await page.getByText('The secret that signs every message').waitFor()
    await page.getByText(/^whsec_/).waitFor()
    await expectAccessible(page)
    await page.getByRole('button', { name: 'I have kept it' }).click()
    await page.getByRole('button', { name: 'Send a test' }).click()
    await page.getByText('unreachable').waitFor({ timeout: 30_000 })

    for (let at = 0; at < STORM_POSTS; at++) desk.say(`voice-${at}.test`, `Kobaltfon: ${STORM_TEXT} (${at})`)
    await page.goto(`${place}/measure/alarms`)
    const row = page.getByRole('option').filter({ hasText: 'Kobaltfon' })
    await row.waitFor({ timeout: 120_000 })
    expect(await row.count()).toBe(1)
    await expectAccessible(page)

    const mail = await mailbox.next(MARA.email, 60_000)
    expect(mail.text).toContain(`${place}/measure/alarms?alarm=`)
    expect(mail.text).not.toContain(STORM_TEXT)

    await row.click()
    await page.getByRole('heading', { name: 'What is unusual' }).waitFor()
    await page.getByText(STORM_TEXT).first().waitFor()
    await page.getByText('Bluesky (').waitFor()
    await expectAccessible(page)
    await page.keyboard.press('a')
    await page.getByText(`${MARA.name} looks after it since`).waitFor()
    await page.getByRole('button', { name: /^Undo/ }).click()
    await page.getByRole('button', { name: 'Acknowledge' }).click()
    await page.getByText('Acknowledged', { exact: true }).waitFor()

    await page.goto(`${place}/notifications`)
    await page.getByRole('option').filter({ hasText: 'An alarm about Kobaltfon' }).click()
    await page.getByRole('heading', { name: 'What is unusual' }).waitFor()

    await page.goto(`${place}/listening/topics/${topicId}/alarms`)
    await page.getByRole('img', { name: /^Posts an hour/ }).waitFor()
    await expectAccessible(page)
    expectNoFaults()
    await leave()
  }, 300_000)
})

function quietHistory(): string {
  const now = Date.now()
  const rows = Array.from({ length: HISTORY_HOURS / 2 }, (_, at) => {
    const published = new Date(now - (2 * at + 1) * HOUR_MS).toISOString()
    return `80000000000000${String(1000 + at)},"Kobaltfon läuft bei uns, Tag ${at}",${published},ruhe-${at}`
  })
  return ['id,text,date,username', ...rows].join('\n')
}
