import { editsAtLeast, jaroWinklerAtMost } from '../distance.ts'
import { levelNumbers, type Topic } from '../levels.ts'
import { flagsIn } from './cells.ts'
import {
  alikeness,
  areTypos,
  areWithinEdits,
  beginAlike,
  isSpelledOtherwise,
  type LetterCells,
  lengthOf,
  mayBeginWithinEdits,
  soundAt,
  startOf,
} from './letter-cells.ts'

/** Not known yet: the values have to be read. */
export const OPEN = 255

const GIVEN = levelNumbers('given')
const SURNAME = levelNumbers('surname')
const CITY = levelNumbers('city')
const POSTCODE = levelNumbers('postcode')
const MAIL = levelNumbers('mail')

/** The level of two values of unequal keys by their letters; the sketches are those of their rows. */
export type LetterRule = (
  cells: LetterCells,
  idA: number,
  idB: number,
  sketchA: number,
  sketchB: number,
  packedA: number,
  packedB: number,
) => number

const NAMES_ALIKE = 0.86
const SOUND_LETTERS_MAX = 4
const BEGINNING_LETTERS_MIN = 3
const CITY_TYPO = 0.93
const CITY_PART = 0.87
const LOCAL_PART_ALIKE = 0.92
const SLIPS_MAX = 2

const given: LetterRule = (cells, idA, idB, sketchA, sketchB, packedA, packedB) => {
  const [lengthA, lengthB] = [lengthOf(cells, idA), lengthOf(cells, idB)]
  if (lengthA === 0 || lengthB === 0) return OPEN
  const sameFirst = cells.bytes[startOf(idA)] === cells.bytes[startOf(idB)]
  if (lengthA === 1 || lengthB === 1) return sameFirst ? GIVEN.initial : GIVEN.different
  if ((flagsIn(packedA) & flagsIn(packedB)) !== 0) return OPEN
  const near = editsAtLeast(sketchA, sketchB)
  if (near <= 2 && areTypos(cells, idA, idB)) return GIVEN.typo
  if (sameFirst && (isSpelledOtherwise(cells, idA) || isSpelledOtherwise(cells, idB))) return OPEN
  const short = Math.min(lengthA, lengthB)
  if (sameFirst && short >= BEGINNING_LETTERS_MIN && beginAlike(cells, idA, idB, short)) return GIVEN.nickname
  return namesAlike(cells, idA, idB, sketchA, sketchB, near) ? GIVEN.similar : GIVEN.different
}

const surname: LetterRule = (cells, idA, idB, sketchA, sketchB) => {
  if (lengthOf(cells, idA) === 0 || lengthOf(cells, idB) === 0) return OPEN
  const near = editsAtLeast(sketchA, sketchB)
  if (near <= 2 && areTypos(cells, idA, idB)) return SURNAME.typo
  return namesAlike(cells, idA, idB, sketchA, sketchB, near) ? SURNAME.similar : SURNAME.different
}

/** `looksAlike` of names. */
function namesAlike(
  cells: LetterCells,
  idA: number,
  idB: number,
  sketchA: number,
  sketchB: number,
  near: number,
): boolean {
  const [lengthA, lengthB] = [lengthOf(cells, idA), lengthOf(cells, idB)]
  if (near <= 1 && lengthA <= 5 && lengthB <= 5 && areWithinEdits(cells, idA, idB, 1)) return true
  if (jaroWinklerAtMost(sketchA, lengthA, sketchB, lengthB) >= NAMES_ALIKE && alikeness(cells, idA, idB) >= NAMES_ALIKE)
    return true
  return near <= SOUND_LETTERS_MAX && Math.min(lengthA, lengthB) > 3 && soundAt(cells, idA) === soundAt(cells, idB)
}

const city: LetterRule = (cells, idA, idB, sketchA, sketchB) => {
  const [lengthA, lengthB] = [lengthOf(cells, idA), lengthOf(cells, idB)]
  if (lengthA === 0 || lengthB === 0) return OPEN
  const alike = jaroWinklerAtMost(sketchA, lengthA, sketchB, lengthB) >= CITY_PART ? alikeness(cells, idA, idB) : 0
  if (alike >= CITY_TYPO || (editsAtLeast(sketchA, sketchB) <= 2 && areTypos(cells, idA, idB))) return CITY.typo
  return alike >= CITY_PART ? CITY.part : CITY.different
}

const postcode: LetterRule = (cells, idA, idB) => {
  const short = Math.min(lengthOf(cells, idA), lengthOf(cells, idB))
  if (short === 0) return OPEN
  if (areWithinEdits(cells, idA, idB, 1)) return POSTCODE.typo
  const area = Math.max(2, short - 3)
  return short >= area && beginAlike(cells, idA, idB, area) ? POSTCODE.area : POSTCODE.different
}

/** Of local parts, which tell of most addresses that they have nothing in common; the @ may be a slip as well. */
const mail: LetterRule = (cells, idA, idB, sketchA, sketchB) => {
  const [lengthA, lengthB] = [lengthOf(cells, idA), lengthOf(cells, idB)]
  const short = Math.min(lengthA, lengthB)
  if (short === 0 || mayBeginWithinEdits(cells, idA, idB, short, SLIPS_MAX)) return OPEN
  const most = jaroWinklerAtMost(sketchA, lengthA, sketchB, lengthB)
  return most >= LOCAL_PART_ALIKE && alikeness(cells, idA, idB) >= LOCAL_PART_ALIKE ? OPEN : MAIL.different
}

export const LETTER_RULES: Partial<Record<Topic, LetterRule>> = { given, surname, city, postcode, mail }
