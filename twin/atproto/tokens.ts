import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto'
import type { World } from '../world.ts'
import { invalidRequest, XrpcFault } from './errors.ts'

const ACCESS_LIFE_S = 2 * 3_600
const REFRESH_LIFE_S = 60 * 24 * 3_600

interface Claims {
  scope: 'com.atproto.appPass' | 'com.atproto.refresh'
  sub: string
  iat: number
  exp: number
  jti: string
}

/** Sessions as a PDS keeps them: signed tokens with a lifetime, which the fault kit can end early. */
export class Tokens {
  readonly #secret = randomBytes(32)
  readonly #world: World
  readonly #revoked = new Set<string>()
  /** Tokens issued before these times (ms) have expired. */
  #accessSince = 0
  #refreshSince = 0

  constructor(world: World) {
    this.#world = world
  }

  /** All access tokens expire now; `whole` ends the sessions too, so that only the app password helps. */
  expire(whole: boolean): void {
    this.#accessSince = this.#nowMs() + 1
    if (whole) this.#refreshSince = this.#nowMs() + 1
  }

  issue(did: string): { accessJwt: string; refreshJwt: string } {
    const issuedMs = Math.max(this.#nowMs(), this.#accessSince, this.#refreshSince)
    const token = (scope: Claims['scope'], life: number): string =>
      this.#sign({
        scope,
        sub: did,
        iat: issuedMs / 1_000,
        exp: issuedMs / 1_000 + life,
        jti: randomBytes(12).toString('hex'),
      })
    return {
      accessJwt: token('com.atproto.appPass', ACCESS_LIFE_S),
      refreshJwt: token('com.atproto.refresh', REFRESH_LIFE_S),
    }
  }

  /** The DID that may act; throws what a PDS answers. */
  didOf(request: Request, scope: Claims['scope'] = 'com.atproto.appPass'): string {
    const header = request.headers.get('authorization')
    if (header === null) throw new XrpcFault(401, 'AuthMissing', 'Authentication Required')
    const claims = this.#read(header.replace(/^Bearer /, ''))
    if (claims === null || claims.scope !== scope) throw invalidRequest('Token could not be verified', 'InvalidToken')
    const since = scope === 'com.atproto.refresh' ? this.#refreshSince : this.#accessSince
    const over = claims.exp * 1_000 <= this.#nowMs() || claims.iat * 1_000 < since
    if (over) throw invalidRequest('Token has expired', 'ExpiredToken')
    if (this.#revoked.has(claims.jti)) throw invalidRequest('Token has been revoked', 'ExpiredToken')
    return this.#standing(claims.sub)
  }

  revoke(request: Request): void {
    const claims = this.#read((request.headers.get('authorization') ?? '').replace(/^Bearer /, ''))
    if (claims !== null) this.#revoked.add(claims.jti)
  }

  #standing(did: string): string {
    const account = this.#world.accounts.get(did)
    if (account === undefined || account.status === 'deleted')
      throw new XrpcFault(401, 'AuthenticationRequired', 'Account not found')
    if (account.status === 'takendown' || account.status === 'suspended')
      throw new XrpcFault(401, 'AccountTakedown', 'Account has been taken down')
    return did
  }

  #sign(claims: Claims): string {
    const type = claims.scope === 'com.atproto.refresh' ? 'refresh+jwt' : 'at+jwt'
    const head = [{ typ: type, alg: 'HS256' }, claims].map((part) =>
      Buffer.from(JSON.stringify(part)).toString('base64url'),
    )
    return `${head.join('.')}.${this.#signature(head.join('.'))}`
  }

  #read(token: string): Claims | null {
    const [head, body, signature] = token.split('.')
    if (!head || !body || !signature) return null
    const expected = Buffer.from(this.#signature(`${head}.${body}`))
    const given = Buffer.from(signature)
    if (expected.length !== given.length || !timingSafeEqual(expected, given)) return null
    return JSON.parse(Buffer.from(body, 'base64url').toString()) as Claims
  }

  #signature(text: string): string {
    return createHmac('sha256', this.#secret).update(text).digest('base64url')
  }

  #nowMs(): number {
    return Date.parse(this.#world.now())
  }
}
