import { lookup } from 'node:dns/promises'
import { type Clock, systemClock } from '../platform/clock.ts'
import { fetchOutside, type OutboundOptions, type OutboundOutcome } from '../platform/outbound.ts'
import { type CheckedAddress, checkAddresses, isAllowedPrivate } from '../platform/outbound-address.ts'
import type { OutboundFailure } from '../platform/outbound-failure.ts'
import type { Failure } from './connector.ts'

/** The way out of the house as connectors get it: the installation's rules are already bound into it. */
export interface Outside {
  fetch: (address: string, options?: Omit<OutboundOptions, 'allowPrivate' | 'userAgent'>) => Promise<OutboundOutcome>
  /** For connections that are no HTTP request (web sockets): the only addresses that may be connected to. */
  addressesOf: (
    address: string,
  ) => Promise<{ ok: true; addresses: CheckedAddress[] } | { ok: false; failure: OutboundFailure }>
  /** Whether a password or a session may go there: over TLS, or to a place that the operator has listed. */
  keepsSecrets: (address: string) => boolean
  clock: Clock
}

export interface OutsideRules {
  /** Private places that may be reached, as in OutboundOptions. */
  allowPrivate: readonly string[]
  userAgent?: string
  clock?: Clock
}

export function openOutside({ allowPrivate, userAgent, clock = systemClock }: OutsideRules): Outside {
  return {
    fetch: (address, options = {}) =>
      fetchOutside(address, { ...options, allowPrivate, ...(userAgent === undefined ? {} : { userAgent }) }),
    addressesOf: async (address) => {
      try {
        const byHttp = new URL(address.replace(/^ws/, 'http'))
        return await checkAddresses(byHttp, (name) => lookup(name, { all: true, verbatim: true }), allowPrivate)
      } catch (error) {
        return {
          ok: false,
          failure: { name: 'unreachable', detail: error instanceof Error ? error.message : String(error) },
        }
      }
    },
    keepsSecrets: (address) => {
      const url = URL.canParse(address) ? new URL(address) : null
      return url !== null && (url.protocol === 'https:' || isAllowedPrivate(url, allowPrivate))
    },
    clock,
  }
}

const FAILURE_NAMES = {
  'bad-address': 'refused',
  'forbidden-address': 'forbidden-address',
  unreachable: 'unreachable',
  'timed-out': 'unreachable',
  aborted: 'unreachable',
  'too-large': 'malformed',
  unreadable: 'malformed',
  'too-many-redirects': 'upstream',
} as const satisfies Record<OutboundFailure['name'], Failure['name']>

export const failureOutside = ({ name, detail }: OutboundFailure): Failure => ({
  name: FAILURE_NAMES[name],
  detail: `${name}: ${detail}`,
})
