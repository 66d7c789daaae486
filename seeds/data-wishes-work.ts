import { findWorkspaceId } from '../server/accounts/index.ts'
import type { HttpApp } from '../server/platform/module.ts'
import type { Services } from '../server/platform/services.ts'
import { addressOf, findPerson } from './customer-work.ts'
import { CUSTOMER_SYSTEM } from './customers.ts'
import {
  type ConsentSeed,
  consentSeeds,
  type FormerCustomer,
  type ObjectionSeed,
  objectionSeeds,
  type RequestSeed,
  type RequestStep,
  requestSeeds,
} from './data-wishes.ts'
import { workspaceSeeds } from './index.ts'
import { type Client, signedIn } from './load.ts'

const DAY_MS = 86_400_000
const daysBack = (days: number): Date => new Date(Date.now() - days * DAY_MS)

/** Writes down what the public want done with their data and what became of it, each as the colleague who did it. */
export async function heedDataWishes(services: Services, app: HttpApp): Promise<void> {
  for (const { key, name } of workspaceSeeds) {
    const workspaceId = await findWorkspaceId(services, name)
    if (!workspaceId) continue
    const clients = new Map<string, Client>()
    const as = async (colleague: string): Promise<Client> => {
      const client = clients.get(colleague) ?? (await signedIn(services, app, addressOf(colleague), workspaceId))
      clients.set(colleague, client)
      return client
    }
    const here = (seed: { workspace: string }) => seed.workspace === key
    const failed = (account: string) => services.log.warn({ account }, 'the demo found nobody for a wish about data')
    for (const seed of consentSeeds.filter(here)) if (!(await agree(await as(seed.by), seed))) failed(seed.account)
    for (const seed of objectionSeeds.filter(here)) if (!(await object(await as(seed.by), seed))) failed(seed.account)
    for (const seed of requestSeeds.filter(here)) if (!(await answer(await as(seed.by), seed))) failed(seed.requester)
  }
}

const WHY_KNOWN = { reason: 'Hat etwas zu den eigenen Daten gesagt', legalBasis: 'legitimate-interest' } as const

async function agree(client: Client, { account, daysAgo, withdrawn, ...seed }: ConsentSeed): Promise<boolean> {
  const personId = await findPerson(client, account, WHY_KNOWN)
  if (!personId) return false
  const { purpose, given, text, language, channel } = seed
  const { consents } = client.privacy
  const { consentId } = await consents.record({
    personId,
    purpose,
    given,
    text,
    language,
    channel,
    at: daysBack(daysAgo),
  })
  if (withdrawn)
    await consents.withdraw({
      consentId,
      channel: withdrawn.channel,
      reason: withdrawn.reason,
      at: daysBack(withdrawn.daysAgo),
    })
  return true
}

async function object(client: Client, { account, kind, channel, reason, daysAgo, lifted }: ObjectionSeed) {
  const personId = await findPerson(client, account, WHY_KNOWN)
  if (!personId) return false
  const { consents } = client.privacy
  const { objectionId } = await consents.object({ personId, kind, channel, reason, at: daysBack(daysAgo) })
  if (lifted) await consents.lift({ objectionId, reason: lifted })
  return true
}

async function answer(client: Client, { account, former, steps, daysAgo, ...seed }: RequestSeed): Promise<boolean> {
  const personId = former
    ? await knownByRecord(client, former)
    : account
      ? await findPerson(client, account, WHY_KNOWN)
      : null
  if (!personId && (former || account)) return false
  const { kind, requester, details, channel, language } = seed
  const { requestId } = await client.privacy.requests.create({
    kind,
    requester,
    details,
    channel,
    language,
    receivedAt: daysBack(daysAgo),
    ...(personId ? { personId } : {}),
  })
  for (const step of steps) await take(client, { requestId, personId, language, name: former?.name ?? requester }, step)
  return true
}

async function knownByRecord(client: Client, { number, name, mail, city }: FormerCustomer): Promise<string | null> {
  const record = { system: CUSTOMER_SYSTEM, externalId: number, legalBasis: 'contract' as const }
  return (await client.people.contacts.put({ ...record, name, mails: [mail], city })).personId
}

interface Asked {
  requestId: string
  personId: string | null
  language: 'de' | 'nl' | 'en'
  name: string
}

async function take({ accounts, privacy }: Client, asked: Asked, step: RequestStep): Promise<void> {
  const { requestId, personId, language, name } = asked
  const change = (what: Omit<Parameters<typeof privacy.requests.change>[0], 'requestId'>) =>
    privacy.requests.change({ requestId, ...what })
  if (step.step === 'confirm' || step.step === 'doubt')
    await change({ identity: { confirmed: step.step === 'confirm', how: step.how } })
  else if (step.step === 'note') await change({ note: step.text })
  else if (step.step === 'extend') await change({ extension: { reason: step.because } })
  else if (step.step === 'assign') {
    const { items } = await accounts.members.list({})
    await change({ assignedMemberId: items.find(({ email }) => email === addressOf(step.to))?.memberId ?? null })
  } else if (step.step === 'close')
    await privacy.requests.close({ requestId, outcome: step.outcome, reason: step.because })
  else if (personId && step.step === 'copy') await privacy.archives.create({ personId, language, requestId })
  else if (personId && step.step === 'erase') await privacy.erasures.create({ personId, name, requestId })
}
