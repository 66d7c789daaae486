import { createHash } from 'node:crypto'
import { AtpAgent } from '@atproto/api'
import type { Connection, Outcome } from '../connector.ts'
import type { Outside } from '../outside.ts'
import { clientFetch } from './calls.ts'
import { attempt, isSessionOver } from './failure.ts'
import { credentialsOf, settingsOf } from './settings.ts'

/** Above this the session used longest ago is dropped: signing in again costs one request. */
const SESSIONS_MAX = 500

/**
 * Keeps sessions of app passwords in memory. A sign-in is costly (a server allows about 30 in five minutes), so
 * callers with the same credentials share one, also while it is being made. The client library renews the access
 * token; when the renewal token has ended too, one new sign-in with the app password is tried before the failure is
 * reported as credentials-expired.
 */
export class Sessions {
  readonly #outside: Outside
  readonly #agents = new Map<string, Promise<AtpAgent>>()

  constructor(outside: Outside) {
    this.#outside = outside
  }

  /** `work` may run twice when the session ends under it: it has to be safe to repeat. */
  async run<T>(connection: Connection, work: (agent: AtpAgent, ownDid: string) => Promise<T>): Promise<Outcome<T>> {
    const key = keyOf(connection)
    return attempt(async () => {
      const agent = await this.#agent(key, connection)
      try {
        return await work(agent, agent.assertDid)
      } catch (error) {
        if (!isSessionOver(error)) throw error
        this.#agents.delete(key)
        const renewed = await this.#agent(key, connection)
        return await work(renewed, renewed.assertDid)
      }
    })
  }

  #agent(key: string, connection: Connection): Promise<AtpAgent> {
    const known = this.#agents.get(key)
    this.#agents.delete(key)
    const agent = known ?? this.#signIn(connection)
    this.#agents.set(key, agent)
    if (known === undefined)
      agent.catch(() => {
        if (this.#agents.get(key) === agent) this.#agents.delete(key)
      })
    const oldest = this.#agents.size > SESSIONS_MAX ? this.#agents.keys().next().value : undefined
    if (oldest !== undefined) this.#agents.delete(oldest)
    return agent
  }

  async #signIn(connection: Connection): Promise<AtpAgent> {
    const { identifier, appPassword } = credentialsOf(connection)
    const agent = new AtpAgent({ service: settingsOf(connection).service, fetch: clientFetch(this.#outside) })
    await agent.login({ identifier, password: appPassword })
    return agent
  }
}

function keyOf(connection: Connection): string {
  const { identifier, appPassword } = credentialsOf(connection)
  return createHash('sha256')
    .update(JSON.stringify([settingsOf(connection).service, identifier, appPassword]))
    .digest('hex')
}
