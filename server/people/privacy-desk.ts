import type { WorkspaceTransaction } from '../platform/database.ts'
import type { Services } from '../platform/services.ts'

/** What customers and agents may ask of data protection, which lies below people and is handed down by modules.ts. */
export interface PrivacyDesk {
  /** Writes the request down, with its deadline; those who manage data protection carry it out. Returns its id. */
  requestErasure(tx: WorkspaceTransaction, personId: string, via: RequestVia, at: Date): Promise<string>
  requestAccess(tx: WorkspaceTransaction, personId: string, via: RequestVia, at: Date): Promise<string>
  /** Everything that is held of a person, as a ZIP in the person's language; for the customers themselves. */
  accessExport(
    services: Services,
    workspaceId: string,
    personId: string,
    language: 'de' | 'nl' | 'en',
  ): Promise<ReadableStream<Uint8Array>>
}

/** How it came in. Whoever asks on the portal has proved who they are. */
export interface RequestVia {
  channel: 'portal' | 'network' | 'mail' | 'phone' | 'letter' | 'in-person'
  language: string
  /** In the words of whoever asks. */
  details?: string
}
