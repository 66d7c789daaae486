import { readFileSync } from 'node:fs'
import path from 'node:path'
import { parse } from 'csv-parse/sync'
import { dataFolder } from '../scripts/data-folder.ts'
import type { Field, LinkageRecord } from '../server/linkage/index.ts'
import { PERSON_FIELDS, personRows } from './identity-persons.ts'

/** A set with its columns declared, as a user of ours would declare them, and who is who. */
export interface IdentitySet {
  readonly name: string
  readonly fields: readonly Field[]
  readonly records: readonly LinkageRecord[]
  readonly truth: readonly string[]
  /** Of each record its table, where two tables without duplicates are linked. */
  readonly tables?: Uint8Array
}

type Row = Record<string, string>

const rowsOf = (folder: string, file: string, delimiter = ','): Row[] =>
  parse(readFileSync(path.join(folder, 'entity_resolution', file), 'utf8'), {
    columns: true,
    delimiter,
    trim: true,
    relax_quotes: true,
    relax_column_count: true,
    bom: true,
  }) as Row[]

/** The public sets, empty where the folder of public data is absent. */
export function publicSets(): IdentitySet[] {
  const folder = dataFolder()
  if (!folder) return []
  return [
    febrl(folder, 'FEBRL1', 'dataset1.csv'),
    febrl(folder, 'FEBRL2', 'dataset2.csv'),
    febrl(folder, 'FEBRL3', 'dataset3.csv'),
    fake1000(folder),
    childCare(folder),
    papers(folder),
  ]
}

/** Christen's generated persons; `rec-12-dup-3` is a copy of `rec-12-org`. */
function febrl(folder: string, name: string, file: string): IdentitySet {
  const records = rowsOf(folder, `febrl/${file}`)
  return {
    name,
    records,
    fields: [
      { name: 'given_name', kind: 'given-name' },
      { name: 'surname', kind: 'surname' },
      { name: 'street_number', kind: 'house-number' },
      { name: 'address_1', kind: 'address' },
      { name: 'address_2', kind: 'address' },
      { name: 'suburb', kind: 'city' },
      { name: 'postcode', kind: 'postcode' },
      { name: 'state', kind: 'region' },
      { name: 'date_of_birth', kind: 'birth-date' },
      { name: 'soc_sec_id', kind: 'identifier' },
    ],
    truth: records.map(({ rec_id = '' }) => rec_id.split('-')[1] ?? rec_id),
  }
}

function fake1000(folder: string): IdentitySet {
  const records = rowsOf(folder, 'splink/fake_1000.csv')
  return {
    name: 'fake_1000',
    records,
    fields: [
      { name: 'first_name', kind: 'given-name' },
      { name: 'surname', kind: 'surname' },
      { name: 'dob', kind: 'birth-date' },
      { name: 'city', kind: 'city' },
      { name: 'email', kind: 'mail' },
    ],
    truth: records.map(({ cluster = '' }) => cluster),
  }
}

/** Sites of early-childhood care from many lists. */
function childCare(folder: string): IdentitySet {
  const records = rowsOf(folder, 'dedupe/csv_example_input_with_true_ids.csv')
  return {
    name: 'dedupe example',
    records,
    fields: [
      { name: 'Site name', kind: 'organisation' },
      { name: 'Address', kind: 'address' },
      { name: 'Zip', kind: 'postcode' },
      { name: 'Phone', kind: 'phone' },
    ],
    truth: records.map((row) => row['True Id'] ?? ''),
  }
}

/** Two tables without duplicates in either; `gt.csv` pairs their row numbers. */
function papers(folder: string): IdentitySet {
  const [dblp, acm] = [rowsOf(folder, 'dblp_acm/dblp.csv', '%'), rowsOf(folder, 'dblp_acm/acm.csv', '%')]
  const partners = new Map(rowsOf(folder, 'dblp_acm/gt.csv', '%').map(({ D1 = '', D2 = '' }) => [D2, D1]))
  return {
    name: 'DBLP-ACM',
    records: [...dblp, ...acm],
    fields: [
      { name: 'title', kind: 'title' },
      { name: 'authors', kind: 'person-list' },
      { name: 'venue', kind: 'organisation' },
      { name: 'year', kind: 'year' },
    ],
    truth: [
      ...dblp.map(({ id = '' }) => `dblp ${id}`),
      ...acm.map(({ id = '' }) => {
        const partner = partners.get(id)
        return partner === undefined ? `acm ${id}` : `dblp ${partner}`
      }),
    ],
    tables: Uint8Array.from([...dblp.map(() => 0), ...acm.map(() => 1)]),
  }
}

const PERSON_KINDS: Record<(typeof PERSON_FIELDS)[number], Field['kind']> = {
  given: 'given-name',
  surname: 'surname',
  street: 'address',
  postcode: 'postcode',
  city: 'city',
  birthDate: 'birth-date',
  phone: 'phone',
  mail: 'mail',
}
export const PERSON_SCHEMA: readonly Field[] = PERSON_FIELDS.map((name) => ({ name, kind: PERSON_KINDS[name] }))

/** Persons with errors in every field, from the same generator as the million: columns that nothing was chosen on. */
export function generatedPersons(count: number, seed: number): IdentitySet {
  const rows = personRows(count, seed)
  return {
    name: `persons ${count}`,
    fields: PERSON_SCHEMA,
    records: Array.from({ length: count }, (_, at) =>
      Object.fromEntries(PERSON_FIELDS.map((name) => [name, rows[name][at] ?? ''])),
    ),
    truth: Array.from(rows.truth, String),
  }
}
