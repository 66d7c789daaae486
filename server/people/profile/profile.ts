import { sql } from 'kysely'
import type { z } from 'zod'
import type { profile as contract } from '../../../contract/people-profile.ts'
import { SCORES, type Score } from '../../../contract/people-scores.ts'
import type { WorkspaceTransaction } from '../../platform/database.ts'
import { NotFound } from '../../platform/errors.ts'
import { mayProfile } from '../consent/index.ts'
import { currentPerson } from '../reading.ts'
import { segmentsOfPersons } from '../segments/members.ts'
import { notesOf } from './notes.ts'
import { tagsOf } from './tags.ts'

type Profile = z.output<NonNullable<(typeof contract.get)['~orpc']['outputSchema']>>

/** What a person's page and the panel beside a conversation begin with. */
export async function readProfile(tx: WorkspaceTransaction, personId: string, now: Date): Promise<Profile> {
  const current = await currentPerson(tx, personId)
  if (!current) throw new NotFound('person-unknown')
  const { rows } = await sql<{ name: string; known_since: Date; networks: string[] | null }>`
    select p.name, least(p.created_at, a.first_heard_at) as known_since, a.networks
    from person p cross join lateral (
      select min(first_heard_at) as first_heard_at, array_agg(distinct network) filter (where kind = 'account') as networks
      from author where workspace_id = ${tx.workspaceId} and person_id = ${current}) a
    where p.workspace_id = ${tx.workspaceId} and p.person_id = ${current}`.execute(tx.sql)
  const [person] = rows
  if (!person) throw new NotFound('person-unknown')
  const profiled = (await mayProfile(tx, [current])).has(current)
  return {
    personId: current,
    name: person.name,
    knownSince: person.known_since,
    networks: person.networks ?? [],
    profiled,
    scores: profiled ? await scoresOf(tx, current) : [],
    tags: await tagsOf(tx, current),
    segments: (await segmentsOfPersons(tx, [current], now)).get(current) ?? [],
    notes: await notesOf(tx, current),
  }
}

async function scoresOf(tx: WorkspaceTransaction, current: string): Promise<Profile['scores']> {
  const { rows } = await sql<Record<Score, number | null>>`
    select value, influence, advocate, detractor from person_summary
    where workspace_id = ${tx.workspaceId} and person_id = ${current} and profiled`.execute(tx.sql)
  const [kept] = rows
  return SCORES.flatMap((score) => {
    const points = kept?.[score]
    return points === null || points === undefined ? [] : [{ score, points: Math.round(points * 10) / 10 }]
  })
}
