import { describe, expect, test } from 'vitest'
import type { HeardPost } from '../connector.ts'
import { type ParsedFeed, parse } from './parse.ts'

const heardAt = new Date('2026-03-01T12:00:00Z')

function feedOf(text: string, url = 'https://blog.example/feed.xml', contentType: string | null = null): ParsedFeed {
  const outcome = parse({ bytes: Buffer.from(text), contentType, url, address: url, heardAt })
  if (!outcome.ok) throw new Error(outcome.reason)
  return outcome.value
}

function postsOf(text: string, url?: string): HeardPost[] {
  return feedOf(text, url).items.flatMap((item) => (item.kind === 'post' ? [item.post] : []))
}

function postOf(text: string, url?: string): HeardPost {
  const [post] = postsOf(text, url)
  if (post === undefined) throw new Error('no post')
  return post
}

const rss = (items: string, channel = '') =>
  `<?xml version="1.0"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:media="http://search.yahoo.com/mrss/" xmlns:thr="http://purl.org/syndication/thread/1.0"><channel><title>Nordlicht Blog</title><link>https://blog.example/</link><language>de-DE</language>${channel}${items}</channel></rss>`

test('an RSS item becomes a post with everything it says', () => {
  const post = postOf(
    rss(`<item><guid>https://blog.example/?p=7</guid><link>/2026/zelt</link><title>Das &lt;b&gt;Zelt&lt;/b&gt; R&amp;amp;D</title>
      <dc:creator>Lena Vogt</dc:creator><pubDate>Sat, 28 Feb 2026 09:30:00 +0100</pubDate><description>Kurz</description>
      <content:encoded><![CDATA[<p>Es h&auml;lt.</p><p>Mehr <a href="/mehr">hier</a> <img src="/z.jpg" alt="Ein Zelt"></p><script>x()</script>]]></content:encoded>
      <enclosure url="https://blog.example/a.mp3" length="1" type="audio/mpeg"/><thr:in-reply-to ref="https://other.example/1"/></item>`),
  )
  expect(post).toEqual({
    network: 'feed',
    scope: 'blog.example',
    externalId: 'https://blog.example/?p=7',
    reference: null,
    author: {
      network: 'feed',
      scope: 'blog.example',
      networkId: 'lena vogt',
      handle: null,
      name: 'Lena Vogt',
      avatarUrl: null,
      bio: null,
      url: null,
      followers: null,
      stable: false,
    },
    title: 'Das Zelt R&D',
    text: 'Es hält.\n\nMehr hier',
    url: 'https://blog.example/2026/zelt',
    publishedAt: new Date('2026-02-28T08:30:00Z'),
    editedAt: null,
    language: 'de-DE',
    parent: { externalId: 'https://other.example/1', reference: null },
    root: null,
    media: [
      { kind: 'audio', url: 'https://blog.example/a.mp3', previewUrl: null, alt: '', mediaType: 'audio/mpeg' },
      { kind: 'image', url: 'https://blog.example/z.jpg', previewUrl: null, alt: 'Ein Zelt', mediaType: null },
    ],
    links: ['https://blog.example/mehr'],
    mentions: [],
    site: 'blog.example',
    addressed: false,
  })
})

test('an Atom entry that was changed says when, and keeps to its xml:base', () => {
  const post =
    postOf(`<feed xmlns="http://www.w3.org/2005/Atom" xml:base="https://shop.example/news/"><title>News</title>
    <author><name>Feed Author</name></author>
    <entry xml:lang="nl"><id>tag:shop.example,2026:1</id><link href="one"/><title type="html">Een &amp;lt;3</title>
    <author><name>Jan</name><uri>https://shop.example/jan</uri></author>
    <published>2026-02-01T10:00:00Z</published><updated>2026-02-02T10:00:00Z</updated>
    <content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>Hallo <a href="two">daar</a></p></div></content></entry></feed>`)
  expect(post).toMatchObject({
    externalId: 'tag:shop.example,2026:1',
    title: 'Een <3',
    text: 'Hallo daar',
    url: 'https://shop.example/news/one',
    links: ['https://shop.example/news/two'],
    language: 'nl',
    publishedAt: new Date('2026-02-01T10:00:00Z'),
    editedAt: new Date('2026-02-02T10:00:00Z'),
    author: { networkId: 'https://shop.example/jan', name: 'Jan', stable: false },
    site: 'shop.example',
  })
})

test('RDF and JSON Feed are read, numbers of any size included', () => {
  const rdf = postOf(`<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/">
    <channel rdf:about="https://old.example/"><title>Old</title></channel>
    <item rdf:about="https://old.example/1"><title>One</title><link>https://old.example/1</link><description>Said</description></item></rdf:RDF>`)
  expect(rdf).toMatchObject({ externalId: 'https://old.example/1', title: 'One', text: 'Said' })
  const json = postOf(
    `{"version":"https://jsonfeed.org/version/1.1","title":"J","items":[{"id":570306133677760513,"content_text":"a <b> c","url":"https://j.example/1"}]}`,
    'https://j.example/feed.json',
  )
  expect(json).toMatchObject({ externalId: '/feed.json#570306133677760513', text: 'a <b> c', title: null })
})

