import { createDecipheriv, createECDH, createPublicKey, type ECDH, hkdfSync, randomBytes, verify } from 'node:crypto'
import { once } from 'node:events'
import { createServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import { buffer } from 'node:stream/consumers'
import { getCACertificates, setDefaultCACertificates } from 'node:tls'
import { CERTIFICATE, KEY } from '../../platform/testing/localhost-certificate.ts'

export interface Received {
  /** What the browser would hand to its service worker. */
  message: Record<string, string>
  headers: Record<string, string | string[] | undefined>
  /** The claims of a token whose signature holds (RFC 8292). */
  claims: { aud: string; exp: number; sub: string }
  /** The key that it is signed with. */
  publicKey: string
}

export interface TestBrowser {
  subscription: { endpoint: string; keys: { p256dh: string; auth: string } }
  received: Received[]
  /** What its push service answers; 201 until it is set. */
  status: number
}

export interface PushService {
  browser(): TestBrowser
  close(): Promise<void>
}

/** A push service and the browsers behind it: takes what it is sent as RFC 8030 says, and opens it as RFC 8291 says. */
export async function startPushService(): Promise<PushService> {
  const browsers = new Map<string, TestBrowser & { curve: ECDH; auth: Buffer }>()
  const authorities = getCACertificates('default')
  setDefaultCACertificates([...authorities, CERTIFICATE])
  const server = createServer({ cert: CERTIFICATE, key: KEY }, async (request, response) => {
    const found = browsers.get(request.url ?? '')
    const body = await buffer(request)
    if (!found) return response.writeHead(404).end()
    if (found.status < 300) {
      const opened = open(body, found.curve, found.auth)
      const { claims, publicKey } = readToken(String(request.headers.authorization))
      found.received.push({ message: JSON.parse(opened), headers: request.headers, claims, publicKey })
    }
    response.writeHead(found.status).end()
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const origin = `https://localhost:${(server.address() as AddressInfo).port}`
  return {
    browser() {
      const path = `/push/${randomBytes(12).toString('hex')}`
      const curve = createECDH('prime256v1')
      const auth = randomBytes(16)
      const keys = { p256dh: curve.generateKeys('base64url'), auth: auth.toString('base64url') }
      const browser = { subscription: { endpoint: origin + path, keys }, received: [], status: 201, curve, auth }
      browsers.set(path, browser)
      return browser
    },
    async close() {
      setDefaultCACertificates(authorities)
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

const derive = (key: Uint8Array, salt: Uint8Array, info: Buffer, bytes: number) =>
  Buffer.from(hkdfSync('sha256', key, salt, info, bytes))

/** RFC 8291 over RFC 8188: salt, record size, the sender's public key, one record. */
function open(body: Buffer, curve: ECDH, auth: Buffer): string {
  const salt = body.subarray(0, 16)
  const sender = body.subarray(21, 21 + (body[20] ?? 0))
  const record = body.subarray(21 + sender.length)
  const info = Buffer.concat([Buffer.from('WebPush: info\0'), curve.getPublicKey(), sender])
  const key = derive(curve.computeSecret(sender), auth, info, 32)
  const nonce = derive(key, salt, Buffer.from('Content-Encoding: nonce\0'), 12)
  const cipher = createDecipheriv(
    'aes-128-gcm',
    derive(key, salt, Buffer.from('Content-Encoding: aes128gcm\0'), 16),
    nonce,
  )
  cipher.setAuthTag(record.subarray(-16))
  const padded = Buffer.concat([cipher.update(record.subarray(0, -16)), cipher.final()])
  return padded.subarray(0, padded.lastIndexOf(2)).toString()
}

function readToken(authorization: string): Pick<Received, 'claims' | 'publicKey'> {
  const [, token = '', publicKey = ''] = /^vapid t=([^,]+), ?k=(.+)$/.exec(authorization) ?? []
  const [head, claims = '', signature = ''] = token.split('.')
  const point = Buffer.from(publicKey, 'base64url')
  const [x, y] = [point.subarray(1, 33), point.subarray(33)].map((part) => part.toString('base64url'))
  const key = createPublicKey({ key: { kty: 'EC', crv: 'P-256', x: x ?? '', y: y ?? '' }, format: 'jwk' })
  const holds = verify(
    'sha256',
    Buffer.from(`${head}.${claims}`),
    { key, dsaEncoding: 'ieee-p1363' },
    Buffer.from(signature, 'base64url'),
  )
  if (!holds) throw new Error('the token is not signed with the key that it names')
  return { claims: JSON.parse(Buffer.from(claims, 'base64url').toString()), publicKey }
}
