import type { LinkageRecord } from '../model.ts'
import { READERS } from '../readers.ts'
import type { Schema } from '../schema.ts'
import type { Value } from '../value.ts'
import { Interner } from './interner.ts'

/** What the raw strings of a unit that reads several fields are parted by. */
const BETWEEN = '\u001f'
const ROWS_AT_FIRST = 1 << 14
/** Values that one thread keeps read, for each unit: those of the pairs beside. More would only be carried along by the collector. */
const READ_KEPT = 1 << 8

/** A unit's values: of each record the number of its value, 0 for none; and the bytes of each value. Shared by all threads. */
export interface UnitColumn {
  readonly ids: Uint32Array
  readonly offsets: Uint32Array
  readonly bytes: Uint8Array
}

/** Takes records one at a time, so that a file is never held as a whole. */
export class Columns {
  count = 0
  private readonly schema: Schema
  private readonly interners: Interner[]
  private ids: Uint32Array<ArrayBuffer>[]

  constructor(schema: Schema) {
    this.schema = schema
    this.interners = schema.units.map(() => new Interner())
    this.ids = schema.units.map(() => new Uint32Array(ROWS_AT_FIRST))
  }

  add(record: LinkageRecord): void {
    const row = this.count++
    if (row === this.ids[0]?.length) this.ids = this.ids.map(doubled)
    for (const [at, { fields }] of this.schema.units.entries()) {
      const ids = this.ids[at] as Uint32Array
      const interner = this.interners[at] as Interner
      const [only] = fields
      if (fields.length === 1 && only) ids[row] = interner.idOf(record[only.name] ?? '')
      else if (fields.some(({ name }) => record[name]))
        ids[row] = interner.idOf(fields.map(({ name }) => record[name] ?? '').join(BETWEEN))
    }
  }

  shared(): UnitColumn[] {
    return this.ids.map((ids, at) => {
      const own = new Uint32Array(new SharedArrayBuffer(4 * this.count))
      own.set(ids.subarray(0, this.count))
      this.ids[at] = new Uint32Array(0)
      const { offsets, bytes } = (this.interners[at] as Interner).shared()
      this.interners[at] = new Interner()
      return { ids: own, offsets, bytes }
    })
  }
}

function doubled(list: Uint32Array): Uint32Array<ArrayBuffer> {
  const larger = new Uint32Array(list.length * 2)
  larger.set(list)
  return larger
}

/** Reads values of columns; what was read lately is kept. */
export class ValueReader {
  private readonly schema: Schema
  private readonly columns: readonly UnitColumn[]
  private readonly buffers: Buffer[]
  private readonly keptIds: Uint32Array[]
  private readonly kept: (Value | null)[][]

  constructor(schema: Schema, columns: readonly UnitColumn[]) {
    this.schema = schema
    this.columns = columns
    this.buffers = columns.map(({ bytes }) => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength))
    this.keptIds = columns.map(() => new Uint32Array(READ_KEPT))
    this.kept = columns.map(() => new Array<Value | null>(READ_KEPT).fill(null))
  }

  /** How many values a unit has. */
  countOf(unit: number): number {
    return this.columns[unit]?.offsets.length ?? 0
  }

  valueOf(unit: number, id: number): Value | null {
    if (id === 0) return null
    const place = id & (READ_KEPT - 1)
    const ids = this.keptIds[unit] as Uint32Array
    const values = this.kept[unit] as (Value | null)[]
    if (ids[place] === id) return values[place] as Value | null
    const value = this.read(unit, id)
    ids[place] = id
    values[place] = value
    return value
  }

  read(unit: number, id: number): Value | null {
    const { topic, fields } = this.schema.units[unit] as Schema['units'][number]
    const { offsets } = this.columns[unit] as UnitColumn
    const raw = (this.buffers[unit] as Buffer).toString('utf8', offsets[id - 1], offsets[id])
    const raws = fields.length === 1 ? [raw] : raw.split(BETWEEN)
    return raws.every((part) => part.trim() === '') ? null : READERS[topic].read(raws, fields)
  }
}
