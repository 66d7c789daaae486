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

export const standing: Reader = {
  read: ([raw = '']) => {
    const text = raw.trim().toLowerCase()
    if (/^(?:org|company|brand|firm)/.test(text)) return value(raw, 'organisation')
    if (/^(?:imperson|fake)/.test(text)) return value(raw, 'impersonator')
    return text.startsWith('person') ? value(raw, 'person') : null
  },
  level: (a, b) => {
    if (a.text === b.text) return a.text === 'impersonator' ? 0 : STANDING.agrees
    return a.text === 'impersonator' || b.text === 'impersonator'
      ? STANDING.impersonator
      : STANDING['organisation-and-person']
  },
}
