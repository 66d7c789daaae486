import { setTimeout as delay } from 'node:timers/promises'
import { findWorkspaceId } from '../server/accounts/index.ts'
import type { HttpApp } from '../server/platform/module.ts'
import type { Services } from '../server/platform/services.ts'
import { CUSTOMER_SYSTEM, type CustomerRecord, customerRecords, type Purchase, segmentSeeds } from './customers.ts'
import { members, publicCast, workspaceSeeds } from './index.ts'
import { type Client, signedIn } from './load.ts'

const DAY_MS = 86_400_000
/** Whoever wrote is a person within seconds. */
const WAIT_MS = 30_000
const LOOK_MS = 500

/** Tells what the clients' systems know of their customers, as a lead would, and what colleagues wrote down. */
export async function tellCustomers(services: Services, app: HttpApp): Promise<void> {
  for (const { key, name } of workspaceSeeds) {
    const workspaceId = await findWorkspaceId(services, name)
    if (!workspaceId) continue
    const clients = new Map<string, Client>()
    const as = async (colleague: string): Promise<Client> => {
      const client = clients.get(colleague) ?? (await signedIn(services, app, addressOf(colleague), workspaceId))
      clients.set(colleague, client)
      return client
    }
    const lead = await as('ruben')
    for (const segment of segmentSeeds.filter(({ workspace }) => workspace === key))
      await lead.people.segments.create({ name: segment.name, purpose: segment.purpose, rule: segment.rule })
    for (const record of customerRecords.filter(({ workspace }) => workspace === key)) {
      const personId = await findPerson(lead, record.account, { reason: 'Steht im Kundenbuch', legalBasis: 'contract' })
      if (personId) await tell(lead, as, personId, record)
      else services.log.warn({ account: record.account }, 'the demo found nobody for a customer record')
    }
  }
}

export const addressOf = (key: string): string => members.find((member) => member.key === key)?.email ?? ''

/** By the handle: whoever wrote to the brand is a person. Whoever did not is begun, for the reason that is given. */
export async function findPerson(
  { people }: Client,
  account: string,
  because: { reason: string; legalBasis: 'contract' | 'legitimate-interest' },
): Promise<string | null> {
  const handle = publicCast.find(({ key }) => key === account)?.handle ?? ''
  for (const until = Date.now() + WAIT_MS; Date.now() < until; await delay(LOOK_MS)) {
    const { items } = await people.authors.list({ search: handle })
    const author = items.find((each) => each.handle === handle)
    if (author?.person) return author.person.personId
    if (author) return (await people.persons.begin({ authorId: author.authorId, ...because })).personId
  }
  return null
}

async function tell(
  lead: Client,
  as: (colleague: string) => Promise<Client>,
  personId: string,
  record: CustomerRecord,
): Promise<void> {
  const { people } = lead
  const handle = publicCast.find(({ key }) => key === record.account)?.handle ?? ''
  const { number, mails, phones, city, organisation, tags = [], notes = [] } = record
  await people.contacts.put({
    system: CUSTOMER_SYSTEM,
    externalId: number,
    legalBasis: 'contract',
    inUse: 'join',
    accounts: [{ network: 'bluesky', handle }],
    ...(mails ? { mails } : {}),
    ...(phones ? { phones } : {}),
    ...(city ? { city } : {}),
    ...(organisation ? { organisation: organisation.name, role: organisation.role } : {}),
  })
  const purchases = record.purchases.map((purchase) => ({ ...purchaseOf(purchase), customer: { number } }))
  if (purchases.length > 0) await people.purchases.putMany({ system: CUSTOMER_SYSTEM, purchases })
  if (tags.length > 0) await people.profile.tag({ personId, add: tags })
  for (const { by, text } of notes) await (await as(by)).people.profile.addNote({ personId, text })
}

const purchaseOf = ({ number, kind, title, daysAgo, cents, state }: Purchase) => ({
  externalId: number,
  kind,
  title,
  happenedAt: new Date(Date.now() - daysAgo * DAY_MS),
  ...(cents === undefined ? {} : { amount: String(cents), currency: 'EUR' }),
  ...(state ? { state } : {}),
  ...(state === 'refunded' && cents !== undefined ? { refunded: String(cents) } : {}),
})
