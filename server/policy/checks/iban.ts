import { finding } from '../finding.ts'
import { type Piece, spanOf } from '../reading.ts'
import type { Check } from './check.ts'
import { groupsFrom, isWordPart, plainAt } from './digit-runs.ts'

/** Length by country: the IBAN registry of SWIFT. */
const LENGTHS = new Map(
  `AD24 AE23 AL28 AT20 AZ28 BA20 BE16 BG22 BH22 BI27 BR29 BY28 CH21 CR22 CY28 CZ24 DE22 DJ27 DK18 DO28 EE20 EG29 ES24 FI18
  FK18 FO18 FR27 GB22 GE22 GI23 GL18 GR27 GT28 HN28 HR21 HU28 IE22 IL23 IQ23 IS26 IT27 JO30 KW30 KZ20 LB28 LC32 LI21 LT20
  LU20 LV21 LY25 MC27 MD24 ME22 MK19 MN20 MR27 MT31 MU30 NI28 NL18 NO15 OM23 PK24 PL28 PS29 PT25 QA29 RO24 RS22 RU33 SA24
  SC31 SD18 SE24 SI19 SK24 SM27 SO23 ST25 SV28 TL23 TN24 TR26 UA29 VA22 VG24 XK20 YE30`
    .split(/\s+/)
    .map((entry) => [entry.slice(0, 2), Number(entry.slice(2))] as const),
)

const CHARACTERS_MAX = 34
/** Two check digits, and digits in every account number: without this, one in 97 sentences of enough letters would do. */
const CHECKED = /^[A-Z]{2}\d\d(?:[A-Z]{0,40}\d){5}/

/** ISO 13616: valid check digits only, so that of random letters and digits one in 97 is taken for one. */
export const findIbans: Check = (reading, brand) => {
  const spans = reading.pieces.flatMap((piece) =>
    ibansIn(piece)
      .filter(({ iban }) => !brand.ibans.has(iban))
      .map(({ from, to }) => spanOf(piece, from, to)),
  )
  return spans.length > 0 ? [finding('iban', 'iban', 'high', 'move-to-private', { spans })] : []
}

function ibansIn({ text }: Piece): { iban: string; from: number; to: number }[] {
  const found: { iban: string; from: number; to: number }[] = []
  for (let at = 0; at < text.length; at++) {
    const iban = beginsIban(text, at) ? ibanAt(text, at) : null
    if (!iban) continue
    found.push(iban)
    at = iban.to - 1
  }
  return found
}

const beginsIban = (text: string, at: number): boolean => plainAt(text, at) > '9' && !isWordPart(text, at - 1)

function ibanAt(text: string, from: number): { iban: string; from: number; to: number } | null {
  const { plain, ends } = groupsFrom(text, from, CHARACTERS_MAX)
  const length = LENGTHS.get(plain.slice(0, 2)) ?? 0
  const iban = plain.slice(0, length)
  const to = ends[length - 1]
  if (to === undefined || isWordPart(text, to) || !CHECKED.test(iban)) return null
  return remainderOf97(iban.slice(4) + iban.slice(0, 4)) === 1 ? { iban, from, to } : null
}

/** Digit by digit, because the whole is larger than a number can hold. Letters count from 10. */
export function remainderOf97(plain: string): number {
  let remainder = 0
  for (const one of plain) {
    const value = Number.parseInt(one, 36)
    remainder = (remainder * (value > 9 ? 100 : 10) + value) % 97
  }
  return remainder
}
