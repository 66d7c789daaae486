/** One line of a card: `item1.EMAIL;TYPE=work;PREF=1:anna@example.org` (RFC 6350, 3.3; RFC 2426; vCard 2.1). */
export interface CardProperty {
  group: string | null
  name: string
  /** Upper-case names; `TYPE` holds bare parameters of 2.1 too. Values in lower case. */
  parameters: Map<string, string[]>
  value: string
}

const LINE_CHARACTERS_MAX = 100_000

export function readProperty(line: string): CardProperty | null {
  const text = line.slice(0, LINE_CHARACTERS_MAX)
  const colon = outsideQuotes(text, ':')[0]
  if (colon === undefined) return null
  const [head = '', ...written] = cut(text.slice(0, colon), outsideQuotes(text.slice(0, colon), ';'))
  const named = /^(?:([A-Za-z0-9-]+)\.)?([A-Za-z0-9-]+)$/.exec(head.trim())
  if (!named?.[2]) return null
  const parameters = new Map<string, string[]>()
  for (const parameter of written) {
    const [name, values] = readParameter(parameter)
    parameters.set(name, [...(parameters.get(name) ?? []), ...values])
  }
  const raw = text.slice(colon + 1)
  return { group: named[1] ?? null, name: named[2].toUpperCase(), parameters, value: plainValue(raw, parameters) }
}

const ENCODINGS = ['quoted-printable', 'base64', 'b', '8bit', '7bit']

function readParameter(written: string): [name: string, values: string[]] {
  const equals = written.indexOf('=')
  if (equals === -1) {
    const bare = written.trim().toLowerCase()
    return [ENCODINGS.includes(bare) ? 'ENCODING' : 'TYPE', [bare]]
  }
  const text = written.slice(equals + 1)
  const values = cut(text, outsideQuotes(text, ',')).flatMap((value) => unquote(value).split(','))
  return [
    written.slice(0, equals).trim().toUpperCase(),
    values.map((value) => value.trim().toLowerCase()).filter((value) => value !== ''),
  ]
}

/** RFC 6868: a quotation mark and a line end inside a parameter. */
const unquote = (value: string): string =>
  value
    .trim()
    .replace(/^"(.*)"$/, '$1')
    .replace(/\^(['n^])/g, (_all, sign: string) => (sign === 'n' ? '\n' : sign === "'" ? '"' : '^'))

function plainValue(raw: string, parameters: Map<string, string[]>): string {
  const encoding = parameters.get('ENCODING')?.[0]
  const charset = parameters.get('CHARSET')?.[0]
  if (encoding === 'quoted-printable') return decoded(quotedPrintable(raw), charset)
  return raw
}

function quotedPrintable(text: string): Buffer {
  const joined = text.replace(/=[ \t]*\r?\n/g, '').replace(/=+$/, '')
  const bytes: number[] = []
  for (let at = 0; at < joined.length; ) {
    const code = joined[at] === '=' ? joined.slice(at + 1, at + 3) : ''
    if (/^[0-9a-f]{2}$/i.test(code)) {
      bytes.push(Number.parseInt(code, 16))
      at += 3
    } else {
      const character = String.fromCodePoint(joined.codePointAt(at) ?? 0)
      bytes.push(...Buffer.from(character))
      at += character.length
    }
  }
  return Buffer.from(bytes)
}

/** An unknown name of a charset is passed over; bytes that are no UTF-8 are Windows-1252. */
function decoded(bytes: Buffer, charset: string | undefined): string {
  for (const name of [charset ?? 'utf-8', 'utf-8'])
    try {
      return new TextDecoder(name, { fatal: true }).decode(bytes)
    } catch {
      // The next one.
    }
  return new TextDecoder('windows-1252').decode(bytes)
}

/** `\n`, `\,`, `\;` and `\\` of a text value. */
export const unescapeText = (value: string): string =>
  value.replace(/\\([nN,;:\\])/g, (_all, sign: string) => (sign === 'n' || sign === 'N' ? '\n' : sign)).trim()

/** Parts of a structured value (`;`) or a list (`,`), unescaped. */
export const partsOf = (value: string, separator: ';' | ','): string[] =>
  cut(value, unescaped(value, separator)).map(unescapeText)

function unescaped(text: string, sign: string): number[] {
  const places: number[] = []
  for (let at = 0; at < text.length; at++) {
    if (text[at] === '\\') at++
    else if (text[at] === sign) places.push(at)
  }
  return places
}

function outsideQuotes(text: string, sign: string): number[] {
  const places: number[] = []
  let quoted = false
  for (let at = 0; at < text.length; at++) {
    if (text[at] === '"') quoted = !quoted
    else if (text[at] === sign && !quoted) places.push(at)
  }
  // A quotation mark that nobody closes quotes nothing.
  return quoted ? [...text].flatMap((character, at) => (character === sign ? [at] : [])) : places
}

const cut = (text: string, places: number[]): string[] =>
  [...places, text.length].map((place, index) => text.slice(index === 0 ? 0 : (places[index - 1] ?? 0) + 1, place))
