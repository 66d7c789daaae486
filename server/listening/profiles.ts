import { setTimeout as delay } from 'node:timers/promises'
import { listWorkspaceIds } from '../accounts/index.ts'
import { type Connector, profileReaders } from '../connectors/index.ts'
import { noteProfiles, profilesToRead } from '../people/index.ts'
import { SYSTEM } from '../platform/events.ts'
import { servicesOf } from '../platform/fence.ts'
import type { Loop } from '../platform/module.ts'
import type { Services } from '../platform/services.ts'
import { connectorOf } from './networks.ts'

const EVERY_MS = 2_000
const AFTER_FAILURE_MS = 30_000
const PROFILES_AT_ONCE = 50
const TIMEOUT_MS = 20_000

/** A stream names accounts by id alone: this asks for handle, name and picture of those whose posts were kept. */
export const profileLoop: Loop = {
  name: 'listening.profiles',
  async run(services, signal) {
    while (!signal.aborted) {
      const well = await readProfiles(services, signal).catch((error) => {
        services.log.error({ err: error }, 'reading profiles failed, will be tried again')
        return false
      })
      await delay(well ? EVERY_MS : AFTER_FAILURE_MS, undefined, { signal }).catch(() => {})
    }
  },
}

/** One round over all workspaces. False: the network did not answer, wait longer before the next. */
export async function readProfiles(services: Services, signal: AbortSignal): Promise<boolean> {
  for (const { network, connector: name, settings } of profileReaders(services.config)) {
    const connector = connectorOf(services, name)
    if (!connector?.profile) continue
    for (const workspaceId of await listWorkspaceIds(services)) {
      if ((await servicesOf(services, workspaceId)).fence !== undefined) continue
      while (!signal.aborted) {
        const accounts = await services.database.inWorkspace(workspaceId, SYSTEM, (tx) =>
          profilesToRead(tx, network, PROFILES_AT_ONCE),
        )
        if (accounts.length === 0) break
        const read = await askFor(connector, settings, accounts, signal)
        await services.database.inWorkspace(workspaceId, SYSTEM, (tx) => noteProfiles(tx, read, services.clock.now()))
        if (read.length < accounts.length) return false
      }
    }
  }
  return true
}

type Account = Awaited<ReturnType<typeof profilesToRead>>[number]
type Answered = Parameters<typeof noteProfiles>[1][number]

/** What was answered; accounts that the network could not be asked for are left out. */
async function askFor(
  connector: Connector,
  settings: Record<string, unknown>,
  accounts: readonly Account[],
  signal: AbortSignal,
): Promise<Answered[]> {
  const limit = AbortSignal.any([signal, AbortSignal.timeout(TIMEOUT_MS)])
  const answers = await Promise.all(
    accounts.map(async (account) => ({
      account,
      outcome: await connector.profile?.({ settings, credentials: null }, account.networkId, limit),
    })),
  )
  return answers.flatMap(({ account, outcome }): Answered[] => {
    if (outcome?.ok) return [{ account, profile: outcome.value }]
    return outcome?.failure.name === 'gone' ? [{ account, profile: null }] : []
  })
}
