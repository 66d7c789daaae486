import { createHmac } from 'node:crypto'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
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
import { type CareDesk, MARA, openCareDesk } from './care-desk.ts'

const HEARD_MS = 60_000
const SENT_MS = 20_000

interface Received {
  id: string
  time: string
  signature: string
  body: string
}

journey('a webhook', () => {
  let desk: CareDesk
  let visitor: Visitor
  let receiver: Server
  let status = 204
  let secret = ''
  const received: Received[] = []
  const personIds: string[] = []
  const browser = useBrowser()
  const row = () => visitor.page.getByRole('listitem').filter({ hasText: 'Lagerbuch' }).first()
  const messagesOf = (type: string) => received.filter(({ body }) => JSON.parse(body).type === type)
  const merges = () => messagesOf('persons.merged')
  const look = async () => {
    await expectAccessible(visitor.page)
    await expectNoSidewaysScroll(visitor.page)
  }
  const merge = () =>
    desk.api('POST', '/persons/merges', { personIds, evidence: 'Said so on the phone' }) as Promise<{
      operationId: string
    }>
  const undo = (operationId: string) =>
    desk.api('POST', `/graph/operations/${operationId}/undo`, { reason: 'Two sisters' })

  beforeAll(async () => {
    desk = await openCareDesk(MARA, 'de')
    receiver = createServer((request, response) => {
      let body = ''
      request.on('data', (chunk: Buffer) => (body += chunk.toString()))
      request.on('end', () => {
        const header = (name: string) => String(request.headers[`webhook-${name}`])
        received.push({ id: header('id'), time: header('timestamp'), signature: header('signature'), body })
        response.writeHead(status).end()
      })
    })
    await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve))
    visitor = await visit(browser(), 'Mara on a phone', { language: 'de', phone: true, dark: true })
    await signIn(visitor.page, desk.server.url, MARA)
  }, 240_000)
  afterAll(async () => {
    await visitor?.leave()
    receiver?.closeAllConnections()
    receiver?.close()
    await desk?.stop()
  })

  test('is made, and its secret is shown once', async () => {
    for (const handle of ['wiebke.test', 'wiebke-privat.test']) desk.say(handle, 'Wann kommt der Techniker?')
    const { page } = visitor
    await page.goto(`${desk.server.url}/w/kobaltfon/settings/webhooks`)
    await page.getByText('Noch kein Programm wird benachrichtigt').waitFor()
    await look()
    await page.getByRole('button', { name: 'Neuer Webhook' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByRole('textbox', { name: 'Name' }).fill('Lagerbuch')
    const { port } = receiver.address() as AddressInfo
    await dialog.getByRole('textbox', { name: 'Adresse' }).fill(`http://127.0.0.1:${port}/rapport`)
    await look()
    await dialog.getByRole('button', { name: 'Anlegen' }).click()
    const shown = dialog.locator('code')
    await shown.waitFor()
    secret = await shown.innerText()
    expect(secret).toMatch(/^whsec_/)
    await dialog.getByRole('button', { name: 'Ich habe es gespeichert' }).click()
    await row().getByText('An', { exact: true }).waitFor()
  })

  test('is told of a merge, signed, and says that it was taken', async () => {
    const persons = async () =>
      ((await desk.api('GET', '/persons?limit=100')) as { items: { personId: string }[] }).items
    await expect.poll(async () => (await persons()).length, { timeout: HEARD_MS, interval: 500 }).toBe(2)
    personIds.push(...(await persons()).map(({ personId }) => personId))
    const { operationId } = await merge()
    await expect.poll(() => merges().length, { timeout: SENT_MS }).toBe(1)
    const [{ id, time, signature, body } = { id: '', time: '', signature: '', body: '{}' }] = merges()
    expect(JSON.parse(body)).toMatchObject({ id, subjects: { operation: operationId }, codes: { count: 2 } })
    const key = Buffer.from(secret.replace('whsec_', ''), 'base64')
    expect(signature).toBe(`v1,${createHmac('sha256', key).update(`${id}.${time}.${body}`).digest('base64')}`)
    await row().getByRole('button', { name: 'Letzte Nachrichten' }).click()
    await row().getByRole('listitem').filter({ hasText: 'zusammengeführt' }).getByText('HTTP 204').waitFor()
    await look()
    await undo(operationId)
    await expect.poll(() => messagesOf('operation.undone').length, { timeout: SENT_MS }).toBe(1)
  })

  test('is sent a message once more under the same id', async () => {
    const told = row().getByRole('listitem').filter({ hasText: 'zusammengeführt' })
    await told.getByRole('button', { name: /^Noch einmal senden/ }).click()
    await told.getByText('Angenommen: HTTP 204').waitFor()
    expect(merges()).toHaveLength(2)
    expect(merges()[1]).toMatchObject({ id: merges()[0]?.id, body: merges()[0]?.body })
    await look()
  })

  test('that is gone stops, which its row and the page of health say; nothing was lost when it is switched on', async () => {
    const { page } = visitor
    status = 410
    const { operationId } = await merge()
    await row().getByText('Angehalten', { exact: true }).waitFor({ timeout: SENT_MS })
    await row().getByText('Eine Nachricht wartet').waitFor()
    await look()
    await page.goto(`${desk.server.url}/w/kobaltfon/health`)
    await page.getByRole('status').getByText('Der Webhook Lagerbuch ist angehalten').waitFor()
    await look()
    await page.getByRole('link', { name: 'Lagerbuch', exact: true }).click()
    status = 204
    const before = merges().length
    await row().getByRole('button', { name: 'Einschalten: Lagerbuch' }).click()
    await expect.poll(() => merges().length, { timeout: SENT_MS }).toBe(before + 1)
    expect(JSON.parse(merges().at(-1)?.body ?? '{}')).toMatchObject({ subjects: { operation: operationId } })
  })

  test('is switched off by keyboard', async () => {
    const { page } = visitor
    await expect.poll(() => row().getByText('An', { exact: true }).count()).toBe(1)
    await row().getByRole('button', { name: 'Ausschalten: Lagerbuch' }).focus()
    await page.keyboard.press('Enter')
    await row().getByText('Aus', { exact: true }).waitFor()
    await row().getByRole('button', { name: 'Mehr zu Lagerbuch' }).focus()
    await page.keyboard.press('Enter')
    await page.getByRole('menuitem', { name: 'Neues Geheimnis' }).waitFor()
    await page.keyboard.press('Escape')
    visitor.expectNoFaults()
  })
})
