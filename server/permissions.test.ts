import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { contract } from '../contract/index.ts'
import { type Allow, PERMISSIONS, ROLE_PERMISSIONS, ROLES } from '../contract/permissions.ts'
import { modules } from './modules.ts'
import { queryAsAdmin } from './platform/testing/database.ts'
import { createTestApp, type TestApp, type TestMember } from './testing/app.ts'

interface Procedure {
  path: string
  allow: Allow
}

/** Every procedure of the contract, with what it allows. */
function proceduresIn(node: unknown, path: string[] = []): Procedure[] {
  if (typeof node !== 'object' || node === null) return []
  const definition = (node as { '~orpc'?: { meta?: { allow?: Allow } } })['~orpc']
  if (definition) return [{ path: path.join('.'), allow: definition.meta?.allow as Allow }]
  return Object.entries(node).flatMap(([name, child]) => proceduresIn(child, [...path, name]))
}

const procedures = proceduresIn(contract)
const inWorkspace = procedures.filter(
  ({ allow }) => !['public', 'signed-in', 'installation', 'customer'].includes(allow),
)
const codeOf = (answer: { body: unknown }) => (answer.body as { data?: { code?: string } } | undefined)?.data?.code

let app: TestApp
let foreign: { workspaceId: string; owner: TestMember }
const members = new Map<string, TestMember>()

beforeAll(async () => {
  app = await createTestApp()
  foreign = await app.createWorkspace('Südwind')
  for (const role of ROLES)
    members.set(role, role === 'owner' ? app.workspace.owner : await app.join(app.workspace.workspaceId, role))
})
afterAll(() => app.close())

describe('every procedure', () => {
  it('is implemented, and states a permission that exists', () => {
    const known = new Set<string>([...PERMISSIONS, 'public', 'signed-in', 'installation', 'customer'])
    expect(procedures.filter(({ allow }) => !known.has(allow))).toEqual([])
    const implemented = modules.flatMap((module) => proceduresIn(module.router, [module.name])).map(({ path }) => path)
    expect(implemented.sort()).toEqual(procedures.map(({ path }) => path).sort())
  })

  it.each(procedures.filter(({ allow }) => allow !== 'public'))(
    '$path refuses who has not signed in',
    async ({ path }) => {
      expect((await app.call(path, {}, { workspaceId: app.workspace.workspaceId })).status).toBe(401)
    },
  )

  it.each(inWorkspace)('$path does not exist for the owner of another workspace', async ({ path }) => {
    const answer = await app.call(path, {}, { cookie: foreign.owner.cookie, workspaceId: app.workspace.workspaceId })
    expect([answer.status, codeOf(answer)]).toEqual([404, 'workspace-unknown'])
  })

  for (const role of ROLES) {
    it.each(inWorkspace)(`$path obeys the permissions of ${role}`, async ({ path, allow }) => {
      const allowed = ROLE_PERMISSIONS[role].some((permission) => permission === allow)
      const answer = await app.call(
        path,
        {},
        { cookie: members.get(role)?.cookie ?? '', workspaceId: app.workspace.workspaceId },
      )
      if (allowed)
        expect([401, 'permission-missing', 'workspace-unknown']).not.toContain(
          answer.status === 401 ? 401 : codeOf(answer),
        )
      else expect([answer.status, codeOf(answer)]).toEqual([403, 'permission-missing'])
    })
  }

  it.each(procedures.filter(({ allow }) => allow === 'customer'))(
    '$path is for a visit of a customer, and for no member whatever their role',
    async ({ path }) => {
      for (const role of ROLES) {
        const cookie = members.get(role)?.cookie ?? ''
        const answer = await app.call(path, {}, { cookie, workspaceId: app.workspace.workspaceId })
        expect([answer.status, codeOf(answer)]).toEqual([401, 'visit-ended'])
      }
    },
  )

  it.each(procedures.filter(({ allow }) => allow === 'installation'))(
    '$path is for administrators of the installation',
    async ({ path }) => {
      const answer = await app.call(path, {}, { cookie: members.get('admin')?.cookie ?? '' })
      expect([answer.status, codeOf(answer)]).toEqual([403, 'installation-admins-only'])
    },
  )
})

describe('row-level security', () => {
  it('is forced on every table with a workspace, for the role that the server uses', async () => {
    const open = await queryAsAdmin(
      app.test.admin,
      `select c.relname from pg_class c join pg_namespace n on n.oid = c.relnamespace
       where n.nspname = 'public' and c.relkind in ('r', 'p') and c.relname <> 'migration'
         and (not c.relrowsecurity or not c.relforcerowsecurity
           or not exists (select from pg_attribute a where a.attrelid = c.oid and a.attname = 'workspace_id' and a.attnum = 1)
           or not exists (select from pg_policies p where p.tablename = c.relname and 'rapport_app' = any(p.roles)))`,
    )
    expect(open).toEqual([])
  })

  it('has no view that would run past it', async () => {
    const views = await queryAsAdmin(
      app.test.admin,
      `select c.relname from pg_class c join pg_namespace n on n.oid = c.relnamespace where n.nspname = 'public' and c.relkind in ('v', 'm') and not coalesce('security_invoker=true' = any(c.reloptions), false)`,
    )
    expect(views).toEqual([])
  })

  it('hides, keeps and refuses rows of another workspace from raw queries', async () => {
    const mine = app.workspace.workspaceId
    await app.services.database.inWorkspace(mine, { kind: 'system', id: null }, async (tx) => {
      const seen = await sql<{ workspace_id: string }>`select distinct workspace_id from member`.execute(tx.sql)
      expect(seen.rows.map((row) => row.workspace_id)).toEqual([mine])
      const reached =
        await sql`update member set name = 'Mallory' where workspace_id = ${foreign.workspaceId} returning 1`.execute(
          tx.sql,
        )
      expect(reached.rows).toEqual([])
      const gone = await sql`delete from member where workspace_id = ${foreign.workspaceId} returning 1`.execute(tx.sql)
      expect(gone.rows).toEqual([])
    })
    const intrude = app.services.database.inWorkspace(mine, { kind: 'system', id: null }, (tx) =>
      sql`insert into team (workspace_id, team_id, name) values (${foreign.workspaceId}, gen_random_uuid(), 'Intruders')`.execute(
        tx.sql,
      ),
    )
    await expect(intrude).rejects.toThrow(/row-level security/)
  })

  it('shows nothing to a query outside a workspace transaction', async () => {
    const tables = await queryAsAdmin<{ relname: string }>(
      app.test.admin,
      `select c.relname from pg_class c join pg_namespace n on n.oid = c.relnamespace where n.nspname = 'public' and c.relkind = 'r' and c.relname <> 'migration'`,
    )
    for (const { relname } of tables) {
      const { rows } = await sql<{ count: string }>`select count(*) from ${sql.table(relname)}`.execute(
        app.services.database.system,
      )
      expect([relname, rows[0]?.count]).toEqual([relname, '0'])
    }
  })

  it('does not let the server change or delete what was recorded', async () => {
    const change = (text: string) =>
      app.services.database.inWorkspace(app.workspace.workspaceId, { kind: 'system', id: null }, (tx) =>
        sql.raw(text).execute(tx.sql),
      )
    await expect(change(`update event set type = 'nothing'`)).rejects.toThrow(/permission denied/)
    await expect(change('delete from event')).rejects.toThrow(/permission denied/)
    await expect(change('delete from event_content')).rejects.toThrow(/permission denied/)
    await expect(change('set local row_security = off; select * from event')).rejects.toThrow()
  })
})
