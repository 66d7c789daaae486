import { describe, expect, test } from 'vitest'
import { cleanText, decodeEntities, looksLikeMarkup, readMarkup, webAddress } from './markup.ts'

const textOf = (markup: string) => readMarkup(markup, 'https://shop.example/news/1').text

describe('text out of markup', () => {
  test.each([
    ['<p>One <b>two</b>.</p><p>Three</p>', 'One two.\n\nThree'],
    ['One<br>two<br/><br>three', 'One\ntwo\n\nthree'],
    ['<div><div>One</div><div>Two</div></div>', 'One\nTwo'],
    ['<ul><li>One</li><li> Two</ul>after', '• One\n• Two\n\nafter'],
    ['  spread \n over\tlines  ', 'spread over lines'],
    ['a <i>b </i> c', 'a b c'],
    ['un<b>broken</b>word', 'unbrokenword'],
    ['<pre>keep\n  this</pre>not   this', 'keep\n  this\n\nnot this'],
    ['<table><tr><td>1</td><td>2</td></tr><tr><td>3</td></tr></table>', '1 2\n3'],
    ['caf&eacute; &amp; cr&#232;me &#x2019; &unknown;', 'café & crème ’ &unknown;'],
    ['5 < 6 and 7 > 3', '5 < 6 and 7 > 3'],
    ['Nice <img class="wp-smiley" alt="🙂" src="/s.png"> day', 'Nice 🙂 day'],
    ['', ''],
  ])('%j reads %j', (markup, text) => {
    expect(textOf(markup)).toBe(text)
  })

  test.each([
    '<script>alert(1)</script>',
    '<SCRIPT SRC=//evil.example></SCRIPT>',
    '<style>p{}</style>',
    '<svg><script>alert(1)</script><text>x</text></svg>',
    '<iframe src="javascript:alert(1)">x</iframe>',
    '<iframe src="x"/><title/>',
    '<object data="x"></object>',
    '<!-- hidden --><template><p>x</p></template>',
    '<textarea><b>x</b></textarea><select><option>x</select>',
    '<script>never closed',
    '<a href="never closed',
  ])('nothing of %j is seen', (markup) => {
    expect(textOf(`before ${markup}`)).toBe('before')
  })

  test('deep nesting and endless openings take no time', () => {
    const started = performance.now()
    expect(textOf(`${'<div><p><b>'.repeat(80_000)}deep`)).toBe('deep')
    expect(textOf('<'.repeat(900_000)).length).toBeGreaterThan(0)
    expect(textOf('&'.repeat(900_000)).length).toBeGreaterThan(0)
    textOf(`<a ${'x=1 '.repeat(200_000)}>`)
    expect(performance.now() - started).toBeLessThan(8000)
  })
})

test('links and pictures are absolute, web only, each once, without tracking pixels', () => {
  const markup = `<a href="/a">1</a><a href="/a">2</a><a href="javascript:x">3</a><a href=" java\tscript:x">4</a>
    <a href="data:text/html,x">5</a><a href="//other.example/b">6</a><a href="http://u:p@x.example/">7</a>
    <img src="pic.jpg" alt="A shoe"><img src="track.gif" width=1 height="1"><img src="data:image/png;base64,AA">
    <video poster="p.jpg" src="v.mp4">no video</video>`
  const { links, media } = readMarkup(markup, 'https://shop.example/news/1')
  expect(links).toEqual(['https://shop.example/a', 'https://other.example/b'])
  expect(media).toEqual([
    { kind: 'image', url: 'https://shop.example/news/pic.jpg', previewUrl: null, alt: 'A shoe', mediaType: null },
    {
      kind: 'video',
      url: 'https://shop.example/news/v.mp4',
      previewUrl: 'https://shop.example/news/p.jpg',
      alt: '',
      mediaType: null,
    },
  ])
})

test('entities are decoded once and angle brackets stay', () => {
  expect(decodeEntities('AT&amp;T &lt;3 <b>x</b> &amp;amp; &#128293; R&D')).toBe('AT&T <3 <b>x</b> &amp; 🔥 R&D')
  expect(decodeEntities('</title> &quot;')).toBe('</title> "')
})

test('markup is told from text with angle brackets', () => {
  expect(looksLikeMarkup('5 < 6, a<b, x <y')).toBe(false)
  expect(looksLikeMarkup('see <a href="x">this</a>')).toBe(true)
  expect(looksLikeMarkup('line<br/>break')).toBe(true)
})

test('clean text has no control characters, no half characters and an end', () => {
  expect(cleanText('don\u0092t', 100)).toBe('don’t')
  expect(cleanText(' a\u0000b\r\nc\u0007\ud800 ', 100)).toBe('ab\nc\ufffd')
  expect(cleanText(`${'x'.repeat(8)}🔥🔥`, 10)).toBe(`${'x'.repeat(8)}…`)
  expect(cleanText('x'.repeat(50), 10)).toHaveLength(10)
})

test('only web addresses pass', () => {
  expect(webAddress('page', 'https://a.example/b/')).toBe('https://a.example/b/page')
  expect(webAddress('page', null)).toBe(null)
  for (const href of ['javascript:1', 'mailto:a@b.example', 'file:///x', `http://a.example/${'x'.repeat(3000)}`, '']) {
    expect(webAddress(href, 'https://a.example/')).toBe(null)
  }
})
