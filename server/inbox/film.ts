import { fetchOutside } from '../platform/outbound.ts'
import type { Services } from '../platform/services.ts'
import { type Playlist, readPlaylist, writePlaylist } from './film-playlist.ts'
import { fetchMedium, type Medium } from './media.ts'
import { filmPieceTypeOf } from './media-type.ts'

const PLAYLIST_TYPE = 'application/vnd.apple.mpegurl'
const PLAYLIST_BYTES_MAX = 512 * 1024
const PLAYLIST_TIMEOUT_MS = 10_000
/** Pieces are asked for one by one: the playlist that numbers them has to stay the same while somebody watches. */
const PLAYLIST_KEPT_MS = 10 * 60_000
const FAILURE_KEPT_MS = 60_000
const PLAYLISTS_KEPT_MAX = 300

const playlists = new Map<string, { until: number; playlist: Promise<Playlist | null> }>()

/**
 * One part of a film: `place` leads from the playlist that a post states to a part of it by numbers, each the place of an
 * entry in the playlist before. No address comes from the reader. Null: nothing to show.
 */
export async function fetchFilmPart(
  services: Services,
  owner: string,
  address: string,
  place: readonly number[],
  addressOf: (place: readonly number[]) => string,
): Promise<Medium | null> {
  const playlist = await playlistAt(services, address)
  for (let at: Playlist | null = playlist, depth = 0; at; depth++) {
    if (depth === place.length) {
      const text = writePlaylist(at, (entry) => addressOf([...place, entry]))
      return { bytes: Buffer.from(text), mediaType: PLAYLIST_TYPE }
    }
    const entry = at.entries[place[depth] ?? -1]
    if (entry?.kind === 'piece')
      return depth === place.length - 1 ? fetchMedium(services, owner, entry.address, filmPieceTypeOf) : null
    at = entry ? await playlistAt(services, entry.address) : null
  }
  return null
}

function playlistAt(services: Services, address: string): Promise<Playlist | null> {
  const now = services.clock.now().getTime()
  const known = playlists.get(address)
  if (known && known.until > now) return known.playlist
  if (playlists.size >= PLAYLISTS_KEPT_MAX) playlists.clear()
  const kept = { until: now + PLAYLIST_KEPT_MS, playlist: fetchPlaylist(services, address) }
  playlists.set(address, kept)
  void kept.playlist.then(
    (playlist) => {
      if (!playlist) kept.until = now + FAILURE_KEPT_MS
    },
    () => playlists.delete(address),
  )
  return kept.playlist
}

async function fetchPlaylist(services: Services, address: string): Promise<Playlist | null> {
  const outcome = await fetchOutside(address, {
    accept: PLAYLIST_TYPE,
    bytesMax: PLAYLIST_BYTES_MAX,
    timeoutMs: PLAYLIST_TIMEOUT_MS,
    allowPrivate: services.config.allowPrivate,
  })
  if (!outcome.ok || outcome.value.status !== 200) return null
  return readPlaylist(Buffer.from(outcome.value.body).toString('utf8'), outcome.value.url)
}
