import { readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, test } from 'vitest'

const css = readFileSync(path.join(import.meta.dirname, 'tokens.css'), 'utf8')
const colours = (block: string) =>
  new Map([...block.matchAll(/--([\w-]+):\s*(#[0-9a-f]{6})/g)].map(([, name, value]) => [name ?? '', value ?? '']))
const darkAt = css.search(/:root\[data-mantine-color-scheme=.dark.\]/)
const light = colours(css.slice(0, darkAt))
const dark = colours(css.slice(darkAt))

/** WCAG 2.2, relative luminance and contrast ratio. */
function luminance(hex: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const channel = Number.parseInt(hex.slice(at, at + 2), 16) / 255
    return channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}
function contrast(one: string, other: string): number {
  const [high = 0, low = 0] = [luminance(one), luminance(other)].sort((a, b) => b - a)
  return (high + 0.05) / (low + 0.05)
}

describe.each([
  ['light', light],
  ['dark', dark],
])('%s', (_name, scheme) => {
  const ratio = (text: string, ground: string) => contrast(scheme.get(text) ?? '', scheme.get(ground) ?? '')

  test.each(['ground', 'surface', 'raised', 'hover', 'selected'])(
    'text one reads all day stands out from %s by 7:1',
    (on) => {
      expect(ratio('text', on)).toBeGreaterThanOrEqual(7)
    },
  )
  test.each(['ground', 'surface', 'raised', 'hover', 'selected'])(
    'quiet and linked text stand out from %s by 4.5:1',
    (on) => {
      expect(ratio('text-muted', on)).toBeGreaterThanOrEqual(4.5)
      expect(ratio('accent-text', on)).toBeGreaterThanOrEqual(4.5)
    },
  )
  test.each(['urgent', 'notice', 'good'])('%s stands out from its own ground and from the surface by 4.5:1', (tone) => {
    expect(ratio(tone, `${tone}-soft`)).toBeGreaterThanOrEqual(4.5)
    expect(ratio(tone, 'surface')).toBeGreaterThanOrEqual(4.5)
  })
  test('buttons can be read and fields can be seen', () => {
    expect(ratio('on-accent', 'accent')).toBeGreaterThanOrEqual(4.5)
    expect(ratio('on-accent', 'accent-hover')).toBeGreaterThanOrEqual(4.5)
    expect(ratio('on-accent', 'urgent-fill')).toBeGreaterThanOrEqual(4.5)
    expect(ratio('on-accent', 'urgent-fill-hover')).toBeGreaterThanOrEqual(4.5)
    expect(ratio('line-strong', 'surface')).toBeGreaterThanOrEqual(3)
    expect(ratio('text', 'mark')).toBeGreaterThanOrEqual(7)
  })
})

test('both schemes name the same colours', () => {
  const names = (scheme: Map<string, string>) => [...scheme.keys()].sort()
  expect(names(dark)).toEqual(names(light))
})
