import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { phonePhoto, pixels } from '../server/publishing/photo.fixture.ts'
import { readPictureHeader } from '../server/publishing/picture-header.ts'
import { expectAccessible, expectNoSidewaysScroll, journey, signIn, useBrowser, visit } from './browser.ts'
import { type CareDesk, MARA, openCareDesk, openConversation } from './care-desk.ts'

const SHOWN = 'A router; the third light blinks red'

interface Embedded {
  image: { ref: { $link: string } }
  alt: string
  aspectRatio: { width: number; height: number }
}

journey('pictures in an answer', () => {
  let desk: CareDesk
  const browser = useBrowser()
  beforeAll(async () => {
    desk = await openCareDesk(MARA)
  })
  afterAll(() => desk?.stop())

  const open = async (page: Page, text: string) => {
    await page.goto(desk.inbox)
    await openConversation(page, text)
    await page.getByRole('textbox', { name: 'Answer' }).waitFor()
  }
  const attach = (page: Page, name: string, mimeType: string, buffer: Buffer) =>
    page.locator('input[type="file"]').setInputFiles({ name, mimeType, buffer })

  test('a phone’s photo arrives upright, within limits, described, and without where it was taken', async () => {
    const photo = await phonePhoto({ width: 3_600, height: 2_400, orientation: 6 })
    expect(photo.length).toBeGreaterThan(5 * 1024 * 1024)
    const { page, expectNoFaults, leave } = await visit(browser(), 'sending a photo')
    await signIn(page, desk.server.url, MARA)
    desk.say('saskiaohnenetz.test', 'welche Leuchte muss an sein?')
    await open(page, 'welche Leuchte')
    await page.getByRole('textbox', { name: 'Answer' }).fill('So sieht es richtig aus.')
    await attach(page, 'IMG_2041.jpg', 'image/jpeg', photo)
    const alt = page.getByRole('textbox', { name: 'What IMG_2041.jpg shows' })
    await alt.waitFor({ timeout: 45_000 })
    await alt.fill(SHOWN)
    await attach(page, 'plan.png', 'image/png', await pixels({ width: 320, height: 200 }).png())
    await page.getByRole('textbox', { name: 'What plan.png shows' }).fill('Where it stands')
    await expectAccessible(page)
    // From the field of the description, which is not left before.
    await page.keyboard.press('Control+Enter')
    await expect.poll(() => desk.standing().length, { timeout: 90_000 }).toBe(1)

    const record = [...desk.twin.world.records.values()].find(({ value }) => String(value.text).startsWith('So sieht'))
    const { images } = (record?.value.embed ?? { images: [] }) as { images: Embedded[] }
    expect(images.map((image) => image.alt)).toEqual([SHOWN, 'Where it stands'])
    const [first, second] = images.map(({ image, aspectRatio }) => {
      const bytes = desk.twin.world.blobs.get(image.ref.$link)?.bytes ?? new Uint8Array()
      return { bytes, aspectRatio, header: readPictureHeader(bytes) }
    })
    expect(first?.bytes.byteLength).toBeGreaterThan(100_000)
    expect(first?.bytes.byteLength).toBeLessThanOrEqual(1_000_000)
    expect(first?.header).toMatchObject({ mediaType: 'image/jpeg', metadata: false, orientation: 1 })
    expect(first?.aspectRatio).toEqual({ width: first?.header?.width, height: first?.header?.height })
    expect((first?.aspectRatio.height ?? 0) / (first?.aspectRatio.width ?? 1)).toBeCloseTo(1.5, 1)
    for (const trace of ['Exif', 'Jana Brandt']) expect(Buffer.from(first?.bytes ?? []).includes(trace)).toBe(false)
    expect(second).toMatchObject({ aspectRatio: { width: 320, height: 200 }, header: { mediaType: 'image/png' } })
    expectNoFaults()
    await leave()
  }, 200_000)

  test('a picture is pasted or dropped, taken away again, and refused with the reason', async () => {
    const { page, leave } = await visit(browser(), 'refused')
    await signIn(page, desk.server.url, MARA)
    desk.say('arne-pendelt.test', 'ist das Netz in der Bahn kaputt?')
    await open(page, 'Netz in der Bahn')
    const alert = page.getByRole('alert')
    const broken = (await phonePhoto({ width: 200, height: 200 })).subarray(0, 400)
    await attach(page, 'broken.jpg', 'image/jpeg', broken)
    await alert.getByText('not an image that we can read').waitFor()
    const bomb = Buffer.from(await pixels({ width: 10, height: 10 }).png())
    bomb.writeUInt32BE(90_000, 16)
    bomb.writeUInt32BE(90_000, 20)
    await attach(page, 'bomb.png', 'image/png', bomb)
    await alert.getByText('too many pixels: 50 megapixels at most').waitFor()
    await attach(page, 'moving.gif', 'image/gif', Buffer.from('GIF89a\x01\0\x01\0', 'latin1'))
    await alert.getByText('Moving images cannot be attached').waitFor()

    const small = (await pixels({ width: 40, height: 30 }).png()).toString('base64')
    for (const kind of ['paste', 'drop'] as const) {
      await give(page, kind, small)
      await page.getByRole('textbox', { name: `What ${kind}.png shows` }).waitFor()
    }
    await expect.poll(() => alert.innerText()).toBe('')
    await page.getByRole('button', { name: 'Remove paste.png' }).click()
    await page.getByRole('textbox', { name: 'What paste.png shows' }).waitFor({ state: 'detached' })
    for (let count = 0; count < 4; count++) await give(page, 'drop', small)
    await alert.getByText('4 images at most').waitFor()
    await leave()
  })

  test('is done on a phone in the dark as well', async () => {
    const { page, leave } = await visit(browser(), 'phone', { phone: true, dark: true, language: 'de' })
    await signIn(page, desk.server.url, MARA)
    desk.say('frieda-funkt.test', 'wo steckt man das Kabel hinein?')
    await open(page, 'das Kabel')
    await attach(page, 'buchse.png', 'image/png', await pixels({ width: 400, height: 300 }).png())
    await page.getByRole('textbox', { name: /buchse\.png/ }).waitFor()
    await expectNoSidewaysScroll(page)
    await expectAccessible(page)
    await leave()
  })
})

/** As the clipboard or a file manager hands it over. */
const give = (page: Page, kind: 'paste' | 'drop', base64: string) =>
  page.evaluate(
    ([how, content]) => {
      const bytes = Uint8Array.from(atob(content), (letter) => letter.charCodeAt(0))
      const data = new DataTransfer()
      data.items.add(new File([bytes], `${how}.png`, { type: 'image/png' }))
      const field = document.querySelector('textarea')
      const rest = { bubbles: true, cancelable: true }
      field?.dispatchEvent(
        how === 'paste'
          ? new ClipboardEvent('paste', { ...rest, clipboardData: data })
          : new DragEvent('drop', { ...rest, dataTransfer: data }),
      )
    },
    [kind, base64] as const,
  )
