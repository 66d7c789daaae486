import { TooMany } from '../platform/errors.ts'
import { addressBlock, type RateLimit } from '../platform/rate-limit.ts'
import type { Services } from '../platform/services.ts'
import { takeSharedToken } from '../platform/shared-rate-limit.ts'

/** Codes to one mailbox or telephone, whoever asks for them: nobody is flooded, and no code can be tried for ever. */
const CODES_PER_TARGET: RateLimit = { capacity: 5, perSeconds: 3_600 }
const CODES_PER_CLIENT: RateLimit = { capacity: 20, perSeconds: 3_600 }
const CODES_PER_WORKSPACE: RateLimit = { capacity: 500, perSeconds: 3_600 }
/** A text message costs money. */
const MESSAGES_PER_WORKSPACE: RateLimit = { capacity: 100, perSeconds: 3_600 }
const TRIES_PER_CLIENT: RateLimit = { capacity: 40, perSeconds: 3_600 }
const TRIES_PER_TARGET: RateLimit = { capacity: 25, perSeconds: 3_600 }
/** Each asks somebody's server. */
const LOOKS_PER_CLIENT: RateLimit = { capacity: 40, perSeconds: 3_600 }
const LOOKS_PER_WORKSPACE: RateLimit = { capacity: 600, perSeconds: 3_600 }

type Who = { workspaceId: string; clientAddress: string }

/** Counted before anything is looked up, in the same way for known and unknown targets. */
export const limitCodes = (services: Services, { workspaceId, clientAddress }: Who, way: string, target: string) =>
  take(services, [
    [`proof-code:${workspaceId}:${target}`, CODES_PER_TARGET],
    [`proof-codes-from:${addressBlock(clientAddress)}`, CODES_PER_CLIENT],
    [`proof-codes:${way}:${workspaceId}`, way === 'phone-code' ? MESSAGES_PER_WORKSPACE : CODES_PER_WORKSPACE],
  ])

export const limitTries = (services: Services, { workspaceId, clientAddress }: Who, target: string) =>
  take(services, [
    [`proof-try:${workspaceId}:${target}`, TRIES_PER_TARGET],
    [`proof-tries-from:${addressBlock(clientAddress)}`, TRIES_PER_CLIENT],
  ])

export const limitLooks = (services: Services, { workspaceId, clientAddress }: Who) =>
  take(services, [
    [`proof-looks-from:${addressBlock(clientAddress)}`, LOOKS_PER_CLIENT],
    [`proof-looks:${workspaceId}`, LOOKS_PER_WORKSPACE],
  ])

async function take(services: Services, buckets: [key: string, limit: RateLimit][]): Promise<void> {
  for (const [key, limit] of buckets)
    if (!(await takeSharedToken(services, key, limit))) throw new TooMany('too-many-tries')
}
