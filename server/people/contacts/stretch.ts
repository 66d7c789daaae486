/** Records of a file, many in one transaction. What becomes of each is what would become of it one after the other. */
import type { WorkspaceTransaction } from '../../platform/database.ts'
import { lockGraph } from '../graph/index.ts'
import { lockAuthors } from '../graph/lock.ts'
import { accountKey } from '../suppression.ts'
import { beginMany } from './beginning.ts'
import type { ContactChange } from './contact-change.ts'
import type { ContactRecord } from './contact-record.ts'
import { type Taken, takeContact, takenAs } from './contacts.ts'
import { type Judged, judgeStanding, readStandings, type Source, type Standing } from './judging.ts'
import { unchangedAmong } from './news.ts'

/** What takes a record by itself takes so many times as long as one of those that are written together. */
const WORK_ALONE = 12
const WORK_TOGETHER = 1

export interface Told {
  change: ContactChange
  /** Of a file's rows: where it stands. */
  line: number | null
}

export interface Stretch {
  /** In the order given; fewer than were given when there was no room for more. */
  taken: Taken[]
  /** The work that it was; a record that is written together with others is one. */
  work: number
}

type How = 'together' | 'known' | 'alone'

/**
 * Takes in as many of the records as there is room for, at least one. Those that begin somebody and have nothing in common
 * with a record before them are written together, those that say nothing new are read together; every other one is judged
 * and written by itself, after those, because what it is depends on what came before.
 */
export async function takeStretch(
  tx: WorkspaceTransaction,
  told: readonly Told[],
  source: Omit<Source, 'line'>,
  room: number,
): Promise<Stretch> {
  await lockGraph(tx)
  const standings = await readStandingsLocked(tx, told, source)
  const planned = await plan(tx, standings, source)
  const { count, work } = fitting(planned, room)
  const taken: Taken[] = []
  const of = (how: How) =>
    planned
      .slice(0, count)
      .flatMap((one, index) => (one.how === how ? [{ ...one, ...(told[index] as Told), index }] : []))
  const together = of('together')
  const personIds = await beginMany(
    tx,
    together.map(({ judged, line }) => ({ record: judged.record as ContactRecord, taking: { ...source, line } })),
    source,
  )
  for (const [place, { judged, index }] of together.entries())
    taken[index] = takenAs(judged, 'begun', personIds[place] as string)
  for (const { judged, index } of of('known'))
    taken[index] = takenAs(judged, 'unchanged', judged.record?.anchor.personId ?? null)
  for (const { change, line, index } of of('alone')) taken[index] = await takeContact(tx, change, { ...source, line })
  return { taken, work }
}

/** Whose an account is may change beside the graph's lock, when it writes to us: not under the lock of its row. */
async function readStandingsLocked(
  tx: WorkspaceTransaction,
  told: readonly Told[],
  source: Omit<Source, 'line'>,
): Promise<Standing[]> {
  const changes = told.map(({ change }) => change)
  const standings = await readStandings(tx, changes, source)
  const accounts = standings.flatMap(({ known }) =>
    known.flatMap(({ part, authorId, personId }) => (part === 'account' && authorId && !personId ? authorId : [])),
  )
  if (accounts.length === 0) return standings
  await lockAuthors(tx, accounts)
  return readStandings(tx, changes, source)
}

interface Planned {
  how: How
  judged: Judged
}

async function plan(
  tx: WorkspaceTransaction,
  standings: readonly Standing[],
  source: Omit<Source, 'line'>,
): Promise<Planned[]> {
  const judged = standings.map((standing) => judgeStanding(standing, source.inUse))
  const updates = judged.flatMap(({ record, decision, proposal }) =>
    record && decision?.kind === 'update' && decision.conflicts.length === 0 && proposal !== 'left-out' ? [record] : [],
  )
  const unchanged = await unchangedAmong(tx, updates, source)
  const named = new Set<string>()
  return judged.map((one) => {
    if (!one.record) return { how: 'alone', judged: one }
    const keys = [one.record.anchor, ...one.record.others].map(accountKey)
    const isApart = !keys.some((key) => named.has(key))
    for (const key of keys) named.add(key)
    if (isApart && unchanged.has(one.record)) return { how: 'known', judged: one }
    const begins = one.decision?.kind === 'begin' && one.record.anchor.authorId === null
    return { how: isApart && begins && one.proposal === null ? 'together' : 'alone', judged: one }
  })
}

function fitting(planned: readonly Planned[], room: number): { count: number; work: number } {
  let work = 0
  for (const [count, { how }] of planned.entries()) {
    const more = how === 'alone' ? WORK_ALONE : WORK_TOGETHER
    if (count > 0 && work + more > room) return { count, work }
    work += more
  }
  return { count: planned.length, work }
}
