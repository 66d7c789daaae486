/**
 * A film of a few seconds, made here from nothing: a light that wanders over a dark field. H.264 (ITU-T H.264, baseline)
 * whose macroblocks are all I_PCM, so no encoder is needed and every decoder shows it; carried in MPEG transport stream
 * (ISO 13818-1), as Bluesky's video service sends it.
 */
export const FILM = { width: 96, height: 64, segments: 3, framesPerSegment: 10, framesPerSecond: 10 }

const MACROBLOCK = 16
const CLOCK_HZ = 90_000
const PACKET_BYTES = 188
const [PMT_PID, VIDEO_PID] = [0x1000, 0x0100]
const H264_STREAM = 0x1b

/** One of FILM.segments, playable after the ones before it. */
export function filmSegment(index: number): Buffer {
  const packets = [tablePacket(0, PROGRAMS, index), tablePacket(PMT_PID, STREAMS, index)]
  const counter = { next: 0 }
  for (let frame = 0; frame < FILM.framesPerSegment; frame++) {
    const number = index * FILM.framesPerSegment + frame
    packets.push(...framePackets(pictureUnits(number), (number * CLOCK_HZ) / FILM.framesPerSecond + CLOCK_HZ, counter))
  }
  return Buffer.concat(packets)
}

/** Bits in the order of the standard's tables: u(n), ue(v). */
class Bits {
  readonly #bits: number[] = []
  u(count: number, value: number): this {
    for (let bit = count - 1; bit >= 0; bit--) this.#bits.push((value >> bit) & 1)
    return this
  }
  ue(...values: number[]): this {
    for (const value of values) {
      const length = 32 - Math.clz32(value + 1)
      this.u(length - 1, 0).u(length, value + 1)
    }
    return this
  }
  align(): this {
    while (this.#bits.length % 8 !== 0) this.#bits.push(0)
    return this
  }
  bytes(): Buffer {
    const bytes = Buffer.alloc(Math.ceil(this.#bits.length / 8))
    for (const [at, bit] of this.#bits.entries()) bytes[at >> 3] = (bytes[at >> 3] ?? 0) | (bit << (7 - (at & 7)))
    return bytes
  }
}

/** Access unit delimiter, both parameter sets, and the picture itself: each can be the first that a player sees. */
function pictureUnits(number: number): Buffer {
  const [wide, high] = [FILM.width / MACROBLOCK, FILM.height / MACROBLOCK]
  const sequence = new Bits()
    .u(8, 66)
    .u(8, 0xc0)
    .u(8, 10)
    .ue(0, 0, 2, 1)
    .u(1, 0)
    .ue(wide - 1, high - 1)
  sequence.u(1, 1).u(1, 1).u(1, 0).u(1, 0).u(1, 1).align()
  const picture = new Bits().ue(0, 0).u(2, 0).ue(0, 0, 0).u(3, 0).ue(0, 0, 0).u(3, 0).u(1, 1).align()
  return Buffer.concat([
    unit(0x09, Buffer.from([0xf0])),
    unit(0x67, sequence.bytes()),
    unit(0x68, picture.bytes()),
    unit(0x65, slice(number, wide, high)),
  ])
}

function slice(number: number, wide: number, high: number): Buffer {
  const bits = new Bits()
    .ue(0, 7, 0)
    .u(4, 0)
    .ue(number % 2)
    .u(2, 0)
    .ue(0)
  for (let row = 0; row < high; row++) {
    for (let column = 0; column < wide; column++) {
      // mb_type 25 is I_PCM: 256 samples of light, twice 64 of colour, as they are.
      bits.ue(25).align()
      const near = (row * wide + column) % (wide * high) === number % (wide * high)
      for (let sample = 0; sample < 256; sample++) bits.u(8, near ? 220 : 40 + row * 12)
      for (let sample = 0; sample < 128; sample++) bits.u(8, sample < 64 ? 150 - column * 8 : 110)
    }
  }
  return bits.u(1, 1).align().bytes()
}

/** Two zero bytes may not be followed by a small one: it would look like the start of a unit. */
function unit(header: number, payload: Buffer): Buffer {
  const escaped: number[] = []
  for (const byte of payload) {
    if (byte <= 3 && escaped.at(-1) === 0 && escaped.at(-2) === 0) escaped.push(3)
    escaped.push(byte)
  }
  return Buffer.concat([Buffer.from([0, 0, 0, 1, header]), Buffer.from(escaped)])
}

const PROGRAMS = section(0x00, [0, 1, 0xe0 | (PMT_PID >> 8), PMT_PID & 0xff])
const STREAMS = section(0x02, [
  ...[0xe0 | (VIDEO_PID >> 8), VIDEO_PID & 0xff, 0xf0, 0],
  ...[H264_STREAM, 0xe0 | (VIDEO_PID >> 8), VIDEO_PID & 0xff, 0xf0, 0],
])

function section(table: number, body: number[]): Buffer {
  const head = [table, 0xb0, body.length + 9, 0, 1, 0xc1, 0, 0]
  const plain = Buffer.from([...head, ...body])
  const sum = Buffer.alloc(4)
  sum.writeUInt32BE(crc32Mpeg(plain))
  return Buffer.concat([plain, sum])
}

/** Not the reflected CRC of zlib: polynomial 0x04c11db7, from the left, nothing inverted at the end. */
function crc32Mpeg(bytes: Buffer): number {
  let sum = 0xffffffff
  for (const byte of bytes) {
    sum ^= byte << 24
    for (let bit = 0; bit < 8; bit++) sum = sum & 0x80000000 ? (sum << 1) ^ 0x04c11db7 : sum << 1
  }
  return sum >>> 0
}

function tablePacket(pid: number, table: Buffer, counter: number): Buffer {
  const packet = Buffer.alloc(PACKET_BYTES, 0xff)
  packet.set([0x47, 0x40 | (pid >> 8), pid & 0xff, 0x10 | (counter & 15), 0])
  table.copy(packet, 5)
  return packet
}

/** A packetised elementary stream of one picture, cut into packets; the first carries the clock. */
function framePackets(units: Buffer, time: number, counter: { next: number }): Buffer[] {
  const stream = Buffer.concat([Buffer.from([0, 0, 1, 0xe0, 0, 0, 0x80, 0x80, 5]), presentationTime(time), units])
  const packets: Buffer[] = []
  for (let at = 0; at < stream.length; ) {
    const first = at === 0
    const needed = first ? 8 : 0
    const rest = stream.length - at
    // Everything that the payload does not fill is stuffing in the adaptation field.
    const field = Math.max(needed, PACKET_BYTES - 4 - rest)
    const packet = Buffer.alloc(PACKET_BYTES, 0xff)
    packet.set([
      0x47,
      (first ? 0x40 : 0) | (VIDEO_PID >> 8),
      VIDEO_PID & 0xff,
      (field > 0 ? 0x30 : 0x10) | (counter.next++ & 15),
    ])
    if (field > 0) packet[4] = field - 1
    if (field > 1) packet[5] = first ? 0x50 : 0
    if (first) clock(time - CLOCK_HZ / 2).copy(packet, 6)
    at += stream.copy(packet, 4 + field, at)
    packets.push(packet)
  }
  return packets
}

const presentationTime = (time: number): Buffer =>
  new Bits()
    .u(4, 2)
    .u(3, time >> 30)
    .u(1, 1)
    .u(15, time >> 15)
    .u(1, 1)
    .u(15, time)
    .u(1, 1)
    .bytes()

/** Programme clock reference: 33 bits at 90 kHz, 6 reserved, 9 bits of finer time. */
const clock = (time: number): Buffer => new Bits().u(1, 0).u(32, time).u(6, 0x3f).u(9, 0).bytes()
