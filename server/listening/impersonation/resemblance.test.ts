import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { LOOK_ALIKES } from './look-alike-letters.ts'
import { type Account, brandOf, FLAG_STRENGTH, LOOK_CLOSER_STRENGTH, resemblance } from './resemblance.ts'
import { distance, skeleton } from './skeleton.ts'

const account = (handle: string | null, change: Partial<Account> = {}): Account => ({
  handle,
  name: null,
  bio: null,
  url: null,
  ...change,
})
const ours = account('klinkerlaut.pond.example', { name: 'Klinkerlaut', url: 'https://klinkerlaut.example/' })
const strengthOf = (theirs: Account) => resemblance(ours, theirs).strength
const kindsOf = (theirs: Account) => resemblance(ours, theirs).reasons.map(({ kind }) => kind)

describe('an account resembles ours', () => {
  it('by letters that look alike', () => {
    for (const handle of ['kIinkerlaut', 'klinker1aut', 'кlinkerlaut', 'klinkerlаut.pond.example', 'klïnkerlaut_'])
      expect([handle, strengthOf(account(handle)) >= FLAG_STRENGTH]).toEqual([handle, true])
    expect(kindsOf(account('klіnkerlaut'))).toEqual(['look-alike-letters'])
  })

  it('by a letter more, less, other or exchanged', () => {
    for (const handle of ['klinkerlautt', 'klinkerlat', 'klinkerlaud', 'klinkrelaut', 'klinker-laut'])
      expect([handle, strengthOf(account(handle)) >= FLAG_STRENGTH]).toEqual([handle, true])
  })

  it('by a word that promises service', () => {
    for (const handle of ['klinkerlaut_support', 'klinkerlaut-hilfe.pond.example', 'realklinkerlaut', 'klinkerlaut24'])
      expect([handle, kindsOf(account(handle))]).toEqual([handle, ['added-words']])
  })

  it('by the same handle elsewhere', () => {
    expect(kindsOf(account('@klinkerlaut@other.example'))).toEqual(['same-handle'])
  })

  it('by an address in what it says of itself, wherever that stands', () => {
    for (const before of ['see ', 'https://', 'a'.repeat(3_900), '1.'.repeat(1_900), '...'])
      expect([before.slice(0, 8), kindsOf(account('mila', { bio: `${before} klinkerlaut-support.example` }))]).toEqual([
        before.slice(0, 8),
        ['look-alike-link'],
      ])
  })

  it('by a link that is nearly ours, and not by our own', () => {
    expect(kindsOf(account('mila', { url: 'https://klinkerlaut-support.example' }))).toEqual(['look-alike-link'])
    expect(kindsOf(account('mila', { bio: 'help at kIinkerlaut.net today' }))).toEqual(['look-alike-link'])
    expect(kindsOf(account('mila', { url: 'https://shop.klinkerlaut.example/lamps' }))).toEqual([])
  })

  it('never by its name alone, but with more', () => {
    const named = account('mila', { name: 'Klinkerlaut' })
    expect(strengthOf(named)).toBeLessThan(FLAG_STRENGTH)
    expect(strengthOf(named)).toBeGreaterThanOrEqual(LOOK_CLOSER_STRENGTH)
    expect(strengthOf({ ...named, handle: 'klinkerlautfans' })).toBeGreaterThanOrEqual(FLAG_STRENGTH)
  })
})

