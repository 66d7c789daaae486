import { grown } from './columns.ts'
import { detached } from './counting.ts'
import { FingerprintTable, fingerprint } from './fingerprints.ts'

const FIRST_CAPACITY = 1 << 12
/** A brand has a handful of accounts; a file that calls everybody so does not fill the memory. */
const OWN_NAMES_MAX = 2_000

export interface MetAuthor {
  key: string
  handle: string | null
  name: string | null
  followers: number | null
  /** Place of the brand whose account it is, or -1. */
  ownedBy: number
}

/** Authors by number, in columns: whoever is shown in the end is named by the last reading, from one of their posts. */
export class AuthorColumns {
  size = 0
  ownedBy = new Int8Array(FIRST_CAPACITY)
  /** The most that any post says; NaN where none does. */
  followers = new Float64Array(FIRST_CAPACITY)
  /** A post of theirs. */
  firstPost = new Int32Array(FIRST_CAPACITY)
  /** Fingerprint of the label in small letters, by which others mention them. */
  labels = new Float64Array(FIRST_CAPACITY)
  readonly #numbers = new FingerprintTable()
  readonly #ownNames = new Map<number, string>()
  /** Of these, the file does not say who they are: each of their posts has an author of its own. */
  #unknown = 0

  /** The author's number; a new one for a key that was not met before. */
  number(author: MetAuthor, post: number): number {
    const print = fingerprint(author.key)
    const known = this.#numbers.get(print)
    const at = known ?? this.#add(print, author, post)
    if (author.followers !== null) this.followers[at] = Math.max(this.followers[at] || 0, author.followers)
    return at
  }

  ownName(author: number): string {
    return this.#ownNames.get(author) ?? ''
  }

  /** A file without a column for authors gives each post an author of its own. */
  areKnown(): boolean {
    return this.#unknown < this.size / 2
  }

  #add(print: number, { key, handle, name, ownedBy }: MetAuthor, post: number): number {
    if (this.size === this.ownedBy.length) this.#grow()
    const at = this.size++
    const label = labelOf(key, handle, name)
    this.#numbers.set(print, at)
    this.ownedBy[at] = ownedBy
    this.followers[at] = Number.NaN
    this.firstPost[at] = post
    this.labels[at] = fingerprint(label.toLowerCase())
    if (key.includes('\npost:')) this.#unknown++
    if (ownedBy >= 0 && this.#ownNames.size < OWN_NAMES_MAX) this.#ownNames.set(at, detached(label))
    return at
  }

  #grow(): void {
    this.ownedBy = grown(this.ownedBy, new Int8Array(this.ownedBy.length * 2))
    this.followers = grown(this.followers, new Float64Array(this.followers.length * 2))
    this.firstPost = grown(this.firstPost, new Int32Array(this.firstPost.length * 2))
    this.labels = grown(this.labels, new Float64Array(this.labels.length * 2))
  }
}

export const labelOf = (key: string, handle: string | null, name: string | null): string =>
  handle ?? name ?? key.split('\n').at(-1) ?? ''
