import { describe, expect, test } from 'vitest'
import { DEPTH_MAX, ELEMENTS_MAX, prepareXml, TAG_CHARACTERS_MAX } from './xml.ts'

const prepared = (text: string) => {
  const outcome = prepareXml(text)
  return outcome.ok ? outcome.xml : outcome.reason
}

describe('document types', () => {
  test('go, and plain entities of their own are replaced', () => {
    const text =
      '<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY shop "Nordlicht"> <!ENTITY x SYSTEM "file:///etc/passwd">]>\n<rss>&shop; &x; &amp;</rss>'
    expect(prepared(text)).toBe('<?xml version="1.0"?>\n<rss>Nordlicht &x; &amp;</rss>')
    expect(prepared('<!DOCTYPE rss PUBLIC "-//N//DTD" "http://x.example/d"><rss/>')).toBe('<rss/>')
    expect(prepared('<!DOCTYPE never ends')).toBe('')
  })

  test('with a billion laughs expand to nothing', () => {
    const levels = Array.from({ length: 10 }, (_, level) => `<!ENTITY l${level + 1} "${`&l${level};`.repeat(10)}">`)
    const bomb = `<!DOCTYPE r [<!ENTITY l0 "lol">${levels.join('')}]><rss>&l10;</rss>`
    expect(prepared(bomb)).toBe('<rss>&l10;</rss>')
  })

  test('with a long entity used often stop growing', () => {
    const bomb = `<!DOCTYPE r [<!ENTITY a "${'x'.repeat(250)}">]><rss>${'&a;'.repeat(300_000)}</rss>`
    expect(prepared(bomb).length).toBeLessThan(2_100_000)
  })
})

describe('limits', () => {
  test('refuse what is too deep, too many or too long', () => {
    expect(prepared('<a>'.repeat(DEPTH_MAX + 1))).toMatch(/deeper/)
    expect(prepared('<a/>'.repeat(ELEMENTS_MAX + 1))).toMatch(/elements/)
    expect(prepared(`<a b="${'x'.repeat(TAG_CHARACTERS_MAX)}"/>`)).toMatch(/tag/)
    expect(prepared('no markup')).toBe('not a feed')
  })

  test('let elements that were never closed within an item pass', () => {
    const feed = `<rss>${'<item><p>one<br>two</item>'.repeat(DEPTH_MAX * 2)}</rss>`
    expect(prepared(feed)).toBe(feed)
  })

  test('do not look into comments and CDATA', () => {
    const feed = `<rss><!-- ${'<a>'.repeat(500)} --><![CDATA[${'<a>'.repeat(500)}<!DOCTYPE html>]]></rss>`
    expect(prepared(feed)).toBe(feed)
  })

  test('take linear time on openings that never end', () => {
    const started = performance.now()
    for (const hostile of ['<!--', '<![CDATA[', '<!', '<?', '<', '</', '<!DOCTYPE [', '<a ']) {
      prepareXml(hostile.repeat(1_000_000 / hostile.length))
    }
    expect(performance.now() - started).toBeLessThan(4000)
  })
})
