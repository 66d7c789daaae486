import type { Chance } from './alarm-streams.ts'
import { below, happens, weighted } from './identity-draws.ts'
import { nickHandle } from './identity-social-handles.ts'
import { type Person, type Picture, picture } from './identity-social-people.ts'
import type { Network } from './identity-social-record.ts'

/** What an account shows of somebody at first sight: name and picture. */
type NameStyle = 'full' | 'given' | 'initial' | 'nick' | 'decorated' | 'short' | 'none'
const styleOf: Record<Network, (chance: Chance) => NameStyle> = {
  facebook: weighted([
    ['full', 84],
    ['short', 7],
    ['initial', 4],
    ['nick', 5],
  ]),
  instagram: weighted([
    ['full', 38],
    ['given', 18],
    ['short', 6],
    ['nick', 16],
    ['decorated', 13],
    ['none', 9],
  ]),
  x: weighted([
    ['full', 36],
    ['given', 14],
    ['short', 5],
    ['initial', 4],
    ['nick', 28],
    ['decorated', 13],
  ]),
  youtube: weighted([
    ['full', 36],
    ['given', 12],
    ['nick', 52],
  ]),
  fediverse: weighted([
    ['full', 37],
    ['given', 20],
    ['short', 4],
    ['nick', 29],
    ['decorated', 10],
  ]),
  bluesky: weighted([
    ['full', 44],
    ['given', 16],
    ['short', 5],
    ['nick', 23],
    ['decorated', 12],
  ]),
  forum: weighted([
    ['nick', 62],
    ['given', 14],
    ['full', 9],
    ['initial', 5],
    ['none', 10],
  ]),
  reviews: weighted([
    ['initial', 30],
    ['given', 26],
    ['full', 24],
    ['nick', 20],
  ]),
}
const PICTURELESS: Record<Network, number> = {
  facebook: 0.08,
  instagram: 0.06,
  x: 0.18,
  youtube: 0.4,
  fediverse: 0.15,
  bluesky: 0.18,
  forum: 0.65,
  reviews: 0.92,
}
const ORNAMENTS = ['🌻', '✨', '🇪🇺', '🚲', '☕', '🐈', '⚽', '(she/her)', '(he/him)', '🏳️‍🌈', '#wirsindmehr', '📚', '🎸']

export function displayName(
  chance: Chance,
  person: Person,
  network: Network,
  surname: string,
  handle: string,
): string | null {
  let style = styleOf[network](chance)
  const hides = person.persona !== 'named' && network !== 'facebook' && network !== 'reviews'
  if (hides && style !== 'nick' && style !== 'none' && happens(chance, 0.5))
    style = happens(chance, 0.6) ? 'nick' : 'given'
  if (person.famous) style = happens(chance, 0.9) ? 'full' : 'decorated'
  const name = styled(chance, person, style, surname, handle)
  if (name === null) return null
  const draw = chance.share()
  if (draw < 0.03) return name.toLowerCase()
  if (draw < 0.04) return name.toUpperCase()
  return draw < 0.09
    ? name.replace(/[äöüß]/g, (letter) => ({ ä: 'ae', ö: 'oe', ü: 'ue', ß: 'ss' })[letter] as string)
    : name
}

function styled(chance: Chance, person: Person, style: NameStyle, surname: string, handle: string): string | null {
  const { given } = person
  const short = person.short ?? given
  switch (style) {
    case 'full':
      return `${given} ${surname}`
    case 'given':
      return happens(chance, 0.5) ? given : short
    case 'short':
      return `${short} ${surname}`
    case 'initial':
      return happens(chance, 0.8) ? `${given} ${surname[0]}.` : `${given[0]}. ${surname}`
    case 'decorated':
      return `${happens(chance, 0.55) ? `${given} ${surname}` : short} ${chance.one(ORNAMENTS)}`
    case 'nick':
      return happens(chance, 0.6)
        ? handle
        : nickHandle(chance, person)
            .replace(/[_.\d]+/g, ' ')
            .trim() || handle
    default:
      return null
  }
}

export function avatar(chance: Chance, person: Person, network: Network, memes: readonly Picture[]): string | null {
  if (happens(chance, PICTURELESS[network])) return null
  if (happens(chance, person.famous ? 0.02 : 0.12)) return hash(chance, chance.one(memes))
  const usual = happens(chance, person.persona === 'scattered' ? 0.25 : 0.55)
  return hash(chance, usual ? (person.pictures[0] as Picture) : chance.one([...person.pictures, picture(chance)]))
}

/** The picture as a network scales it: up to three bits of its hash come out otherwise. */
export function hash(chance: Chance, [high, low]: Picture): string {
  const halves = [high, low]
  for (let flips = below(chance, 4); flips > 0; flips--) {
    const half = below(chance, 2)
    halves[half] = ((halves[half] as number) ^ (1 << below(chance, 32))) >>> 0
  }
  return halves.map((half) => half.toString(16).padStart(8, '0')).join('')
}
