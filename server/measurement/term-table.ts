import { grown } from './columns.ts'
import { detached } from './counting.ts'

export const TERMS_HELD_MAX = 250_000
const KEPT_SHARE = 0.75
const FIRST_TERMS = 4_096

/**
 * Posts with a term, by term and set of posts. Lossy counting as in counting.ts, with what a term may have lost kept
 * beside its counts instead of in them: no count is higher than the truth, none is too low by more than `tooLowMax`.
 */
export class TermTable {
  tooLowMax = 0
  readonly #width: number
  readonly #held: number
  readonly #places = new Map<string, number>()
  #counts: Uint32Array
  /** `tooLowMax` when the term was entered: so often it may have been counted and forgotten before. */
  #before = new Uint32Array(FIRST_TERMS)
  readonly #free: number[] = []

  constructor(sets: number, held = TERMS_HELD_MAX) {
    this.#width = sets
    this.#held = held
    this.#counts = new Uint32Array(FIRST_TERMS * sets)
  }

  /** One post with the term, which is in these of the sets. */
  add(key: string, member: boolean[]): void {
    const from = (this.#places.get(key) ?? this.#enter(key)) * this.#width
    for (let at = 0; at < this.#width; at++)
      if (member[at]) this.#counts[from + at] = (this.#counts[from + at] as number) + 1
  }

  countsOf(set: number): (place: number) => number {
    return (place) => this.#counts[place * this.#width + set] ?? 0
  }

  terms(): [key: string, place: number][] {
    return [...this.#places]
  }

  #enter(key: string): number {
    if (this.#places.size >= this.#held) this.#forget()
    const place = this.#free.pop() ?? this.#places.size
    if (place >= this.#before.length) {
      this.#before = grown(this.#before, new Uint32Array(this.#before.length * 2))
      this.#counts = grown(this.#counts, new Uint32Array(this.#counts.length * 2))
    }
    this.#places.set(detached(key), place)
    this.#before[place] = this.tooLowMax
    return place
  }

  #forget(): void {
    while (this.#places.size > this.#held * KEPT_SHARE) {
      this.tooLowMax++
      for (const [key, place] of this.#places) {
        const from = place * this.#width
        const counts = this.#counts.subarray(from, from + this.#width)
        if (Math.max(...counts) + (this.#before[place] as number) > this.tooLowMax) continue
        counts.fill(0)
        this.#places.delete(key)
        this.#free.push(place)
      }
    }
  }
}
