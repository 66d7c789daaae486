import { describe, expect, it } from 'vitest'
import type { NotificationName } from '../../contract/notifications.ts'
import { modules } from '../../server/modules.ts'
import texts from './later-texts/en.json' with { type: 'json' }
import { toldOf } from './told.ts'

/** What stands under a key, as the screen asks for it. */
const textAt = (key: string): unknown =>
  key.split('.').reduce<unknown>((at, part) => (at as Record<string, unknown> | undefined)?.[part], texts)

describe('a notification', () => {
  const kinds = modules.flatMap(({ notifications }) => notifications?.kinds ?? [])
  const told = kinds.flatMap(({ kind, sentences }) => {
    const { one } = sentences.en
    return (typeof one === 'string' ? [null] : Object.keys(one)).map((news) => ({
      kind: kind as NotificationName,
      news,
    }))
  })

  it.each(told)('of kind $kind with the news $news is told in a sentence', ({ kind, news }) => {
    expect(textAt(toldOf((key) => key, kind, news, ''))).toEqual(expect.any(String))
  })
})
