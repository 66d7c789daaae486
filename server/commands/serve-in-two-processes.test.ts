import { afterAll, beforeAll, expect, test } from 'vitest'
import { type RunningServer, startServer } from '../../e2e/server.ts'

const PASSWORD = 'correct horse battery'
const EMAIL = 'olga@example.org'
let servers: RunningServer[] = []

beforeAll(async () => {
  const first = await startServer()
  servers = [first]
  await first.command(['setup', '--email', EMAIL, '--password-stdin', '--workspace', 'Nordwind'], PASSWORD)
  servers.push(await startServer({ home: first.home, environment: { RAPPORT_ROLE: 'web' } }))
})
afterAll(async () => {
  for (const server of servers.toReversed()) await server.stop({ keepHome: server !== servers[0] })
})

async function attempt(server: RunningServer | undefined, password: string): Promise<number> {
  const origin = server?.url ?? ''
  const answer = await fetch(`${origin}/api/auth/sign-in/email`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin },
    body: JSON.stringify({ email: EMAIL, password }),
  })
  return answer.status
}

test('two web processes count the attempts on an account together', async () => {
  const statuses = []
  for (let tries = 0; tries < 10; tries++) statuses.push(await attempt(servers[tries % 2], 'wrong password'))
  expect(statuses).toEqual(Array(10).fill(401))
  expect([await attempt(servers[0], PASSWORD), await attempt(servers[1], PASSWORD)]).toEqual([429, 429])
})
