import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createLog } from './log.ts'
import { createTestDatabase, type TestDatabase } from './testing/database.ts'

let test: TestDatabase
beforeAll(async () => {
  test = await createTestDatabase()
})
afterAll(() => test.close())

const lineOf = (fields: object): string => {
  const lines: string[] = []
  createLog('info', { write: (line) => void lines.push(line) }).error(fields, 'failed')
  return lines.join('')
}

describe('the log', () => {
  it('tells which rule of the database was broken, and quotes no row', async () => {
    // Tables under row-level security are quoted to nobody; those of the installation are.
    const insert = () =>
      sql`insert into system.auth_user (id, name, email) values (gen_random_uuid(), 'K', 'karla@example.org')`.execute(
        test.database.system,
      )
    await insert()
    const broken = await insert().catch((error: unknown) => error)
    expect(JSON.stringify(broken)).toContain('karla@example.org')
    const line = lineOf({ err: broken })
    expect(line).not.toContain('karla@example.org')
    expect(JSON.parse(line).err).toMatchObject({ code: '23505', table: 'auth_user' })
  })

  it('writes no passwords, tokens or credentials, also one level below', () => {
    const line = lineOf({ password: 'hunter2', source: { credentials: 'app-pass' }, link: { token: 'abc123' } })
    expect(line).not.toMatch(/hunter2|app-pass|abc123/)
  })
})
