/**
 * What stands between the web and the XML parser: the document type goes (with it entity bombs and external entities),
 * and a document that is too deep, too long in one tag or too many in its elements is refused before it costs memory.
 * Broken documents pass: mending them is not the task here.
 */
export const DEPTH_MAX = 200
export const ELEMENTS_MAX = 200_000
export const TAG_CHARACTERS_MAX = 100_000
const NAME_CHARACTERS_MAX = 100
const ENTITIES_MAX = 100
const ENTITY_CHARACTERS_MAX = 256
const EXPANSION_CHARACTERS_MAX = 1_000_000

/** `root`: the first element's name without its prefix, lower case; '' when there is none. */
export type PreparedXml = { ok: true; xml: string; root: string } | { ok: false; reason: string }

export function prepareXml(text: string): PreparedXml {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: characters that XML does not allow
  const legal = text.replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '').toWellFormed()
  const begin = legal.indexOf('<')
  if (begin === -1) return { ok: false, reason: 'not a feed' }
  const scan = scanTags(legal, begin)
  if (!scan.ok) return scan
  return { ok: true, xml: replaceEntities(scan.xml, scan.entities), root: scan.root }
}

type Scan = { ok: true; xml: string; root: string; entities: Map<string, string> } | { ok: false; reason: string }

function scanTags(text: string, begin: number): Scan {
  const kept: string[] = []
  const entities = new Map<string, string>()
  const open: string[] = []
  let elements = 0
  let root = ''
  let from = begin
  for (let at = begin; at !== -1; ) {
    const skipped = endOfPassive(text, at)
    if (skipped !== null) {
      at = text.indexOf('<', skipped)
    } else if (text.startsWith('<!', at)) {
      const end = endOfDeclaration(text, at)
      readEntities(text.slice(at, end), entities)
      kept.push(text.slice(from, at))
      from = end
      at = text.indexOf('<', end)
    } else {
      const end = text.indexOf('>', at)
      if (end === -1) break
      if (end - at > TAG_CHARACTERS_MAX) return { ok: false, reason: 'a tag is too long' }
      if (++elements > ELEMENTS_MAX) return { ok: false, reason: `more than ${ELEMENTS_MAX} elements` }
      root ||= tagName(text, at + 1, end)
        .replace(/^.*:/, '')
        .toLowerCase()
      track(text, at, end, open)
      if (open.length > DEPTH_MAX) return { ok: false, reason: `nested deeper than ${DEPTH_MAX}` }
      at = text.indexOf('<', end)
    }
  }
  kept.push(text.slice(from))
  return { ok: true, xml: kept.join(''), root, entities }
}

/** The end of a comment, CDATA section or processing instruction that begins here; null when none does. */
function endOfPassive(text: string, at: number): number | null {
  for (const [opening, closing] of [
    ['<!--', '-->'],
    ['<![CDATA[', ']]>'],
    ['<?', '?>'],
  ] as const) {
    if (!text.startsWith(opening, at)) continue
    const end = text.indexOf(closing, at + opening.length)
    return end === -1 ? text.length : end + closing.length
  }
  return null
}

/** `<!DOCTYPE rss [ … ]>` or any other declaration. */
function endOfDeclaration(text: string, at: number): number {
  const close = text.indexOf('>', at)
  const subset = text.indexOf('[', at)
  if (close === -1) return text.length
  if (subset === -1 || subset > close) return close + 1
  const end = /\]\s*>/g
  end.lastIndex = subset
  return end.exec(text) === null ? close + 1 : end.lastIndex
}

/** Only entities that stand for plain text: none that holds another, a tag or an address elsewhere. */
function readEntities(declaration: string, entities: Map<string, string>): void {
  for (const [, name, value] of declaration.matchAll(/<!ENTITY\s+([\w.-]{1,64})\s+(?:"([^"&<%]*)"|'[^'&<%]*')\s*>/g)) {
    if (entities.size >= ENTITIES_MAX) return
    if (name !== undefined && value !== undefined && value.length <= ENTITY_CHARACTERS_MAX) entities.set(name, value)
  }
}

function replaceEntities(xml: string, entities: Map<string, string>): string {
  if (entities.size === 0) return xml
  let grown = 0
  return xml.replace(/&([\w.-]{1,64});/g, (reference, name: string) => {
    const value = entities.get(name)
    if (value === undefined || grown > EXPANSION_CHARACTERS_MAX) return reference
    grown += value.length
    return value
  })
}

/** Closes up to the nearest tag of that name, so that `<br>` and `<p>` left open inside an item do not add up. */
function track(text: string, at: number, end: number, open: string[]): void {
  if (text[end - 1] === '/') return
  const closing = text[at + 1] === '/'
  const name = tagName(text, at + (closing ? 2 : 1), end)
  if (!closing) {
    if (name !== '') open.push(name)
    return
  }
  const nearest = open.lastIndexOf(name)
  if (nearest !== -1) open.length = nearest
}

function tagName(text: string, from: number, end: number): string {
  return /^[^\s/>]*/.exec(text.slice(from, Math.min(end, from + NAME_CHARACTERS_MAX)))?.[0] ?? ''
}
