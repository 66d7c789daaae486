import { createSocket, type Socket } from 'node:dgram'
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { accountOfDomain, textRecords } from './domain-handle.ts'

const DID = 'did:plc:abcdefghijklmnopqrstuvwx'
const OTHER = 'did:plc:bcdefghijklmnopqrstuvwxy'
const TXT = 16
const NO_SUCH_NAME = 3
/** What the name server of this file says: records of strings; null: nothing at all, as a server that is down. */
const ZONE: Record<string, string[][] | null> = {
  '_atproto.ada.example': [[`did=${DID}`]],
  '_atproto.parts.example': [['v=spf1 -all'], ['did=did:plc:abcdefgh', 'ijklmnopqrstuvwx']],
  '_atproto.torn.example': [[`did=${DID}`], [`did=${OTHER}`]],
  '_atproto.silent.example': null,
}
let server: Socket
let servers: string[]

beforeAll(async () => {
  server = createSocket('udp4')
  server.on('message', (question, from) => {
    const answer = answerTo(question)
    if (answer) server.send(answer, from.port, from.address)
  })
  server.bind(0, '127.0.0.1')
  await once(server, 'listening')
  servers = [`127.0.0.1:${(server.address() as AddressInfo).port}`]
})
afterAll(() => server.close())

/** RFC 1035: the question again, and its records by a pointer to its name. */
function answerTo(question: Buffer): Buffer | null {
  const labels: string[] = []
  let at = 12
  for (let length = question[at] ?? 0; length > 0; length = question[at] ?? 0) {
    labels.push(question.toString('latin1', at + 1, at + 1 + length))
    at += length + 1
  }
  const zone = ZONE[labels.join('.').toLowerCase()]
  if (zone === null) return null
  const head = Buffer.alloc(12)
  question.copy(head, 0, 0, 2)
  head.writeUInt16BE(0x8180 | (zone ? 0 : NO_SUCH_NAME), 2)
  head.writeUInt16BE(1, 4)
  head.writeUInt16BE(zone?.length ?? 0, 6)
  return Buffer.concat([head, question.subarray(12, at + 5), ...(zone ?? []).map(record)])
}

function record(texts: string[]): Buffer {
  const data = Buffer.concat(texts.map((text) => Buffer.concat([Buffer.from([text.length]), Buffer.from(text)])))
  const head = Buffer.from([0xc0, 12, 0, TXT, 0, 1, 0, 0, 0, 60, 0, 0])
  head.writeUInt16BE(data.length, 10)
  return Buffer.concat([head, data])
}

/** The directory knows who claims which name; no site has anything to say. */
const accountOf = (handle: string) =>
  accountOfDomain(
    {
      txt: (name) => textRecords(name, servers),
      look: async (address) =>
        address === `https://directory.test/${DID}`
          ? {
              status: 200,
              url: address,
              text: JSON.stringify({ id: DID, alsoKnownAs: [`at://${handle}`] }),
            }
          : null,
      directory: 'https://directory.test',
    },
    handle,
  )

describe('a domain that names its account in DNS', () => {
  it('is asked over the wire, at _atproto', async () => {
    expect(await textRecords('_atproto.ada.example', servers)).toEqual([[`did=${DID}`]])
    expect(await accountOf('ada.example')).toMatchObject({ network: 'bluesky', networkId: DID, handle: 'ada.example' })
  })

  it('may say it in parts, beside records of others', async () => {
    expect(await accountOf('parts.example')).toMatchObject({ networkId: DID })
  })

  it('that names two says nothing', async () => {
    expect(await textRecords('_atproto.torn.example', servers)).toHaveLength(2)
    expect(await accountOf('torn.example')).toBeNull()
  })

  it('that nobody knows, or whose server keeps silent, says nothing either, within seconds', async () => {
    await expect(textRecords('_atproto.nobody.example', servers)).rejects.toMatchObject({ code: 'ENOTFOUND' })
    await expect(textRecords('_atproto.silent.example', servers)).rejects.toMatchObject({ code: 'ETIMEOUT' })
    expect(await accountOf('nobody.example')).toBeNull()
  }, 15_000)
})
