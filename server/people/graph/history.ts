import { type RawBuilder, sql } from 'kysely'
import type { z } from 'zod'
import type { operationSchema } from '../../../contract/people-graph.ts'
import type { WorkspaceTransaction } from '../../platform/database.ts'
import { NotFound } from '../../platform/errors.ts'
import type { Actor } from '../../platform/events.ts'
import { pageOf, readCursor, writeCursor } from '../../platform/keyset.ts'
import { namesApart } from '../fields/candidates.ts'
import { fieldSources } from '../fields/settings.ts'
import { authorBriefs, membersOf } from '../reading.ts'

export type OperationEntry = z.infer<typeof operationSchema>

const NAMED_AUTHORS_MAX = 20

export interface HistoryOptions {
  after?: string | undefined
  limit: number
}

/**
 * Acts on everyone who is the same as a person, newest first; ids of acts are in their order. For each member the primary
 * key of graph_operation_person is walked from the cursor on.
 */
export async function personHistory(tx: WorkspaceTransaction, personId: string, { after, limit }: HistoryOptions) {
  const memberIds = await membersOf(tx, personId)
  if (memberIds.length === 0) throw new NotFound('person-unknown')
  const cursor = readCursor(after, 1)
  const { rows } = await sql<{ id: string }>`
    select distinct o.operation_id as id from unnest(${memberIds}::uuid[]) as m(person_id) cross join lateral (
      select operation_id from graph_operation_person
      where workspace_id = ${tx.workspaceId} and person_id = m.person_id
        ${cursor ? sql`and operation_id < ${cursor[0]}::uuid` : sql``}
      order by operation_id desc limit ${limit + 1}) o
    order by 1 desc limit ${limit + 1}`.execute(tx.sql)
  const page = pageOf(rows, limit, (row) => writeCursor(row.id))
  const found = await loadOperations(
    tx,
    page.items.map((row) => row.id),
  )
  return { items: page.items.flatMap((row) => found.get(row.id) ?? []), nextCursor: page.nextCursor }
}

export async function readOperation(tx: WorkspaceTransaction, operationId: string): Promise<OperationEntry> {
  const found = (await loadOperations(tx, [operationId])).get(operationId)
  if (!found) throw new NotFound('operation-unknown')
  return found
}

interface Row {
  operation_id: string
  kind: OperationEntry['kind']
  done_at: Date
  done_by_kind: Actor['kind']
  done_by: string | null
  undone_at: Date | null
  undone_by_kind: Actor['kind'] | null
  undone_by: string | null
  undone_because: string | null
}

interface Grounds {
  operation_id: string
  method: OperationEntry['method']
  legal_basis: OperationEntry['legalBasis']
  evidence: OperationEntry['evidence']
  author_ids: string[]
  towards: string | null
}

/** Acts as every screen shows them, by id. */
export async function loadOperations(
  tx: WorkspaceTransaction,
  operationIds: readonly string[],
): Promise<Map<string, OperationEntry>> {
  if (operationIds.length === 0) return new Map()
  const ids = sql`any(${operationIds}::uuid[])`
  const all = async <One>(query: RawBuilder<One>) => (await query.execute(tx.sql)).rows
  const operations = await all(sql<Row>`
    select * from graph_operation where workspace_id = ${tx.workspaceId} and operation_id = ${ids}`)
  const persons = await all(sql<{ operation_id: string; person_id: string; name: string; erased: boolean }>`
    select c.operation_id, p.person_id, p.name, p.erased_at is not null as erased from graph_operation_person c
      join person p on p.workspace_id = c.workspace_id and p.person_id = c.person_id
    where c.workspace_id = ${tx.workspaceId} and c.operation_id = ${ids} order by p.person_id`)
  // Who is one person today was told apart then.
  const apart = await namesApart(tx, [...new Set(persons.map((row) => row.person_id))], await fieldSources(tx))
  const grounds = await all(sql<Grounds>`
    select operation_id, min(method) as method, min(legal_basis) as legal_basis,
      (array_agg(evidence order by link_id))[1] as evidence, array_agg(author_id order by link_id) as author_ids,
      (array_agg(person_id order by link_id))[1] as towards
    from person_link where workspace_id = ${tx.workspaceId} and operation_id = ${ids} group by operation_id
    union all
    select operation_id, min(method), min(legal_basis), (array_agg(evidence order by merge_id))[1], '{}', null
    from person_merge where workspace_id = ${tx.workspaceId} and operation_id = ${ids} group by operation_id`)
  const fields = await all(sql<{ operation_id: string; field: string; value: string | null }>`
    select operation_id, field, value from person_override
    where workspace_id = ${tx.workspaceId} and operation_id = ${ids} order by override_id`)
  const authors = await authorBriefs(
    tx,
    grounds.flatMap((row) => row.author_ids.slice(0, NAMED_AUTHORS_MAX)),
  )
  return new Map(
    operations.map((row) => {
      const ground = grounds.find((one) => one.operation_id === row.operation_id)
      const of = <One extends { operation_id: string }>(ones: One[]) =>
        ones.filter((one) => one.operation_id === row.operation_id)
      const authorIds = ground?.author_ids ?? []
      const entry: OperationEntry = {
        operationId: row.operation_id,
        kind: row.kind,
        at: row.done_at,
        by: { kind: row.done_by_kind, id: row.done_by },
        undone: undoneOf(row),
        persons: of(persons).map(({ person_id: personId, name, erased }) => ({
          personId,
          name: erased ? '' : (apart.get(personId) ?? name),
          erased,
        })),
        towards: ground?.towards ?? null,
        authors: authorIds.slice(0, NAMED_AUTHORS_MAX).flatMap((authorId) => authors.get(authorId) ?? []),
        authorCount: authorIds.length,
        method: ground?.method ?? null,
        legalBasis: ground?.legal_basis ?? null,
        evidence: ground?.evidence ?? {},
        fields: of(fields).map(({ field, value }) => ({ field, value })),
      }
      return [row.operation_id, entry]
    }),
  )
}

const undoneOf = (row: Row): OperationEntry['undone'] =>
  row.undone_at && {
    at: row.undone_at,
    by: { kind: row.undone_by_kind ?? 'system', id: row.undone_by },
    because: row.undone_because ?? '',
  }
