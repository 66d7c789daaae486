import type { WorkspaceTransaction } from '../platform/database.ts'
import { NotFound, TooMany } from '../platform/errors.ts'
import { CUSTOMER, SYSTEM } from '../platform/events.ts'
import { newId } from '../platform/ids.ts'
import type { CustomerVisit } from '../platform/procedures.ts'
import { addressBlock } from '../platform/rate-limit.ts'
import type { Services } from '../platform/services.ts'
import { takeSharedToken } from '../platform/shared-rate-limit.ts'
import { openInvitation } from './opening.ts'
import { readSettings } from './settings.ts'
import { hashOf, newToken, sameText, TOKEN_PATTERN } from './tokens.ts'

/** The page names its workspace with each request; the cookie alone opens nothing. */
export const PORTAL_HEADER = 'x-rapport-portal'
const PORTAL_PATH = '/api/v1/portal'
const IDLE_MINUTES = 60
const VISIT_HOURS_MAX = 12
const USE_NOTED_MS = 60_000
const SLUG = /^[a-z0-9-]{1,60}$/
const VISITS_PER_ADDRESS = { capacity: 30, perSeconds: 600 }
const VISITS_PER_WORKSPACE = { capacity: 600, perSeconds: 600 }

/** One cookie for each workspace, so that the customer of two brands of one installation visits both. */
const cookieName = (slug: string): string => `rapport-customer-${slug}`

export async function workspaceOfSlug(services: Services, slug: string): Promise<string | null> {
  if (!SLUG.test(slug)) return null
  const row = await services.database.system
    .selectFrom('system.workspace')
    .select('id')
    .where('slug', '=', slug)
    .executeTakeFirst()
  return row?.id ?? null
}

/** Whose visit a request belongs to: its cookie must be one of the very workspace that the page names. */
export async function visitOf(services: Services, headers: Headers): Promise<CustomerVisit | null> {
  const slug = headers.get(PORTAL_HEADER) ?? ''
  const token = cookieOf(headers, cookieName(slug))
  if (!token || !TOKEN_PATTERN.test(token)) return null
  const workspaceId = await workspaceOfSlug(services, slug)
  if (!workspaceId) return null
  const now = services.clock.now()
  return services.database.inWorkspace(workspaceId, SYSTEM, async (tx) => {
    const row = await tx.sql
      .selectFrom('customer_session')
      .selectAll()
      .where('workspace_id', '=', workspaceId)
      .where('token_hash', '=', hashOf(token))
      .where('ended_at', 'is', null)
      .where('expires_at', '>', now)
      .executeTakeFirst()
    if (!row || !sameText(hashOf(token), row.token_hash)) return null
    if (now.getTime() - row.used_at.getTime() > USE_NOTED_MS)
      await prolong(tx, row.customer_session_id, row.began_at, now)
    return {
      workspaceId,
      customerSessionId: row.customer_session_id,
      personId: row.person_id,
      proofInvitationId: row.proof_invitation_id,
    }
  })
}

/** Every visit ends by itself: an hour after its last use, and half a day after it began. */
async function prolong(tx: WorkspaceTransaction, customerSessionId: string, beganAt: Date, now: Date): Promise<void> {
  await tx.sql
    .updateTable('customer_session')
    .set({ used_at: now, expires_at: endOf(beganAt, now) })
    .where('workspace_id', '=', tx.workspaceId)
    .where('customer_session_id', '=', customerSessionId)
    .execute()
}

const endOf = (beganAt: Date, usedAt: Date): Date =>
  new Date(Math.min(usedAt.getTime() + IDLE_MINUTES * 60_000, beganAt.getTime() + VISIT_HOURS_MAX * 3_600_000))

/**
 * Begins a visit: by itself where the workspace says so, otherwise through an invitation. A page that is not there, one
 * that is closed and a link that does not hold are one answer.
 */
export async function beginVisit(
  services: Services,
  { slug, token, clientAddress }: { slug: string; token: string | undefined; clientAddress: string },
): Promise<{ cookie: string }> {
  const workspaceId = await workspaceOfSlug(services, slug)
  const allowed =
    (await takeSharedToken(services, `portal-visit:${addressBlock(clientAddress)}`, VISITS_PER_ADDRESS)) &&
    (!workspaceId || (await takeSharedToken(services, `portal-visits:${workspaceId}`, VISITS_PER_WORKSPACE)))
  if (!allowed) throw new TooMany('too-many-visits')
  if (!workspaceId) throw new NotFound('portal-unknown')
  const now = services.clock.now()
  const visitToken = newToken()
  await services.database.inWorkspace(workspaceId, CUSTOMER, async (tx) => {
    const settings = await readSettings(tx)
    const proofInvitationId = token === undefined ? null : await openInvitation(tx, token, now)
    if (!settings || (!proofInvitationId && (token !== undefined || !settings.open)))
      throw new NotFound(token === undefined ? 'portal-unknown' : 'link-not-valid')
    await tx.sql
      .insertInto('customer_session')
      .values({
        workspace_id: workspaceId,
        customer_session_id: newId(),
        token_hash: hashOf(visitToken),
        proof_invitation_id: proofInvitationId,
        began_at: now,
        used_at: now,
        expires_at: endOf(now, now),
      })
      .execute()
  })
  return { cookie: cookieText(services, slug, visitToken, VISIT_HOURS_MAX * 3600) }
}

/** Ends it on both sides; what waits for a code in a post is given up with it. */
export async function endVisit(
  services: Services,
  tx: WorkspaceTransaction,
  customerSessionId: string,
  slug: string,
): Promise<{ cookie: string }> {
  const now = services.clock.now()
  await tx.sql
    .updateTable('customer_session')
    .set({ ended_at: now })
    .where('workspace_id', '=', tx.workspaceId)
    .where('customer_session_id', '=', customerSessionId)
    .execute()
  await tx.sql
    .updateTable('proof')
    .set({ state: 'given-up', ended_at: now })
    .where('workspace_id', '=', tx.workspaceId)
    .where('customer_session_id', '=', customerSessionId)
    .where('state', '=', 'open')
    .execute()
  return { cookie: cookieText(services, slug, '', 0) }
}

/** Never sent by another site (Strict), never read by a script, only to the procedures of this page. */
function cookieText(services: Services, slug: string, token: string, seconds: number): string {
  const secure = services.config.publicUrl.startsWith('https:') ? '; Secure' : ''
  return `${cookieName(slug)}=${token}; Path=${PORTAL_PATH}; Max-Age=${seconds}; HttpOnly; SameSite=Strict${secure}`
}

function cookieOf(headers: Headers, name: string): string | null {
  for (const pair of (headers.get('cookie') ?? '').split(';')) {
    const [key, ...value] = pair.trim().split('=')
    if (key === name) return value.join('=')
  }
  return null
}
