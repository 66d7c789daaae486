import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { sql } from 'kysely'
import { SMTPServer } from 'smtp-server'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Desk, openDesk } from '../../inbox/testing/desk.ts'
import { mailDue } from '../../notifications/mailing.ts'
import { sending } from '../../notifications/testing/sending.ts'
import { explain } from '../../platform/testing/explain.ts'
import { dueSoonQuery, overdueQuery, remindOfDeadlines } from './reminding.ts'

const DAY_MS = 86_400_000
let desk: Desk
beforeAll(async () => {
  desk = await openDesk()
})
afterAll(() => desk?.close())

interface Told {
  kind: string
  about: { subject: string; id: string }
  news: string | null
  times: number
}
const toldTo = async (as?: Desk['anna']) =>
  (await desk.ask<{ items: Told[] }>('notifications.list', {}, as)).items.filter(({ kind }) => kind === 'request')
const remind = async () => {
  await remindOfDeadlines(desk.services)
  await desk.app.settle()
}
const request = async (receivedDaysAgo: number) =>
  (
    await desk.ask<{ requestId: string }>('privacy.requests.create', {
      kind: 'access',
      requester: 'Frieda',
      channel: 'mail',
      language: 'de',
      receivedAt: new Date(Date.now() - receivedDaysAgo * DAY_MS),
    })
  ).requestId
const dueIn = (requestId: string, days: number) =>
  desk.rows(
    sql`update privacy_request set due_at = now() + make_interval(days => ${days}) where request_id = ${requestId}`,
  )
const eventsOf = async (requestId: string) =>
  (
    await desk.rows(sql<{ type: string }>`select type from event where subjects ->> 'request' = ${requestId}
      and type in ('request.due-soon', 'request.overdue') order by position`)
  ).map(({ type }) => type)

describe('a deadline', () => {
  it('is told five days before and when it has passed, each once, to those who answer for the data', async () => {
    const requestId = await request(0)
    await remind()
    expect(await toldTo()).toEqual([])
    await dueIn(requestId, 4)
    await remind()
    await remind()
    expect(await toldTo()).toMatchObject([{ about: { subject: 'request', id: requestId }, news: 'due-soon', times: 1 }])
    expect(await toldTo(desk.anna)).toEqual([])
    await dueIn(requestId, -1)
    await remind()
    await remind()
    expect(await toldTo()).toMatchObject([{ about: { subject: 'request', id: requestId }, news: 'overdue', times: 2 }])
    expect(await eventsOf(requestId)).toEqual(['request.due-soon', 'request.overdue'])
    const mailed = await desk.rows(sql`select from notification where kind = 'request' and mail_due_at is not null`)
    expect(mailed.length).toBeGreaterThan(0)
  })

  it('is mailed with what is due and the way there, and without who asked', async () => {
    const mails: Buffer[] = []
    const server = new SMTPServer({
      authOptional: true,
      disabledCommands: ['STARTTLS'],
      onData: (stream, _session, done) => {
        const parts: Buffer[] = []
        stream.on('data', (part: Buffer) => parts.push(part))
        stream.on('end', () => {
          mails.push(Buffer.concat(parts))
          done()
        })
      },
    })
    server.listen(0, '127.0.0.1')
    await once(server.server, 'listening')
    try {
      const port = (server.server.address() as AddressInfo).port
      const plainly = { security: 'none', user: '', from: 'rapport@example.org' }
      await desk.ask('accounts.installation.updateMail', { host: '127.0.0.1', port, ...plainly })
      await desk.rows(sql`update notification set read_at = now(), mail_due_at = null`)
      const requestId = await request(0)
      await dueIn(requestId, 4)
      await remind()
      await desk.rows(sql`update notification set mail_due_at = now() where mail_due_at is not null`)
      expect(await mailDue(desk.services, sending())).toBe(1)
      // Quoted-printable: lines are broken, and an equals sign is written out.
      const text = String(mails[0]).replaceAll('=\r\n', '').replaceAll('=3D', '=')
      expect(text).toContain(`To: ${desk.app.workspace.owner.email}`)
      expect(text).toContain('A request about data is due within five days:')
      expect(text).toMatch(new RegExp(`/w/[a-z0-9-]+/protection\\?request=${requestId}\\s`))
      expect(text).not.toContain('Frieda')
    } finally {
      await new Promise<void>((resolve) => server.close(resolve))
    }
  })

  it('that was extended is told anew before it ends', async () => {
    const requestId = await request(27)
    await remind()
    await desk.ask('privacy.requests.change', { requestId, extension: { reason: 'three systems' } })
    await remind()
    expect(await eventsOf(requestId)).toEqual(['request.due-soon'])
    await dueIn(requestId, 3)
    await remind()
    expect(await eventsOf(requestId)).toEqual(['request.due-soon', 'request.due-soon'])
  })

  it('of a closed request is told to nobody', async () => {
    const requestId = await request(29)
    await desk.ask('privacy.requests.close', { requestId, outcome: 'withdrawn', reason: 'called' })
    await remind()
    expect(await eventsOf(requestId)).toEqual([])
  })

  it('is found by its index', async () => {
    const { workspaceId } = desk
    const now = new Date()
    for (const { plan } of await explain(desk, [
      [overdueQuery(workspaceId, now), 'privacy_request_due'],
      [dueSoonQuery(workspaceId, now, now), 'privacy_request_due'],
    ])) {
      expect(plan).toMatch(/privacy_request_due/)
      expect(plan).not.toContain('Seq Scan')
    }
  })
})
