import { createHmac, randomInt } from 'node:crypto'
import type { Services } from '../platform/services.ts'
import type { PortalLanguage } from './texts.ts'

/** 26.6 bits; with five tries a guess succeeds once in twenty million. */
const SENT_DIGITS = 8
/** Without the letters that are taken for digits; eight of them are 40 bits. */
const LETTERS = '23456789abcdefghjkmnpqrstvwxyz'
const POSTED_LETTERS = 8
/** A posted code says what it does: nobody is talked into posting "just these letters" by somebody else. */
const WORDS: Record<PortalLanguage, string> = {
  de: 'KONTO-VERBINDEN',
  nl: 'ACCOUNT-KOPPELEN',
  en: 'CONNECT-ACCOUNT',
}
/** As people write it: any case, spaces for hyphens. */
const POSTED_CODE = new RegExp(
  `(?<![a-z0-9])(?:${Object.values(WORDS).join('|').replaceAll('-', '[- ]')})[- ]([${LETTERS}]{4})[- ]?([${LETTERS}]{4})(?![a-z0-9])`,
  'gi',
)
const POSTED_CODES_MAX = 5

/**
 * The code that is sent for a proof. It is derived, not stored: a copy of the database tells nobody a code, and the job
 * that sends it carries none.
 */
export function sentCode(services: Services, workspaceId: string, proofId: string): string {
  const bytes = createHmac('sha256', services.secrets.derive('proof-codes'))
    .update(`${workspaceId}\n${proofId}`)
    .digest()
  return String(bytes.readBigUInt64BE() % 10n ** BigInt(SENT_DIGITS)).padStart(SENT_DIGITS, '0')
}

/** What was typed, as the code would be written. */
export const typedCode = (text: string): string => text.replace(/[\s-]/g, '')

export function newPostedCode(language: PortalLanguage): string {
  const letters = Array.from({ length: POSTED_LETTERS }, () => LETTERS[randomInt(LETTERS.length)]).join('')
  return `${WORDS[language]}-${letters.slice(0, 4)}-${letters.slice(4)}`.toUpperCase()
}

/** The letters alone, as they are hashed. */
const lettersOf = (code: string): string =>
  code
    .toLowerCase()
    .replace(/[^a-z0-9]/g, '')
    .slice(-POSTED_LETTERS)

/** Keyed, because a posted code is short enough to be tried out against a copy of the database. */
export const postedCodeHash = (services: Services, workspaceId: string, code: string): string =>
  createHmac('sha256', services.secrets.derive('proof-codes'))
    .update(`${workspaceId}\nposted\n${lettersOf(code)}`)
    .digest('base64url')

/** Codes in a text; a few, so that a post full of guesses is worth nothing. */
export function codesIn(text: string): string[] {
  const found = [...text.slice(0, 5_000).matchAll(POSTED_CODE)].map(([, first, second]) =>
    `${first}${second}`.toLowerCase(),
  )
  return [...new Set(found)].slice(0, POSTED_CODES_MAX)
}
