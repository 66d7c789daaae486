/** What is kept of each post while an audit runs: some forty bytes in columns, not its text. */

export const POSTS_MAX = 5_000_000
const FIRST_CAPACITY = 1 << 14

export const FLAG = { own: 1, question: 2, reply: 4, repeat: 8 } as const
export const NO_POST = -1

export interface AuthorRow {
  key: string
  authorId: string | null
  handle: string | null
  name: string | null
  network: string
  followers: number | null
  /** Place of the brand whose account it is, or -1. */
  ownedBy: number
}

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
  readonly numbers = new Map<string, number>()
  readonly authors: AuthorRow[] = []
  readonly languages = new Names(255)
  readonly places = new Names(65_535)

  /** Makes room for one more post and returns its number. */
  add(): number {
    if (this.size === this.at.length) this.#grow()
    return this.size++
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
    const grown = <Column extends { set(from: Column): void }>(from: Column, to: Column): Column => {
      to.set(from)
      return to
    }
    this.at = grown(this.at, new Float64Array(capacity))
    this.author = grown(this.author, new Uint32Array(capacity))
    this.parent = grown(this.parent, new Int32Array(capacity))
    this.names = grown(this.names, new Uint16Array(capacity))
    this.addresses = grown(this.addresses, new Uint16Array(capacity))
    this.flags = grown(this.flags, new Uint8Array(capacity))
    this.language = grown(this.language, new Uint8Array(capacity))
    this.place = grown(this.place, new Uint16Array(capacity))
    this.textHash = grown(this.textHash, new Float64Array(capacity))
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

/** A file without a column for authors gives each post an author of its own. */
export const authorsAreKnown = (ledger: Ledger): boolean =>
  ledger.authors.filter(({ key }) => key.includes('\npost:')).length < ledger.authors.length / 2

export function authorLabel(ledger: Ledger, author: number): string {
  const row = ledger.authors[author]
  return row?.handle ?? row?.name ?? row?.key.split('\n').at(-1) ?? ''
}
