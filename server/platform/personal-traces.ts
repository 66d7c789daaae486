import { type RawBuilder, type SqlBool, sql } from 'kysely'
import type { WorkspaceTransaction } from './database.ts'
import { type DataSubject, type Eraser, ROWS_AT_ONCE } from './personal-data.ts'

/**
 * Words that name somebody in what others wrote: handles, addresses, numbers, full names. One word of letters ("berlin",
 * "Anna"), three characters or a short number (a year, a postcode) are ordinary words as well: they count only with an @
 * before them. Who is called like a city must not take it out of everybody's notes.
 */
const PLAIN_CHARACTERS_MIN = 4
const ORDINARY = /^(?:[\p{L}\p{M}]+|\d{1,5})$/u
/** A pattern of more is cut; nobody has so many names. */
const NAMES_MAX = 200
export const REMOVED = '[…]'
/** Matches nothing at all. */
const NOTHING = '(?!)'

/** A regular expression of PostgreSQL, to be used without regard to case. */
export function tracePattern(names: readonly string[]): string {
  const wanted = [...new Set(names.map((name) => name.trim()).filter(Boolean))]
    .sort((one, other) => other.length - one.length)
    .slice(0, NAMES_MAX)
  if (wanted.length === 0) return NOTHING
  const words = wanted.map((name) => {
    const bare = name.replace(/^@/, '')
    const literal = bare.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
    return bare.length >= PLAIN_CHARACTERS_MIN && !ORDINARY.test(bare) ? `@?${literal}` : `@${literal}`
  })
  return `(?<![\\w@.-])(?:${words.join('|')})(?![\\w-])`
}

const namedIn = (columns: readonly string[], pattern: string): RawBuilder<SqlBool> =>
  sql<SqlBool>`(${sql.join(
    columns.map((column) => sql`coalesce(t.${sql.ref(column)}::text ~* ${pattern}, false)`),
    sql` or `,
  )})`

/** By any name but the one that a row is about, which stands in all of it and names nobody. */
const namedBeside = (columns: readonly string[], about: string, names: readonly string[]): RawBuilder<SqlBool> => {
  const words = names.slice(0, NAMES_MAX)
  const patterns = words.map((name) => tracePattern([name]))
  return sql<SqlBool>`exists (select from unnest(${words}::text[], ${patterns}::text[]) as n (word, pattern)
    where lower(btrim(n.word, '@ ')) <> lower(btrim(t.${sql.ref(about)}, '@ ')) and (${sql.join(
      columns.map((column) => sql`coalesce(t.${sql.ref(column)}::text ~* n.pattern, false)`),
      sql` or `,
    )}))`
}

/**
 * Rows that came as they are and cannot be mended: whichever names them goes. `about`: the column that says what a row is
 * about; whoever is called like it is not named by that.
 */
export const deletedWhereNamed = (table: string, columns: readonly string[], about?: string): Eraser => {
  const named = ({ names }: DataSubject) =>
    about === undefined ? namedIn(columns, tracePattern(names)) : namedBeside(columns, about, names)
  return {
    how: 'deleted',
    count: (tx, subject) => countWhere(tx, table, named(subject)),
    step: async (tx, subject) => {
      const { numAffectedRows = 0n } = await sql`
        delete from ${sql.table(table)} where workspace_id = ${tx.workspaceId} and ctid = any(array(
          select t.ctid from ${sql.table(table)} t where t.workspace_id = ${tx.workspaceId}
            and ${named(subject)} limit ${ROWS_AT_ONCE}))`.execute(tx.sql)
      return Number(numAffectedRows)
    },
  }
}

/** The same for columns that can be empty: what stands in them goes, and the row stays. */
export const emptiedWhereNamed = (table: string, columns: readonly string[]): Eraser => ({
  how: 'emptied',
  count: (tx, subject) => countNamed(tx, table, columns, subject),
  step: async (tx, subject) => {
    const { numAffectedRows = 0n } = await sql`
      update ${sql.table(table)} t set ${sql.join(columns.map((column) => sql`${sql.ref(column)} = null`))}
      where t.workspace_id = ${tx.workspaceId} and ${namedIn(columns, tracePattern(subject.names))}`.execute(tx.sql)
    return Number(numAffectedRows)
  },
})

/** What others wrote stays without the words that name the subject. `json`: of these columns the text inside. */
export const wordsRemoved = (table: string, columns: readonly string[], json: readonly string[] = []): Eraser => ({
  how: 'words-removed',
  count: (tx, subject) => countNamed(tx, table, [...columns, ...json], subject),
  step: async (tx, subject) => {
    const pattern = tracePattern(subject.names)
    const every = [...columns, ...json]
    const { rows } = await sql<Record<string, string | null> & { place: string }>`
      select t.ctid::text as place, ${sql.join(every.map((column) => sql`t.${sql.ref(column)}::text as ${sql.ref(column)}`))}
      from ${sql.table(table)} t where t.workspace_id = ${tx.workspaceId} and ${namedIn(every, pattern)}
      limit ${ROWS_AT_ONCE} for update`.execute(tx.sql)
    let changed = 0
    for (const { place, ...row } of rows) {
      const left = every.map((column) => without(row[column] ?? null, pattern, json.includes(column)))
      if (every.every((column, at) => left[at] === row[column])) continue
      const set = every.map(
        (column, at) => sql`${sql.ref(column)} = ${left[at]}::${sql.raw(at < columns.length ? 'text' : 'jsonb')}`,
      )
      await sql`update ${sql.table(table)} set ${sql.join(set)}
        where workspace_id = ${tx.workspaceId} and ctid = ${place}::tid`.execute(tx.sql)
      changed++
    }
    return changed
  },
})

const JSON_STRING = /"(?:[^"\\]|\\.)*"/g

/** Of JSON only what stands in its strings: whoever is called like a part of its grammar must not break it. */
function without(text: string | null, pattern: string, isJson: boolean): string | null {
  const removed = (words: string) => words.replace(new RegExp(pattern, 'gi'), REMOVED)
  if (text === null || !isJson) return text === null ? null : removed(text)
  return text.replace(JSON_STRING, (written) => {
    const words: string = JSON.parse(written)
    const left = removed(words)
    return left === words ? written : JSON.stringify(left)
  })
}

const countNamed = (tx: WorkspaceTransaction, table: string, columns: readonly string[], subject: DataSubject) =>
  countWhere(tx, table, namedIn(columns, tracePattern(subject.names)))

async function countWhere(tx: WorkspaceTransaction, table: string, named: RawBuilder<SqlBool>): Promise<number> {
  const { rows } = await sql<{ rows: string }>`
    select count(*) as rows from ${sql.table(table)} t where t.workspace_id = ${tx.workspaceId} and ${named}`.execute(
    tx.sql,
  )
  return Number(rows[0]?.rows ?? 0)
}

/** First one, then the other; what is counted is the sum. */
export const oneAfterTheOther = (...erasers: [Eraser, ...Eraser[]]): Eraser => ({
  how: erasers[0].how,
  count: async (tx, subject) => {
    let rows = 0
    for (const eraser of erasers) rows += await eraser.count(tx, subject)
    return rows
  },
  step: async (tx, subject, services) => {
    for (const eraser of erasers) {
      const rows = await eraser.step(tx, subject, services)
      if (rows > 0) return rows
    }
    return 0
  },
})
