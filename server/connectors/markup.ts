/**
 * Plain text out of markup that others wrote. Only the tokenizer of parse5 is used: it is linear and builds no tree, so
 * deep nesting costs nothing, and nothing of the markup can survive into the text.
 */
import { type Token, Tokenizer, TokenizerMode } from 'parse5'
import type { HeardMedia } from './connector.ts'

const MARKUP_CHARACTERS_MAX = 1_000_000
const ADDRESS_CHARACTERS_MAX = 2048
const LINKS_MAX = 100
const MEDIA_MAX = 50

export interface MarkupReading {
  text: string
  /** Absolute http and https addresses, each once. */
  links: string[]
  media: HeardMedia[]
}

/** `base` is what relative addresses are relative to; null leaves them out. */
export function readMarkup(markup: string, base: string | null): MarkupReading {
  const reader = new MarkupReader(base)
  reader.read(markup.slice(0, MARKUP_CHARACTERS_MAX))
  return { text: reader.text(), links: [...reader.links], media: [...reader.media.values()] }
}

const htmlNames =
  'a abbr acronym address applet area article aside audio b base basefont bdi bdo bgsound big blink blockquote body br button canvas caption center cite code col colgroup data datalist dd del details dfn dialog dir div dl dt em embed fieldset figcaption figure font footer form frame frameset h[1-6] head header hgroup hr html i iframe image img input ins isindex kbd keygen label layer legend li link listing main map mark marquee math menu meta meter multicol nav nobr noembed noframes noscript object ol optgroup option output p param picture plaintext pre progress q rp rt ruby s samp script search section select slot small sound source spacer span strike strong style sub summary sup svg table tbody td template textarea tfoot th thead time title tr track tt u ul var video wbr xml xmp'
const htmlTag = new RegExp(`</?(?:${htmlNames.replaceAll(' ', '|')})(?=[\\s/>]|$)`, 'i')

/** Does a text that is declared plain carry tags all the same? Many feeds say "text" and send markup. */
export function looksLikeMarkup(text: string): boolean {
  return htmlTag.test(text) || text.includes('<!--') || text.includes('<![CDATA[') || /<[?]\w/.test(text)
}

/** `&amp;` and `&#8217;` become characters; everything else, angle brackets included, stays as it is. */
export function decodeEntities(text: string): string {
  if (!text.includes('&')) return text
  const out: string[] = []
  const keep = (token: Token.CharacterToken) => void out.push(token.chars)
  const tokenizer = new Tokenizer({}, { ...silent, onCharacter: keep, onWhitespaceCharacter: keep })
  // In RCDATA references are read and tags are not.
  tokenizer.state = TokenizerMode.RCDATA
  tokenizer.write(text, true)
  return out.join('')
}

/** The absolute form of an http or https address without credentials; null for any other. */
export function webAddress(href: string | undefined, base: string | null): string | null {
  const written = href?.trim().replace(/[\t\n\r]/g, '') ?? ''
  if (written === '' || written.length > ADDRESS_CHARACTERS_MAX) return null
  const url = URL.parse(written, base ?? undefined)
  if (url === null || (url.protocol !== 'http:' && url.protocol !== 'https:')) return null
  return url.username === '' && url.password === '' ? url.href : null
}

const windows1252 = new TextDecoder('windows-1252')

/**
 * Control characters out (PostgreSQL refuses NUL, screens the rest), line ends made one, at most `charactersMax`. Where
 * Unicode has its second set of control characters, senders mean the quotes and dashes of Windows-1252.
 */
export function cleanText(text: string, charactersMax: number): string {
  const clean = text
    .slice(0, charactersMax * 2)
    .replace(/\r\n?|\u2028|\u2029/g, '\n')
    // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is removed
    .replace(/[\u0000-\u0008\u000b-\u001f\u007f\ufffe\uffff]/g, '')
    .replace(/[\u0080-\u009f]/g, (control) => windows1252.decode(new Uint8Array([control.charCodeAt(0)])))
    .toWellFormed()
    .trim()
  if (clean.length <= charactersMax) return clean
  return clean
    .slice(0, charactersMax - 1)
    .replace(/[\ud800-\udbff]$/, '')
    .trimEnd()
    .concat('…')
}

const silent = {
  onComment: () => {},
  onDoctype: () => {},
  onStartTag: () => {},
  onEndTag: () => {},
  onEof: () => {},
  onCharacter: () => {},
  onNullCharacter: () => {},
  onWhitespaceCharacter: () => {},
}

