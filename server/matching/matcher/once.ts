import { doubled } from './features.ts'

/** Numbers that were met since the last clear(), one bit each. */
export class Once {
  #bits = new Int32Array(16)
  #met = new Int32Array(64)
  #count = 0

  /** True the first time. */
  isFirst(number: number): boolean {
    const word = number >> 5
    while (word >= this.#bits.length) this.#bits = doubled(this.#bits)
    const bit = 1 << (number & 31)
    const bits = this.#bits[word] as number
    if ((bits & bit) !== 0) return false
    this.#bits[word] = bits | bit
    if (this.#count === this.#met.length) this.#met = doubled(this.#met)
    this.#met[this.#count++] = word
    return true
  }

  clear(): void {
    for (let at = 0; at < this.#count; at++) this.#bits[this.#met[at] as number] = 0
    this.#count = 0
  }
}
