import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { dataRegister } from '../../modules.ts'
import { columnsIn, OF_THE_MACHINE } from '../../platform/personal-data.ts'
import { createTestDatabase, queryAsAdmin, type TestDatabase } from '../../platform/testing/database.ts'
import { exportedTables } from '../access/collecting.ts'
import { COLUMN_LABELS } from '../access/column-labels.ts'
import { TABLE_LABELS } from '../access/labels.ts'
import { CODE_COLUMNS, VALUE_WORDS } from '../access/value-words.ts'
import { RECORD_TABLES } from '../records/table-labels.ts'
import { declaredColumns, erasureOrder, isPersonal, personalTables } from './register.ts'

/** The register is compared with the database as the migrations make it: whoever adds a column says what it holds. */
let test: TestDatabase
const real = new Map<string, Set<string>>()
beforeAll(async () => {
  test = await createTestDatabase()
  const rows = await queryAsAdmin<{ table: string; column: string }>(
    test.admin,
    `select case when n.nspname = 'public' then c.relname else n.nspname || '.' || c.relname end as table, a.attname as column
     from pg_attribute a join pg_class c on c.oid = a.attrelid join pg_namespace n on n.oid = c.relnamespace
     where c.relkind in ('r', 'p') and n.nspname in ('public', 'system') and a.attnum > 0 and not a.attisdropped`,
  )
  for (const { table, column } of rows) real.set(table, (real.get(table) ?? new Set()).add(column))
})
afterAll(() => test?.close())

const register = dataRegister()

describe('the register of personal data', () => {
  it('declares every table, once', () => {
    const declared = register.map(({ table }) => table)
    expect([...real.keys()].filter((table) => !declared.includes(table))).toEqual([])
    expect(declared.filter((table) => !real.has(table))).toEqual([])
    expect(declared.filter((table, index) => declared.indexOf(table) !== index)).toEqual([])
  })

  it('declares every column, once', () => {
    const faults = register.flatMap((declaration) => {
      const declared = declaredColumns(declaration)
      const columns = real.get(declaration.table) ?? new Set()
      const missing = [...columns].filter((column) => !declared.includes(column))
      const unknown = declared.filter((column) => !columns.has(column))
      const twice = declared.filter((column, index) => declared.indexOf(column) !== index)
      return [
        ...missing.map((column) => `${declaration.table}.${column} is not declared`),
        ...unknown.map((column) => `${declaration.table}.${column} does not exist`),
        ...twice.map((column) => `${declaration.table}.${column} is declared twice`),
      ]
    })
    expect(faults).toEqual([])
  })

  it('hands out and erases everything that is personal', () => {
    for (const table of personalTables(register)) {
      expect(columnsIn(table.personal), table.table).not.toEqual([])
      expect(typeof table.erase.step, table.table).toBe('function')
      if (typeof table.export !== 'function')
        expect(personalTables(register).map(({ table }) => table)).toContain(table.export.within)
    }
  })

  it('calls everything that is handed out by a name that people understand', () => {
    expect(exportedTables(register).filter(({ table }) => !TABLE_LABELS[table])).toEqual([])
  })

  it('puts every code that is handed out into words', async () => {
    const checks = await queryAsAdmin<{ table: string; column: string; codes: string[] }>(
      test.admin,
      `select c.conrelid::regclass::text as table, a.attname as column,
         array(select m[1] from regexp_matches(pg_get_constraintdef(c.oid), '''([a-z][a-z-]*)''', 'g') m) as codes
       from pg_constraint c join pg_attribute a on a.attrelid = c.conrelid and a.attnum = c.conkey[1]
       where c.contype = 'c' and array_length(c.conkey, 1) = 1 and pg_get_constraintdef(c.oid) like '%ARRAY[%'`,
    )
    const shown = new Set(
      exportedTables(register).flatMap(({ table, personal, columns }) =>
        [personal, columns.state]
          .flatMap(columnsIn)
          .filter((column) => !OF_THE_MACHINE.has(column))
          .map((column) => `${table}.${column}`),
      ),
    )
    const coded = checks.filter(({ table, column }) => shown.has(`${table}.${column}`))
    expect(coded.length).toBeGreaterThan(20)
    const wordless = coded.flatMap(({ table, column, codes }) =>
      CODE_COLUMNS.has(column) || CODE_COLUMNS.has(`${table}.${column}`)
        ? codes
            .filter((code) => !VALUE_WORDS[`${column}:${code}`] && !VALUE_WORDS[code])
            .map((code) => `${column}:${code}`)
        : [`${table}.${column}`],
    )
    expect(wordless).toEqual([])
  })

  it('calls every table and field of the record of processing by a name that people understand', () => {
    const tables = personalTables(register)
    expect(
      tables.filter(({ table }) => !RECORD_TABLES[table.split('.').at(-1) ?? '']).map(({ table }) => table),
    ).toEqual([])
    const fields = tables.flatMap(({ table, personal }) =>
      columnsIn(personal)
        .filter((column) => !OF_THE_MACHINE.has(column) && !COLUMN_LABELS[column])
        .map((column) => `${table}.${column}`),
    )
    expect(fields).toEqual([])
  })

  it('leaves no text without saying whose it is: what is plain holds ids, times, states, counts or our own words', () => {
    const words = register.filter((declaration) => !isPersonal(declaration) && !('personal' in declaration))
    const suspicious = words.flatMap(({ table, columns }) =>
      columnsIn(columns.setting)
        .filter((column) => /mail|phone|handle|person|author_?name|note|text$/.test(column))
        .map((column) => `${table}.${column}`),
    )
    expect(suspicious.sort()).toEqual(OUR_OWN_WORDS)
  })

  it('erases identities and persons last, because everything else is found by them', () => {
    expect(
      erasureOrder(register)
        .map(({ table }) => table)
        .slice(-2),
    ).toEqual(['person', 'author'])
  })
})

const OUR_OWN_WORDS = ['macro.text', 'proof_setting.phone_countries', 'routing_version.note']
