import { describe, expect, test } from 'vitest'
import { looksOwned, recogniseBrands } from './brands.ts'
import { brand, sourceOf } from './testing/told.ts'

describe('an account looks like a brand’s', () => {
  test.each([
    ['Target', 'AskTarget'],
    ['American', 'AmericanAir'],
    ['Spotify', 'SpotifyCares'],
    ['British Airways', 'British_Airways'],
    ['Telekom', 'telekom_hilft'],
    ['Müller', 'muellerhilft'],
    ['Nordlicht', 'nordlicht.example.org'],
  ])('%s owns @%s', (name, handle) => expect(looksOwned(name)(handle)).toBe(true))

  test.each([
    ['American', 'AmericanExpress'],
    ['Apple', 'applepie_lover'],
    ['Target', 'targetpractice'],
    ['United', 'manunited'],
  ])('%s does not own @%s', (name, handle) => expect(looksOwned(name)(handle)).toBe(false))
})

test('a brand is looked for by its name as spelt and the accounts that the posts mention, not by word forms', async () => {
  const source = sourceOf([
    { by: 'ann', text: '@Nordair_Help the units were broken', at: '2026-01-01' },
    { by: 'bob', text: 'Nordair! @nordairlover', at: '2026-01-01' },
  ])
  const {
    brands: [nordair],
  } = await recogniseBrands([brand('Nordair')], source, ['en'])
  expect(nordair?.query).toBe('"Nordair" OR @nordair OR @nordair_help')
  expect(nordair?.owns('@Nordair_Help')).toBe(true)
  expect(nordair?.owns('nordairlover')).toBe(false)
})

test('accounts that were named replace those that only look right', async () => {
  const {
    brands: [made],
  } = await recogniseBrands([brand('Nordair', ['@FlyBlue'])], sourceOf([]), ['en'])
  expect([made?.owns('flyblue'), made?.owns('nordair')]).toEqual([true, false])
})

test('a name without a word is refused by name', async () => {
  await expect(recogniseBrands([brand('!!')], sourceOf([]), ['en'])).rejects.toMatchObject({ code: 'brand-unreadable' })
})
