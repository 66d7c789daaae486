import type { AnyContractRouter } from '@orpc/contract'
import { implement, ORPCError, os } from '@orpc/server'
import type { Allow, Permission, Role } from '../../contract/permissions.ts'
import type { ProcedureMeta } from '../../contract/procedure.ts'
import type { WorkspaceTransaction } from './database.ts'
import { againAfterDeadlock } from './deadlock.ts'
import {
  Conflict,
  type ErrorParams,
  Forbidden,
  Invalid,
  isKnownError,
  type KnownError,
  NotFound,
  TooMany,
  Unauthenticated,
} from './errors.ts'
import { type Actor, CUSTOMER } from './events.ts'
import { servicesOf } from './fence.ts'
import type { Reach } from './reach.ts'
import type { Services } from './services.ts'

/** Someone who signed in, with or without a workspace in this request; or an API key, which always has one. */
export interface Caller {
  userId: string | null
  installationAdmin: boolean
  /** Whether this sign-in proved a second factor. */
  provedSecondFactor: boolean
  /** Why the workspace that the request names stays closed to this member of it. */
  closed?: 'second-factor-needed'
  /** The sign-in that it came with; absent: a key. */
  sessionId?: string
  workspace: {
    workspaceId: string
    memberId: string | null
    /** Who answers for what is done: the member, or for a key whoever made it. Absent: nobody. */
    answerableMemberId?: string
    /** Null: a role of the workspace's own, or a key. */
    role: Role | null
    /** What they may do somewhere: in the workspace, or with what came through some source. */
    permissions: ReadonlySet<Permission>
    /** With roles for single sources its `reach` says where. */
    actor: Actor
    /** Why something that they may do sleeps now; null: nothing does. Absent: nothing ever does. */
    asleep?: (tx: WorkspaceTransaction, permission: Permission) => Promise<Sleep | null>
    /** Absent: the caller may see everything that an answer holds. */
    veil?: Veil
    /** Covers words that nobody is shown, in what the schema lets be any words; absent: there are none. */
    mask?: <Value>(tx: WorkspaceTransaction, value: Value, schema?: unknown) => Promise<Value>
  } | null
}

/** A permission that is had and withheld until something is done: `reason` is a word the web explains. */
export interface Sleep {
  reason: string
  params?: ErrorParams
}

/** What can sleep: whoever has not learned how may still read and draft. */
export const SLEEPING: readonly Permission[] = ['answers.speak']
const READING: readonly Permission[] = ['posts.read', 'inbox.read']
/** Data protection knows no sources: what is told about a person, and what is erased, must be all there is. */
const EVERY_SOURCE: readonly Permission[] = ['privacy.manage']
/** What is listed, counted and exported under these is what was said in public, also for whoever reads the inbox. */
const OF_PUBLIC_POSTS: readonly Permission[] = [
  'posts.read',
  'posts.sort',
  'posts.export',
  'topics.read',
  'topics.manage',
  'audits.read',
  'audits.run',
]

/** Stands between an answer and somebody who may read it, but not all that it names. */
export interface Veil {
  /** Whether this workspace wants it at all. */
  isDrawn(tx: WorkspaceTransaction): Promise<boolean>
  /** Refuses questions whose answer would tell what is covered. */
  ask(tx: WorkspaceTransaction, input: unknown): Promise<void>
  cover<Output>(tx: WorkspaceTransaction, output: Output): Promise<Output>
}

/** A visit of a customer: one workspace, and what was proven in it. Never a member, whoever else the browser belongs to. */
export interface CustomerVisit {
  workspaceId: string
  customerSessionId: string
  /** As it was when it was proven; null before the first proof. */
  personId: string | null
  /** The invitation of a conversation through which it came. */
  proofInvitationId: string | null
}

export interface RequestContext {
  services: Services
  headers: Headers
  clientAddress: string
  /** Works out who calls, once per request. Null: nobody signed in. */
  caller(): Promise<Caller | null>
  /** Works out which customer's visit this is. Null: none. */
  visit(): Promise<CustomerVisit | null>
  /** Sent with the answer. */
  answerHeaders: Headers
}

