/**
 * Playlists of HTTP Live Streaming (RFC 8216), as much of them as a finished film needs. What passes is written anew from
 * tags that we know; each address in it becomes a number, so that a reader can only ask for what the playlist names.
 */
const ENTRIES_MAX = 2_000

export interface PlaylistEntry {
  address: string
  /** A playlist of one quality, or a piece of the film itself. */
  kind: 'playlist' | 'piece'
}

export interface Playlist {
  entries: PlaylistEntry[]
  /** Text, and between the texts the numbers of entries. */
  parts: (string | number)[]
}

const KEPT_TAGS = new Set([
  'EXT-X-VERSION',
  'EXT-X-TARGETDURATION',
  'EXT-X-MEDIA-SEQUENCE',
  'EXT-X-DISCONTINUITY-SEQUENCE',
  'EXT-X-DISCONTINUITY',
  'EXT-X-PLAYLIST-TYPE',
  'EXT-X-ENDLIST',
  'EXT-X-INDEPENDENT-SEGMENTS',
  'EXT-X-BYTERANGE',
  'EXT-X-MAP',
  'EXT-X-MEDIA',
  'EXT-X-STREAM-INF',
])

/**
 * Null: no playlist, one that we do not follow (encrypted, too long), or one that leads to another site than `base`, its
 * own address: a post names one place, and nobody is led further from there.
 */
export function readPlaylist(text: string, base: string): Playlist | null {
  const [first, ...lines] = text.replace(/^\uFEFF/, '').split(/\r?\n/)
  if (first?.trim() !== '#EXTM3U') return null
  const playlist: Playlist = { entries: [], parts: ['#EXTM3U\n'] }
  let next: PlaylistEntry['kind'] = 'piece'
  for (const line of lines) {
    const [, tag = '', attributes = ''] = /^#(EXT[A-Z0-9-]*)(?::(.*))?$/.exec(line.trim()) ?? []
    if (tag.endsWith('-KEY') && !/METHOD=NONE/.test(attributes)) return null
    // Its title is for people and says nothing to a player.
    if (tag === 'EXTINF') playlist.parts.push(`#EXTINF:${Number.parseFloat(attributes) || 0},\n`)
    if (tag === 'EXT-X-STREAM-INF') next = 'playlist'
    if (KEPT_TAGS.has(tag) && !pushTag(playlist, line.trim(), tag, base)) return null
    if (line.trim() === '' || line.startsWith('#')) continue
    if (!pushEntry(playlist, line.trim(), next, base)) return null
    playlist.parts.push('\n')
    next = 'piece'
  }
  return playlist.entries.length > 0 ? playlist : null
}

export const writePlaylist = ({ parts }: Playlist, addressOf: (entry: number) => string): string =>
  parts.map((part) => (typeof part === 'number' ? addressOf(part) : part)).join('')

function pushTag(playlist: Playlist, line: string, tag: string, base: string): boolean {
  const [before = '', address, after = ''] = line.split(/(?<=URI=")([^"]*)(?=")/)
  playlist.parts.push(before)
  if (address !== undefined && !pushEntry(playlist, address, tag === 'EXT-X-MAP' ? 'piece' : 'playlist', base))
    return false
  playlist.parts.push(`${after}\n`)
  return true
}

function pushEntry(playlist: Playlist, reference: string, kind: PlaylistEntry['kind'], base: string): boolean {
  const url = URL.parse(reference, base)
  if (url?.origin !== new URL(base).origin || playlist.entries.length >= ENTRIES_MAX) return false
  playlist.parts.push(playlist.entries.length)
  playlist.entries.push({ address: url.href, kind })
  return true
}
