/** What a face of signs or an emoji shows. */
export const NO_FACE = 0
export const HAPPY = 1
export const SAD = 2

const FACE_CODES_MAX = 5
const BLANK = 0x20
const HAPPY_FACES = String.raw`^^ ^_^ ^.^ ^-^ *_* *-* *.* <3 ♥ ❤ \o/ xD XD xd xDD (: (; (= ;)) n_n c: (8 :") ☺ ☻ ♡ \m/`
const SAD_FACES = String.raw`-_- -.- -__- >_< >.< <_< T_T T.T t_t ;_; ._. :,( :'( ='( ): )= )': D: </3 u_u :$ >:( >:-( ☹ /o\ `
const HAPPY_EMOJI =
  '😀😃😄😁😆😅🤣😂🙂😉😊😇🥰😍🤩😘😗☺😚😙😋😛😜🤪😝🤗🤭😎🥳😏😌😸😹😺😻😽💋💘💝💖💗💓💞💕💟❣❤🧡💛💚💙💜🤎🖤🤍💯👌🤞🤟🤘🤙👍👏🙌🙏💪🎉🎊🎈🎁🏆🥇✨🌟⭐🌞☀🌸🌺🌷🌹💐🍻🥂🍾💃🕺🎶✌👑🔥🍀👯🎂💎🤤😈'
const SAD_EMOJI =
  '😐😑😶🙄😒😬🤥😔😪😷🤒🤕🤢🤮🤧🥵🥶😵🤯😕😟🙁☹😮😯😲😳🥺😦😧😨😰😥😢😭😱😖😣😞😓😩😫🥱😤😡😠🤬💔👎🖕😾😿🙀💀☠💩😴🚫❌⚠👿😼🤦🤷🔪💣'

const faces = new Map<string, number>()
const emoji = new Map<string, number>()
/** By character code: a face may begin here. */
const begins = new Uint8Array(0x2800)

function learn(face: string, shows: number): void {
  faces.set(face, shows)
  begins[face.charCodeAt(0)] = 1
}

/** Eyes, a nose or none, a mouth. Letters are mouths only right behind eyes or a dash. */
for (const eyes of ':;=')
  for (const nose of ['', '-', "'", '^', 'o', '*']) {
    const short = nose === '' || nose === '-'
    for (const mouth of short ? ')]}DPp3*xdb' : ')]}D') learn(eyes + nose + mouth, HAPPY)
    for (const mouth of short ? '([{/\\|@CcSsXoO' : '([{/\\|@') learn(eyes + nose + mouth, SAD)
  }
for (const face of HAPPY_FACES.split(' ')) learn(face, HAPPY)
for (const face of SAD_FACES.trim().split(' ')) learn(face, SAD)
for (const face of HAPPY_EMOJI) emoji.set(face, HAPPY)
for (const face of SAD_EMOJI) emoji.set(face, SAD)

/** The length of the face that begins at a character, and what it shows (`faceShows`); 0 where there is none. */
export function faceLength(text: string, at: number): number {
  const code = text.charCodeAt(at)
  if (code >= begins.length || begins[code] === 0) return 0
  // Most of these are letters inside words, which begin no face: no string is made for them.
  if (at > 0 && isLetterOrDigit(code) && text.charCodeAt(at - 1) > BLANK) return 0
  for (let length = Math.min(FACE_CODES_MAX, text.length - at); length > 0; length--) {
    const shows = faces.get(text.slice(at, at + length))
    if (shows === undefined || !standsAlone(text, at, at + length)) continue
    faceShows = shows
    return length
  }
  return 0
}
/** What the face showed that `faceLength` found last. */
export let faceShows: number = 0

export function emojiShows(text: string, at: number): number {
  return emoji.get(String.fromCodePoint(text.codePointAt(at) as number)) ?? NO_FACE
}

/** "16:30", "http://", "c:d", "(siehe dort):" hold no faces. */
function standsAlone(text: string, from: number, to: number): boolean {
  const first = text.charCodeAt(from)
  const last = text.charCodeAt(to - 1)
  const before = from > 0 ? text.charCodeAt(from - 1) : BLANK
  const after = to < text.length ? text.charCodeAt(to) : BLANK
  if (isLetterOrDigit(last) && isLetterOrDigit(after)) return false
  if ((isLetterOrDigit(first) || first === 0x28 || first === 0x29) && before > BLANK) return false
  if (last === 0x2f && after === 0x2f) return false
  return !(isDigit(before) && isDigit(last) && first !== 0x3c)
}

const isDigit = (code: number): boolean => code >= 0x30 && code <= 0x39
const isLetterOrDigit = (code: number): boolean => isDigit(code) || ((code | 0x20) >= 0x61 && (code | 0x20) <= 0x7a)
