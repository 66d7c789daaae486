import { IconInbox } from '@tabler/icons-react'
import { expect, test } from 'vitest'
import type { WebModule } from '../platform/module.ts'
import { samePlace } from './same-place.ts'

const modules: WebModule[] = [
  {
    name: 'people',
    rail: [{ id: 'people', label: 'people:rail', icon: IconInbox, path: 'people', permission: 'people.read' }],
  },
]

test('whoever switches workspaces stays at the place, and leaves what belongs to the other workspace', () => {
  const there = { slug: 'there', permissions: ['people.read' as const] }
  expect(samePlace(modules, '/w/here/people/persons/01a2', there)).toBe('/w/there/people')
})

test('a place that may not be seen there, or is none of the rail, leads to the start', () => {
  expect(samePlace(modules, '/w/here/people', { slug: 'there', permissions: [] })).toBe('/w/there')
  expect(samePlace(modules, '/w/here/api', { slug: 'there', permissions: ['people.read'] })).toBe('/w/there')
  expect(samePlace(modules, '/w/here', { slug: 'there', permissions: [] })).toBe('/w/there')
})
