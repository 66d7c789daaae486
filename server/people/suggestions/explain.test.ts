import { sql } from 'kysely'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { newId } from '../../platform/ids.ts'
import { explain } from '../../platform/testing/explain.ts'
import { identitiesQuery } from './identity-rows.ts'
import { candidatesQuery } from './keys.ts'
import { decidedQuery, ofPersonQuery, queueQuery } from './listing.ts'
import { betweenQuery, openBehindQuery, openOfQuery } from './rows.ts'
import { nextOfRun } from './runs.ts'
import { sideQuery } from './sides.ts'
import { openScene, type Scene } from './testing/scene.ts'

let scene: Scene
beforeAll(async () => {
  scene = await openScene()
})
afterAll(() => scene.close())

const NOW = new Date('2026-11-20T12:00:00Z')

it('every question of suggestions is served by an index, also under row-level security', async () => {
  const { workspaceId } = scene.app.workspace
  const [a, b] = [newId(), newId()]
  const plans = await explain(scene, [
    [
      sql`select from identity_key i where i.workspace_id = ${workspaceId} and i.key = 5 order by i.author_id limit 61`,
      'identity_key_pkey',
    ],
    [queueQuery(workspaceId, NOW, [500, a], 25), 'suggestion_queue'],
    [queueQuery(workspaceId, NOW, [500, a], 25, b), 'suggestion_queue'],
    [decidedQuery(workspaceId, 'refused', [NOW, a], 25), 'suggestion_decided'],
    [nextOfRun(workspaceId, a, false, 100), 'author_pkey'],
    [sideQuery(workspaceId, [a]), 'author_person'],
    [openBehindQuery(workspaceId, a, 100), 'suggestion_workspace_id_author_id_other_author_id_key'],
  ])
  expect(plans.filter(({ usesIndex }) => !usesIndex).map(({ plan }) => plan)).toEqual([])
})

it('questions over several sides read no table from end to end', async () => {
  const { workspaceId } = scene.app.workspace
  const [a, b] = [newId(), newId()]
  await scene.inWorkspace(async (tx) => {
    await sql`set local enable_seqscan = off`.execute(tx.sql)
    for (const query of [
      candidatesQuery(workspaceId, a, ['1', '2']),
      betweenQuery(workspaceId, [[[a], [b]]]),
      openOfQuery(workspaceId, [a]),
      identitiesQuery(workspaceId, [a, b]),
      ofPersonQuery(workspaceId, a, NOW),
      queueQuery(workspaceId, NOW, [500, a], 25, b),
    ]) {
      const { rows } = await sql<{ 'QUERY PLAN': string }>`explain ${query}`.execute(tx.sql)
      const plan = rows.map((row) => row['QUERY PLAN']).join('\n')
      expect(plan).not.toMatch(/Seq Scan/)
    }
  })
})
