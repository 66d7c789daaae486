import { domainToASCII } from 'node:url'
import { sql } from 'kysely'
import { type CountryCode, isSupportedCountry, parsePhoneNumberFromString } from 'libphonenumber-js/max'
import type { WorkspaceTransaction } from '../../platform/database.ts'
import { Conflict, Invalid } from '../../platform/errors.ts'
import { newId } from '../../platform/ids.ts'
import type { Secrets } from '../../platform/secrets.ts'
import { defaultCountry } from '../fields/settings.ts'
import { type AccountIdentity, suppressedAmong } from '../suppression.ts'
import { lockGraph } from './lock.ts'

export const CONTACT_KINDS = ['mail', 'phone', 'site', 'customer-number'] as const
export type ContactKind = (typeof CONTACT_KINDS)[number]

export interface ContactPoint {
  kind: ContactKind
  /** Of a customer number: the name of the system that gave it, such as "salesforce". Otherwise absent. */
  scope?: string | undefined
  value: string
}

const VALUE_CHARACTERS_MAX = 320
const SCOPE = /^[a-z0-9][a-z0-9._-]{0,59}$/
const MAIL = /^([^\s@"<>,;:\\]{1,64})@([^\s@]{1,253})$/
/** Says from where somebody came, not which page it is. */
const TRACKING =
  /^(?:utm_\w+|fbclid|gclid|dclid|msclkid|igshid|igsh|mc_[ce]id|_hs\w+|yclid|twclid|ttclid|li_fat_id|ref|ref_src|si)$/i

/**
 * A mail address, phone number, web site or customer number as it is known in the graph: one row of `author`, with the
 * standing of an account. Invalid when it is none. With `secrets`, one whose owner asked to be forgotten is refused.
 */
export async function contactPoint(
  tx: WorkspaceTransaction,
  point: ContactPoint,
  at: Date,
  secrets?: Secrets,
): Promise<string> {
  const identity = await contactIdentity(tx, point)
  if (secrets && (await suppressedAmong(tx, secrets, [identity])).size > 0) throw new Conflict('identity-suppressed')
  const known = await findContact(tx, identity)
  if (known) return known
  // Two who add the same one wait for each other's row: never while another holds the graph and waits for ours.
  await lockGraph(tx)
  const added = await tx.sql
    .insertInto('author')
    .values({
      workspace_id: tx.workspaceId,
      author_id: newId(),
      network: identity.network,
      scope: identity.scope,
      network_id: identity.networkId,
      kind: point.kind,
      first_heard_at: at,
      last_heard_at: at,
      profile_read_at: at,
    })
    .onConflict((conflict) => conflict.columns(['workspace_id', 'network', 'scope', 'network_id']).doNothing())
    .returning('author_id')
    .executeTakeFirst()
  return added?.author_id ?? ((await findContact(tx, identity)) as string)
}

/**
 * Many at once, each as `contactIdentity` read it: what is not known yet is added. Returns their ids in the order given.
 */
export async function contactPoints(
  tx: WorkspaceTransaction,
  identities: readonly AccountIdentity[],
  at: Date,
): Promise<string[]> {
  if (identities.length === 0) return []
  await lockGraph(tx)
  const given = sql`unnest(${identities.map(() => newId())}::uuid[], ${identities.map((one) => one.network)}::text[],
    ${identities.map((one) => one.scope)}::text[], ${identities.map((one) => one.networkId)}::text[])
    with ordinality as g(author_id, network, scope, network_id, place)`
  await sql`
    insert into author (workspace_id, author_id, network, scope, network_id, kind, first_heard_at, last_heard_at, profile_read_at)
    select ${tx.workspaceId}, g.author_id, g.network, g.scope, g.network_id, g.network, ${at}, ${at}, ${at} from ${given}
    on conflict (workspace_id, network, scope, network_id) do nothing`.execute(tx.sql)
  const { rows } = await sql<{ author_id: string }>`
    select a.author_id from ${given} join author a on a.workspace_id = ${tx.workspaceId} and a.network = g.network
      and a.scope = g.scope and a.network_id = g.network_id order by g.place`.execute(tx.sql)
  return rows.map((row) => row.author_id)
}

export async function findContact(tx: WorkspaceTransaction, identity: AccountIdentity): Promise<string | null> {
  const row = await tx.sql
    .selectFrom('author')
    .select('author_id')
    .where('workspace_id', '=', tx.workspaceId)
    .where('network', '=', identity.network)
    .where('scope', '=', identity.scope)
    .where('network_id', '=', identity.networkId)
    .executeTakeFirst()
  return row?.author_id ?? null
}

/** By what it is known, without writing anything. Invalid when it is no such thing. */
export async function contactIdentity(tx: WorkspaceTransaction, point: ContactPoint): Promise<AccountIdentity> {
  const value = point.value.normalize('NFC').trim()
  if (value === '' || value.length > VALUE_CHARACTERS_MAX) throw new Invalid('contact-invalid', { kind: point.kind })
  const { kind } = point
  if (kind === 'customer-number') return { network: kind, scope: systemName(point.scope), networkId: value }
  const networkId =
    kind === 'mail' ? mailAddress(value) : kind === 'site' ? siteAddress(value) : await phoneNumber(tx, value)
  if (networkId === null) throw new Invalid('contact-invalid', { kind })
  return { network: kind, scope: '', networkId }
}

function systemName(scope = ''): string {
  const name = scope.trim().toLowerCase()
  if (!SCOPE.test(name)) throw new Invalid('contact-system-invalid')
  return name
}

/** In small letters as a whole: no provider of weight tells "Anna@" from "anna@". */
export function mailAddress(value: string): string | null {
  const [, local, domain] = MAIL.exec(value.replace(/^mailto:/i, '').toLowerCase()) ?? []
  const ascii = domain && domainToASCII(domain.replace(/\.$/, ''))
  return local && ascii?.includes('.') ? `${local}@${ascii}` : null
}

/** Without scheme differences, "www.", fragments, tracking and a slash at the end. */
export function siteAddress(value: string): string | null {
  const address = URL.parse(/^[a-z][a-z0-9+.-]*:\/\//i.test(value) ? value : `https://${value}`)
  if (!address || !/^https?:$/.test(address.protocol) || !address.hostname.includes('.')) return null
  const query = new URLSearchParams([...address.searchParams].filter(([name]) => !TRACKING.test(name)))
  query.sort()
  const host = address.hostname.replace(/^www\./, '') + (address.port ? `:${address.port}` : '')
  return `https://${host}${address.pathname.replace(/\/+$/, '')}${query.size > 0 ? `?${query}` : ''}`
}

/** E.164. A number that is written without its country is one of the workspace's. */
async function phoneNumber(tx: WorkspaceTransaction, value: string): Promise<string | null> {
  const written = value.replace(/^tel:/i, '')
  const country = written.startsWith('+') ? null : await defaultCountry(tx)
  const number = parsePhoneNumberFromString(written, asCountry(country))
  return number?.isValid() ? number.number : null
}

const asCountry = (code: string | null): CountryCode | undefined =>
  code !== null && isSupportedCountry(code) ? code : undefined
