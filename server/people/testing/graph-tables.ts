import { type RawBuilder, sql } from 'kysely'
import type { WorkspaceTransaction } from '../../platform/database.ts'
import type { Reference } from './graph-reference.ts'

/** Ids of a workspace by label; both ways are asked. */
export class Labels {
  readonly ids = new Map<string, string>()
  readonly labels = new Map<string, string>()

  set(label: string, id: string): void {
    this.ids.set(label, id)
    this.labels.set(id, label)
  }
  id = (label: string): string => this.ids.get(label) ?? '00000000-0000-7000-8000-000000000000'
  label = (id: string | null): string | null => (id === null ? null : (this.labels.get(id) ?? `unknown ${id}`))
}

/** What every table of people says, ids as labels. Rows that were withdrawn say nothing. */
export interface Tables {
  persons: Record<string, { current: string | null; name: string; language: string | null; erased: boolean }>
  accounts: Record<string, { person: string | null; name: string | null; handle: string | null; past: string[] }>
  links: string[]
  merges: string[]
  overrides: string[]
  told: string[]
  notes: string[]
}

export async function readTables(tx: WorkspaceTransaction, labels: Labels): Promise<Tables> {
  const rows = async <Row>(query: RawBuilder<Row>): Promise<Row[]> => (await query.execute(tx.sql)).rows
  const { label } = labels
  const persons = await rows(sql<{
    person_id: string
    current_id: string
    name: string
    language: string | null
    erased: boolean
  }>`
    select person_id, current_id, name, language, erased_at is not null as erased from person`)
  const accounts = await rows(sql<{
    author_id: string
    person_id: string | null
    name: string | null
    handle: string | null
    past: string[]
  }>`
    select author_id, person_id, name, handle, array(select value from author_past p
      where p.author_id = author.author_id and attribute = 'name' order by seen_until) as past from author`)
  const links = await rows(sql<{ author_id: string; person_id: string | null; shared: boolean; method: string }>`
    select author_id, person_id, shared, method from person_link where withdrawn_at is null order by position`)
  const merges = await rows(sql<{ person_id: string; same_as: string }>`
    select person_id, same_as from person_merge where withdrawn_at is null`)
  const overrides = await rows(sql<{ person_id: string; field: string; value: string | null }>`
    select person_id, field, value from person_override where withdrawn_at is null order by position`)
  const told = await rows(sql<{ author_id: string; source: string; field: string; value: string }>`
    select author_id, source, field, value from author_field`)
  const notes = await rows(
    sql<{ person_id: string; note: string }>`select person_id, note from person where note <> ''`,
  )
  const lines = (all: (string | null | boolean)[][]) => all.map((line) => line.join(' '))
  return {
    persons: Object.fromEntries(
      persons.map(({ person_id, current_id, name, language, erased }) => [
        label(person_id),
        { current: label(current_id), name, language, erased },
      ]),
    ),
    accounts: Object.fromEntries(
      accounts.map(({ author_id, person_id, ...shown }) => [label(author_id), { person: label(person_id), ...shown }]),
    ),
    // In the order of each account's stack, whatever others did between.
    links: lines(links.map((row) => [label(row.author_id), row.shared, row.method, label(row.person_id)])),
    merges: lines(merges.map((row) => [label(row.person_id), label(row.same_as)])).toSorted(),
    overrides: lines(overrides.map((row) => [label(row.person_id), row.field, row.value])),
    told: lines(told.map((row) => [label(row.author_id), row.source, row.field, row.value])).toSorted(),
    notes: lines(notes.map((row) => [label(row.person_id), row.note])).toSorted(),
  }
}

/** The same, as the reference has it. */
export function tablesOf(reference: Reference): Tables {
  const standing = reference.standing()
  const linked = standing.flatMap(({ act, withdrawn }) => {
    const line = (author: string, person: string | null, shared = false, method = 'agent-confirmed') =>
      withdrawn.has(author) ? [] : [[author, shared, method, person].join(' ')]
    if (act.act === 'begin' || act.act === 'move') return line(act.author, act.person)
    if (act.act === 'link') return line(act.author, act.person, act.shared, act.method)
    if (act.act === 'cut') return line(act.author, null)
    return act.act === 'split' ? act.authors.flatMap((author) => line(author, act.person)) : []
  })
  const alive = <Row extends { person: string }>(rows: Row[]) =>
    rows.filter(({ person }) => !reference.erasedPersons.has(person))
  return {
    persons: Object.fromEntries(
      reference.persons.map((person) => [
        person,
        {
          current: reference.current(person),
          name: reference.field(person, 'name') ?? '',
          language: reference.field(person, 'language'),
          erased: reference.erasedPersons.has(person),
        },
      ]),
    ),
    accounts: Object.fromEntries(
      [...reference.accounts].map(([author, { name, handle, past, contact }]) => [
        author,
        { person: reference.holder(author), name, handle: contact ? null : handle, past },
      ]),
    ),
    links: linked,
    merges: standing
      .flatMap(({ act }) =>
        act.act === 'merge' ? act.persons.slice(1).map((person, index) => `${act.persons[index]} ${person}`) : [],
      )
      .toSorted(),
    overrides: alive(
      standing.flatMap(({ act }) => {
        if (act.act === 'field') return [{ person: act.person, line: [act.person, act.field, act.value].join(' ') }]
        if (act.act === 'begin' && act.name !== null)
          return [{ person: act.person, line: [act.person, 'name', act.name].join(' ') }]
        return []
      }),
    ).map(({ line }) => line),
    told: reference.told.map((one) => [one.author, one.source, one.field, one.value].join(' ')).toSorted(),
    notes: alive(reference.notes)
      .map(({ person, text }) => `${person} ${text}`)
      .toSorted(),
  }
}
