import { describe, expect, it } from 'vitest'
import { nextAddress } from './calls.ts'

const next = (address: string) =>
  nextAddress(`?${new URLSearchParams({ next: address })}`, 'https://rapport.example.org')

describe('the address after sign-in', () => {
  it('is the page that somebody wanted', () => {
    expect(next('/w/nordwind/inbox?state=open#top')).toBe('/w/nordwind/inbox?state=open#top')
  })

  it.each([
    '//evil.example',
    '/\\evil.example',
    '/\t/evil.example',
    '/\n//evil.example',
    'https://evil.example',
    'https://rapport.example.org@evil.example',
    'javascript:alert(1)',
    'data:text/html,x',
    'evil.example',
    '',
  ])('is never elsewhere: %j', (address) => {
    expect(next(address)).toBe('/')
  })
})
