import type { Clock } from './clock.ts'
import type { Config } from './config.ts'
import type { Database } from './database.ts'
import type { Log } from './log.ts'
import type { Secrets } from './secrets.ts'

/** What is made once at start and handed down: never imported as a global. */
export interface Services {
  config: Config
  database: Database
  log: Log
  clock: Clock
  secrets: Secrets
  /**
   * For a workspace that practises (fence.ts): no mail leaves, and no address but this one (host:port, its twin's; '' is
   * none) is reached.
   */
  fence?: string
}
