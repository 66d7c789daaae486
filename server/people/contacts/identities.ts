/** By what a record's contact points and accounts are known in the graph, and what is known of each. */
import { sql } from 'kysely'
import type { WorkspaceTransaction } from '../../platform/database.ts'
import { isKnownError } from '../../platform/errors.ts'
import { type ContactKind, contactIdentity } from '../graph/index.ts'
import { handleKey } from '../name-keys.ts'
import { type AccountIdentity, accountKey } from '../suppression.ts'
import type { ContactChange, ContactFault } from './contact-change.ts'

export type Part = ContactKind | 'account'

export interface NamedIdentity extends AccountIdentity {
  part: Part
}

export interface KnownIdentity extends NamedIdentity {
  /** Null: unknown yet. */
  authorId: string | null
  /** Whose it is: a current person. */
  personId: string | null
  /** Whose it is rests on the customer's own proof, or on a number that a system gave. */
  isProven: boolean
  /** Somebody cut it off, or it stands for several persons or an organisation: it says nothing about who somebody is. */
  isNobodys: boolean
  isErased: boolean
}

export interface JudgedIdentities {
  /** By what the record itself is known; null where it names nothing. */
  anchor: NamedIdentity | null
  others: NamedIdentity[]
  faults: ContactFault[]
}

const FAULTS: Record<ContactKind, string> = {
  mail: 'mail-left-out',
  phone: 'phone-left-out',
  site: 'site-left-out',
  'customer-number': 'number-damaged',
}
const SHOWN_CHARACTERS_MAX = 60

/** The record's own number, else its first contact point, is what it is known by. In the order given. */
export async function judgeIdentities(
  tx: WorkspaceTransaction,
  changes: readonly ContactChange[],
  system: string,
): Promise<JudgedIdentities[]> {
  const accounts = await accountsOf(
    tx,
    changes.flatMap(({ handles }) => handles ?? []),
  )
  const judged: JudgedIdentities[] = []
  for (const change of changes) judged.push(await judgeOne(tx, change, system, accounts))
  return judged
}

async function judgeOne(
  tx: WorkspaceTransaction,
  change: ContactChange,
  system: string,
  accounts: ReadonlyMap<string, NamedIdentity>,
): Promise<JudgedIdentities> {
  const faults: ContactFault[] = []
  const found: NamedIdentity[] = []
  const add = async (kind: ContactKind, value: string, scope?: string) => {
    const identity = await contactIdentity(tx, { kind, value, scope }).catch((fault: unknown) => {
      if (!isKnownError(fault)) throw fault
      return null
    })
    if (!identity)
      faults.push({ code: FAULTS[kind], params: { value: value.slice(0, SHOWN_CHARACTERS_MAX) }, refuses: false })
    else if (!found.some((known) => accountKey(known) === accountKey(identity))) found.push({ part: kind, ...identity })
  }
  if (change.externalId !== null) await add('customer-number', change.externalId, system)
  for (const mail of change.mails ?? []) await add('mail', mail)
  for (const phone of change.phones ?? []) await add('phone', phone)
  for (const { system: scope, number } of change.numbers ?? []) await add('customer-number', number, slug(scope))
  for (const site of change.sites ?? []) await add('site', site)
  const anchor = anchorOf(found, change)
  const named = new Set((change.handles ?? []).flatMap((handle) => accounts.get(handleOf(handle)) ?? []))
  return { anchor, others: [...found.filter((one) => one !== anchor), ...named], faults }
}

/** A site may be a company's or a platform's: it says who somebody is only beside something else. */
function anchorOf(found: readonly NamedIdentity[], { externalId }: ContactChange): NamedIdentity | null {
  if (externalId !== null) return found[0]?.part === 'customer-number' ? found[0] : null
  return found.find(({ part }) => part === 'mail' || part === 'phone' || part === 'customer-number') ?? null
}

const slug = (name: string): string =>
  name
    .normalize('NFKD')
    .toLowerCase()
    .replaceAll(/[^a-z0-9._-]+/g, '-')
    .replaceAll(/^[^a-z0-9]+|-+$/g, '')

interface ToldHandle {
  network: string
  handle: string
}

const handleOf = ({ network, handle }: ToldHandle): string => `${network}\n${handleKey(handle)}`

/** Accounts that were heard and have this handle now, one of each, by `handleOf`; served by author_by_handle. */
async function accountsOf(
  tx: WorkspaceTransaction,
  handles: readonly ToldHandle[],
): Promise<Map<string, NamedIdentity>> {
  if (handles.length === 0) return new Map()
  const { rows } = await sql<{ network: string; scope: string; network_id: string; key: string }>`
    select distinct on (g.network, g.key) a.network, a.scope, a.network_id, g.key
    from unnest(${handles.map(({ network }) => network)}::text[], ${handles.map(({ handle }) => handleKey(handle))}::text[])
        as g(network, key)
      join author a on a.workspace_id = ${tx.workspaceId} and a.handle_key = g.key and a.network = g.network
    where a.kind = 'account' and a.stable and not a.own and a.state = 'active'
      and not exists (select from author b where b.workspace_id = a.workspace_id and b.handle_key = a.handle_key
        and b.network = a.network and b.author_id <> a.author_id)`.execute(tx.sql)
  return new Map(
    rows.map(({ network, scope, network_id: networkId, key }) => [
      `${network}\n${key}`,
      { part: 'account', network, scope, networkId },
    ]),
  )
}

interface KnownRow {
  place: string
  author_id: string | null
  person_id: string | null
  method: string | null
  cut: boolean
  shared: boolean
  of_organisation: boolean
  erased: boolean
}

/** What is known of each, in the order given. Served by author's unique key and person_link_stack. */
export async function knownIdentities(
  tx: WorkspaceTransaction,
  named: readonly NamedIdentity[],
): Promise<KnownIdentity[]> {
  if (named.length === 0) return []
  const { rows } = await sql<KnownRow>`
    select g.place, a.author_id, a.person_id, l.method, l.link_id is not null and l.person_id is null as cut,
      a.author_id is not null and a.erased_at is not null as erased,
      exists (select from person_link s where s.workspace_id = ${tx.workspaceId} and s.author_id = a.author_id
        and s.withdrawn_at is null and s.shared) as shared,
      exists (select from organisation_account o where o.workspace_id = ${tx.workspaceId} and o.author_id = a.author_id
        and o.withdrawn_at is null) as of_organisation
    from unnest(${named.map((one) => one.network)}::text[], ${named.map((one) => one.scope)}::text[],
        ${named.map((one) => one.networkId)}::text[]) with ordinality as g(network, scope, network_id, place)
      left join author a on a.workspace_id = ${tx.workspaceId} and a.network = g.network and a.scope = g.scope
        and a.network_id = g.network_id
      left join lateral (
        select link_id, person_id, method from person_link
        where workspace_id = ${tx.workspaceId} and author_id = a.author_id and withdrawn_at is null and not shared
        order by position desc limit 1) l on true
    order by g.place`.execute(tx.sql)
  return rows.map((row, index) => {
    const identity = named[index] as NamedIdentity
    return {
      ...identity,
      authorId: row.author_id,
      personId: row.person_id,
      isProven: row.method === 'customer-proved' || identity.part === 'customer-number',
      isNobodys: row.cut || row.shared || row.of_organisation,
      isErased: row.erased,
    }
  })
}
