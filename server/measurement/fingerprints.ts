import { hash } from 'node:crypto'

const FIRST_SLOTS = 1 << 14
const FILLED_SHARE_MAX = 0.6
const FREE = -1

/**
 * 52 bits of SHA-1: what millions of keys are told apart by without keeping them. Among a million different keys the
 * chance that any two are taken for one is about one in nine thousand, among five million one in 360.
 */
export const fingerprint = (key: string): number => Number.parseInt(hash('sha1', key, 'hex').slice(0, 13), 16)

/** Numbers by fingerprint, twelve bytes a slot: a Map of the same would take ten times as much, within the heap's limit. */
export class FingerprintTable {
  size = 0
  #prints = new Float64Array(FIRST_SLOTS)
  #values = new Int32Array(FIRST_SLOTS).fill(FREE)

  get(print: number): number | undefined {
    const value = this.#values[this.#slot(print)] as number
    return value === FREE ? undefined : value
  }

  has(print: number): boolean {
    return this.get(print) !== undefined
  }

  /** `value` is not negative. */
  set(print: number, value: number): void {
    if (this.size >= this.#values.length * FILLED_SHARE_MAX) this.#grow()
    const slot = this.#slot(print)
    if (this.#values[slot] === FREE) this.size++
    this.#prints[slot] = print
    this.#values[slot] = value
  }

  /** Where a print stands, or the free slot where it belongs: the next ones are tried in turn. */
  #slot(print: number): number {
    const last = this.#values.length - 1
    const scattered = Math.imul(print ^ (print / 0x100000), 0x9e3779b1)
    let slot = (scattered ^ (scattered >>> 15)) & last
    while (this.#values[slot] !== FREE && this.#prints[slot] !== print) slot = (slot + 1) & last
    return slot
  }

  #grow(): void {
    const [prints, values] = [this.#prints, this.#values]
    this.#prints = new Float64Array(prints.length * 2)
    this.#values = new Int32Array(values.length * 2).fill(FREE)
    for (let slot = 0; slot < values.length; slot++) {
      if (values[slot] === FREE) continue
      const to = this.#slot(prints[slot] as number)
      this.#prints[to] = prints[slot] as number
      this.#values[to] = values[slot] as number
    }
  }
}
