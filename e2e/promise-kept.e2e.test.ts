import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { expectAccessible, expectNoSidewaysScroll, journey, signIn, useBrowser, visit } from './browser.ts'
import { type CareDesk, heardRow, MARA, openCareDesk } from './care-desk.ts'

const ASKED = 'die Kobaltbox blinkt rot seit dem Update'
const ALL_DAY = [{ from: '00:00', until: '24:00' }]

interface Calendars {
  items: { calendarId: string; name: string; versions: { version: number }[] }[]
}

journey('a promise, kept and explained', () => {
  let desk: CareDesk
  let page: Page
  const browser = useBrowser()
  beforeAll(async () => {
    desk = await openCareDesk(MARA)
    page = (await visit(browser(), 'mara')).page
    await signIn(page, desk.server.url, MARA)
  })
  afterAll(() => desk?.stop())

  test('one click promises what most begin with, and hours are changed with their holidays in sight', async () => {
    await page.goto(desk.inbox.replace('/inbox', '/settings/clocks'))
    await page.getByText('Nothing is promised yet').waitFor()
    await page.getByRole('button', { name: 'Begin with office hours and one hour' }).click()
    await page.getByText('First answer within 1 hour of service time').waitFor()
    await expectAccessible(page)
    await page.getByRole('button', { name: 'Change Office hours' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByRole('combobox', { name: 'Country' }).fill('Netherlands')
    await page.getByRole('option', { name: 'Netherlands', exact: true }).click()
    await dialog.getByText(/holidays in \d{4} on which the desk is closed/).waitFor()
    await dialog.getByText('The next fortnight by these hours').click()
    expect(await dialog.getByText(/09:00\s?–\s?17:00/).count()).toBeGreaterThan(5)
    await expectAccessible(page)
    await dialog.getByRole('button', { name: 'Save' }).click()
    await page.getByRole('button', { name: /Version 2, since/ }).waitFor()
  })

  test('the list says when an answer is due; one click says why, minute by minute', async () => {
    // A journey runs at any hour.
    const { items } = (await desk.api('GET', '/clock-calendars')) as Calendars
    const days = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday']
    const week = Object.fromEntries(days.map((day) => [day, ALL_DAY]))
    await desk.api('PUT', `/clock-calendars/${items[0]?.calendarId}`, {
      against: 2,
      name: 'Around the clock',
      rules: { timeZone: 'Europe/Berlin', week, closed: [], special: [] },
    })
    desk.say('cem-k.test', ASKED)
    await page.goto(`${desk.inbox}?order=due`)
    const row = await heardRow(page, ASKED)
    await row.getByText(/^Due /).waitFor()
    await row.click()
    await page.getByRole('article').getByText(ASKED).first().waitFor()
    await page.getByRole('button', { name: /^Clocks: Due/ }).click()
    const clocks = page.getByRole('region', { name: 'Clocks' })
    await clocks.getByText('First answer').waitFor()
    await clocks.getByText('By the promise “Everybody”, version 1').first().waitFor()
    await clocks.getByRole('list', { name: 'Minute by minute' }).getByText('Desk open').first().waitFor()
    await clocks.getByText('Back to the queue').first().waitFor()
    await clocks.getByRole('button', { name: 'Tomorrow' }).click()
    await clocks.getByText('Reminds me').waitFor()
    await expectAccessible(page)
    await page.keyboard.press('Escape')
  })

  test('the answer keeps the promise, and then it is the customer’s turn', async () => {
    await page.getByRole('textbox', { name: 'Answer' }).fill('Wir haben das Update zurückgezogen.')
    await page.getByRole('button', { name: 'Send', exact: true }).click()
    await page.getByText('Sent', { exact: true }).waitFor({ timeout: 45_000 })
    const mark = page.getByRole('button', { name: 'Clocks', exact: true })
    await mark.click({ timeout: 30_000 })
    const clocks = page.getByRole('region', { name: 'Clocks' })
    await clocks.getByText('in time').waitFor()
    await clocks.getByText('It is the customer’s turn.').waitFor()
    await clocks.getByRole('button', { name: 'It is our turn' }).click()
    await clocks.getByText('It is our turn.').waitFor()
    await page.keyboard.press('Escape')
    await page.getByText(`${MARA.name} said that it is our turn`).waitFor({ timeout: 30_000 })
  })

  test('figures of so few people are shown to nobody, and the screen says so', async () => {
    await page.setViewportSize({ width: 360, height: 780 })
    await page.goto(desk.inbox.replace('/inbox', '/measure/response'))
    await page.getByText(/Nobody waited|No figures of so few people/).waitFor()
    await expectNoSidewaysScroll(page)
    await expectAccessible(page)
  })
})
