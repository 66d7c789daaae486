export type TokenKind = 'word' | 'tag' | 'handle' | 'url' | 'emoji'

/** Kinds as numbers, for readers that look at each token of millions of posts. */
export const WORD = 0
export const TAG = 1
export const HANDLE = 2
export const URL_TOKEN = 3
export const EMOJI = 4
export const KIND_NAMES: readonly TokenKind[] = ['word', 'tag', 'handle', 'url', 'emoji']

/** Where the tokens of a text stand, without their letters: filled by splitInto, and reused from text to text. */
export class TokenPlaces {
  count = 0
  kinds = new Uint8Array(256)
  from = new Int32Array(256)
  to = new Int32Array(256)
  /** Of the letters as they stand: equal tokens have equal ones, and so may others. */
  hash = new Int32Array(256)
  /** The letters of the tokens, where they stand in the text: strings are slow to read again and again. */
  letters = new Uint16Array(256)

  push(kind: number, from: number, to: number, text: string): void {
    let hash = HASH_BEGIN
    for (let at = from; at < to; at++) {
      const letter = text.charCodeAt(at)
      hash = Math.imul(hash ^ letter, HASH_FACTOR)
      this.letters[at] = letter
    }
    this.kinds[this.count] = kind
    this.from[this.count] = from
    this.to[this.count] = to
    this.hash[this.count++] = hash
  }

  /** Makes room for a text; what stood here is gone. */
  reserve(text: string): void {
    this.count = 0
    if (text.length <= this.letters.length) return
    const size = 2 ** Math.ceil(Math.log2(text.length))
    this.kinds = new Uint8Array(size)
    this.from = new Int32Array(size)
    this.to = new Int32Array(size)
    this.hash = new Int32Array(size)
    this.letters = new Uint16Array(size)
  }
}

/** FNV-1a over UTF-16 units; the loop that splits plain words takes the same steps as it goes. */
export const HASH_BEGIN = 0
export const HASH_FACTOR = 0x01000193