describe('an account does not resemble ours', () => {
  it('because it speaks of us or is called otherwise', () => {
    for (const handle of ['klinker', 'klingelton', 'mila', 'nordlicht', 'klavier.laut', null])
      expect([handle, strengthOf(account(handle))]).toEqual([handle, 0])
    expect(strengthOf(account('klinkerlautfans'))).toBeLessThan(FLAG_STRENGTH)
    expect(strengthOf(account('mila', { bio: 'I love Klinkerlaut' }))).toBe(0)
  })

  it('when our handle is too short to be told from chance', () => {
    expect(resemblance(account('dbx'), account('dby')).strength).toBe(0)
    expect(resemblance(account('bahn'), account('bann')).strength).toBe(0)
  })

  it('of 50,000 accounts with usual names fewer than one in ten thousand are flagged', () => {
    const first =
      'anna ben carla daan emma finn greta hugo ida jan kim lena mila noah olaf pia rosa sven tom ute vera willem yara zoe klaus linke'.split(
        ' ',
      )
    const last =
      'berg claus dekker engel fuchs groen haas jansen klinker laut meyer noord otto peters roth smit thal vogel wind zande klein kunkel'.split(
        ' ',
      )
    const ending = ['', '1', '77', '_', '1984', 'xx', '_nl', '.art', 'fan', 'photo']
    let flagged = 0
    for (let n = 0; n < 50_000; n++) {
      const pick = (from: string[], step: number) => from[Math.floor(n / step) % from.length] as string
      const handle = `${pick(first, 1)}${n % 3 === 0 ? '_' : ''}${pick(last, first.length)}${pick(ending, 577)}`
      const one = account(handle, { name: `${pick(first, 1)} ${pick(last, first.length)}` })
      for (const of of [ours, account('nordwind', { name: 'Nordwind' }), account('lumenhaus', { name: 'Lumenhaus' })])
        if (resemblance(of, one).strength >= FLAG_STRENGTH) flagged++
    }
    expect(flagged).toBeLessThanOrEqual(5)
  })

  it('of generated look-alikes at least 19 in 20 are flagged', () => {
    const letters = [...'klinkerlaut']
    const swapped = fc.tuple(fc.nat(letters.length - 1), fc.nat(50)).map(([at, nth]) => {
      const alike = [...(LOOK_ALIKES[letters[at] as string] ?? 'x')]
      return letters.with(at, alike[nth % alike.length] as string).join('')
    })
    const edited = fc
      .tuple(
        fc.nat(letters.length - 1),
        fc.constantFrom('drop', 'double', 'exchange', 'replace'),
        fc.constantFrom(...'bcdfghmopqsvwxyz'),
      )
      .map(([at, how, letter]) => {
        const own = letters[at] as string
        if (how === 'drop') return letters.toSpliced(at, 1).join('')
        if (how === 'double') return letters.toSpliced(at, 0, own).join('')
        if (how === 'replace') return letters.with(at, letter).join('')
        return letters
          .with(at, letters[at + 1] ?? own)
          .with(Math.min(at + 1, letters.length - 1), own)
          .join('')
      })
    const made = fc.sample(fc.oneof(swapped, edited), 2_000).filter((handle) => handle !== 'klinkerlaut')
    const missed = made.filter((handle) => strengthOf(account(handle)) < FLAG_STRENGTH)
    expect(missed.length / made.length).toBeLessThanOrEqual(0.05)
  })
})

describe('the parts', () => {
  it('find the brand in a handle', () => {
    expect(
      ['@mila@pond.example', 'mila.pond.example', 'support.mila.example', 'mila.example', 'mila'].map(brandOf),
    ).toEqual(Array.from({ length: 5 }, () => 'mila'))
  })

  it('measure the same distance both ways, and none from itself', () => {
    const text = fc.string({ maxLength: 8, unit: fc.constantFrom(...'abc') })
    fc.assert(
      fc.property(text, text, (one, other) => {
        expect(distance(one, other, 3)).toBe(distance(other, one, 3))
        expect(distance(one, other, 8) === 0).toBe(one === other)
      }),
    )
    expect([distance('laut', 'luat', 2), distance('laut', 'lat', 2), distance('laut', 'klinker', 2)]).toEqual([1, 1, 3])
  })

  it('give texts of any kind a skeleton that is its own skeleton', () => {
    fc.assert(fc.property(fc.string({ unit: 'grapheme' }), (text) => skeleton(skeleton(text)) === skeleton(text)))
  })
})