/** What every procedure with a workspace permission works with. `tx` commits when the procedure returns. */
export interface WorkspaceContext extends RequestContext {
  tx: WorkspaceTransaction
  me: NonNullable<Caller['workspace']> & { userId: string | null; sessionId: string | null; mayAt: Reach['mayAt'] }
}

/** What a procedure that reaches out works with: allowed, and without a transaction until it opens one. */
export interface ReachingContext extends RequestContext {
  inWorkspace<T>(work: (tx: WorkspaceTransaction) => Promise<T>): Promise<T>
  me: WorkspaceContext['me']
}

/** What a customer's procedure works with; its transactions are said to be the customer's. */
export interface CustomerContext extends RequestContext {
  inWorkspace: ReachingContext['inWorkspace']
  customer: CustomerVisit
}

export interface UserContext extends RequestContext {
  user: { userId: string; installationAdmin: boolean }
}

/**
 * Says whether the caller is allowed, or throws Unauthenticated / Forbidden. A foreign workspace answers as one that
 * does not exist, so that its existence cannot be probed.
 */
export function authorise(allow: Allow, caller: Caller | null, atSource = false): Caller | null {
  if (allow === 'public') return caller
  if (!caller) throw new Unauthenticated('sign-in-first')
  if (allow === 'customer') throw new Unauthenticated('visit-ended')
  if (allow === 'signed-in' || allow === 'installation') {
    if (!caller.userId) throw new Forbidden('people-only')
    if (allow === 'installation' && !caller.installationAdmin) throw new Forbidden('installation-admins-only')
    return caller
  }
  if (caller.closed) throw new Forbidden(caller.closed)
  if (!caller.workspace) throw new NotFound('workspace-unknown')
  if (!had(caller.workspace, allow, atSource)) throw new Forbidden('permission-missing', { permission: allow })
  return caller
}

/** What is closed to a reader is hidden by the database, and what is changed at a source asks there: then having it somewhere will do. */
const had = ({ permissions, actor }: NonNullable<Caller['workspace']>, allow: Permission, atSource: boolean): boolean =>
  (atSource || READING.includes(allow) ? permissions : (actor.reach?.inWorkspace ?? permissions)).has(allow)

/** For routes that are no procedure: the workspace in which the caller may do it, or a refusal. */
export function authoriseInWorkspace(
  permission: Permission,
  caller: Caller | null,
  atSource = false,
): NonNullable<Caller['workspace']> {
  const workspace = authorise(permission, caller, atSource)?.workspace
  if (!workspace) throw new NotFound('workspace-unknown')
  return { ...workspace, actor: actorFor(workspace, permission) }
}

function actorFor(
  { actor: { reach, ...actor }, permissions }: NonNullable<Caller['workspace']>,
  allow: Permission,
): Actor {
  const hidesPrivate = OF_PUBLIC_POSTS.includes(allow) || !(permissions.has('inbox.read') || allow === 'privacy.manage')
  const acting = { ...actor, allow, ...(hidesPrivate && { hidesPrivate }) }
  return reach && !EVERY_SOURCE.includes(allow) ? { ...acting, reach } : acting
}

const statusOf = (error: KnownError): [code: string, status: number] => {
  if (error instanceof NotFound) return ['NOT_FOUND', 404]
  if (error instanceof Forbidden) return ['FORBIDDEN', 403]
  if (error instanceof Unauthenticated) return ['UNAUTHORIZED', 401]
  if (error instanceof Conflict) return ['CONFLICT', 409]
  if (error instanceof Invalid) return ['BAD_REQUEST', 400]
  if (error instanceof TooMany) return ['TOO_MANY_REQUESTS', 429]
  return ['BAD_GATEWAY', 502]
}

/** The one place where errors become answers. Bugs keep their message to themselves. */
function toAnswer(error: unknown): unknown {
  if (!isKnownError(error)) return error
  const [code, status] = statusOf(error)
  const news = error instanceof Conflict && error.news !== undefined ? { news: error.news } : {}
  return new ORPCError(code, { status, message: error.code, data: { code: error.code, params: error.params, ...news } })
}

