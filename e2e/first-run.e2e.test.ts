import { afterAll, beforeAll, expect, test } from 'vitest'
import { expectAccessible, journey, useBrowser, visit } from './browser.ts'
import { type RunningServer, startServer } from './server.ts'

journey('first run', () => {
  let server: RunningServer
  const browser = useBrowser()
  beforeAll(async () => {
    server = await startServer()
  })
  afterAll(() => server?.stop())

  test('the set-up link makes the first person the owner', async () => {
    const { page } = await visit(browser(), 'owner')
    expect(server.setUpLink).not.toBeNull()
    await page.goto(server.setUpLink ?? '')
    await page.getByLabel('Your name').fill('Mara Lindqvist')
    await expectAccessible(page)
  })
})
