/**
 * The n-grams of eld's smallest set, and how often each stands in texts of each language. eld looks them up in objects of
 * JavaScript, which takes 50 µs a post. In flat tables it takes 9, with the same answers (language.test.ts asks both), and
 * the heap holds 20 MB less. The package names no way to its tables, so they are found beside its entry.
 */
interface EldNgrams {
  languages: Record<string, string>
  ngrams: Record<string, Record<string, number>>
}

export interface LanguageTables {
  readonly languages: readonly string[]
  /** What stands between words. */
  readonly separators: RegExp
  /** Bytes of UTF-8 from 0x80 on are written as characters of eld's own alphabet. */
  readonly alphabet: Uint8Array
  readonly ngrams: NgramTable
}

/** eld leaves this out of every figure, to be smaller. */
const SCORE_LEFT_OUT = 53

let loaded: Promise<LanguageTables> | undefined

/** Once a process. */
export function loadLanguageTables(): Promise<LanguageTables> {
  loaded ??= load()
  return loaded
}

async function load(): Promise<LanguageTables> {
  const beside = (file: string) => import(new URL(file, import.meta.resolve('eld/extrasmall')).href)
  const [{ ngramsData }, { dictionary }, { separators }] = await Promise.all([
    beside('../ngrams/extrasmall.js') as Promise<{ ngramsData: EldNgrams }>,
    beside('../dictionary.js') as Promise<{ dictionary: readonly string[] }>,
    beside('../regexPatterns.js') as Promise<{ separators: RegExp }>,
  ])
  const ngrams = new NgramTable(ngramsData.ngrams)
  // A module lives as long as the process: without this its objects would, too.
  ngramsData.ngrams = {}
  return {
    languages: Object.values(ngramsData.languages),
    separators,
    alphabet: Uint8Array.from({ length: 256 }, (_, byte) => dictionary[byte]?.charCodeAt(0) ?? 0),
    ngrams,
  }
}

/** Open addressing; an n-gram of up to six bytes is two numbers. */
export class NgramTable {
  readonly #mask: number
  readonly #heads: Int32Array
  readonly #tails: Int32Array
  /** Where the figures of the n-gram begin, plus one; 0: the place is free. */
  readonly #starts: Int32Array
  readonly #languages: Uint8Array
  readonly #scores: Uint16Array

  constructor(ngrams: EldNgrams['ngrams']) {
    const names = Object.keys(ngrams)
    const size = 2 ** Math.ceil(Math.log2(names.length * 2 + 1))
    this.#mask = size - 1
    this.#heads = new Int32Array(size)
    this.#tails = new Int32Array(size)
    this.#starts = new Int32Array(size)
    let figures = 0
    // Without lists of pairs: there are hundreds of thousands of figures, and the memory would stay taken.
    for (const name of names) for (const _ in ngrams[name]) figures++
    this.#languages = new Uint8Array(figures + names.length)
    this.#scores = new Uint16Array(figures + names.length)
    let next = 0
    for (const name of names) {
      const place = this.#placeOf(headOf(name), tailOf(name))
      this.#heads[place] = headOf(name)
      this.#tails[place] = tailOf(name)
      this.#starts[place] = next + 1
      const scores = ngrams[name] as Record<string, number>
      for (const language in scores) {
        this.#languages[next] = Number(language)
        this.#scores[next++] = (scores[language] as number) + SCORE_LEFT_OUT
      }
      // A score of nought ends the list.
      next++
    }
  }

  /** Adds what the n-gram says of each language. */
  addTo(sums: Float64Array, head: number, tail: number): void {
    const start = this.#starts[this.#placeOf(head, tail)] as number
    if (start === 0) return
    for (let at = start - 1; this.#scores[at] !== 0; at++) {
      const language = this.#languages[at] as number
      sums[language] = (sums[language] as number) + (this.#scores[at] as number)
    }
  }

  #placeOf(head: number, tail: number): number {
    let place = spread(head, tail) & this.#mask
    while (this.#starts[place] !== 0 && (this.#heads[place] !== head || this.#tails[place] !== tail))
      place = (place + 1) & this.#mask
    return place
  }
}

/** NaN, which stands for no letter, is no bit. */
const headOf = (name: string): number =>
  name.charCodeAt(0) | (name.charCodeAt(1) << 8) | (name.charCodeAt(2) << 16) | (name.charCodeAt(3) << 24)
const tailOf = (name: string): number => name.charCodeAt(4) | (name.charCodeAt(5) << 8)

export function spread(head: number, tail: number): number {
  const mixed = Math.imul(head ^ Math.imul(tail, 0x9e3779b1), 0x2545f491)
  return mixed ^ (mixed >>> 15)
}