/**
 * allow -> parse -> do, in one transaction -> record -> present: parsing and presenting are the contract's schemas,
 * this middleware allows and opens the transaction (again where it met another and was ended), the handler does. `Context` names what `allow` provides:
 * WorkspaceContext for permissions (ReachingContext where the contract says `reachesOut`), UserContext for 'signed-in'
 * and 'installation', CustomerContext for 'customer', RequestContext for 'public'.
 * Give it a router, never a lone procedure: there the library would parse before it asks who is allowed.
 */
export function implementer<Context extends RequestContext>() {
  return <Contract extends AnyContractRouter>(contract: Contract) => {
    const bare = implement(contract).$context<Context>()
    // The library cannot type `use` for a contract that is a type parameter; what it returns has the same shape.
    return (bare as unknown as { use(middleware: unknown): typeof bare }).use(allowAndTransact)
  }
}

const allowAndTransact = os.$context<RequestContext>().middleware(async ({ context, next, procedure }, input) => {
  const { allow, reachesOut, atSource } = procedure['~orpc'].meta as unknown as ProcedureMeta
  try {
    // Whoever is signed in as a member is nobody here: what a customer may see is not a question of roles.
    if (allow === 'customer') {
      const customer = await context.visit()
      if (!customer) throw new Unauthenticated('visit-ended')
      const inWorkspace: ReachingContext['inWorkspace'] = (work) =>
        againAfterDeadlock(() => context.services.database.inWorkspace(customer.workspaceId, CUSTOMER, work))
      const services = await servicesOf(context.services, customer.workspaceId)
      return await next({ context: { inWorkspace, customer, services } })
    }
    const caller = authorise(allow, await context.caller(), atSource)
    if (allow === 'public') return await next({})
    if (allow === 'signed-in' || allow === 'installation') {
      const user = { userId: caller?.userId, installationAdmin: caller?.installationAdmin }
      return await next({ context: { user } })
    }
    const workspace = caller?.workspace
    if (!workspace) throw new NotFound('workspace-unknown')
    const actor = actorFor(workspace, allow)
    const mayAt: Reach['mayAt'] = (permission, sourceId) =>
      workspace.actor.reach?.mayAt(permission, sourceId) ?? workspace.permissions.has(permission)
    const me = { ...workspace, actor, userId: caller.userId, sessionId: caller.sessionId ?? null, mayAt }
    const inWorkspace: ReachingContext['inWorkspace'] = (work) =>
      againAfterDeadlock(() => context.services.database.inWorkspace(workspace.workspaceId, actor, work))
    const { veil, mask } = workspace
    const shown = async (tx: WorkspaceTransaction, output: unknown): Promise<unknown> => {
      const covered = veil ? await veil.cover(tx, output) : output
      return mask ? mask(tx, covered, procedure['~orpc'].outputSchema) : covered
    }
    const services = await servicesOf(context.services, workspace.workspaceId)
    const wake = SLEEPING.includes(allow) ? workspace.asleep : undefined
    if (reachesOut) {
      if (wake) await inWorkspace((tx) => refuseAsleep(tx, wake, allow))
      if (veil) await inWorkspace((tx) => veil.ask(tx, input))
      const result = await next({ context: { inWorkspace, me, services } })
      return veil || mask ? { ...result, output: await inWorkspace((tx) => shown(tx, result.output)) } : result
    }
    return await inWorkspace(async (tx) => {
      if (wake) await refuseAsleep(tx, wake, allow)
      if (veil) await veil.ask(tx, input)
      const result = await next({ context: { tx, me, services } })
      return { ...result, output: await shown(tx, result.output) }
    })
  } catch (error) {
    throw toAnswer(error)
  }
})

async function refuseAsleep(
  tx: WorkspaceTransaction,
  asleep: NonNullable<NonNullable<Caller['workspace']>['asleep']>,
  permission: Permission,
): Promise<void> {
  const sleep = await asleep(tx, permission)
  if (sleep) throw new Forbidden('permission-asleep', { ...sleep.params, permission, reason: sleep.reason })
}
