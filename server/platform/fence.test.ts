import { describe, expect, it } from 'vitest'
import { checkAddresses, isAllowedPrivate, ONLY } from './outbound-address.ts'

const TWIN = '127.0.0.1:3999'
const unasked = async () => {
  throw new Error('a name was looked up')
}
const outcomeOf = async (address: string, places: string[]) => {
  const checked = await checkAddresses(new URL(address), unasked, places)
  return checked.ok ? 'reached' : checked.failure.name
}

describe('a fence', () => {
  it.each([
    ['http://127.0.0.1:3999/xrpc/x', 'reached'],
    ['http://127.0.0.1:4000/', 'forbidden-address'],
    ['http://127.0.0.1/', 'forbidden-address'],
    ['https://93.184.215.14/', 'forbidden-address'],
    ['http://[::1]:3999/', 'forbidden-address'],
    ['https://bsky.social/', 'forbidden-address'],
    ['http://localhost:3999/', 'forbidden-address'],
  ])('leads to %s: %s, and no name is looked up', async (address, outcome) => {
    expect(await outcomeOf(address, [ONLY, TWIN])).toBe(outcome)
  })

  it('without a place leads nowhere', async () => {
    expect(await outcomeOf('http://127.0.0.1:3999/', [ONLY])).toBe('forbidden-address')
    expect(await outcomeOf('https://93.184.215.14/', [ONLY])).toBe('forbidden-address')
  })

  it('lets a secret go to its place alone', () => {
    expect(isAllowedPrivate(new URL('http://127.0.0.1:3999/'), [ONLY, TWIN])).toBe(true)
    expect(isAllowedPrivate(new URL('http://127.0.0.1:4000/'), [ONLY, TWIN])).toBe(false)
  })
})
