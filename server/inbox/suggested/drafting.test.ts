import { createServer, type IncomingMessage, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type Desk, openDesk } from '../testing/desk.ts'
import { BLANK } from './redaction.ts'

/** A model that answers as it is told to, and remembers what it was asked. */
let server: Server
let address = ''
let respond: { status: number; body: string } = { status: 200, body: '' }
const asked: { headers: IncomingMessage['headers']; body: { model: string; messages: { content: string }[] } }[] = []
let desk: Desk
beforeAll(async () => {
  server = createServer(async (request, response) => {
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk as Buffer)
    asked.push({ headers: request.headers, body: JSON.parse(Buffer.concat(chunks).toString()) })
    response.writeHead(respond.status, { 'content-type': 'application/json' }).end(respond.body)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  address = `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`
  desk = await openDesk()
  desk.says('lotte.test', '@nordwind.test Lotte here, lotte@private.example.com: where is my parcel?')
  await desk.hear()
})
afterAll(async () => {
  await desk.close()
  server.close()
})

const says = (content: string) => {
  respond = { status: 200, body: JSON.stringify({ choices: [{ message: { content } }] }) }
}
const conversationId = async () => (await desk.conversationOf('lotte.test')).conversationId
const draft = async () =>
  desk.tell('inbox.suggested.draft', { conversationId: await conversationId() }, desk.anna) as Promise<{
    status: number
    body: { text?: string; data?: { code?: string; params?: { failure?: string } } }
  }>
const setUp = (more: object = {}) =>
  desk.tell(
    'inbox.suggested.setModel',
    { switchedOn: true, address, model: 'small', instruction: 'Be brief.', apiKey: 'secret-key', ...more },
    desk.app.workspace.owner,
  )

it('asks nobody until somebody switched a model on, who may', async () => {
  expect((await draft()).body.data?.code).toBe('drafting-off')
  expect(
    (await desk.tell('inbox.suggested.setModel', { switchedOn: true, address, model: 'm', instruction: '' }, desk.anna))
      .status,
  ).toBe(403)
  expect((await setUp({ address: 'http://models.example.org/v1' })).body.data?.code).toBe('drafting-address')
  expect((await setUp({ model: '' })).body.data?.code).toBe('drafting-incomplete')
  expect(asked).toEqual([])
})

it('sends exactly what it showed, without what is personal, and gives a draft back', async () => {
  expect((await setUp()).status).toBe(200)
  const shown = await desk.ask<{ messages: { content: string }[]; removed: number; host: string }>(
    'inbox.suggested.prompt',
    { conversationId: await conversationId() },
    desk.anna,
  )
  expect(asked).toEqual([])
  expect(shown.messages[1]?.content).toContain(`${BLANK}: where is my parcel?`)
  expect(JSON.stringify(shown.messages)).not.toContain('private.example.com')
  says('We are looking into it.')
  expect((await draft()).body.text).toBe('We are looking into it.')
  expect(asked).toMatchObject([
    { headers: { authorization: 'Bearer secret-key' }, body: { model: 'small', messages: shown.messages } },
  ])
  const [event] = await desk.rows(sql<{ codes: object }>`select codes from event where type = 'drafting.asked'`)
  expect(event?.codes).toEqual({ host: new URL(address).host })
  const [row] = await desk.rows(sql<{ api_key: string }>`select api_key from drafting_model`)
  expect(row?.api_key).not.toContain('secret-key')
})

it('sends nothing to the customer: the outbox stays as it was', async () => {
  expect(await desk.rows(sql`select 1 from delivery`)).toEqual([])
})

it('every failure has a name', async () => {
  const failing = async (status: number, body: string) => {
    respond = { status, body }
    return (await draft()).body.data?.params?.failure
  }
  expect(await failing(401, '{}')).toBe('credentials')
  expect(await failing(429, '{}')).toBe('rate-limited')
  expect(await failing(500, '{}')).toBe('refused')
  expect(await failing(200, 'no json')).toBe('unreadable')
  expect(await failing(200, '{"choices":[]}')).toBe('unreadable')
  expect(await failing(200, `"${'x'.repeat(300_000)}"`)).toBe('too-large')
  says('  ')
  expect((await draft()).body.data?.params?.failure).toBe('empty')
  const free = createServer()
  await new Promise<void>((resolve) => free.listen(0, '127.0.0.1', resolve))
  const { port } = free.address() as AddressInfo
  await new Promise((resolve) => free.close(resolve))
  await setUp({ address: `http://127.0.0.1:${port}/v1` })
  expect((await draft()).body.data?.params?.failure).toBe('unreachable')
})

it('a key goes to no other place than the one it was given for', async () => {
  await setUp()
  const other = address.replace('/v1', '/v2')
  const { status, body } = await setUp({ address: other, apiKey: undefined })
  expect([status, (body as { hasKey?: boolean }).hasKey]).toEqual([200, false])
})
