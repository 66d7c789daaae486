/**
 * What every connector must do, whatever the network: run against its simulator, and against real server software
 * where there is some. A stage brings the connector, a connection and the hands to play the other side.
 */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { describePolling } from './polling.ts'
import { describePublishing } from './publishing.ts'
import { failureIn, type Stage, soon, valueIn } from './stage.ts'
import { describeStream } from './stream.ts'

/** Which halves of the port are tried; the connector has to promise the same. */
export interface Parts {
  hears: 'poll' | 'stream'
  speaks: boolean
}

export function describeConnector(name: string, parts: Parts, setUp: () => Promise<Stage>): void {
  describe(name, () => {
    let stage: Stage
    beforeAll(async () => {
      stage = await setUp()
    }, 60_000)
    afterAll(() => stage?.stop())
    const current = (): Stage => stage

    test('promises what it is tried for', () => {
      expect(stage.connector.capabilities).toMatchObject(parts)
    })

    test('names its account or feed, and completes the settings', async () => {
      const checked = valueIn(await stage.connector.check(stage.connection, soon()))
      expect(checked.name).not.toBe('')
      expect(stage.connector.parseSettings(checked.settings).ok).toBe(true)
    })

    test('refuses a private address unless the installation allows it', async () => {
      expect(failureIn(await stage.guarded.check(stage.connection, soon())).name).toBe('forbidden-address')
    })

    if (parts.hears === 'poll') describe('hearing by poll', () => describePolling(current))
    else describe('hearing by stream', () => describeStream(current))
    if (parts.speaks) describe('speaking', () => describePublishing(current))
  })
}
