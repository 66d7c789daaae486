import type { Outcome } from '../connector.ts'

/**
 * A post's record key must be a TID: 53 bits of microseconds and 10 bits of clock id in sortable base32
 * (atproto.com/specs/tid); a real PDS refuses others. Our network keys are UUID v7, which begin with the same time in
 * milliseconds; twenty of their random bits fill the rest, so one key always gives one TID and keys sort by time.
 */
const TID = /^[234567abcdefghij][234567a-z]{12}$/
const UUID_V7 = /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/i
const ALPHABET = '234567abcdefghijklmnopqrstuvwxyz'

export function recordKeyOf(networkKey: string): Outcome<string> {
  if (TID.test(networkKey)) return { ok: true, value: networkKey }
  if (!UUID_V7.test(networkKey))
    return { ok: false, failure: { name: 'refused', detail: 'the network key is neither a UUID v7 nor a TID' } }
  const bits = BigInt(`0x${networkKey.replaceAll('-', '')}`)
  const milliseconds = bits >> 80n
  const microseconds = (((bits >> 10n) & 1023n) * 1000n) >> 10n
  return { ok: true, value: tid(milliseconds * 1000n + microseconds, bits & 1023n) }
}

/** @param microseconds since 1970 */
export function tid(microseconds: bigint, clockId: bigint): string {
  let rest = ((microseconds & ((1n << 53n) - 1n)) << 10n) | (clockId & 1023n)
  let text = ''
  for (let index = 0; index < 13; index++) {
    text = ALPHABET[Number(rest & 31n)] + text
    rest >>= 5n
  }
  return text
}
