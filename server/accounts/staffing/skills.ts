import { createHash } from 'node:crypto'
import { sql } from 'kysely'
import type { WorkspaceTransaction } from '../../platform/database.ts'
import { Conflict, NotFound } from '../../platform/errors.ts'
import { newId } from '../../platform/ids.ts'

export interface Skills {
  languages: string[]
  products: string[]
}

/** Of every member who has some; absent: nobody said what they take, and they take anything. */
export async function skillsOfMembers(tx: WorkspaceTransaction): Promise<Map<string, Skills>> {
  const { rows } = await sql<{ member_id: string; kind: 'language' | 'product'; name: string }>`
    select m.member_id, s.kind, s.name from member_skill m
      join skill s on s.workspace_id = m.workspace_id and s.skill_id = m.skill_id
    where m.workspace_id = ${tx.workspaceId} order by s.name`.execute(tx.sql)
  const skills = new Map<string, Skills>()
  for (const { member_id, kind, name } of rows) {
    const of = skills.get(member_id) ?? { languages: [], products: [] }
    of[kind === 'language' ? 'languages' : 'products'].push(name)
    skills.set(member_id, of)
  }
  return skills
}

export interface Staffing extends Skills {
  capacity: number | null
}

export async function readStaffing(tx: WorkspaceTransaction, memberId: string): Promise<Staffing> {
  await requireMember(tx, memberId)
  return staffingOf(tx, memberId)
}

async function staffingOf(tx: WorkspaceTransaction, memberId: string): Promise<Staffing> {
  const row = await tx.sql
    .selectFrom('staffing')
    .select('capacity')
    .where('workspace_id', '=', tx.workspaceId)
    .where('member_id', '=', memberId)
    .executeTakeFirst()
  const skills = (await skillsOfMembers(tx)).get(memberId) ?? { languages: [], products: [] }
  return { ...skills, capacity: row?.capacity ?? null }
}

/** Of what stands there, in whatever order: whoever saves says what they had read. */
export const versionOf = ({ languages, products, capacity }: Staffing): string =>
  createHash('sha256')
    .update(JSON.stringify([languages.toSorted(), products.toSorted(), capacity]))
    .digest('base64url')

/** What a member can take from now on. A skill that nobody has any more is gone. Conflict when it is not what was read. */
export async function writeStaffing(
  tx: WorkspaceTransaction,
  memberId: string,
  { languages, products, capacity }: Staffing,
  against?: string,
): Promise<Staffing> {
  await requireMember(tx, memberId, true)
  const before = await staffingOf(tx, memberId)
  if (against !== undefined && against !== versionOf(before)) throw new Conflict('staffing-changed')
  await tx.sql
    .insertInto('staffing')
    .values({ workspace_id: tx.workspaceId, member_id: memberId, capacity })
    .onConflict((conflict) => conflict.columns(['workspace_id', 'member_id']).doUpdateSet({ capacity }))
    .execute()
  const wanted = [
    ...[...new Set(languages)].map((name) => ({ kind: 'language', name })),
    ...[...new Set(products)].map((name) => ({ kind: 'product', name })),
  ]
  await sql`
    insert into skill (workspace_id, skill_id, kind, name)
    select ${tx.workspaceId}, g.* from unnest(${wanted.map(newId)}::uuid[], ${wanted.map((skill) => skill.kind)}::text[],
      ${wanted.map((skill) => skill.name)}::text[]) as g
    on conflict (workspace_id, kind, name) do nothing`.execute(tx.sql)
  await sql`delete from member_skill where workspace_id = ${tx.workspaceId} and member_id = ${memberId}`.execute(tx.sql)
  await sql`
    insert into member_skill (workspace_id, member_id, skill_id)
    select s.workspace_id, ${memberId}, s.skill_id from skill s
      join unnest(${wanted.map((skill) => skill.kind)}::text[], ${wanted.map((skill) => skill.name)}::text[]) as g(kind, name)
        on g.kind = s.kind and g.name = s.name
    where s.workspace_id = ${tx.workspaceId}`.execute(tx.sql)
  await sql`
    delete from skill s where s.workspace_id = ${tx.workspaceId} and not exists (select from member_skill m
      where m.workspace_id = s.workspace_id and m.skill_id = s.skill_id)`.execute(tx.sql)
  tx.record({ type: 'member.staffing-changed', subjects: { memberId } })
  return staffingOf(tx, memberId)
}

/** Held where it is written to: of two who save at once the second sees what the first wrote. */
async function requireMember(tx: WorkspaceTransaction, memberId: string, held = false): Promise<void> {
  const row = await tx.sql
    .selectFrom('member')
    .select('member_id')
    .where('workspace_id', '=', tx.workspaceId)
    .where('member_id', '=', memberId)
    .$if(held, (query) => query.forNoKeyUpdate())
    .executeTakeFirst()
  if (!row) throw new NotFound('member-unknown')
}
