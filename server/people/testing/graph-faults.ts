import { type RawBuilder, sql } from 'kysely'
import type { WorkspaceTransaction } from '../../platform/database.ts'
import { cachedFields } from '../fields/cached.ts'
import { candidatesOf } from '../fields/candidates.ts'

/**
 * What does not fit together in the graph of a workspace, in words: caches that are not what the rows say, worked out here
 * by walking them; acts that stand in part; acts without their event, and events without their act.
 */
export async function graphFaults(tx: WorkspaceTransaction): Promise<string[]> {
  return [...(await wrongPersons(tx)), ...(await wrongAuthors(tx)), ...(await wrongNames(tx)), ...(await halfActs(tx))]
}

const rows = async <Row>(tx: WorkspaceTransaction, query: RawBuilder<Row>): Promise<Row[]> =>
  (await query.execute(tx.sql)).rows

async function groups(tx: WorkspaceTransaction): Promise<Map<string, string>> {
  const persons = await rows(tx, sql<{ id: string }>`select person_id as id from person order by 1`)
  const ties = await rows(
    tx,
    sql<{ a: string; b: string }>`select person_id as a, same_as as b from person_merge where withdrawn_at is null`,
  )
  const least = new Map(persons.map(({ id }) => [id, id]))
  for (let changed = true; changed; ) {
    changed = false
    for (const { a, b } of ties) {
      const lower = [least.get(a) as string, least.get(b) as string].sort()[0] as string
      for (const id of [a, b])
        if (least.get(id) !== lower) {
          least.set(id, lower)
          changed = true
        }
    }
  }
  return least
}

async function wrongPersons(tx: WorkspaceTransaction): Promise<string[]> {
  const least = await groups(tx)
  const persons = await rows(
    tx,
    sql<{ id: string; current: string }>`select person_id as id, current_id as current from person`,
  )
  return persons.flatMap(({ id, current }) =>
    least.get(id) === current ? [] : [`person ${id} stands for ${current}, not ${least.get(id)}`],
  )
}

async function wrongAuthors(tx: WorkspaceTransaction): Promise<string[]> {
  const least = await groups(tx)
  const links = await rows(
    tx,
    sql<{ author: string; person: string | null }>`
      select author_id as author, person_id as person from person_link
      where withdrawn_at is null and not shared order by position`,
  )
  const holder = new Map(links.map(({ author, person }) => [author, person && least.get(person)]))
  const authors = await rows(
    tx,
    sql<{ id: string; person: string | null }>`select author_id as id, person_id as person from author`,
  )
  return authors.flatMap(({ id, person }) =>
    (holder.get(id) ?? null) === person ? [] : [`author ${id} belongs to ${person}, not ${holder.get(id) ?? null}`],
  )
}

async function wrongNames(tx: WorkspaceTransaction): Promise<string[]> {
  const persons = await rows(
    tx,
    sql<{ id: string; current: string; name: string }>`select person_id as id, current_id as current, name from person`,
  )
  const found = await candidatesOf(tx, [...new Set(persons.map(({ current }) => current))], ['name', 'language'])
  return persons.flatMap(({ id, current, name }) => {
    const expected = cachedFields(found.get(current) ?? new Map(), []).name
    return expected === name ? [] : [`person ${id} is called ${name}, not ${expected}`]
  })
}

async function halfActs(tx: WorkspaceTransaction): Promise<string[]> {
  const acts = await rows(
    tx,
    sql<{
      id: string
      kind: string
      undone: boolean
      standing: number
      withdrawn: number
      done: number
      undid: number
    }>`
      select o.operation_id as id, o.kind, o.undone_at is not null as undone,
        count(*) filter (where r.operation_id is not null and r.withdrawn_at is null)::int as standing,
        count(*) filter (where r.withdrawn_at is not null)::int as withdrawn,
        (select count(*) from event_subject s join event e on e.workspace_id = s.workspace_id and e.position = s.position
          where s.subject_id = o.operation_id and e.type not in ('operation.undone', 'link.made'))::int as done,
        (select count(*) from event_subject s join event e on e.workspace_id = s.workspace_id and e.position = s.position
          where s.subject_id = o.operation_id and e.type = 'operation.undone')::int as undid
      from graph_operation o left join (
          select operation_id, withdrawn_at from person_link
          union all select operation_id, withdrawn_at from person_merge
          union all select operation_id, withdrawn_at from person_override) r on r.operation_id = o.operation_id
      group by o.workspace_id, o.operation_id, o.kind, o.undone_at`,
  )
  return acts.flatMap(({ id, kind, undone, standing, withdrawn, done, undid }) => {
    const whole = undone ? standing === 0 && withdrawn > 0 : standing > 0 && withdrawn === 0
    return whole && done === 1 && undid === (undone ? 1 : 0)
      ? []
      : [`${kind} ${id}: ${standing} rows stand, ${withdrawn} do not, told ${done} and ${undid} times`]
  })
}
