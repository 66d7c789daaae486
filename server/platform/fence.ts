import { sql } from 'kysely'
import type { Sql } from './database.ts'
import { ONLY } from './outbound-address.ts'
import type { Services } from './services.ts'

/** Of workspaces that practise, each reaching a place of its own. */
const FENCED_REMEMBERED_MAX = 20

interface Known {
  /** A workspace that is real stays so: it is asked about once. */
  free: Set<string>
  fenced: Map<string, Services>
}
const knownByServices = new WeakMap<Services, Known>()

/**
 * The services as a workspace may use them. One that practises is fenced in: every address but its twin's is forbidden,
 * whatever it was set up with, and it has no mail server. Whoever reaches out for a workspace asks here first; for
 * procedures it is done once (procedures.ts), for whatever goes through an account in listening's accountOf.
 */
export async function servicesOf(
  services: Services,
  workspaceId: string,
  connection: Sql = services.database.system,
): Promise<Services> {
  if (services.fence !== undefined) return services
  const known = knownByServices.get(services) ?? { free: new Set(), fenced: new Map() }
  knownByServices.set(services, known)
  if (known.free.has(workspaceId)) return services
  const { rows } = await sql<{ fence: string | null; known: boolean }>`
    select system.fence_of(${workspaceId}) as fence, exists (select from system.workspace where id = ${workspaceId}) as known`.execute(
    connection,
  )
  const fence = rows[0]?.fence ?? null
  if (fence === null) {
    if (rows[0]?.known) known.free.add(workspaceId)
    return services
  }
  return fencedIn(services, known.fenced, fence)
}

/** One object for each place, because connectors and their sessions hang on it. */
function fencedIn(services: Services, fenced: Known['fenced'], place: string): Services {
  const allowPrivate = place === '' ? [ONLY] : [ONLY, place]
  const made = fenced.get(place) ?? {
    ...services,
    fence: place,
    config: { ...services.config, allowPrivate, blueskyStream: null, blueskyApp: null },
  }
  fenced.delete(place)
  fenced.set(place, made)
  const oldest = fenced.size > FENCED_REMEMBERED_MAX ? fenced.keys().next().value : undefined
  if (oldest !== undefined) fenced.delete(oldest)
  return made
}

/** Where a workspace that practises may go from now on; '' is nowhere. Changes nothing for one that is real. */
export async function setFence(services: Services, workspaceId: string, place: string): Promise<void> {
  await services.database.system
    .updateTable('system.workspace')
    .set({ fence: place })
    .where('id', '=', workspaceId)
    .where(sql<boolean>`system.fence_of(id) is not null`)
    .execute()
}
