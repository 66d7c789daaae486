const FIRST_SLOTS = 1 << 12
const FIRST_BYTES = 1 << 16

/** A slot is two hashes and the number that has them, side by side in the processor's cache. */
const SLOT = 4

/**
 * Strings to numbers, 1 and up; 0 is the empty string. Bytes lie in one array and no JavaScript string is kept, so that a
 * million names cost what their letters cost and can be shared with other threads. Two strings are one when 64 bits of two
 * hashes are the same: to look at the letters again would cost more than all the rest.
 */
export class Interner {
  count = 0
  private slots = new Uint32Array(SLOT * FIRST_SLOTS)
  private offsets = new Uint32Array(FIRST_SLOTS)
  private bytes = Buffer.alloc(FIRST_BYTES)
  private used = 0

  idOf(text: string): number {
    if (text === '') return 0
    let [one, other] = [0x811c9dc5, 0x2f0b4a27]
    for (let at = 0; at < text.length; at++) {
      const code = text.charCodeAt(at)
      one = Math.imul(one ^ code, 0x01000193)
      other = Math.imul(other + code, 0x9e3779b1) ^ (other >>> 15)
    }
    const hash = mixed(one)
    const check = mixed(other)
    const { slots } = this
    const mask = slots.length - 1
    for (let slot = Math.imul(SLOT, hash) & mask; ; slot = (slot + SLOT) & mask) {
      const id = slots[slot] as number
      if (id === 0) return this.put(text, hash, check, slot)
      if (slots[slot + 1] === hash && slots[slot + 2] === check) return id
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

  private put(text: string, hash: number, check: number, slot: number): number {
    const id = ++this.count
    if (id + 1 >= this.offsets.length) this.offsets = doubled(this.offsets)
    const most = text.length * 3
    if (this.used + most > this.bytes.length) {
      const larger = Buffer.alloc(Math.max(this.bytes.length * 2, this.used + most))
      this.bytes.copy(larger, 0, 0, this.used)
      this.bytes = larger
    }
    this.used += this.written(text)
    this.offsets[id] = this.used
    this.slots[slot] = id
    this.slots[slot + 1] = hash
    this.slots[slot + 2] = check
    if (id * SLOT * 2 > this.slots.length) this.rehash()
    return id
  }

  /** Plain letters one by one, which is cheaper than a call for a short text. */
  private written(text: string): number {
    const { bytes, used } = this
    for (let at = 0; at < text.length; at++) {
      const code = text.charCodeAt(at)
      if (code > 127) return bytes.write(text, used)
      bytes[used + at] = code
    }
    return text.length
  }

  private rehash(): void {
    const { slots } = this
    const larger = new Uint32Array(slots.length * 2)
    const mask = larger.length - 1
    for (let at = 0; at < slots.length; at += SLOT) {
      if (slots[at] === 0) continue
      let slot = Math.imul(SLOT, slots[at + 1] as number) & mask
      while (larger[slot] !== 0) slot = (slot + SLOT) & mask
      for (let part = 0; part < SLOT; part++) larger[slot + part] = slots[at + part] as number
    }
    this.slots = larger
  }
}

function mixed(hash: number): number {
  const value = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b)
  return (value ^ (value >>> 13)) >>> 0
}

function doubled(list: Uint32Array): Uint32Array<ArrayBuffer> {
  const larger = new Uint32Array(list.length * 2)
  larger.set(list)
  return larger
}
