import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { newId } from './platform/ids.ts'
import { queryAsAdmin } from './platform/testing/database.ts'
import { createTestApp, type TestApp } from './testing/app.ts'

/** What the server could do to the data if somebody made it run queries of their own. */
let app: TestApp
beforeAll(async () => {
  app = await createTestApp()
})
afterAll(() => app.close())

const catalogue = <Row extends Record<string, unknown>>(text: string) => queryAsAdmin<Row>(app.test.admin, text)
const asServer = (text: string) =>
  app.services.database.inWorkspace(app.workspace.workspaceId, { kind: 'system', id: null }, (tx) =>
    sql.raw(text).execute(tx.sql),
  )

describe('the database', () => {
  it('ties rows to rows of the same workspace only', async () => {
    const crossing = await catalogue(`
      select conrelid::regclass::text as "table", conname from pg_constraint
      where contype = 'f' and connamespace = 'public'::regnamespace
        and not exists (select from unnest(conkey, confkey) as k(own, other)
          join pg_attribute a on a.attrelid = conrelid and a.attnum = k.own and a.attname = 'workspace_id'
          join pg_attribute b on b.attrelid = confrelid and b.attnum = k.other and b.attname = 'workspace_id')`)
    expect(crossing).toEqual([])
  })

  it('makes ids unique within a workspace, so that a taken one tells nothing of another workspace', async () => {
    const across = await catalogue<{ name: string }>(`
      select i.relname as name from pg_index x join pg_class i on i.oid = x.indexrelid join pg_class t on t.oid = x.indrelid
      where x.indisunique and t.relnamespace = 'public'::regnamespace and t.relname <> 'migration'
        and not exists (select from pg_attribute a where a.attrelid = t.oid and a.attnum = any(x.indkey::int2[]) and a.attname = 'workspace_id')
      order by 1`)
    // Hashes of 192 random bits and more, looked up before a workspace is known.
    expect(across.map(({ name }) => name)).toEqual([
      'api_key_hash',
      'approval_guest_token_hash_key',
      'invitation_token',
    ])
  })

  it('runs a function with other rights than the caller’s only with a fixed path, under a role that can log in nowhere near', async () => {
    const functions = await catalogue<{ name: string; path: string | null; owner: string; open: boolean }>(`
      select p.oid::regprocedure::text as name, array_to_string(p.proconfig, ',') as path, pg_get_userbyid(p.proowner) as owner,
        exists (select from aclexplode(coalesce(p.proacl, acldefault('f', p.proowner))) g where g.grantee = 0) as open
      from pg_proc p where p.prosecdef and p.pronamespace in ('public'::regnamespace, 'system'::regnamespace)`)
    expect(functions.length).toBeGreaterThan(10)
    for (const { name, path, owner, open } of functions) {
      expect([name, path]).toEqual([name, expect.stringMatching(/^search_path=(public|pg_catalog), pg_temp$/)])
      expect([name, open]).toEqual([name, false])
      expect(['rapport_system', 'rapport_eraser', 'rapport_jobs']).toContain(owner)
    }
  })

  it('lets those functions see ids, times and words across workspaces, but no content and no secrets', async () => {
    const columns = await catalogue<{ name: string }>(`
      select distinct table_name || '.' || column_name as name from information_schema.column_privileges
      where grantee in ('rapport_system', 'rapport_eraser') and table_schema = 'public' and privilege_type = 'SELECT'
        and column_name in ('text', 'title', 'raw', 'content', 'written', 'password', 'note', 'bio') order by 1`)
    // delivery.text, its title and event_content: rows are taken by a lease or deleted; what the functions return is ids.
    expect(columns.map(({ name }) => name)).toEqual(['delivery.text', 'delivery.title', 'event_content.content'])
    const returned = await catalogue<{ name: string }>(`
      select unnest(p.proargnames) as name from pg_proc p where p.prosecdef and p.pronamespace = 'system'::regnamespace`)
    expect(
      returned.map(({ name }) => name).filter((name) => /text|content|title|password|secret|raw/.test(name ?? '')),
    ).toEqual([])
  })

  it('gives the server no way to empty, alter or watch tables', async () => {
    const rights = await catalogue(`
      select table_schema, table_name, privilege_type from information_schema.table_privileges
      where grantee in ('rapport_app', 'PUBLIC') and table_schema in ('public', 'system')
        and privilege_type in ('TRUNCATE', 'TRIGGER', 'REFERENCES', 'MAINTAIN')`)
    expect(rights).toEqual([])
    for (const text of [
      'truncate event',
      'truncate event_content',
      'alter table event disable row level security',
      'drop policy workspace on event',
      'create function public.trap() returns int language sql as $$ select 1 $$',
      'set local role rapport_eraser',
      'set local role rapport_system',
      'set local session_replication_role = replica',
    ])
      await expect(asServer(text)).rejects.toThrow(/permission denied|must be owner/)
  })

  it('takes no event that belongs to another workspace', async () => {
    const other = await app.createWorkspace('Südwind')
    const forged = `insert into event (workspace_id, position, event_id, at, type, actor_kind) values ('${other.workspaceId}', 999, '${newId()}', now(), 'forged.event', 'system')`
    await expect(asServer(forged)).rejects.toThrow(/row-level security/)
  })
})