describe('identity', () => {
  test('is the guid, else the link, else what was said', () => {
    const items = ['<guid>urn:x:1</guid><link>https://blog.example/1</link>', '<link>https://blog.example/1</link>', '']
    const ids = items.map((item) => postOf(rss(`<item>${item}<title>Same</title></item>`)).externalId)
    expect(ids.slice(0, 2)).toEqual(['urn:x:1', 'https://blog.example/1'])
    expect(ids[2]).toMatch(/^sha256:[0-9a-f]{64}$/)
    expect(postOf(rss('<item><title>Same</title></item>')).externalId).toBe(ids[2])
  })

  test('of a bare guid holds within its feed only', () => {
    const feed = rss('<item><guid isPermaLink="false">17</guid><title>x</title></item>')
    expect(postOf(feed, 'https://host.example/a/feed').externalId).toBe('/a/feed#17')
    expect(postOf(feed, 'https://host.example/b/feed').externalId).toBe('/b/feed#17')
  })

  test('survives an edit of the text', () => {
    const feed = (text: string) => rss(`<item><guid>urn:x:1</guid><description>${text}</description></item>`)
    expect(postOf(feed('before')).externalId).toBe(postOf(feed('after')).externalId)
  })

  test('of the author is the feed itself where there is no byline', () => {
    expect(postOf(rss('<item><title>x</title></item>')).author).toMatchObject({
      networkId: 'blog.example/feed.xml',
      name: 'Nordlicht Blog',
      url: 'https://blog.example/',
      stable: true,
    })
  })
})

describe('hostile and broken feeds', () => {
  test('leave no markup and no foreign schemes in any field', () => {
    const bad = '&lt;img src=x onerror=alert(1)&gt;&lt;script&gt;alert(1)&lt;/script&gt;'
    const feed = feedOf(
      rss(
        `<item><title>${bad}Title</title><link>javascript:alert(1)</link><dc:creator>${bad}Eve</dc:creator><description>${bad}Text &lt;a href="javascript:x"&gt;go&lt;/a&gt;</description>
        <enclosure url="data:text/html,x" type="text/html"/><media:thumbnail url="file:///etc/passwd"/></item>`,
        `<description>${bad}About</description><image><url>javascript:x</url></image>`,
      ),
    )
    expect(JSON.stringify(feed)).not.toMatch(/[<>]|javascript:|data:|file:|alert/)
    expect(feed.items[0]).toMatchObject({
      post: { title: 'Title', text: 'Text go', url: null, media: [{ url: 'https://blog.example/x' }], links: [] },
    })
  })

  test('give the entries that are whole, and name the ones that are not', () => {
    const cut = rss('<item><guid>urn:1</guid><title>One</title></item><item><title><![CDATA[Two is cut')
    const items = feedOf(cut.slice(0, cut.indexOf('cut') + 3)).items
    expect(items.map((item) => (item.kind === 'post' ? (item.post.title ?? item.post.text) : item.kind))).toEqual([
      'malformed',
      'One',
    ])
  })

  test('are named when nothing can be read', () => {
    const reasonOf = (text: string) => {
      const outcome = parse({
        bytes: Buffer.from(text),
        contentType: null,
        url: 'https://a.example/',
        address: 'https://a.example/',
        heardAt,
      })
      return outcome.ok ? 'read' : outcome.reason
    }
    expect(reasonOf('')).toBe('not a feed')
    expect(reasonOf('<html><body>Hello</body></html>')).toBe('not a feed')
    expect(reasonOf('{"a": [1,')).toBe('broken JSON')
    expect(reasonOf('{"a": 1}')).toBe('not a feed')
    expect(reasonOf('<rss></rss>')).toBe('read')
  })

  test('an entry that says nothing is malformed, the others stay', () => {
    const { items } = feedOf(rss('<item><guid>urn:1</guid></item><item><title>Two</title></item>'))
    expect(items.map((item) => item.kind)).toEqual(['post', 'malformed'])
  })

  test('more entries than the limit are named, the first are kept', () => {
    const many = Array.from({ length: 1200 }, (_, index) => `<item><guid>urn:${index}</guid><title>t</title></item>`)
    const { items } = feedOf(rss(many.join('')))
    expect(items).toHaveLength(1001)
    expect(items[0]).toMatchObject({ kind: 'malformed', reason: '1200 entries: the first 1000 are read' })
  })

  test('long texts and ids end at their limits', () => {
    const post = postOf(
      rss(
        `<item><guid>urn:${'g'.repeat(2000)}</guid><title>${'t'.repeat(5000)}</title><description>${'x'.repeat(50_000)}</description></item>`,
      ),
    )
    expect([post.externalId.length, post.title?.length, post.text.length]).toEqual([71, 500, 20_000])
  })
})

test('a date that cannot be read becomes the time of hearing', () => {
  expect(postOf(rss('<item><title>x</title><pubDate>soon</pubDate></item>')).publishedAt).toEqual(heardAt)
})

test('plain text keeps its lines, text that is markup does not keep its tags', () => {
  const post = postOf(rss('<item><title>x</title><description>one\ntwo &amp; three</description></item>'))
  expect(post.text).toBe('one\ntwo & three')
})

test('a feed cut anywhere, or with any byte changed, is read or named, never thrown', () => {
  const whole = rss(
    '<item><guid>urn:1</guid><title>A &amp; b</title><description><![CDATA[<p>x</p>]]></description></item>'.repeat(2),
  )
  const outcomeOf = (text: string) =>
    parse({
      bytes: Buffer.from(text),
      contentType: null,
      url: 'https://a.example/',
      address: 'https://a.example/',
      heardAt,
    })
  for (let at = 0; at < whole.length; at++) {
    expect(typeof outcomeOf(whole.slice(0, at)).ok).toBe('boolean')
    for (const other of '<>&"\u0000]')
      expect(typeof outcomeOf(whole.slice(0, at) + other + whole.slice(at + 1)).ok).toBe('boolean')
  }
})
