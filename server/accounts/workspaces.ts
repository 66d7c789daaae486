import { sql } from 'kysely'
import { SETTINGS_DEFAULTS, type WorkspaceColour } from '../../contract/accounts-workspaces.ts'
import type { Sql, WorkspaceTransaction } from '../platform/database.ts'
import { Conflict, NotFound } from '../platform/errors.ts'
import { SYSTEM } from '../platform/events.ts'
import { newId } from '../platform/ids.ts'
import type { Services } from '../platform/services.ts'
import { findUser } from './users.ts'

const SLUG_CHARACTERS_MAX = 40
const SLUG_TRIES = 50

export type WorkspaceKind = 'small-team' | 'care-desk' | 'agency' | 'listen-only'

export interface WorkspaceSettings {
  retentionDays: number
  reopenDays: number
  secondFactor: boolean
  /** Accounts that belong to no person are shown by a pseudonym to those without authors.identify. */
  pseudonymous: boolean
  colour: WorkspaceColour | null
}

export interface NewWorkspace {
  name: string
  brand: string
  kind: WorkspaceKind
  languages: string[]
  timeZone: string
}

export interface Workspace extends NewWorkspace {
  workspaceId: string
  slug: string
  mode: 'live' | 'drill'
  settings: WorkspaceSettings
}

export async function createWorkspace(
  services: Services,
  ownerUserId: string,
  input: NewWorkspace,
): Promise<{ workspaceId: string; slug: string; memberId: string }> {
  const owner = await findUser(services, { userId: ownerUserId })
  if (!owner) throw new NotFound('user-unknown')
  const workspaceId = newId()
  const memberId = newId()
  const slug = await takeSlug(services.database.system, workspaceId, input.name)
  await services.database.inWorkspace(workspaceId, { kind: 'member', id: memberId }, async (tx) => {
    await tx.sql
      .insertInto('workspace')
      .values({
        workspace_id: workspaceId,
        name: input.name,
        brand: input.brand,
        kind: input.kind,
        languages: input.languages,
        time_zone: input.timeZone,
        settings: JSON.stringify(SETTINGS_DEFAULTS),
      })
      .execute()
    await tx.sql
      .insertInto('member')
      .values({
        workspace_id: workspaceId,
        member_id: memberId,
        user_id: ownerUserId,
        name: owner.name,
        email: owner.email,
        role: 'owner',
        sign_off: signOffOf(owner.name),
      })
      .execute()
    tx.record({ type: 'workspace.created', subjects: { workspaceId, memberId }, codes: { kind: input.kind } })
  })
  return { workspaceId, slug, memberId }
}

/**
 * A workspace that practises, set up as another: in mode drill from its first statement on, and in the directory not before,
 * so it is never without its fence. `fill` runs in the same transaction.
 */
export async function createSandbox(
  services: Services,
  homeId: string,
  workspaceId: string,
  fill: (tx: WorkspaceTransaction) => Promise<void>,
): Promise<string> {
  const home = await services.database.inWorkspace(homeId, SYSTEM, readWorkspace)
  return services.database.inWorkspace(workspaceId, SYSTEM, async (tx) => {
    const slug = await takeSlug(tx.sql, workspaceId, `${home.slug} drill`)
    await tx.sql
      .insertInto('workspace')
      .values({
        workspace_id: workspaceId,
        name: home.name,
        brand: home.brand,
        kind: home.kind,
        mode: 'drill',
        languages: home.languages,
        time_zone: home.timeZone,
        settings: JSON.stringify(home.settings),
      })
      .execute()
    await fill(tx)
    return slug
  })
}

/** Initials, as care teams sign: "Anna Berg" signs ^AB. */
export const signOffOf = (name: string): string => {
  const words = name.split(/\s+/).filter(Boolean)
  const initials = `${words[0]?.[0] ?? ''}${words.length > 1 ? (words.at(-1)?.[0] ?? '') : ''}`
  return initials ? `^${initials.toUpperCase()}` : ''
}

async function takeSlug(connection: Sql, workspaceId: string, name: string): Promise<string> {
  const base = slugOf(name)
  for (let attempt = 1; attempt <= SLUG_TRIES; attempt++) {
    const slug = attempt === 1 ? base : `${base}-${attempt}`
    const taken = await connection
      .insertInto('system.workspace')
      .values({ id: workspaceId, slug })
      .onConflict((conflict) => conflict.doNothing())
      .returning('slug')
      .executeTakeFirst()
    if (taken) return slug
  }
  throw new Conflict('workspace-name-taken', { name })
}

function slugOf(name: string): string {
  const plain = name
    .replace(/ß/g, 'ss')
    .replace(/ä/gi, 'ae')
    .replace(/ö/gi, 'oe')
    .replace(/ü/gi, 'ue')
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
  return (
    plain
      .replace(/[^a-z0-9]+/g, '-')
      .slice(0, SLUG_CHARACTERS_MAX)
      .replace(/^-+|-+$/g, '') || 'workspace'
  )
}

export async function readWorkspace(tx: WorkspaceTransaction): Promise<Workspace> {
  const row = await tx.sql
    .selectFrom('workspace')
    .selectAll()
    .where('workspace_id', '=', tx.workspaceId)
    .executeTakeFirst()
  const directory = await tx.sql
    .selectFrom('system.workspace')
    .select('slug')
    .where('id', '=', tx.workspaceId)
    .executeTakeFirst()
  if (!row || !directory) throw new NotFound('workspace-unknown')
  return {
    workspaceId: row.workspace_id,
    slug: directory.slug,
    name: row.name,
    brand: row.brand,
    kind: row.kind as WorkspaceKind,
    mode: row.mode as Workspace['mode'],
    languages: row.languages,
    timeZone: row.time_zone,
    settings: { ...SETTINGS_DEFAULTS, ...(row.settings as Partial<WorkspaceSettings>) },
  }
}

export async function updateWorkspace(
  tx: WorkspaceTransaction,
  change: Partial<NewWorkspace> & { settings?: Partial<WorkspaceSettings> | undefined },
): Promise<Workspace> {
  const { settings, timeZone, ...rest } = change
  await tx.sql
    .updateTable('workspace')
    .set({
      ...rest,
      ...(timeZone ? { time_zone: timeZone } : {}),
      ...(settings ? { settings: sql`settings || ${JSON.stringify(settings)}::jsonb` } : {}),
    })
    .where('workspace_id', '=', tx.workspaceId)
    .execute()
  tx.record({
    type: 'workspace.changed',
    subjects: { workspaceId: tx.workspaceId },
    codes: { fields: Object.keys(change).join(',') },
  })
  return readWorkspace(tx)
}

/** Every workspace of the installation: for loops that serve all of them. Ids only. */
export async function listWorkspaceIds(services: Services): Promise<string[]> {
  const rows = await services.database.system.selectFrom('system.workspace').select('id').orderBy('id').execute()
  return rows.map((row) => row.id)
}

/** By slug, id or exact name: what a person types after --workspace. */
export async function findWorkspaceId(services: Services, words: string): Promise<string | null> {
  const directory = await services.database.system.selectFrom('system.workspace').select(['id', 'slug']).execute()
  const direct = directory.find((entry) => entry.id === words || entry.slug === words || entry.slug === slugOf(words))
  if (direct) return direct.id
  for (const { id } of directory) {
    const named = await services.database.inWorkspace(id, { kind: 'system', id: null }, (tx) =>
      tx.sql.selectFrom('workspace').select('name').executeTakeFirst(),
    )
    if (named?.name.toLowerCase() === words.toLowerCase()) return id
  }
  return null
}
