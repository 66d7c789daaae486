import { levelNumbers } from './levels.ts'
import { networkKey } from './links.ts'
import { type Reader, type Value, value } from './value.ts'

const NETWORK = levelNumbers('network')
const STANDING = levelNumbers('standing')

/** Text is the network, words are the first and last moment of activity as given; ISO dates order as text. */
export const network: Reader = {
  read: (raws, fields) => {
    const at = fields.findIndex(({ kind }) => kind === 'network')
    const name = networkKey(raws[at] ?? '')
    const active = raws.find((raw, index) => fields[index]?.kind === 'active' && raw.includes('/')) ?? ''
    const slash = active.indexOf('/')
    return name ? value(name, name, slash < 0 ? [] : [active.slice(0, slash), active.slice(slash + 1)]) : null
  },
  level: (a, b) => {
    if (a.text !== b.text) return NETWORK.other
    if (a.words.length < 2 || b.words.length < 2) return NETWORK.same
    return overlap(a, b) ? NETWORK['active-at-once'] : 0
  },
}

function overlap(a: Value, b: Value): boolean {
  const [fromA = '', untilA = ''] = a.words
  const [fromB = '', untilB = ''] = b.words
  return (untilB === '' || fromA <= untilB) && (untilA === '' || fromB <= untilA)
}

/** What accounts call themselves that are about somebody and not theirs. Who is a fan of a club says so in a bio, too. */
const ABOUT_IN_NAME = /^(?:not|nicht|niet|fake)\s|(?:^|[^\p{L}])(?:fans?|stans?|tribute)(?:$|[^\p{L}])/iu
const ABOUT_ANYWHERE =
  /fan[ -]?(?:page|club|account|konto|seite|pagina)|(?:^|[^\p{L}])(?:parod(?:y|ie|ia)|satire[ -]?(?:account|konto)|unofficial|inoffiziell\p{L}*|onofficieel|not affiliated)(?:$|[^\p{L}])/iu

/** Text is person, organisation, impersonator, about (a fan's, a parody) or unmarked. */
export const standing: Reader = {
  read: (raws, fields) => {
    const told = raws.find((_, at) => fields[at]?.kind === 'standing') ?? ''
    const text = told.trim().toLowerCase()
    if (/^(?:org|company|brand|firm)/.test(text)) return value(told, 'organisation')
    if (/^(?:imperson|fake)/.test(text)) return value(told, 'impersonator')
    const about = raws.find(
      (raw, at) => ABOUT_ANYWHERE.test(raw) || (fields[at]?.kind === 'full-name' && ABOUT_IN_NAME.test(raw)),
    )
    if (about !== undefined) return value(about, 'about')
    return text.startsWith('person') ? value(told, 'person') : value(told, 'unmarked')
  },
  level: (a, b) => {
    if (a.text === 'about' || b.text === 'about') return a.text === b.text ? 0 : STANDING['fan-or-parody']
    if (a.text === b.text) return isTold(a) && a.text !== 'impersonator' ? STANDING.agrees : 0
    if (a.text === 'impersonator' || b.text === 'impersonator') return STANDING.impersonator
    return isTold(a) && isTold(b) ? STANDING['organisation-and-person'] : 0
  },
}

const isTold = ({ text }: Value): boolean => text !== 'unmarked'
