import { setTimeout as delay } from 'node:timers/promises'
import { sql } from 'kysely'
import type { Loop } from '../platform/module.ts'
import type { Services } from '../platform/services.ts'
import type { ImportKind } from './states.ts'

/**
 * A file is read in batches; what becomes of each one, with its rejections, counts and position, is written in one
 * transaction. A process that dies leaves the position of the last whole batch, and whoever takes the import next goes on
 * there: no row is counted twice and none is left out, also when two processes believe to hold it.
 */
export const LEASE_SECONDS = 60
const LOOK_MS = 1_000
const IMPORTS_AT_ONCE = 3

export interface TakenImport {
  workspaceId: string
  importId: string
  kind: ImportKind
}

/** Several beside each other, each of another workspace: one long file does not keep the others waiting. */
export const importsLoop = (
  name: string,
  kinds: readonly ImportKind[],
  run: (services: Services, taken: TakenImport, signal: AbortSignal) => Promise<unknown>,
): Loop => ({
  name,
  async run(services, signal) {
    await Promise.all(Array.from({ length: IMPORTS_AT_ONCE }, () => takeImports(services, kinds, run, signal)))
  },
})

async function takeImports(
  services: Services,
  kinds: readonly ImportKind[],
  run: (services: Services, taken: TakenImport, signal: AbortSignal) => Promise<unknown>,
  signal: AbortSignal,
): Promise<void> {
  while (!signal.aborted) {
    try {
      const taken = await takeWaiting(services, kinds)
      if (taken) await run(services, taken, signal)
      else await delay(LOOK_MS, undefined, { signal }).catch(() => {})
    } catch (error) {
      services.log.error({ err: error }, 'import stopped, will be taken up again')
      await delay(LOOK_MS, undefined, { signal }).catch(() => {})
    }
  }
}

export async function takeWaiting(services: Services, kinds: readonly ImportKind[]): Promise<TakenImport | null> {
  const { rows } = await sql<{ workspace_id: string; import_id: string; kind: ImportKind }>`
    select * from system.take_waiting_import(${LEASE_SECONDS}, ${kinds}::text[])`.execute(services.database.system)
  const [taken] = rows
  return taken ? { workspaceId: taken.workspace_id, importId: taken.import_id, kind: taken.kind } : null
}

interface Placed<Position> {
  position: Position
}

/**
 * Cuts rows into batches and hands each over with the place from which it was read. `store` says whether it goes on: not
 * when the import was cancelled or another process has gone on with it. A row that `ends` says something about ends the
 * reading: it is handed to `fail` after what came before it was stored. Returns whether the file was read to its end.
 */
export async function readInBatches<Row extends Placed<Position>, Position, Reason>(
  rows: AsyncIterable<Row>,
  options: {
    from: Position
    rowsMax: number
    signal: AbortSignal
    store(from: Position, batch: Row[]): Promise<boolean>
    ends(row: Row): Reason | null
    fail(reason: Reason): Promise<void>
  },
): Promise<boolean> {
  const { rowsMax, signal, store } = options
  let position = options.from
  let batch: Row[] = []
  const storeBatch = async () => {
    const goesOn = await store(position, batch)
    position = batch.at(-1)?.position ?? position
    batch = []
    return goesOn
  }
  for await (const row of rows) {
    const reason = options.ends(row)
    if (reason !== null) {
      if (batch.length > 0) await storeBatch()
      await options.fail(reason)
      return false
    }
    batch.push(row)
    if (batch.length < rowsMax) continue
    if (!(await storeBatch()) || signal.aborted) return false
  }
  return storeBatch()
}
