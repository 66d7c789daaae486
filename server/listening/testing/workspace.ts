import { sql } from 'kysely'
import type { Connector } from '../../connectors/index.ts'
import type { Clock } from '../../platform/clock.ts'
import type { WorkspaceTransaction } from '../../platform/database.ts'
import { SYSTEM } from '../../platform/events.ts'
import { createTestApp, type TestApp } from '../../testing/app.ts'
import { replaceConnectors } from '../networks.ts'
import { minutesAfterNoon } from './heard.ts'

/** A clock that a test sets. */
export class TestClock implements Clock {
  at = minutesAfterNoon(5)
  now(): Date {
    return this.at
  }
}

export interface ListeningTest extends TestApp {
  clock: TestClock
  workspaceId: string
  inWorkspace<T>(work: (tx: WorkspaceTransaction) => Promise<T>, workspaceId?: string): Promise<T>
  /** Rows of a query inside the workspace. */
  rows<Row>(query: ReturnType<typeof sql<Row>>): Promise<Row[]>
  /** Types and codes of the events since the beginning. */
  events(): Promise<{ type: string; subjects: Record<string, unknown>; codes: Record<string, unknown> }[]>
  /** Calls a procedure of listening or people as the owner, and expects it to be answered. */
  ask<Answer>(path: string, input: unknown): Promise<Answer>
}

export async function listeningTest(connectors: Connector[] = []): Promise<ListeningTest> {
  const clock = new TestClock()
  const app = await createTestApp({ RAPPORT_BLUESKY_STREAM: 'off' }, clock)
  replaceConnectors(app.services, connectors)
  const { workspaceId, owner } = app.workspace
  const inWorkspace: ListeningTest['inWorkspace'] = (work, id = workspaceId) =>
    app.services.database.inWorkspace(id, SYSTEM, work)
  return {
    ...app,
    clock,
    workspaceId,
    inWorkspace,
    rows: (query) => inWorkspace(async (tx) => (await query.execute(tx.sql)).rows),
    events: () =>
      inWorkspace(async (tx) => {
        const { rows } = await sql<{
          type: string
          subjects: Record<string, unknown>
          codes: Record<string, unknown>
        }>`select type, subjects, codes from event order by position`.execute(tx.sql)
        return rows
      }),
    ask: async <Answer>(path: string, input: unknown) => {
      const answer = await app.call(path, input, { cookie: owner.cookie, workspaceId })
      if (answer.status !== 200) throw new Error(`${path} answered ${answer.status}: ${JSON.stringify(answer.body)}`)
      return answer.body as Answer
    },
  }
}
