import { expect, it } from 'vitest'
import { readPlaylist, writePlaylist } from './film-playlist.ts'

const BASE = 'https://video.example/watch/a/b/playlist.m3u8'
const written = (text: string) => {
  const playlist = readPlaylist(text, BASE)
  return playlist && writePlaylist(playlist, (entry) => `/ours/${entry}`)
}

it('a playlist of qualities is written anew, with our addresses', () => {
  const text = `#EXTM3U
# a word of the author
#EXT-X-VERSION:6
#EXT-X-MEDIA:TYPE=SUBTITLES,GROUP-ID="s",NAME="Deutsch",URI="subs/de.m3u8?x=1"
#EXT-X-I-FRAME-STREAM-INF:BANDWIDTH=1,URI="iframes.m3u8"
#EXT-X-SESSION-DATA:DATA-ID="tracker",URI="https://tracker.example/"
#EXT-X-STREAM-INF:BANDWIDTH=300000,CODECS="avc1.42c00a"
360p/video.m3u8?session_id=7
`
  expect(written(text)).toBe(`#EXTM3U
#EXT-X-VERSION:6
#EXT-X-MEDIA:TYPE=SUBTITLES,GROUP-ID="s",NAME="Deutsch",URI="/ours/0"
#EXT-X-STREAM-INF:BANDWIDTH=300000,CODECS="avc1.42c00a"
/ours/1
`)
  expect(readPlaylist(text, BASE)?.entries).toEqual([
    { kind: 'playlist', address: 'https://video.example/watch/a/b/subs/de.m3u8?x=1' },
    { kind: 'playlist', address: 'https://video.example/watch/a/b/360p/video.m3u8?session_id=7' },
  ])
})

it('a playlist of pieces keeps their lengths, and drops their titles', () => {
  const text =
    '#EXTM3U\r\n#EXT-X-MAP:URI="init.mp4"\r\n#EXTINF:4.5,Holiday\r\na.m4s\r\n#EXTINF:2,\r\nb.m4s\r\n#EXT-X-ENDLIST\r\n'
  expect(written(text)).toBe(
    '#EXTM3U\n#EXT-X-MAP:URI="/ours/0"\n#EXTINF:4.5,\n/ours/1\n#EXTINF:2,\n/ours/2\n#EXT-X-ENDLIST\n',
  )
  expect(readPlaylist(text, BASE)?.entries.map(({ kind }) => kind)).toEqual(['piece', 'piece', 'piece'])
})

it('what is none, is encrypted, leads elsewhere or never ends is not followed', () => {
  const refused = [
    '<html>',
    '#EXTM3U\n',
    '#EXTM3U\n#EXT-X-KEY:METHOD=AES-128,URI="key"\n#EXTINF:1,\na.ts',
    '#EXTM3U\n#EXTINF:1,\nhttps://elsewhere.example/a.ts',
    '#EXTM3U\n#EXTINF:1,\nhttp://169.254.169.254/latest',
    '#EXTM3U\n#EXT-X-MAP:URI="//elsewhere.example/init.mp4"\n#EXTINF:1,\na.ts',
    '#EXTM3U\n#EXTINF:1,\nfile:///etc/passwd',
    `#EXTM3U\n${'#EXTINF:1,\na.ts\n'.repeat(2_001)}`,
  ]
  for (const text of refused) expect(written(text), text.slice(0, 80)).toBeNull()
})
