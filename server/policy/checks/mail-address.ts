import { type Finding, finding, type Span } from '../finding.ts'
import { holds, mailKey } from '../known.ts'
import type { PreparedBrand } from '../prepared-brand.ts'
import { type Reading, spanOf } from '../reading.ts'
import type { Check } from './check.ts'

/** RFC 5321 allows 64 and 255; also "name (at) host (dot) tld". A handle @name@host has its own @ in front. */
const ADDRESS =
  /(?<![\p{L}\p{N}._%+@-])([\p{L}\p{N}._%+-]{1,64})(?:[@＠]|\s?[([{]\s?(?:at|ät|@)\s?[)\]}]\s?)((?:[\p{L}\p{N}-]{1,63}(?:\.|\s?[([{]\s?(?:dot|punkt|punt)\s?[)\]}]\s?)){1,5}\p{L}{2,24})(?![\p{L}\p{N}])/giu
/** Boxes of an office, not of a person. */
const OFFICES = new Set(
  `info kontakt contact service kundenservice kundendienst klantenservice customerservice customer.service customercare care support help
  hilfe hello hallo hoi mail email office team sales vertrieb verkauf verkoop presse press pers media jobs karriere careers privacy
  datenschutz dpo feedback social socialmedia security abuse billing rechnung returns retouren webshop shop bestellung orders noreply no-reply`.split(
    /\s+/,
  ),
)
/** Whoever has an address there is a person. */
const PRIVATE_HOSTS =
  /^(?:gmail|googlemail|gmx|web|hotmail|outlook|live|msn|yahoo|ymail|icloud|me|mac|aol|t-online|freenet|posteo|mailbox|proton|protonmail|ziggo|kpnmail|xs4all|planet|hetnet|home|btinternet|comcast|verizon|att|sbcglobal)\.[a-z.]{2,6}$/

export const findMailAddresses: Check = (reading, brand) => {
  const found = new Map<string, { finding: Finding; spans: Span[] }>()
  for (const piece of reading.pieces)
    for (const match of piece.text.matchAll(ADDRESS)) {
      const address = mailKey(`${match[1]}@${(match[2] as string).replace(/\s?[([{].{1,9}?[)\]}]\s?/g, '.')}`)
      const judged = judgeAddress(address, reading, brand)
      if (!judged) continue
      const entry = found.get(judged.code) ?? { finding: judged, spans: [] }
      entry.spans.push(spanOf(piece, match.index, match.index + match[0].length))
      found.set(judged.code, entry)
    }
  return [...found.values()].map(({ finding, spans }) => ({ ...finding, spans }))
}

function judgeAddress(written: string, { draft }: Reading, brand: PreparedBrand): Finding | null {
  // What stands behind + tells letters to one box apart.
  const address = written.replace(/\+[^@]*@/, '@')
  const at = address.lastIndexOf('@')
  const [local, host] = [address.slice(0, at), address.slice(at + 1)]
  const isPrivateTalk = draft.kind === 'private'
  if (brand.colleagueMails.has(address)) return finding('mail-address', 'of-colleague', 'medium', 'use-team-contact')
  if (brand.mails.has(address) || brand.mails.has(`@${host}`)) return null
  if (draft.customer && holds(draft.customer.mails, address))
    return isPrivateTalk ? null : finding('mail-address', 'of-customer', 'high', 'move-to-private')
  if (PRIVATE_HOSTS.test(host))
    return finding('mail-address', 'private', isPrivateTalk ? 'medium' : 'high', 'leave-out')
  if (OFFICES.has(local.replace(/\d+$/, '')) || /service|support|help|care/.test(local)) return null
  return finding('mail-address', 'other', isPrivateTalk ? 'low' : 'medium', 'put-on-list')
}
