import ipaddr from 'ipaddr.js'

const KEYS_MAX = 50_000

/** `capacity` at once, refilled evenly over `perSeconds`. */
export interface RateLimit {
  capacity: number
  perSeconds: number
}

interface Bucket {
  tokens: number
  atMs: number
}

/**
 * Token buckets by key, in the memory of this process: several web processes each allow the whole limit (where that
 * would help a guesser, see shared-rate-limit.ts). A key is what is
 * counted and for whom ("sign-in:address:account"). When there are too many keys, those unused for longest are forgotten.
 */
export function createRateLimiter(nowMs: () => number = () => performance.now()) {
  const buckets = new Map<string, Bucket>()

  const refill = (key: string, limit: RateLimit): Bucket => {
    const bucket = buckets.get(key)
    const atMs = nowMs()
    if (!bucket) return { tokens: limit.capacity, atMs }
    const refilled = ((atMs - bucket.atMs) / 1000) * (limit.capacity / limit.perSeconds)
    return { tokens: Math.min(limit.capacity, bucket.tokens + refilled), atMs }
  }

  return {
    /** Whether one more is allowed now; takes it if so. */
    take(key: string, limit: RateLimit): boolean {
      const bucket = refill(key, limit)
      const allowed = bucket.tokens >= 1
      if (allowed) bucket.tokens -= 1
      // Deleted first, so that the map's order is the order of use.
      buckets.delete(key)
      buckets.set(key, bucket)
      if (buckets.size > KEYS_MAX) for (const oldest of buckets.keys()) if (buckets.delete(oldest)) break
      return allowed
    },
    /** Whole seconds until one more is allowed, 0 for now. */
    waitSeconds(key: string, limit: RateLimit): number {
      const missing = 1 - refill(key, limit).tokens
      return missing <= 0 ? 0 : Math.ceil((missing * limit.perSeconds) / limit.capacity)
    },
    /** After a success: forgives what was taken. */
    forget(key: string): void {
      buckets.delete(key)
    },
    get size(): number {
      return buckets.size
    },
  }
}

/** Who has one IPv6 address has 2^64 of them (RFC 4291, 2.5.4): what is counted for an address is counted for its /64. */
export function addressBlock(address: string): string {
  const bare = address.replace(/%.*$/, '')
  if (!ipaddr.isValid(bare)) return address
  const parsed = ipaddr.process(bare)
  return parsed instanceof ipaddr.IPv6
    ? `${parsed.parts
        .slice(0, 4)
        .map((part) => part.toString(16))
        .join(':')}::/64`
    : parsed.toString()
}

/** The one of this process. */
const limiter = createRateLimiter()
export const takeToken = limiter.take
