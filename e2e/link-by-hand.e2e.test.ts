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
const MAIL = 'familie@deichmann.example'

interface Looked {
  authorId: string
  person: { personId: string } | null
  sharedBy: { personId: string }[]
}

journey('linking by hand', () => {
  let desk: CareDesk
  let visitor: Visitor
  const browser = useBrowser()
  const ids = new Map<string, string>()
  const look = (kind: string, value: string) =>
    desk.api('POST', '/contact-points/lookup', { kind, value }) as Promise<Looked>
  const openDialog = async (of: string) => {
    const { page } = visitor
    await page.goto(`${desk.server.url}/w/kobaltfon/people/persons/${ids.get(of)}`)
    await page.getByRole('button', { name: 'Konto oder Kontaktdaten verknüpfen' }).click()
    return page.getByRole('dialog')
  }
  const typeByHand = async (of: string, kind: string, value: string) => {
    const dialog = await openDialog(of)
    await dialog.getByRole('button', { name: 'Kontaktdaten von Hand eingeben' }).click()
    await dialog.getByRole('combobox', { name: 'Art' }).click()
    await visitor.page.getByRole('option', { name: kind }).click()
    await dialog.getByRole('textbox', { name: kind }).fill(value)
    await dialog.getByRole('button', { name: 'Weiter' }).click()
    return dialog
  }
  const linkIt = async (submit: string) => {
    const { page } = visitor
    const dialog = page.getByRole('dialog')
    await dialog.getByRole('region', { name: 'Was dieser Schritt bewirkt' }).getByText('Danach').waitFor()
    await expectAccessible(page)
    await expectNoSidewaysScroll(page)
    await dialog.getByRole('textbox', { name: /^Warum/ }).fill('Am Telefon gesagt')
    await dialog.getByRole('button', { name: submit, exact: true }).click()
    await dialog.waitFor({ state: 'detached' })
  }

  beforeAll(async () => {
    desk = await openCareDesk(MARA, 'de')
    visitor = await visit(browser(), 'Mara on a phone', { language: 'de', phone: true })
    await signIn(visitor.page, desk.server.url, MARA)
  }, 240_000)
  afterAll(async () => {
    await visitor?.leave()
    await desk?.stop()
  })

  test('two who wrote are known', async () => {
    for (const handle of ['wiebke.test', 'onno.test']) desk.say(handle, 'Wann kommt der Techniker?')
    const heard = async () => {
      const { items } = (await desk.api('GET', '/authors?limit=100')) as {
        items: { handle: string; person: { personId: string } | null }[]
      }
      for (const { handle, person } of items) if (person) ids.set(handle.replace('.test', ''), person.personId)
      return [...ids.keys()].toSorted()
    }
    await expect.poll(heard, { timeout: HEARD_MS, interval: 500 }).toEqual(['onno', 'wiebke'])
    for (const [name, personId] of ids) await desk.api('PATCH', `/persons/${personId}`, { name })
  })

  test('what is no phone number is refused where it was typed; one that is, is linked as it is kept', async () => {
    const dialog = await typeByHand('wiebke', 'Telefonnummer', '12')
    await dialog.getByText('Das ist keine Telefonnummer').waitFor()
    // The browser itself notes the refusal; nothing else may go wrong from here on.
    expect(visitor.faults.splice(0)).toEqual([expect.stringContaining('400')])
    await expectAccessible(visitor.page)
    await dialog.getByRole('textbox', { name: 'Telefonnummer' }).fill('0421 2345678')
    await dialog.getByRole('button', { name: 'Weiter' }).click()
    await dialog.getByText('+494212345678').first().waitFor()
    await linkIt('Verknüpfen')
    await visitor.page.getByRole('region', { name: 'Konten und Kontaktdaten' }).getByText('+494212345678').waitFor()
  })

  test('an address that is another’s is shared, and stays with them', async () => {
    await desk.api('POST', `/persons/${ids.get('wiebke')}/contact-points`, {
      contact: { kind: 'mail', value: MAIL },
      evidence: 'Order form',
    })
    const dialog = await typeByHand('onno', 'E-Mail-Adresse', MAIL.toUpperCase())
    await dialog.getByText(`${MAIL} gehört zu wiebke.`).waitFor()
    await dialog.getByRole('radio', { name: /nutzen es gemeinsam/ }).click()
    await expectAccessible(visitor.page)
    await dialog.getByRole('button', { name: 'Weiter' }).click()
    await linkIt('Verknüpfen')
    expect(await look('mail', MAIL)).toMatchObject({
      person: { personId: ids.get('wiebke') },
      sharedBy: [{ personId: ids.get('onno') }],
    })
  })

  test('a number is found by search, moved after a preview, and goes back by the undo', async () => {
    const dialog = await openDialog('onno')
    await dialog.getByLabel('Konto oder Person').fill('0421 2345678')
    await dialog.getByRole('button', { name: 'Wählen: wiebke' }).click()
    await dialog.getByRole('button', { name: 'Wählen: +494212345678' }).click()
    await dialog.getByRole('radio', { name: 'Es gehört zu onno, nicht zu wiebke' }).click()
    await dialog.getByRole('button', { name: 'Weiter' }).click()
    await linkIt('Verschieben')
    const holder = async () => (await look('phone', '+494212345678')).person?.personId
    expect(await holder()).toBe(ids.get('onno'))
    await visitor.page.getByRole('button', { name: 'Rückgängig', exact: true }).click()
    await expect.poll(holder).toBe(ids.get('wiebke'))
  })

  test('who turns out to be the same is merged', async () => {
    const dialog = await openDialog('onno')
    await dialog.getByLabel('Konto oder Person').fill('wiebke')
    await dialog.getByRole('button', { name: 'Wählen: wiebke' }).click()
    await dialog.getByRole('radio', { name: /sind dieselbe Person/ }).click()
    await dialog.getByRole('button', { name: 'Weiter' }).click()
    await linkIt('Zusammenführen')
    expect(await desk.api('GET', `/persons/${ids.get('onno')}`)).toMatchObject(
      await (desk.api('GET', `/persons/${ids.get('wiebke')}`) as Promise<object>),
    )
    visitor.expectNoFaults()
  })
})
