import { expect, it } from 'vitest'
import { modules } from '../../modules.ts'
import { suggestionNews } from './subscription.ts'

it('suggestions hear of events that some module records, each by its very name', () => {
  const known = new Set(modules.flatMap(({ eventPermissions = {} }) => Object.keys(eventPermissions)))
  expect(suggestionNews.types?.filter((type) => !known.has(type))).toEqual([])
})
