import type { Field, LinkageRecord } from '../server/linkage/index.ts'
import { Chance } from './alarm-streams.ts'
import type { IdentitySet } from './identity-data.ts'
import { below, digits, happens, shuffle, weighted } from './identity-draws.ts'
import { folded } from './identity-errors.ts'
import { city, givenName, languageOf, surname } from './identity-names.ts'
import { type Language, NICK_FIRST, NICK_SECOND, SHORT_FORMS, WORDS } from './identity-words.ts'

/**
 * Public figures over five networks: their official accounts under names and handles that nearly agree, accounts of fans and
 * parodies that say what they are, and ordinary people, some of one name with somebody famous. Nobody copies anybody. Other rates,
 * other bios and other handles than in the social set: a check that what is right there is right here.
 */
export const FIGURE_FIELDS: readonly Field[] = [
  { name: 'network', kind: 'network' },
  { name: 'handle', kind: 'handle' },
  { name: 'name', kind: 'full-name' },
  { name: 'bio', kind: 'bio' },
  { name: 'link', kind: 'site' },
  { name: 'active', kind: 'active' },
]

const NETWORKS = ['x', 'instagram', 'facebook', 'youtube', 'tiktok'] as const
const PRESENCE = [0.85, 0.75, 0.8, 0.45, 0.35]
const TITLES = ['Dr. ', 'Prof. ', 'Sen. ', 'Rep. ', 'MP ', 'Minister ']
const ENDINGS = ['official', 'mdb', 'mp', 'music', 'real', 'tv', 'eu', 'hq', 'live', 'de', 'nl']
const PARTIES = ['Grüne Liste', 'Neue Mitte', 'Volkspartij', 'Progress Alliance', 'Liberal Union', 'Frei & Fair']
const FAN_NAMES = [
  '{} Fan',
  '{} Fans',
  '{} News',
  'Not {}',
  '{} Parody',
  '{} Updates',
  'Daily {}',
  '{} Fanpage',
  'Team {}',
]
const FAN_BIOS = [
  'Fan page of {}',
  'Parody account, not {}',
  'Unofficial. All about {}',
  'News and pictures of {}, every day',
]

interface Figure {
  readonly given: string
  readonly surname: string
  readonly name: string
  readonly language: Language
  readonly handle: string
  readonly phrases: readonly string[]
  readonly site: string | null
  readonly party: string | null
}

/** A third of the persons are figures; the truth of a fan's accounts is the fan. */
export function figures(count: number, seed = 31): IdentitySet {
  const chance = new Chance(seed)
  const rows: { record: LinkageRecord; truth: string }[] = []
  const taken = new Set<string>()
  const known = Array.from({ length: count }, () => figureOf(chance))
  for (const [at, figure] of known.entries()) {
    for (const record of officialAccounts(chance, figure, taken)) rows.push({ record, truth: `figure-${at}` })
    if (happens(chance, 0.25))
      for (const record of fanAccounts(chance, figure, taken)) rows.push({ record, truth: `fan-${at}` })
  }
  for (let at = 0; at < 2 * count; at++)
    for (const record of ordinaryAccounts(chance, chance.one(known), taken))
      rows.push({ record, truth: `person-${at}` })
  shuffle(chance, rows)
  return {
    name: 'public figures',
    fields: FIGURE_FIELDS,
    records: rows.map(({ record }) => record),
    truth: rows.map(({ truth }) => truth),
  }
}

const bare = (text: string): string => folded(text, true).replace(/[^a-z0-9]/g, '')

const handleForm = weighted<(given: string, last: string) => string>([
  [(given, last) => given + last, 30],
  [(given, last) => `${given}_${last}`, 14],
  [(given, last) => `${given}.${last}`, 8],
  [(_, last) => last, 5],
  [(given, last) => `${given[0]}${last}`, 9],
  [(given, last) => `${last}${given}`, 4],
  [(given, last) => `${given}${last[0]}`, 4],
])

function figureOf(chance: Chance): Figure {
  const language = languageOf(chance)
  const given = givenName(chance, language, happens(chance, 0.4))
  const last = surname(chance, language)
  const isArtist = happens(chance, 0.3)
  const stage = isArtist && happens(chance, 0.4) ? stageName(chance) : null
  const { professions } = WORDS[language]
  const home = city(chance, language)
  const party = !isArtist && happens(chance, 0.6) ? chance.one(PARTIES) : null
  const handle = stage ? bare(stage) : handleForm(chance)(bare(given), bare(last))
  return {
    given,
    surname: last,
    name: stage ?? `${given} ${last}`,
    language,
    handle,
    phrases: [
      chance.one(professions),
      home,
      isArtist ? `New album ${stageName(chance)} out now` : `${party ?? 'Author'} · ${home}`,
      `${chance.one(['Member of', 'Host of', 'Founder of', 'Captain of'])} ${stageName(chance)}`,
    ],
    site: happens(chance, 0.5) ? `https://www.${bare(stage ?? given + last)}.example` : null,
    party,
  }
}

function stageName(chance: Chance): string {
  const capital = (word: string): string => (word[0] as string).toUpperCase() + word.slice(1)
  const words = [capital(chance.one(NICK_FIRST)), capital(chance.one(NICK_SECOND)), capital(surname(chance, 'en'))]
  return happens(chance, 0.4) ? (words[2] as string) : `${words[0]} ${happens(chance, 0.5) ? words[1] : words[2]}`
}

