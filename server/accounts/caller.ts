import { sql } from 'kysely'
import { WORKSPACE_COLOURS, type WorkspaceColour } from '../../contract/accounts-workspaces.ts'
import type { Permission, Role } from '../../contract/permissions.ts'
import { TooMany, Unauthenticated } from '../platform/errors.ts'
import { SYSTEM } from '../platform/events.ts'
import type { Caller } from '../platform/procedures.ts'
import { takeToken } from '../platform/rate-limit.ts'
import type { Services } from '../platform/services.ts'
import { type Powers, powersOf, powersOfKey } from './roles/reading-reach.ts'
import { ADDRESS_HEADER, signInOf } from './sign-in.ts'
import { hashToken } from './tokens.ts'

/** Id or slug of the workspace that the request is about. Event streams cannot send headers: they use ?workspace=. */
export const WORKSPACE_HEADER = 'x-rapport-workspace'
const CALLS_PER_KEY = { capacity: 600, perSeconds: 60 }
/** How exactly it is written down when a key was last used. */
const USE_NOTED = { capacity: 1, perSeconds: 60 }

export interface Membership {
  workspaceId: string
  slug: string
  name: string
  memberId: string
  /** Null: a role of the workspace's own. */
  role: Role | null
  roleId: string | null
  roleName: string | null
  /** Of a role of the workspace's own. */
  permissions: readonly string[] | null
  /** Whether they have other roles for single sources. */
  sourceRoles: boolean
  mode: 'live' | 'drill'
  colour: WorkspaceColour | null
  /** Whether the workspace demands two factors of its members. */
  secondFactor: boolean
}

export async function membershipsOf(services: Services, userId: string): Promise<Membership[]> {
  const { rows } = await sql<{
    workspace_id: string
    slug: string
    name: string
    member_id: string
    role: Role | null
    role_id: string | null
    role_name: string | null
    permissions: string[] | null
    source_roles: boolean
    mode: 'live' | 'drill'
    second_factor: boolean
    colour: string | null
  }>`
    select * from system.memberships_of(${userId})`.execute(services.database.system)
  return rows.map((row) => ({
    workspaceId: row.workspace_id,
    slug: row.slug,
    name: row.name,
    memberId: row.member_id,
    role: row.role,
    roleId: row.role_id,
    roleName: row.role_name,
    permissions: row.permissions,
    sourceRoles: row.source_roles,
    mode: row.mode,
    secondFactor: row.second_factor,
    colour: WORKSPACE_COLOURS.find((known) => known === row.colour) ?? null,
  }))
}

/** Works out who calls: an API key (one workspace, its scopes), or a signed-in user in the workspace that the request names. */
export async function callerOf(
  services: Services,
  headers: Headers,
  clientAddress: string,
  workspace = headers.get(WORKSPACE_HEADER),
): Promise<Caller | null> {
  const bearer = /^Bearer (rk_\S{1,200})$/.exec(headers.get('authorization') ?? '')?.[1]
  if (bearer) return keyCaller(services, bearer)
  if (!headers.has('cookie')) return null
  const known = new Headers(headers)
  known.set(ADDRESS_HEADER, clientAddress)
  const session = await (await signInOf(services)).api.getSession({ headers: known })
  if (!session) return null
  const user = session.user as typeof session.user & { installationAdmin?: boolean | null }
  const caller: Caller = {
    userId: user.id,
    installationAdmin: user.installationAdmin ?? false,
    provedSecondFactor: Boolean(session.session.secondFactor),
    sessionId: session.session.id,
    workspace: null,
  }
  if (!workspace) return caller
  const membership = (await membershipsOf(services, user.id)).find(
    (entry) => entry.workspaceId === workspace || entry.slug === workspace,
  )
  if (!membership) return caller
  if (isClosed(membership, caller)) return { ...caller, closed: 'second-factor-needed' }
  const { workspaceId, memberId, role } = membership
  const powers = await powersOf(services, workspaceId, memberId, membership)
  return {
    ...caller,
    workspace: {
      workspaceId,
      memberId,
      answerableMemberId: memberId,
      role,
      permissions: powers.permissions,
      actor: { kind: 'member', id: memberId, ...reaching(powers) },
    },
  }
}

const reaching = ({ reach }: Powers) => (reach ? { reach } : {})

/** Whoever signed in with one factor where two are demanded stays outside until they prove the second. */
export const isClosed = (membership: Membership, caller: Pick<Caller, 'provedSecondFactor'>): boolean =>
  membership.secondFactor && !caller.provedSecondFactor

/**
 * A key may do what it was given, as far as whoever made it may do so themselves now. Never known, expired or revoked
 * is one answer: which of them it is helps only somebody who tries keys.
 */
async function keyCaller(services: Services, key: string): Promise<Caller> {
  const hash = hashToken(key)
  const { rows } = await sql<{
    workspace_id: string
    api_key_id: string
    scopes: Permission[]
    maker_id: string
    maker_role: Role | null
    maker_permissions: string[] | null
    source_roles: boolean
  }>`
    select * from system.workspace_of_key(${hash})`.execute(services.database.system)
  const row = rows[0]
  if (!row) throw new Unauthenticated('key-unknown')
  if (!takeToken(`key:${row.api_key_id}`, CALLS_PER_KEY))
    throw new TooMany('too-many-calls', { perMinute: CALLS_PER_KEY.capacity })
  if (takeToken(`key-used:${row.api_key_id}`, USE_NOTED)) await noteUse(services, row.workspace_id, row.api_key_id)
  const maker = await powersOf(services, row.workspace_id, row.maker_id, {
    role: row.maker_role,
    permissions: row.maker_permissions,
    sourceRoles: row.source_roles,
  })
  const powers = powersOfKey(row.scopes, maker)
  return {
    userId: null,
    installationAdmin: false,
    provedSecondFactor: false,
    workspace: {
      workspaceId: row.workspace_id,
      memberId: null,
      answerableMemberId: row.maker_id,
      role: null,
      permissions: powers.permissions,
      actor: { kind: 'bot', id: row.api_key_id, ...reaching(powers) },
    },
  }
}

const noteUse = (services: Services, workspaceId: string, apiKeyId: string): Promise<unknown> =>
  services.database.inWorkspace(workspaceId, SYSTEM, (tx) =>
    tx.sql
      .updateTable('api_key')
      .set({ last_used_at: services.clock.now() })
      .where('workspace_id', '=', workspaceId)
      .where('api_key_id', '=', apiKeyId)
      .execute(),
  )
