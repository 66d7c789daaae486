import type { Chance } from './alarm-streams.ts'
import { happens, weighted, zipf } from './identity-draws.ts'
import { LANGUAGES, type Language, RARE_GIVEN, WORDS } from './identity-words.ts'

/** Names as frequent as names are: a few that everybody has, and a long tail of those that hardly anybody else has. */
const GIVEN_SLOPE = 0.6
const SURNAME_SLOPE = 0.5
/** As it is in Germany: seventy names for most people of a sex, hundreds for the others. */
const RARE_GIVEN_SHARE = 0.3
const ONSETS = 'b br d dr f fl g gr h j k kl kr l m n p pr r s sch st t tr v w z'.split(' ')
const NUCLEI = 'a e i o u ie ou'.split(' ')
const UMLAUTS = ['au', 'ö', 'ü', 'ei']
const CODAS = ' n l r s t ck nk ll rn tz mm ng'.split(' ')

export const languageOf = weighted<Language>([
  ['de', 38],
  ['nl', 18],
  ['en', 26],
  ['fr', 5],
  ['es', 4],
  ['tr', 5],
  ['pl', 4],
])

const surnameKind = weighted<'common' | 'composed' | 'rare' | 'double'>([
  ['common', 20],
  ['composed', 43],
  ['rare', 35],
  ['double', 2],
])

const ranks = Object.fromEntries(
  LANGUAGES.map((language) => {
    const { female, male, surnames, cities } = WORDS[language]
    return [
      language,
      {
        female: zipf(female.length, GIVEN_SLOPE),
        male: zipf(male.length, GIVEN_SLOPE),
        surnames: zipf(surnames.length, SURNAME_SLOPE),
        cities: zipf(cities.length, 0.9),
      },
    ]
  }),
)
const rankOf = (language: Language) => ranks[language] as (typeof ranks)[string]

export function givenName(chance: Chance, language: Language, female: boolean): string {
  if (happens(chance, RARE_GIVEN_SHARE)) return chance.one(female ? RARE_GIVEN.female : RARE_GIVEN.male)
  const spoken = happens(chance, 0.06) ? languageOf(chance) : language
  const names = female ? WORDS[spoken].female : WORDS[spoken].male
  return names[rankOf(spoken)[female ? 'female' : 'male'](chance)] as string
}

export function surname(chance: Chance, language: Language): string {
  const { surnames, stems, endings } = WORDS[language]
  const kind = surnameKind(chance)
  if (kind === 'common') return surnames[rankOf(language).surnames(chance)] as string
  if (kind === 'composed') return `${chance.one(stems)}${chance.one(['', '', 'en', 's', 'e'])}${chance.one(endings)}`
  if (kind === 'double')
    return `${surnames[rankOf(language).surnames(chance)]}-${chance.one(stems)}${chance.one(endings)}`
  const syllable = () =>
    chance.one(ONSETS) + chance.one(language === 'de' && happens(chance, 0.3) ? UMLAUTS : NUCLEI) + chance.one(CODAS)
  const text = syllable() + (happens(chance, 0.5) ? syllable() : '') + chance.one(endings)
  return (text[0] as string).toUpperCase() + text.slice(1)
}

export const city = (chance: Chance, language: Language): string =>
  WORDS[language].cities[rankOf(language).cities(chance)] as string
