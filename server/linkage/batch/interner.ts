import { hashOf } from '../hashing.ts'

const FIRST_SLOTS = 1 << 12
const FIRST_BYTES = 1 << 16

/**
 * Strings to numbers, 1 and up; 0 is the empty string. Bytes lie in one array and no JavaScript string is kept, so that a
 * million names cost what their letters cost and can be shared with other threads.
 */
export class Interner {
  count = 0
  private slots = new Uint32Array(FIRST_SLOTS)
  private hashes = new Uint32Array(FIRST_SLOTS)
  private offsets = new Uint32Array(FIRST_SLOTS)
  private bytes = Buffer.alloc(FIRST_BYTES)
  private used = 0

  idOf(text: string): number {
    if (text === '') return 0
    const hash = hashOf(text)
    const mask = this.slots.length - 1
    for (let slot = hash & mask; ; slot = (slot + 1) & mask) {
      const id = this.slots[slot] as number
      if (id === 0) return this.put(text, hash, slot)
      if (this.hashes[id] === hash && this.isText(id, text)) return id
    }
  }

  /** To be shared with other threads: bytes of id lie from offsets[id - 1] to offsets[id]. */
  shared(): { offsets: Uint32Array; bytes: Uint8Array } {
    const offsets = new Uint32Array(new SharedArrayBuffer(4 * (this.count + 1)))
    offsets.set(this.offsets.subarray(0, this.count + 1))
    const bytes = new Uint8Array(new SharedArrayBuffer(Math.max(1, this.used)))
    bytes.set(this.bytes.subarray(0, this.used))
    return { offsets, bytes }
  }

  private put(text: string, hash: number, slot: number): number {
    const id = ++this.count
    if (id + 1 >= this.offsets.length) {
      this.offsets = doubled(this.offsets)
      this.hashes = doubled(this.hashes)
    }
    const most = text.length * 3
    if (this.used + most > this.bytes.length) {
      const larger = Buffer.alloc(Math.max(this.bytes.length * 2, this.used + most))
      this.bytes.copy(larger, 0, 0, this.used)
      this.bytes = larger
    }
    this.used += this.bytes.write(text, this.used)
    this.offsets[id] = this.used
    this.hashes[id] = hash
    this.slots[slot] = id
    if (id * 2 > this.slots.length) this.rehash()
    return id
  }

  private isText(id: number, text: string): boolean {
    const from = this.offsets[id - 1] as number
    const to = this.offsets[id] as number
    if (to - from < text.length) return false
    for (let at = 0; at < text.length; at++) {
      const code = text.charCodeAt(at)
      if (code > 127) return this.bytes.toString('utf8', from, to) === text
      if (this.bytes[from + at] !== code) return false
    }
    return to - from === text.length
  }

  private rehash(): void {
    const slots = new Uint32Array(this.slots.length * 2)
    const mask = slots.length - 1
    for (let id = 1; id <= this.count; id++) {
      let slot = (this.hashes[id] as number) & mask
      while (slots[slot] !== 0) slot = (slot + 1) & mask
      slots[slot] = id
    }
    this.slots = slots
  }
}

function doubled(list: Uint32Array): Uint32Array<ArrayBuffer> {
  const larger = new Uint32Array(list.length * 2)
  larger.set(list)
  return larger
}
