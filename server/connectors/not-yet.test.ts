import { readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, it } from 'vitest'
import { systemClock } from '../platform/clock.ts'
import { openConnectors, openOutside } from './index.ts'
import { NOT_YET } from './not-yet.ts'

const TEXTS = path.resolve(import.meta.dirname, '../../web/listening/texts')

it('what is promised for later is not here today', () => {
  const today = openConnectors(openOutside({ allowPrivate: [], clock: systemClock }))
  expect(NOT_YET.filter(({ network }) => today.has(network))).toEqual([])
})

it('each of them is named once, and has a name in every language', () => {
  const networks = NOT_YET.map(({ network }) => network)
  expect(new Set(networks).size).toBe(networks.length)
  for (const language of ['en', 'de', 'nl']) {
    const { network: names } = JSON.parse(readFileSync(path.join(TEXTS, `${language}.json`), 'utf8'))
    expect(networks.filter((network) => !names[network])).toEqual([])
  }
})
