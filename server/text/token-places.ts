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

  push(kind: number, from: number, to: number): void {
    if (this.count === this.kinds.length) this.#grow()
    this.kinds[this.count] = kind
    this.from[this.count] = from
    this.to[this.count++] = to
  }

  #grow(): void {
    const size = this.count * 2
    const [kinds, from, to] = [new Uint8Array(size), new Int32Array(size), new Int32Array(size)]
    kinds.set(this.kinds)
    from.set(this.from)
    to.set(this.to)
    this.kinds = kinds
    this.from = from
    this.to = to
  }
}
