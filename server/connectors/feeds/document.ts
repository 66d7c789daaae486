/** From the text of a feed to feedsmith's reading of it: whole where possible, else every entry that is whole. */
import { type AnyFeed, DetectError, ParseError, parseFeed, parseJsonFeed } from 'feedsmith'
import { prepareXml } from './xml.ts'

const ENTRIES_SALVAGED_MAX = 1000
const RAW_CHARACTERS_MAX = 2000

export interface ReadDocument {
  feed: AnyFeed<string>
  /** Entries that could not be read, each with its reason. */
  broken: { raw: string; reason: string }[]
}

export type DocumentOutcome = { ok: true; value: ReadDocument } | { ok: false; reason: string }

export function readDocument(text: string): DocumentOutcome {
  if (/^[\s\ufeff]*\{/.test(text)) return readJson(text)
  const prepared = prepareXml(text)
  if (!prepared.ok) return prepared
  const whole = tryParse(prepared.xml, prepared.root)
  if (whole !== null) return { ok: true, value: { feed: whole, broken: [] } }
  return salvage(prepared.xml, prepared.root)
}

/** Numbers stay as they were written: ids of some feeds are larger than a number can hold. */
function readJson(text: string): DocumentOutcome {
  try {
    const json: unknown = JSON.parse(text.replace(/^[\s\ufeff]+/, ''), numbersAsWritten)
    return { ok: true, value: { feed: { format: 'json', feed: parseJsonFeed<string>(json) }, broken: [] } }
  } catch (error) {
    return { ok: false, reason: error instanceof SyntaxError ? 'broken JSON' : 'not a feed' }
  }
}

function numbersAsWritten(_key: string, value: unknown, context?: { source?: string }): unknown {
  return typeof value === 'number' ? (context?.source ?? value) : value
}

/**
 * feedsmith also refuses a feed in which it finds nothing that it knows: with the root of a feed, that is an empty one.
 * Null on every other error of its: broken XML, or hostile input that trips it.
 */
function tryParse(xml: string, root: string): AnyFeed<string> | null {
  try {
    return parseFeed<string>(xml)
  } catch (error) {
    return error instanceof DetectError || error instanceof ParseError ? emptyFeed(root) : null
  }
}

function emptyFeed(root: string): AnyFeed<string> | null {
  if (root === 'feed') return { format: 'atom', feed: {} }
  if (root === 'rss' || root === 'rdf') return { format: root, feed: {} }
  return null
}

/** Cuts the document into head and entries, and reads each entry as a feed of its own under that head. */
function salvage(xml: string, root: string): DocumentOutcome {
  const first = /<(?:(\w+):)?(item|entry)[\s>]/i.exec(xml)
  if (first === null) {
    const closed = tryParse(closeOpen(xml), root)
    return closed === null ? { ok: false, reason: 'not a feed' } : { ok: true, value: { feed: closed, broken: [] } }
  }
  const head = xml.slice(0, first.index)
  const closing = `</${first[0].slice(1, -1)}>`
  const parts = xml.slice(first.index).split(new RegExp(`(?=<${first[0].slice(1, -1)}[\\s>])`, 'i'))
  const broken: ReadDocument['broken'] = []
  let feed: AnyFeed<string> | null = tryParse(closeOpen(head), root)
  for (const part of parts.slice(0, ENTRIES_SALVAGED_MAX)) {
    const end = part.toLowerCase().indexOf(closing.toLowerCase())
    const entry = end === -1 ? null : tryParse(closeOpen(head + part.slice(0, end + closing.length)), root)
    if (entry === null) broken.push({ raw: part.slice(0, RAW_CHARACTERS_MAX), reason: 'broken entry' })
    else feed = feed === null ? entry : joined(feed, entry)
  }
  return feed === null ? { ok: false, reason: 'broken XML' } : { ok: true, value: { feed, broken } }
}

function joined(feed: AnyFeed<string>, more: AnyFeed<string>): AnyFeed<string> {
  if (feed.format === 'atom' && more.format === 'atom') {
    return {
      format: 'atom',
      feed: { ...feed.feed, entries: [...(feed.feed.entries ?? []), ...(more.feed.entries ?? [])] },
    }
  }
  if (feed.format === 'rss' && more.format === 'rss') {
    return { format: 'rss', feed: { ...feed.feed, items: [...(feed.feed.items ?? []), ...(more.feed.items ?? [])] } }
  }
  if (feed.format === 'rdf' && more.format === 'rdf') {
    return { format: 'rdf', feed: { ...feed.feed, items: [...(feed.feed.items ?? []), ...(more.feed.items ?? [])] } }
  }
  return feed
}

/** Ends what is still open at the end of a cut document: comments, CDATA, then elements from the inside out. */
function closeOpen(xml: string): string {
  const open: string[] = []
  for (const [, closing, name, rest] of xml.matchAll(/<(\/?)([a-z][\w:.-]*)([^<>]*)>/gi)) {
    if (name === undefined || rest?.endsWith('/')) continue
    if (closing === '') open.push(name)
    else if (open.includes(name)) open.length = open.lastIndexOf(name)
  }
  const cut = xml.replace(/<[^<>]*$/, '')
  return (
    cut +
    open
      .reverse()
      .map((name) => `</${name}>`)
      .join('')
  )
}
