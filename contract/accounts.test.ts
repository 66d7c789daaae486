import { expect, test } from 'vitest'
import type { z } from 'zod'
import { accounts } from './accounts.ts'

const inputOf = (procedure: { '~orpc': { inputSchema?: unknown } }) => procedure['~orpc'].inputSchema as z.ZodType

test('changing one thing of a workspace says nothing about the others', () => {
  const change = { settings: { retentionDays: 20 } }
  expect(inputOf(accounts.workspaces.update).parse(change)).toEqual(change)
})

test('a new workspace needs nothing but a name', () => {
  expect(inputOf(accounts.workspaces.create).parse({ name: 'Nordlicht' })).toEqual({
    name: 'Nordlicht',
    brand: '',
    kind: 'small-team',
    languages: ['en'],
    timeZone: 'Europe/Berlin',
  })
})
