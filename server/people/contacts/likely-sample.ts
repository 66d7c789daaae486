import { sql } from 'kysely'
import type { ImportProblem } from '../../imports/index.ts'
import type { WorkspaceTransaction } from '../../platform/database.ts'
import type { Secrets } from '../../platform/secrets.ts'
import type { ContactPoint } from '../suggestions/fields.ts'
import { type Likeness, likenessesOf, mayCompare, type Newcomer } from '../suggestions/likeness.ts'
import type { ContactRecord } from './contact-record.ts'
import type { RehearsalSample } from './rehearsal-sample.ts'

/** A comparison takes some 10 ms: of a longer file so many new persons are compared, taken by chance. */
const LOOKED_MAX = 200
const AT_ONCE = 20
/** The first ones are shown, so they are compared in any case. */
const FIRST_KEPT = 5
const SHOWN_MAX = 5

export interface LikelyCount {
  looked: number
  likely: number
}

interface Beginning {
  record: ContactRecord
  line: number
  name: string
  problems: ImportProblem[]
  /** Where it is among the rows that are shown. */
  sample: RehearsalSample | null
}

/** Rows that would begin a person, and whom each of these resembles where suggestions are allowed. */
export class LikelySample {
  readonly #held: Beginning[] = []
  #seen = 0

  /** Every row has the same chance to be compared (Vitter's algorithm R), but for the first few. */
  add(beginning: Beginning): void {
    this.#seen++
    if (this.#held.length < LOOKED_MAX) {
      this.#held.push(beginning)
      return
    }
    const place = Math.floor(Math.random() * this.#seen)
    if (place >= FIRST_KEPT && place < LOOKED_MAX) this.#held[place] = beginning
  }

  /** Counts those that resemble somebody, and shows some of them among the samples. Null: nothing may be compared. */
  async compare(
    run: <T>(work: (tx: WorkspaceTransaction) => Promise<T>) => Promise<T>,
    secrets: Secrets,
    samples: RehearsalSample[],
  ): Promise<LikelyCount | null> {
    if (!(await run(mayCompare))) return null
    let likely = 0
    for (let from = 0; from < this.#held.length; from += AT_ONCE) {
      const some = this.#held.slice(from, from + AT_ONCE)
      const found = await run(async (tx) => named(tx, await likenessesOf(tx, some.map(newcomerOf), secrets)))
      for (const [index, beginning] of some.entries()) {
        const alike = found[index] ?? []
        if (alike.length === 0) continue
        show(beginning, alike, samples, likely < SHOWN_MAX)
        likely++
      }
    }
    return { looked: this.#held.length, likely }
  }
}

function show(
  { sample, line, name, problems }: Beginning,
  likely: RehearsalSample['likely'],
  samples: RehearsalSample[],
  isShown: boolean,
): void {
  if (sample) sample.likely = likely
  else if (isShown) samples.push({ line, outcome: 'begun', name: name.slice(0, 100), problems, candidates: [], likely })
}

function newcomerOf({ record: { change, anchor, others } }: Beginning): Newcomer {
  const points = [anchor, ...others].flatMap(({ part, scope, networkId }): ContactPoint[] =>
    part === 'account' ? [] : [{ kind: part, scope, value: networkId }],
  )
  return {
    points,
    told: new Map(Object.entries(change.fields).flatMap(([field, value]) => (value ? [[field, value]] : []))),
  }
}

async function named(tx: WorkspaceTransaction, found: readonly Likeness[][]): Promise<RehearsalSample['likely'][]> {
  const ids = [...new Set(found.flat().map(({ personId }) => personId))]
  const { rows } = await sql<{ person_id: string; name: string }>`select person_id, name from person
    where workspace_id = ${tx.workspaceId} and person_id = any(${ids}::uuid[])`.execute(tx.sql)
  const names = new Map(rows.map((row) => [row.person_id, row.name]))
  return found.map((alike) =>
    alike.map(({ personId, ...likeness }) => ({ ...likeness, name: names.get(personId) ?? '' })),
  )
}
