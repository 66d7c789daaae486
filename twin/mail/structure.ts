/** The parts of a letter (RFC 2045 and 2046), as IMAP numbers and tells them (RFC 3501, 6.4.5 and 7.4.2). */
const DEPTH_MAX = 60

interface Part {
  head: Map<string, string>
  body: string
  children: Part[]
}

const unfold = (head: string): Map<string, string> =>
  new Map(
    head
      .replace(/\r\n[ \t]+/g, ' ')
      .split('\r\n')
      .flatMap((line) => {
        const [, name, value] = /^([^:\s]+):[ \t]*(.*)$/.exec(line) ?? []
        return name ? [[name.toLowerCase(), value ?? ''] as const] : []
      }),
  )

function read(text: string, depth = 0): Part {
  const end = text.startsWith('\r\n') ? 0 : text.indexOf('\r\n\r\n')
  const head = unfold(end < 0 ? text : text.slice(0, end))
  const body = end < 0 ? '' : text.slice(end === 0 ? 2 : end + 4)
  const { type, parameters } = fieldOf(head.get('content-type') ?? 'text/plain')
  const boundary = parameters.get('boundary')
  const isMultipart = type.startsWith('multipart/') && boundary !== undefined && depth < DEPTH_MAX
  return { head, body, children: isMultipart ? split(body, boundary).map((piece) => read(piece, depth + 1)) : [] }
}

/** What stands between two lines of the boundary, without the line end before the second. */
function split(body: string, boundary: string): string[] {
  const [, ...pieces] = `\r\n${body}`.split(`\r\n--${boundary}`)
  const last = pieces.findIndex((piece) => piece.startsWith('--'))
  return (last < 0 ? pieces : pieces.slice(0, last)).map((piece) => piece.slice(piece.indexOf('\r\n') + 2))
}

function fieldOf(value: string): { type: string; parameters: Map<string, string> } {
  const [type = ''] = value.split(';')
  const parameters = [...value.matchAll(/;\s*([\w*-]+)=(?:"([^"]*)"|([^\s;]+))/g)]
  return {
    type: type.trim().toLowerCase(),
    parameters: new Map(parameters.map(([, name = '', quoted, bare]) => [name.toLowerCase(), quoted ?? bare ?? ''])),
  }
}

const quoted = (text: string | undefined): string =>
  text === undefined ? 'NIL' : `"${text.replace(/[^\x20-\x7e]/g, '?').replace(/["\\]/g, '\\$&')}"`

const listed = (parameters: Map<string, string>): string =>
  parameters.size === 0 ? 'NIL' : `(${[...parameters].flat().map(quoted).join(' ')})`

function tell({ head, body, children }: Part): string {
  const { type, parameters } = fieldOf(head.get('content-type') ?? 'text/plain')
  const [kind = 'text', sub = 'plain'] = type.split('/')
  const stated = head.get('content-disposition')
  const disposition = stated === undefined ? null : fieldOf(stated)
  const placed = disposition ? `(${quoted(disposition.type)} ${listed(disposition.parameters)})` : 'NIL'
  if (children.length > 0)
    return `(${children.map(tell).join('')} ${quoted(sub)} ${listed(parameters)} ${placed} NIL NIL)`
  const lines = kind === 'text' ? ` ${body.split('\r\n').length}` : type === 'message/rfc822' ? ' NIL NIL 0' : ''
  const encoding = head.get('content-transfer-encoding')?.toLowerCase() ?? '7bit'
  const own = `${quoted(kind)} ${quoted(sub)} ${listed(parameters)} ${quoted(head.get('content-id'))} NIL ${quoted(encoding)}`
  return `(${own} ${body.length}${lines} NIL ${placed} NIL NIL)`
}

export const bodyStructure = (raw: Buffer): string => tell(read(raw.toString('latin1')))

/** The bytes of a section as they were sent; null: there is none of this number. */
export function section(raw: Buffer, number: string): Buffer | null {
  let part = read(raw.toString('latin1'))
  if (part.children.length === 0) return number === '1' ? Buffer.from(part.body, 'latin1') : null
  for (const at of number.split('.')) {
    const child = part.children[Number(at) - 1]
    if (!child) return null
    part = child
  }
  return Buffer.from(part.body, 'latin1')
}
