import type { z } from 'zod'
import type { graph as contract } from '../../../contract/people-graph.ts'
import type { WorkspaceTransaction } from '../../platform/database.ts'
import { NotFound } from '../../platform/errors.ts'
import { authorBriefs, currentPerson } from '../reading.ts'
import { candidatesOf } from './candidates.ts'
import { ranked } from './rule.ts'
import { fieldSources } from './settings.ts'
import { FIELDS } from './value.ts'

export type PersonFields = z.infer<(typeof contract.fields.get)['~orpc']['outputSchema'] & z.ZodType>

/** Every field of a person with all that is said of it, what holds first. Fields that everybody has come first. */
export async function readFields(tx: WorkspaceTransaction, personId: string): Promise<PersonFields> {
  const current = await currentPerson(tx, personId)
  if (!current) throw new NotFound('person-unknown')
  const candidates = (await candidatesOf(tx, [current])).get(current) ?? new Map()
  const sources = await fieldSources(tx)
  const own = [...candidates.keys()].filter((field) => !FIELDS.some((known) => known === field)).toSorted()
  const all = [...FIELDS, ...own].map((field) => ({ field, said: ranked(candidates.get(field) ?? [], sources) }))
  const authors = await authorBriefs(tx, [
    ...new Set(all.flatMap(({ said }) => said.flatMap(({ authorId }) => authorId ?? []))),
  ])
  return {
    personId: current,
    fields: all.map(({ field, said }) => ({
      field,
      candidates: said.flatMap(({ value, origin, source, authorId, at, by = null }) =>
        value === null
          ? []
          : [{ value, origin, source, author: authorId ? (authors.get(authorId) ?? null) : null, at, by }],
      ),
    })),
  }
}
