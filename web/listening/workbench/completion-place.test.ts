import { expect, test } from 'vitest'
import { completionPlace } from './completion-place.ts'

/** `|` is the cursor. */
const at = (marked: string) => completionPlace(marked.replace('|', ''), marked.indexOf('|'))

test('at the beginning, behind a blank, a bracket or a minus, a part of the query begins', () => {
  for (const marked of ['|', 'Netz |', '(|', 'Netz -|'])
    expect(at(marked)).toEqual({ of: 'part', from: marked.indexOf('|'), typed: '' })
})

test('letters before the cursor are replaced, whatever stands behind it', () => {
  expect(at('Netz O| weg')).toEqual({ of: 'part', from: 5, typed: 'O' })
  expect(at('Netz NEAR/|')).toEqual({ of: 'part', from: 5, typed: 'NEAR/' })
})

test('behind the colon of a field stand its values, also in a list that is still open', () => {
  expect(at('lang:|')).toEqual({ of: 'value', field: 'lang', from: 5, typed: '' })
  expect(at('Netz lang:d|')).toEqual({ of: 'value', field: 'lang', from: 10, typed: 'd' })
  expect(at('lang:(de OR n|')).toEqual({ of: 'value', field: 'lang', from: 12, typed: 'n' })
  expect(at('lang:(|')).toEqual({ of: 'value', field: 'lang', from: 6, typed: '' })
  expect(at('lang:(de OR nl) w|')).toEqual({ of: 'part', from: 16, typed: 'w' })
})

test('handles and tags are told apart, and a handle behind author: belongs to it', () => {
  expect(at('@nord|')).toEqual({ of: 'handle', from: 0, typed: '@nord' })
  expect(at('#nord|')).toEqual({ of: 'tag', from: 0, typed: '#nord' })
  expect(at('author:@no|')).toEqual({ of: 'value', field: 'author', from: 7, typed: '@no' })
})

test('inside of a phrase and of an exact spelling nothing is completed', () => {
  expect(at('"kein O|')).toBeNull()
  expect(at('{N|')).toBeNull()
})
