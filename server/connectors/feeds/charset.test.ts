import { expect, test } from 'vitest'
import { decodeFeed } from './charset.ts'

const wide = (text: string, size: 2 | 4, little: boolean, mark: boolean) => {
  const points = [...(mark ? '\ufeff' : ''), ...text].map((character) => character.codePointAt(0) ?? 0)
  const bytes = new Uint8Array(points.length * size)
  const view = new DataView(bytes.buffer)
  for (const [index, point] of points.entries()) {
    if (size === 4) view.setUint32(index * 4, point, little)
    else view.setUint16(index * 2, point, little)
  }
  return bytes
}
const xml = '<?xml version="1.0"?><rss>Grüße</rss>'

test.each([
  ['UTF-8 with a mark', Buffer.from(`\ufeff${xml}`), 'text/xml; charset=iso-8859-1', 'utf-8'],
  ['UTF-16LE with a mark', wide(xml, 2, true, true), null, 'utf-16le'],
  ['UTF-16BE with a mark', wide(xml, 2, false, true), null, 'utf-16be'],
  ['UTF-32LE with a mark', wide(xml, 4, true, true), null, 'utf-32le'],
  ['UTF-32BE with a mark', wide(xml, 4, false, true), null, 'utf-32be'],
  ['UTF-16LE without a mark', wide(xml, 2, true, false), 'text/xml', 'utf-16le'],
  ['UTF-16BE without a mark', wide(xml, 2, false, false), null, 'utf-16be'],
  ['UTF-32LE without a mark', wide(xml, 4, true, false), null, 'utf-32le'],
  ['UTF-32BE without a mark', wide(xml, 4, false, false), null, 'utf-32be'],
  ['the charset of the header', Buffer.from(xml, 'latin1'), 'text/xml; charset="ISO-8859-1"', 'iso-8859-1'],
  ['UTF-8 that claims ASCII', Buffer.from(xml), 'text/xml; charset=us-ascii', 'utf-8'],
  ['UTF-8 whose declaration lies', Buffer.from(xml.replace('?>', ' encoding="utf-16"?>')), null, 'utf-8'],
  ['Latin 1 that claims UTF-8', Buffer.from(xml, 'latin1'), 'text/xml; charset=utf-8', 'windows-1252'],
  ['an unknown charset', Buffer.from(xml), 'text/xml; charset=bogus', 'utf-8'],
])('%s is read', (_name, bytes, contentType, charset) => {
  const decoded = decodeFeed(bytes, contentType)
  expect(decoded.text).toContain('Grüße')
  expect(decoded.charset).toBe(charset)
})

test('the declaration is believed where the header says nothing', () => {
  const head = Buffer.from('<?xml version="1.0" encoding="Big5"?><rss>')
  expect(decodeFeed(Buffer.concat([head, Buffer.from([0xa4, 0xa4, 0xa4, 0xe5])]), 'text/xml').text).toContain('中文')
  const chinese = Buffer.from([0xd6, 0xd0, 0xce, 0xc4])
  expect(decodeFeed(chinese, 'application/xml; charset=gb2312').text).toBe('中文')
})

test('a few broken bytes do not turn a UTF-8 feed into another alphabet', () => {
  const bytes = Buffer.concat([Buffer.from('Привет, мир'), Buffer.from([0xff])])
  expect(decodeFeed(bytes, null)).toEqual({ text: 'Привет, мир\ufffd', charset: 'utf-8' })
})

test('half a character, nothing and noise do not throw', () => {
  for (const bytes of [[], [0], [0xff, 0xfe, 0], [0xfe, 0xff, 0xd8], [0, 0, 0xfe, 0xff, 0xff, 0xff, 0xff, 0xff]]) {
    expect(typeof decodeFeed(new Uint8Array(bytes), null).text).toBe('string')
  }
})
