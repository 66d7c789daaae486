import { expect, test } from 'vitest'
import { keyOf, matchKey } from './shortcut-match.ts'

const press = (key: string, held: Partial<Record<'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey', boolean>> = {}) => ({
  key,
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  shiftKey: false,
  ...held,
})
const match = (
  keys: string[],
  pressed: string,
  more: { begun?: string; typing?: boolean; singleKeys?: boolean } = {},
) =>
  matchKey({
    shortcuts: keys.map((each) => ({ keys: each })),
    pressed,
    begun: more.begun ?? null,
    typing: more.typing ?? false,
    singleKeys: more.singleKeys ?? true,
  })

test('a letter runs its shortcut, but not while one types', () => {
  expect(match(['j'], 'j').found).toEqual({ keys: 'j' })
  expect(match(['j'], 'j', { typing: true }).found).toBeNull()
})

test('shortcuts with the modifier work in fields too, and so does what asks for it', () => {
  expect(match(['mod+enter'], 'mod+enter', { typing: true }).found).not.toBeNull()
  const shortcuts = [{ keys: 'escape', whileTyping: true }]
  expect(matchKey({ shortcuts, pressed: 'escape', begun: null, typing: true, singleKeys: true }).found).not.toBeNull()
})

test('undo with the modifier can leave fields their own undo', () => {
  const shortcuts = [{ keys: 'mod+z', whileTyping: false }]
  const pressed = { shortcuts, pressed: 'mod+z', begun: null, singleKeys: true }
  expect(matchKey({ ...pressed, typing: true }).found).toBeNull()
  expect(matchKey({ ...pressed, typing: false }).found).toBe(shortcuts[0])
})

test('switched off, single keys rest; Escape and the modifier still work', () => {
  expect(match(['j'], 'j', { singleKeys: false }).found).toBeNull()
  expect(match(['g i'], 'i', { begun: 'g', singleKeys: false }).found).toBeNull()
  expect(match(['escape'], 'escape', { singleKeys: false }).found).not.toBeNull()
  expect(match(['mod+k'], 'mod+k', { singleKeys: false }).found).not.toBeNull()
})

test('a sequence waits for its second key, which means itself when no first key came', () => {
  expect(match(['g i', 'i'], 'g')).toEqual({ found: null, waiting: 'g' })
  expect(match(['g i', 'i'], 'i', { begun: 'g' }).found).toEqual({ keys: 'g i' })
  expect(match(['g i', 'i'], 'i').found).toEqual({ keys: 'i' })
})

test('the place registered last wins', () => {
  const shortcuts = [
    { keys: 'e', place: 'dialog' },
    { keys: 'e', place: 'screen' },
  ]
  expect(matchKey({ shortcuts, pressed: 'e', begun: null, typing: false, singleKeys: true }).found).toBe(shortcuts[0])
})

test('Control means mod outside of a Mac, Command on one, and neither swallows the other', () => {
  expect(keyOf(press('k', { ctrlKey: true }), false)).toBe('mod+k')
  expect(keyOf(press('k', { metaKey: true }), true)).toBe('mod+k')
  expect(keyOf(press('k', { ctrlKey: true }), true)).toBe('meta+k')
})

test('shift counts with letters and named keys, not with signs that need it anyway', () => {
  expect(keyOf(press('A', { shiftKey: true }), false)).toBe('shift+a')
  expect(keyOf(press('?', { shiftKey: true }), false)).toBe('?')
  expect(keyOf(press('Enter', { shiftKey: true }), false)).toBe('shift+enter')
})