function officialAccounts(chance: Chance, figure: Figure, taken: Set<string>): LinkageRecord[] {
  const networks = NETWORKS.filter((_, at) => happens(chance, PRESENCE[at] as number))
  const second = happens(chance, 0.04) && networks[0] ? [networks[0]] : []
  const linked = happens(chance, 0.15) ? `https://instagram.com/${figure.handle}` : null
  return [...networks, ...second].map((network) => {
    const bio = figure.phrases.filter(() => happens(chance, 0.6)).join(chance.one([' | ', '. ', ' – ']))
    const link =
      figure.site && happens(chance, 0.6)
        ? figure.site
        : figure.party && happens(chance, 0.4)
          ? siteOf(figure.party)
          : null
    return {
      network,
      handle: free(taken, network, officialHandle(chance, figure)),
      name: shownName(chance, figure),
      bio: happens(chance, 0.85) ? bio : null,
      link: [link, happens(chance, 0.4) ? linked : null].filter(Boolean).join(' '),
      active: activity(chance, 2009),
    }
  })
}

const siteOf = (party: string): string => `https://www.${bare(party)}.example/`

function officialHandle(chance: Chance, { handle, given, surname: last, name }: Figure): string {
  if (happens(chance, 0.6)) return handle
  if (happens(chance, 0.5)) return `${handle}${chance.one(['', '_', '.'])}${chance.one(ENDINGS)}`
  if (happens(chance, 0.2)) return `${chance.one(['the', 'real', 'iam'])}${handle}`
  return name === `${given} ${last}` ? handleForm(chance)(bare(given), bare(last)) : `${handle}${digits(chance, 1)}`
}

function shownName(chance: Chance, { name, given, surname: last, party }: Figure): string {
  const isReal = name === `${given} ${last}`
  const draw = chance.share()
  if (draw < 0.66) return name
  if (draw < 0.74) return `${chance.one(TITLES)}${name}`
  if (draw < 0.8) return `${name} ${chance.one(['🇪🇺', '✔', 'Official', 'offiziell', '💚'])}`
  if (draw < 0.85) return party && isReal ? `${name} (${party})` : `${name} Music`
  if (!isReal) return name.toUpperCase()
  if (draw < 0.89) return `${chance.one(SHORT_FORMS[given] ?? [given])} ${last}`
  if (draw < 0.92) return `${last}, ${given}`
  if (draw < 0.95) return `${given} ${chance.one('ABCDEFGHJKLM'.split(''))}. ${last}`
  if (draw < 0.98) return otherSpelling(name)
  return last
}

/** As another language writes it. */
const otherSpelling = (name: string): string =>
  folded(name, true).replace(/sch/g, 'sh').replace(/w/g, 'v').replace(/j/g, 'y').replace(/k/g, 'c')

function fanAccounts(chance: Chance, figure: Figure, taken: Set<string>): LinkageRecord[] {
  const wording = chance.one(FAN_NAMES)
  const said = bare(wording.replace('{}', ''))
  const handle = happens(chance, 0.5) ? figure.handle + said : said + bare(figure.name)
  const networks = NETWORKS.filter(() => happens(chance, 0.3))
  return (networks.length > 0 ? networks : [chance.one([...NETWORKS])]).map((network) => ({
    network,
    handle: free(taken, network, handle),
    name: wording.replace('{}', figure.name),
    bio: chance.one(FAN_BIOS).replace('{}', figure.name),
    link: happens(chance, 0.2) ? (figure.site ?? `https://x.com/${figure.handle}`) : '',
    active: activity(chance, 2015),
  }))
}

/** One to three accounts; one in twenty-five is called like somebody famous. */
function ordinaryAccounts(chance: Chance, famous: Figure, taken: Set<string>): LinkageRecord[] {
  const own = figureOf(chance)
  const { given, surname: last } = happens(chance, 0.04) ? famous : own
  const base = happens(chance, 0.6)
    ? handleForm(chance)(bare(given), bare(last))
    : `${chance.one(NICK_FIRST)}${chance.one(NICK_SECOND)}${digits(chance, 2)}`
  return shuffle(chance, [...NETWORKS])
    .slice(0, 1 + below(chance, 3))
    .map((network) => ({
      network,
      handle: free(taken, network, happens(chance, 0.6) ? base : `${base}${digits(chance, 2)}`),
      name: happens(chance, 0.75) ? `${given} ${last}` : given,
      bio: happens(chance, 0.5) ? `${own.phrases[0]}, ${own.phrases[1]}` : null,
      link: '',
      active: activity(chance, 2012),
    }))
}

function activity(chance: Chance, from: number): string {
  const year = from + below(chance, 2025 - from)
  return `${year}-0${1 + below(chance, 9)}-15/${happens(chance, 0.8) ? '2026-06' : `${year + 1}-05`}-30`
}

function free(taken: Set<string>, network: string, wish: string): string {
  for (let at = 0; ; at++) {
    const handle = at === 0 ? wish : `${wish}${at + 1}`
    if (taken.has(`${network}/${handle}`)) continue
    taken.add(`${network}/${handle}`)
    return handle
  }
}
