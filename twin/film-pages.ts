import { paint } from '../seeds/index.ts'
import { FILM, filmSegment } from './film.ts'

const PLAYLIST = 'application/vnd.apple.mpegurl'
const SECONDS = FILM.framesPerSegment / FILM.framesPerSecond

/** What lies below a film's address, as at Bluesky's video service: qualities, pieces, and a picture that stands for it. */
export function filmResponse(file: string): Response {
  const piece = /^360p\/video(\d)\.ts$/.exec(file)?.[1]
  if (file === 'playlist.m3u8') return answer(PLAYLIST, QUALITIES)
  if (file === '360p/video.m3u8') return answer(PLAYLIST, pieces())
  if (file === 'thumbnail.jpg') return answer('image/png', paint('router-lamp'))
  if (piece !== undefined && Number(piece) < FILM.segments) return answer('video/mp2t', filmSegment(Number(piece)))
  return new Response('not found', { status: 404 })
}

const QUALITIES = `#EXTM3U
#EXT-X-VERSION:3
#EXT-X-STREAM-INF:BANDWIDTH=800000,RESOLUTION=${FILM.width}x${FILM.height},CODECS="avc1.42c00a"
360p/video.m3u8
`

function pieces(): string {
  const each = Array.from({ length: FILM.segments }, (_, index) => `#EXTINF:${SECONDS},\nvideo${index}.ts\n`)
  return `#EXTM3U
#EXT-X-VERSION:3
#EXT-X-TARGETDURATION:${Math.ceil(SECONDS)}
#EXT-X-PLAYLIST-TYPE:VOD
${each.join('')}#EXT-X-ENDLIST
`
}

const answer = (mediaType: string, body: string | Uint8Array): Response =>
  new Response(typeof body === 'string' ? body : Buffer.from(body), {
    headers: { 'content-type': mediaType, 'x-content-type-options': 'nosniff' },
  })
