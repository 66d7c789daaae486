import { randomUUID } from 'node:crypto'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startMail, type TwinMail } from '../twin/mail/mail.ts'
import { expectAccessible, journey, signIn, useBrowser, visit } from './browser.ts'
import { type CareDesk, heardRow, MARA, openCareDesk } from './care-desk.ts'

const LINA = { email: 'lina@agentur-nordost.test', password: 'yet another phrase', name: 'Lina Lohse' }
const HELP = 'hilfe@kobaltfon.test'
const CUSTOMER = 'jonas@kundin.test'
const ASKED = 'seit drei Wochen kein Router, und niemand ruft zurück. Frechheit.'
const WITH_IBAN = 'Die Gutschrift geht an DE89370400440532013000.'
const PROMISE = 'Das tut uns leid. Sie bekommen die Grundgebühr für November zurück.'
const ALL_DAY = [{ from: '00:00', until: '24:00' }]

/** One complaint through everything that a desk has: rules, clocks, policy, a second pair of eyes, a private strand, an end. */
journey('a complaint, from the tweet to solved', () => {
  let desk: CareDesk
  let mail: TwinMail
  let mailbox: string
  let agent: Page
  let lead: Page
  const browser = useBrowser()

  beforeAll(async () => {
    mail = await startMail()
    mail.account(HELP, 'letters-e2e')
    desk = await openCareDesk(MARA)
    await desk.join(LINA, 'agent')
    const server = { imapHost: '127.0.0.1', imapPort: mail.imapPort, smtpHost: '127.0.0.1', smtpPort: mail.smtpPort }
    const settings = { address: HELP, name: 'Kobaltfon', ...server, imapSecurity: 'none', smtpSecurity: 'none' }
    const credentials = { user: HELP, password: 'letters-e2e' }
    const source = await desk.api('POST', '/sources', { network: 'mail', settings, credentials })
    mailbox = String((source as { sourceId: string }).sourceId)
    await runByRules()
    agent = (await visit(browser(), 'lina')).page
    await signIn(agent, desk.server.url, LINA)
    lead = (await visit(browser(), 'mara')).page
    await signIn(lead, desk.server.url, MARA)
  })
  afterAll(async () => {
    await desk?.stop()
    await mail?.stop()
  })

  /** Complaints about routers are urgent, go to whoever fits, and a second person looks before anything is said. */
  async function runByRules(): Promise<void> {
    const { items } = (await desk.api('GET', '/members')) as { items: { memberId: string; email: string }[] }
    const lina = items.find(({ email }) => email === LINA.email)?.memberId
    const team = (await desk.api('POST', '/teams', { name: 'Lieferung', memberIds: [lina] })) as { teamId: string }
    const skills = { languages: ['de'], products: ['Router'], capacity: 5 }
    await desk.api('PUT', `/members/${lina}/staffing`, skills)
    const days = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday']
    const week = Object.fromEntries(days.map((day) => [day, ALL_DAY]))
    const calendar = (await desk.api('POST', '/clock-calendars', {
      name: 'Rund um die Uhr',
      rules: { timeZone: 'Europe/Berlin', week, closed: [], special: [] },
    })) as { calendarId: string }
    await desk.api('POST', '/clock-policies', {
      name: 'Eilig',
      rules: {
        calendarId: calendar.calendarId,
        applies: { sourceIds: [], networks: [], languages: [], mentions: false },
        targets: [
          { clock: 'first-answer', priority: 'urgent', minutes: 15 },
          { clock: 'resolution', minutes: 1_440 },
        ],
        pauses: { waiting: true, snoozed: false, crisis: false },
        answers: ['public', 'private'],
        reopening: 'continue',
        ladders: { 'first-answer': [], 'next-answer': [], resolution: [] },
      },
    })
    await desk.api('PUT', '/routing', {
      againstVersion: 0,
      note: '',
      rules: [
        {
          ruleId: randomUUID(),
          name: 'Router, die nicht ankommen',
          on: true,
          asks: 'first',
          match: 'all',
          conditions: [{ about: 'text', is: 'matches', query: 'router*', languages: ['de'] }],
          actions: [
            { do: 'priority', priority: 'urgent' },
            {
              do: 'assign',
              to: { kind: 'skill', teamId: team.teamId, language: true, product: 'Router' },
            },
            { do: 'four-eyes' },
          ],
          stops: false,
        },
      ],
    })
  }

  /** The customer writes a letter, and nobody waits for the next look into the mailbox. */
  const writes = async (text: string, head: Record<string, string>) => {
    const lines = Object.entries({ From: `Jonas <${CUSTOMER}>`, Subject: 'Mein Router', ...head })
    mail.receive(HELP, `${lines.map(([name, value]) => `${name}: ${value}`).join('\n')}\n\n${text}`)
    await desk.api('POST', `/sources/${mailbox}/poll`, {})
  }
  const send = (page: Page) => page.getByRole('button', { name: 'Send', exact: true }).click()

  test('a rule gives it to whoever fits, with a clock that runs, and says so', async () => {
    desk.say('jonasohnenetz.test', ASKED)
    await agent.goto(`${desk.inbox}?assignee=me`)
    const row = await heardRow(agent, 'seit drei Wochen kein Router')
    await row.getByText('Urgent').waitFor()
    await row.getByText(/^Due /).waitFor()
    await row.click()
    await agent.getByText('Router, die nicht ankommen').first().waitFor()
  })

  test('a bank account is stopped while one writes; what may be said waits for a colleague, and the author cannot approve it', async () => {
    const field = agent.getByRole('textbox', { name: 'Answer' })
    await field.fill(WITH_IBAN)
    await agent.getByText('This is a bank account number (IBAN).').first().waitFor()
    await send(agent)
    await agent.getByRole('dialog').getByText('This cannot be sent').waitFor()
    await agent.getByRole('button', { name: 'Back to the text' }).click()
    expect(desk.standing()).toEqual([])
    await agent.getByRole('button', { name: 'Go on in private' }).click()
    await field.fill('')
    await agent
      .getByRole('listitem')
      .filter({ hasText: HELP })
      .getByRole('button', { name: 'Invite in the answer' })
      .click()
    await expect.poll(() => field.inputValue()).toContain('hilfe+')
    await field.fill(`${PROMISE} ${await field.inputValue()}`)
    await agent.getByText('The routing rule “Router, die nicht ankommen” wants a second person').waitFor()
    await send(agent)
    await agent.getByText('Somebody else has to approve this').waitFor()
    await expectAccessible(agent)
    await agent.getByRole('dialog').getByRole('button', { name: 'Ask for approval' }).click()
    await agent.getByText('It waits for approval').first().waitFor()
    await agent.getByRole('link', { name: 'Look at it' }).click()
    await agent.getByRole('button', { name: 'Withdraw' }).waitFor()
    expect(await agent.getByRole('button', { name: 'Approve', exact: true }).isVisible()).toBe(false)
    expect(desk.standing()).toEqual([])
  })

  test('a second person lets exactly this text go', async () => {
    await lead.goto(desk.inbox.replace('/inbox', '/approvals'))
    await lead.getByText('seit drei Wochen kein Router').first().click()
    await lead.getByRole('region', { name: 'What we are about to say' }).getByText(PROMISE).waitFor()
    await expectAccessible(lead)
    await lead.getByRole('button', { name: 'Approve', exact: true }).click()
    await expect.poll(() => desk.standing().length, { timeout: 45_000 }).toBe(1)
    expect(desk.standing()[0]?.text).toContain(PROMISE)
  })

  test('it goes on in private as the same case, is closed, and the customer is content', async () => {
    const address = /hilfe\+[0-9a-z]{8}@kobaltfon\.test/.exec(desk.standing()[0]?.text ?? '')?.[0] ?? ''
    expect(address).not.toBe('')
    await agent.goto(`${desk.inbox}?assignee=me`)
    await agent.getByRole('option').first().click()
    await writes('Die Kundennummer ist 4711.', { To: address, 'Message-ID': '<router-1@kundin.test>' })
    await agent.getByRole('article').getByText('Die Kundennummer ist 4711.').waitFor({ timeout: 30_000 })
    const field = agent.getByRole('textbox', { name: 'Answer' })
    await field.fill('Der Router ist unterwegs und kommt am Montag.')
    await send(agent)
    await agent.getByRole('dialog').getByRole('button', { name: 'Ask for approval' }).click()
    await lead.goto(desk.inbox.replace('/inbox', '/approvals'))
    await lead.getByText('Der Router ist unterwegs').first().click()
    await lead.getByRole('button', { name: 'Approve', exact: true }).click()
    await expect.poll(() => mail.sent.length, { timeout: 45_000 }).toBe(1)
    await writes('Super, vielen Dank! Der Router läuft, ich bin sehr zufrieden.', {
      To: HELP,
      'Message-ID': '<router-2@kundin.test>',
      References: '<router-1@kundin.test>',
    })
    const thanks = agent.getByRole('article').filter({ hasText: 'ich bin sehr zufrieden' })
    await thanks.getByText(/Positive/).waitFor({ timeout: 30_000 })
    await agent.getByRole('button', { name: /^Clocks/ }).click()
    const clocks = agent.getByRole('region', { name: 'Clocks' })
    await clocks.getByText('in time').first().waitFor()
    await expectAccessible(agent)
    await agent.keyboard.press('Escape')
    await agent
      .getByRole('article', { name: 'Conversation' })
      .getByRole('button', { name: 'Close', exact: true })
      .click()
    await expect
      .poll(async () => ((await desk.api('GET', '/conversations?limit=50')) as { items: object[] }).items, {
        timeout: 15_000,
      })
      .toMatchObject([{ state: 'closed', network: 'bluesky', priority: 'urgent' }])
  }, 180_000)
})
