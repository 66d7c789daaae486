import {
  brandOf,
  CHECK_IDS,
  type CheckId,
  type CheckRule,
  draftOf,
  preparePolicy,
  smallTeam,
} from '../../policy/index.ts'

/** Kinds of personal data that a text of one customer must not carry over to another. */
const PERSONAL: readonly CheckId[] = [
  'mail-address',
  'phone-number',
  'iban',
  'card-number',
  'customer-number',
  'postal-address',
  'birth-date',
  'number-plate',
]
/** A blank that the policy does not let out (server/policy/checks/placeholder.ts): somebody has to fill it in. */
export const BLANK = '[__]'
const HANDLE = /(?<![\p{L}\p{N}_.@/])@[\p{L}\p{N}_][\p{L}\p{N}_.-]*[\p{L}\p{N}_]/gu
const NAME_CHARACTERS_MIN = 3
/** What a regular expression with the flag u lets stand escaped, and has to. */
const SPECIAL = /[\\^$.*+?()[\]{}|]/g

const rule = (check: string): CheckRule => ({
  action: PERSONAL.includes(check as CheckId) ? 'inform' : 'off',
  from: 'low',
  kinds: ['reply'],
})
const bare = smallTeam('redaction')
const detectors = preparePolicy({
  // No brand of anybody: contacts of our own go as well, because a stale hotline is worse than a blank.
  brand: brandOf(''),
  configuration: {
    ...bare,
    checks: Object.fromEntries(CHECK_IDS.map((check) => [check, rule(check)])) as Record<CheckId, CheckRule>,
  },
  recognise: () => null,
})

export interface Redacted {
  text: string
  /** How many pieces were taken out. */
  removed: number
}

/** `names`: how somebody is called; they are taken out wherever they stand as a word. */
export function redact(text: string, language: string | null, names: readonly (string | null)[]): Redacted {
  const { findings } = detectors.judge(draftOf(text, { language }))
  const spans = [
    ...findings.flatMap((finding) => finding.spans.filter(({ part }) => part === 'text')),
    ...[...text.matchAll(HANDLE)].map(({ index, 0: handle }) => ({ from: index, to: index + handle.length })),
    ...namesIn(text, names),
  ].toSorted((one, other) => one.from - other.from)
  let [written, end, removed] = ['', 0, 0]
  for (const { from, to } of spans) {
    if (to <= end) continue
    if (from >= end) {
      written += text.slice(end, from) + BLANK
      removed++
    }
    end = Math.max(end, to)
  }
  return { text: written + text.slice(end), removed }
}

/** Whole names, and each word of them that is long enough to be one. */
function namesIn(text: string, names: readonly (string | null)[]): { from: number; to: number }[] {
  const words = new Set(
    names
      .flatMap((name) => (name ? [name, ...name.split(/[\s,]+/)] : []))
      .filter((word) => word.length >= NAME_CHARACTERS_MIN),
  )
  return [...words].flatMap((word) => {
    const pattern = new RegExp(`(?<![\\p{L}\\p{N}])${word.replace(SPECIAL, '\\$&')}(?![\\p{L}\\p{N}])`, 'giu')
    return [...text.matchAll(pattern)].map(({ index, 0: found }) => ({ from: index, to: index + found.length }))
  })
}