/** Elements whose text is code or a control, and how the tokenizer must read what stands in them. */
const rawElements = new Map<string, (typeof TokenizerMode)[keyof typeof TokenizerMode]>([
  ['script', TokenizerMode.SCRIPT_DATA],
  ['style', TokenizerMode.RAWTEXT],
  ['iframe', TokenizerMode.RAWTEXT],
  ['noembed', TokenizerMode.RAWTEXT],
  ['noframes', TokenizerMode.RAWTEXT],
  ['xmp', TokenizerMode.RAWTEXT],
  ['title', TokenizerMode.RCDATA],
  ['textarea', TokenizerMode.RCDATA],
])
const hiddenElements = new Set(['template', 'svg', 'math', 'select', 'canvas', 'audio', 'video'])
/** Feeds write `<iframe …/>` as XML does; read as HTML it would swallow the rest. */
const closesItself = (tag: Token.TagToken) => tag.selfClosing && tag.tagName !== 'script' && tag.tagName !== 'style'
const paragraphElements = new Set(
  'p h1 h2 h3 h4 h5 h6 blockquote ul ol dl table pre figure section article header footer hr address fieldset form'.split(
    ' ',
  ),
)
const lineElements = new Set('div li tr dt dd br figcaption caption option main aside nav center'.split(' '))

class MarkupReader {
  readonly links = new Set<string>()
  readonly media = new Map<string, HeardMedia>()
  private readonly base: string | null
  private readonly parts: string[] = []
  /** Line breaks owed before the next text: 0, 1 or 2. */
  private breaks = 0
  private space = false
  private preformatted = 0
  /** The hidden element that we are in, and how often it was opened within itself. */
  private hidden: { name: string; depth: number } | null = null

  constructor(base: string | null) {
    this.base = base
  }

  read(markup: string): void {
    const tokenizer: Tokenizer = new Tokenizer(
      {},
      {
        ...silent,
        onStartTag: (tag) => this.open(tag, tokenizer),
        onEndTag: (tag) => this.close(tag.tagName),
        onCharacter: (token) => this.write(token.chars),
        onWhitespaceCharacter: (token) => this.write(token.chars),
      },
    )
    tokenizer.write(markup, true)
  }

  text(): string {
    return this.parts.join('').trim()
  }

  private open(tag: Token.TagToken, tokenizer: Tokenizer): void {
    const name = tag.tagName
    if (this.hidden === null) this.collect(tag)
    if (this.hidden !== null) {
      if (this.hidden.name === name && !tag.selfClosing) this.hidden.depth++
    } else if ((rawElements.has(name) || hiddenElements.has(name)) && !closesItself(tag)) {
      this.hidden = { name, depth: 1 }
    }
    const mode = rawElements.get(name)
    if (mode !== undefined && !closesItself(tag)) tokenizer.state = mode
    if (this.hidden !== null) return
    if (name === 'pre') this.preformatted++
    this.breakAround(name)
    if (name === 'li') this.write('• ')
    if (name === 'td' || name === 'th') this.space = true
  }

  private close(name: string): void {
    if (this.hidden !== null) {
      if (this.hidden.name === name && --this.hidden.depth === 0) this.hidden = null
      return
    }
    if (name === 'pre') this.preformatted = Math.max(0, this.preformatted - 1)
    this.breakAround(name)
  }

  private breakAround(name: string): void {
    if (paragraphElements.has(name)) this.breaks = 2
    // A second <br> makes a paragraph, a </div> beside a <div> does not.
    else if (name === 'br') this.breaks = Math.min(2, this.breaks + 1)
    else if (lineElements.has(name)) this.breaks = Math.max(1, this.breaks)
  }

  private write(characters: string): void {
    if (this.hidden !== null) return
    const text = this.preformatted > 0 ? characters : characters.replace(/[ \t\n\f\r]+/g, ' ')
    if (text.trim() === '' && this.preformatted === 0) {
      this.space ||= text !== ''
      return
    }
    if (this.parts.length > 0) this.parts.push(this.breaks > 0 ? '\n'.repeat(this.breaks) : this.space ? ' ' : '')
    const led = this.breaks > 0 || this.parts.length === 0 || this.space
    const spaced = text.endsWith(' ') && this.preformatted === 0
    this.parts.push(this.preformatted > 0 ? text : (led ? text.trimStart() : text).replace(/ $/, ''))
    this.breaks = 0
    this.space = spaced
  }

  private collect(tag: Token.TagToken): void {
    const attribute = (name: string) => tag.attrs.find((candidate) => candidate.name === name)?.value
    if (tag.tagName === 'a' && this.links.size < LINKS_MAX) {
      const link = webAddress(attribute('href'), this.base)
      if (link !== null) this.links.add(link)
    }
    const kind = { img: 'image', video: 'video', audio: 'audio' }[tag.tagName] as HeardMedia['kind'] | undefined
    if (kind === undefined) return
    const alt = cleanText(attribute('alt') ?? '', 1000)
    // Emoji are drawn as images by some systems; they belong to the sentence.
    if (/emoji|smiley/.test(attribute('class') ?? '')) {
      this.write(alt)
      return
    }
    const url = webAddress(attribute('src'), this.base)
    const pixel = Number(attribute('width') ?? 100) <= 1 || Number(attribute('height') ?? 100) <= 1
    if (url === null || pixel || this.media.size >= MEDIA_MAX) return
    this.media.set(url, { kind, url, previewUrl: webAddress(attribute('poster'), this.base), alt, mediaType: null })
  }
}
