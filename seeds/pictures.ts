import { crc32, deflateSync } from 'node:zlib'
import type { PictureName } from './story.ts'

/** Pictures of the story, painted by code: shapes on a grid of points, written as PNG (RFC 2083). */
const WIDTH = 480
const HEIGHT = 320

type Colour = [red: number, green: number, blue: number]
/** The colour of a point, or null where the shape is not. Coordinates run from 0 to 1. */
type Shape = (x: number, y: number) => Colour | null

const fill =
  (top: Colour, bottom: Colour): Shape =>
  (_x, y) =>
    mixed(top, bottom, y)
const ellipse =
  (cx: number, cy: number, rx: number, ry: number, colour: Colour): Shape =>
  (x, y) =>
    ((x - cx) / rx) ** 2 + ((y - cy) / ry) ** 2 <= 1 ? mixed(colour, [0, 0, 0], ((y - cy) / ry + 1) * 0.14) : null
const box =
  (left: number, top: number, right: number, bottom: number, colour: Colour): Shape =>
  (x, y) =>
    x >= left && x <= right && y >= top && y <= bottom ? colour : null
/** A strip of cloth or a rod between two points. */
const strip =
  (x1: number, y1: number, x2: number, y2: number, width: number, colour: Colour): Shape =>
  (x, y) => {
    const along = ((x - x1) * (x2 - x1) + (y - y1) * (y2 - y1)) / ((x2 - x1) ** 2 + (y2 - y1) ** 2)
    if (along < 0 || along > 1) return null
    const across = Math.hypot(x - (x1 + along * (x2 - x1)), (y - (y1 + along * (y2 - y1))) * (HEIGHT / WIDTH))
    return across <= width ? mixed(colour, [0, 0, 0], (across / width) * 0.35) : null
  }
const hills =
  (base: number, swing: number, phase: number, colour: Colour): Shape =>
  (x, y) =>
    y > base + swing * Math.sin(x * 7 + phase) + swing * 0.5 * Math.sin(x * 17 + phase * 2) ? colour : null
const fray = (cx: number, cy: number, colour: Colour): Shape[] =>
  Array.from({ length: 9 }, (_, index) => {
    const angle = index * 0.7
    return strip(cx, cy, cx + 0.05 * Math.cos(angle), cy + 0.07 * Math.sin(angle), 0.003, colour)
  })

const paintings: Record<PictureName, Shape[]> = {
  'torn-backpack': [
    fill([176, 196, 206], [112, 118, 110]),
    hills(0.72, 0.03, 1, [96, 92, 84]),
    ellipse(0.5, 0.56, 0.17, 0.34, [38, 92, 96]),
    ellipse(0.5, 0.68, 0.12, 0.15, [29, 73, 78]),
    box(0.42, 0.6, 0.58, 0.615, [214, 170, 70]),
    strip(0.61, 0.3, 0.68, 0.78, 0.018, [24, 58, 62]),
    strip(0.36, 0.33, 0.2, 0.86, 0.018, [24, 58, 62]),
    ...fray(0.37, 0.31, [236, 228, 210]),
  ],
  'snapped-tent-pole': [
    fill([74, 110, 70], [46, 74, 44]),
    strip(0.05, 0.75, 0.47, 0.48, 0.012, [196, 200, 206]),
    strip(0.55, 0.55, 0.95, 0.3, 0.012, [196, 200, 206]),
    ...fray(0.47, 0.48, [240, 240, 240]),
    ...fray(0.55, 0.55, [240, 240, 240]),
    strip(0.47, 0.5, 0.55, 0.57, 0.003, [40, 40, 40]),
  ],
  'router-lamp': [
    fill([214, 204, 190], [150, 128, 104]),
    box(0.2, 0.35, 0.8, 0.72, [22, 24, 28]),
    box(0.2, 0.66, 0.8, 0.72, [12, 13, 16]),
    ellipse(0.34, 0.53, 0.07, 0.1, [90, 14, 12]),
    ellipse(0.34, 0.53, 0.025, 0.037, [255, 58, 44]),
    ...[0.46, 0.54, 0.62].map((x) => ellipse(x, 0.53, 0.012, 0.018, [58, 62, 70])),
  ],
  'ridge-at-dawn': [
    fill([250, 196, 150], [226, 214, 206]),
    ellipse(0.72, 0.4, 0.06, 0.09, [255, 238, 190]),
    hills(0.5, 0.06, 0.4, [150, 150, 170]),
    hills(0.64, 0.05, 2.2, [98, 108, 124]),
    hills(0.8, 0.04, 4, [52, 68, 66]),
    ellipse(0.3, 0.8, 0.1, 0.09, [196, 92, 48]),
  ],
  'wet-boots': [
    fill([188, 180, 170], [120, 104, 90]),
    box(0.1, 0.62, 0.9, 0.9, [92, 74, 58]),
    ellipse(0.32, 0.62, 0.12, 0.14, [84, 56, 34]),
    box(0.26, 0.36, 0.38, 0.62, [92, 62, 38]),
    ellipse(0.56, 0.62, 0.12, 0.14, [84, 56, 34]),
    box(0.5, 0.36, 0.62, 0.62, [92, 62, 38]),
    ellipse(0.8, 0.76, 0.06, 0.06, [52, 112, 84]),
    ellipse(0.83, 0.73, 0.025, 0.03, [92, 74, 58]),
  ],
}

export const PICTURE_SIZE = { width: WIDTH, height: HEIGHT }

export function paint(name: PictureName): Uint8Array {
  const shapes = paintings[name]
  const rows = Buffer.alloc(HEIGHT * (1 + WIDTH * 3))
  for (let row = 0; row < HEIGHT; row++) {
    for (let column = 0; column < WIDTH; column++) {
      let colour: Colour = [0, 0, 0]
      for (const shape of shapes) colour = shape(column / WIDTH, row / HEIGHT) ?? colour
      rows.set(grained(colour, row, column), row * (1 + WIDTH * 3) + 1 + column * 3)
    }
  }
  return png(rows)
}

/** A little grain, the same in every run, so that it looks less like a flag. */
function grained(colour: Colour, row: number, column: number): number[] {
  const noise = (((row * 73_856_093) ^ (column * 19_349_663)) >>> 8) % 13
  return colour.map((part) => Math.max(0, Math.min(255, Math.round(part) + noise - 6)))
}

const mixed = (one: Colour, other: Colour, share: number): Colour =>
  [0, 1, 2].map((index) => (one[index] ?? 0) * (1 - share) + (other[index] ?? 0) * share) as Colour

function png(rows: Buffer): Uint8Array {
  const header = Buffer.alloc(13)
  header.writeUInt32BE(WIDTH, 0)
  header.writeUInt32BE(HEIGHT, 4)
  header.set([8, 2, 0, 0, 0], 8)
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])
  return Buffer.concat([
    signature,
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(rows)),
    chunk('IEND', Buffer.alloc(0)),
  ])
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data])
  const length = Buffer.alloc(4)
  length.writeUInt32BE(data.byteLength)
  const check = Buffer.alloc(4)
  check.writeUInt32BE(crc32(body))
  return Buffer.concat([length, body, check])
}
