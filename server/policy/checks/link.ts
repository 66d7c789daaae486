import { domainToUnicode } from 'node:url'
import { parse } from 'tldts'
import { edits } from '../../linkage/index.ts'
import { type Finding, finding, type Span } from '../finding.ts'
import type { PreparedBrand } from '../prepared-brand.ts'
import { type Piece, type Reading, spanOf } from '../reading.ts'
import type { Check } from './check.ts'

const LINKS_MAX = 100
const SHORTENERS = new Set(
  `bit.ly tinyurl.com goo.gl ow.ly is.gd buff.ly rebrand.ly cutt.ly shorturl.at t.ly tiny.cc rb.gy lnkd.in fb.me dlvr.it ift.tt bl.ink
  short.io soo.gd s.id v.gd adf.ly shorte.st amzn.to trib.al kurzelinks.de`.split(/\s+/),
)
/** Networks put their own short address in place of every link: they say nothing of where it leads. */
const WRAPPERS = new Set(['t.co'])
/** "klinkerlaut.example/shop" without https://; one label at least, and an ending that is registered or reserved. */
const BARE =
  /(?<![\p{L}\p{N}@._/-])(?:[\p{L}\p{N}](?:[\p{L}\p{N}-]{0,61}[\p{L}\p{N}])?\.){1,5}[\p{L}]{2,24}(?![\p{L}\p{N}@]|\.[\p{L}\p{N}])(?:\/[^\s<>"]{0,500})?/gu
/** "e.g.so", "Hallo.Wir": an ending in text is an address only where it is a common one or a path follows. */
const COMMON_ENDINGS = /\.(?:com|de|nl|org|net|eu|at|ch|be|uk|io|info|app|shop|example|co)(?:\/|$)/i
/** Shorter names are a letter away from too many words. */
const NAME_CHARACTERS_MIN = 5

export const findLinks: Check = (reading, brand) => {
  const found = new Map<string, { finding: Finding; spans: Span[] }>()
  for (const piece of reading.pieces)
    for (const link of linksIn(piece).slice(0, LINKS_MAX)) {
      const judged = judgeLink(link.written, brand)
      if (!judged) continue
      const key = `${judged.code} ${judged.values.domain}`
      const entry = found.get(key) ?? { finding: judged, spans: [] }
      entry.spans.push(spanOf(piece, link.from, link.to))
      found.set(key, entry)
    }
  return [...found.values()].map(({ finding, spans }) => ({ ...finding, spans }))
}

/** One of its links leads to a listed host, or to any that is not suspect where no list is kept: there is nothing to find in it. */
export const hasSoundLink = ({ pieces }: Reading, brand: PreparedBrand): boolean =>
  pieces.some((piece) =>
    linksIn(piece)
      .slice(0, LINKS_MAX)
      .some(({ written }) => judgeLink(written, brand) === null),
  )

interface Written {
  written: string
  from: number
  to: number
}

function linksIn(piece: Piece): Written[] {
  if (piece.part === 'link') return [{ written: piece.text, from: 0, to: piece.text.length }]
  const urls = piece.tokens
    .filter((token) => token.kind === 'url')
    .map(({ text, from, to }) => ({ written: text, from, to }))
  const bare = [...piece.text.matchAll(BARE)]
    .map((match) => ({ written: match[0], from: match.index, to: match.index + match[0].length }))
    .filter(({ written, from, to }) => {
      const isInUrl = urls.some((url) => url.from < to && from < url.to)
      return !isInUrl && COMMON_ENDINGS.test(written) && !isSentenceEnd(written)
    })
  return [...urls, ...bare].sort((a, b) => a.from - b.from)
}

/** "Danke.Info folgt" and "gut.So": a capital behind the dot begins a sentence. */
const isSentenceEnd = (written: string): boolean => /\p{Ll}\.\p{Lu}\p{Ll}/u.test(written)

function judgeLink(written: string, brand: PreparedBrand): Finding | null {
  const address = /^[a-z][a-z0-9+.-]{1,15}:\/\//i.test(written) ? written : `https://${written}`
  const { hostname, domain, isIp } = parse(address, { allowPrivateDomains: false })
  if (!hostname) return null
  const values = { domain: domain ?? hostname }
  if (/^[^/?#]*:\/\/[^/?#]*@/.test(address)) return finding('link', 'hidden-host', 'high', 'check-link', { values })
  if (isIp) return finding('link', 'address-number', 'medium', 'check-link', { values: { domain: hostname } })
  const name = domain ?? hostname
  if (WRAPPERS.has(name)) return null
  if (isListed(hostname, name, brand)) return null
  const copied = brand.links.find((own) => isLookAlike(hostname, own))
  if (copied) return finding('link', 'look-alike', 'high', 'check-link', { values: { ...values, own: copied } })
  if (SHORTENERS.has(name)) return finding('link', 'shortener', 'low', 'link-directly', { values })
  if (hasOddLetters(hostname)) return finding('link', 'odd-letters', 'medium', 'check-link', { values })
  return brand.links.length > 0 ? finding('link', 'unlisted', 'low', 'put-on-list', { values }) : null
}

/** A listed host covers what lies below it: shop.klinkerlaut.example below klinkerlaut.example. */
const isListed = (hostname: string, domain: string, { links }: PreparedBrand): boolean =>
  links.some((own) => own === domain || own === hostname || hostname.endsWith(`.${own}`))

/** The own name with another ending, with a word put to it, as a label of another's domain, or misspelt by one letter. */
function isLookAlike(hostname: string, own: string): boolean {
  if (hostname.includes(`${own}.`)) return true
  const name = unconfused(nameOf(own))
  if (name.length < NAME_CHARACTERS_MIN) return false
  const labels = hostname.split('.').flatMap((label) => [label, ...label.split('-')])
  return labels.some((label) => edits(unconfused(label), name, 1) <= 1)
}

/** What a listed host is known by: the registrable name, or its first label where it lies below somebody else's. */
function nameOf(own: string): string {
  const { domain, domainWithoutSuffix } = parse(own)
  return (domain === own ? domainWithoutSuffix : own.split('.')[0]) ?? own
}

/** Letters and digits that are read for another: after Unicode's confusables, only those seen in names of hosts. */
const CONFUSED: Record<string, string> = {
  '0': 'o',
  '1': 'l',
  '3': 'e',
  '5': 's',
  а: 'a',
  е: 'e',
  о: 'o',
  р: 'p',
  с: 'c',
  х: 'x',
  у: 'y',
  і: 'i',
  ı: 'i',
  ӏ: 'l',
  ո: 'n',
  ɡ: 'g',
}
const unconfused = (name: string): string =>
  [...decoded(name)]
    .map((letter) => CONFUSED[letter] ?? letter)
    .join('')
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .replaceAll('rn', 'm')
    .replaceAll('vv', 'w')

/** xn-- names in their letters; '' is what the platform says of a name that it cannot read. */
const decoded = (name: string): string => (name.includes('xn--') ? domainToUnicode(name) || name : name).toLowerCase()

/** Latin letters beside Cyrillic or Greek ones in a host, or a host in punycode that nobody listed. */
const hasOddLetters = (hostname: string): boolean =>
  (/[a-z]/.test(hostname) && /[\p{Script=Cyrillic}\p{Script=Greek}]/u.test(hostname)) || /(?:^|\.)xn--/.test(hostname)
