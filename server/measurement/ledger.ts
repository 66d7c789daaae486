/** What is kept of each post while an audit runs: some forty bytes in columns, not its text. */
import { AuthorColumns } from './author-columns.ts'
import { grown } from './columns.ts'
import { FingerprintTable } from './fingerprints.ts'

export const POSTS_MAX = 5_000_000
const FIRST_CAPACITY = 1 << 14

export const FLAG = { own: 1, question: 2, reply: 4, repeat: 8 } as const
export const NO_POST = -1

/** Posts by number, in the order in which they were first read. */
export class Ledger {
  size = 0
  at = new Float64Array(FIRST_CAPACITY)
  author = new Uint32Array(FIRST_CAPACITY)
  /** Number of the post that it answers, or NO_POST: it answers none, or one that is not here. */
  parent = new Int32Array(FIRST_CAPACITY)
  /** Bit per brand: named by text, tag or handle. */
  names = new Uint16Array(FIRST_CAPACITY)
  /** Bit per brand: its account is addressed. */
  addresses = new Uint16Array(FIRST_CAPACITY)
  flags = new Uint8Array(FIRST_CAPACITY)
  language = new Uint8Array(FIRST_CAPACITY)
  place = new Uint16Array(FIRST_CAPACITY)
  /** Of the words alone; NaN for texts too short to be told apart. */
  textHash = new Float64Array(FIRST_CAPACITY)
  /** Fingerprint of the key of the post that it answers; NaN: it answers none. */
  parentPrint = new Float64Array(FIRST_CAPACITY)
  /** By fingerprint of the key. */
  readonly numbers = new FingerprintTable()
  readonly authors = new AuthorColumns()
  readonly languages = new Names(255)
  readonly places = new Names(65_535)

  /** Makes room for one more post and returns its number. */
  add(): number {
    if (this.size === this.at.length) this.#grow()
    return this.size++
  }

  /** Place of the brand that wrote it, or -1. */
  writtenBy(post: number): number {
    return this.authors.ownedBy[this.author[post] as number] as number
  }

  has(post: number, flag: number): boolean {
    return ((this.flags[post] as number) & flag) !== 0
  }

  isNamed(post: number, brand: number): boolean {
    return ((this.names[post] as number) & (1 << brand)) !== 0
  }

  /** Posts that a condition holds for, in order. */
  *where(condition: (post: number) => boolean): Generator<number> {
    for (let post = 0; post < this.size; post++) if (condition(post)) yield post
  }

  #grow(): void {
    const capacity = this.at.length * 2
    this.at = grown(this.at, new Float64Array(capacity))
    this.author = grown(this.author, new Uint32Array(capacity))
    this.parent = grown(this.parent, new Int32Array(capacity))
    this.names = grown(this.names, new Uint16Array(capacity))
    this.addresses = grown(this.addresses, new Uint16Array(capacity))
    this.flags = grown(this.flags, new Uint8Array(capacity))
    this.language = grown(this.language, new Uint8Array(capacity))
    this.place = grown(this.place, new Uint16Array(capacity))
    this.textHash = grown(this.textHash, new Float64Array(capacity))
    this.parentPrint = grown(this.parentPrint, new Float64Array(capacity))
  }
}

/** Numbers for names; what comes after the last number is counted together under ''. */
class Names {
  readonly list: string[] = ['']
  readonly #numbers = new Map<string, number>([['', 0]])
  readonly #most: number

  constructor(most: number) {
    this.#most = most
  }

  number(name: string): number {
    const known = this.#numbers.get(name)
    if (known !== undefined) return known
    if (this.list.length > this.#most) return 0
    this.list.push(name)
    this.#numbers.set(name, this.list.length - 1)
    return this.list.length - 1
  }
}
