import { sql } from 'kysely'
import { type Answer, type Model, packedModel, recalibrated, startModel, unpackedModel } from '../../linkage/index.ts'
import type { WorkspaceTransaction } from '../../platform/database.ts'
import type { Secrets } from '../../platform/secrets.ts'
import { FIELDS_VERSION, IDENTITY_SCHEMA } from './fields.ts'

/** Encryption takes so much at once. */
const PIECE_CHARACTERS = 30_000
/** The newest, and the ones that comparisons under way may still be reading; the last own counts beside them. */
const VERSIONS_KEPT = 3
/** More answers than these change nothing any more. */
const ANSWERS_MAX = 5_000
const MODELS_IN_MEMORY_MAX = 8
const BEGINNING = new Date(0)

export type LearnedFrom = 'shipped' | 'own-pairs' | 'answers'

export interface StoredModel {
  version: number
  model: Model
}

export interface ModelFacts {
  version: number
  learnedAt: Date
  learnedFrom: LearnedFrom
  identities: number
  confirmations: number
  refusals: number
}

/** Models are read by each comparison and change every few days. By workspace and version. */
const inMemory = new Map<string, Model>()

/**
 * What is stored is the model without anybody's answers; those are read beside it, so that an answer that is taken back, or
 * goes with an erased identity, leaves nothing behind. Version 0 are the shipped values: nothing of the workspace is in them.
 */
export async function currentModel(tx: WorkspaceTransaction, secrets: Secrets): Promise<StoredModel> {
  const facts = await modelFacts(tx)
  if (!facts) return { version: 0, model: await shippedModel(tx) }
  const key = `${tx.workspaceId} ${facts.version} ${facts.learnedAt.getTime()}`
  const known = inMemory.get(key)
  if (known) return { version: facts.version, model: known }
  const answers = await answersUntil(tx, facts.learnedAt)
  const base = await baseModel(tx, secrets, facts.version)
  const model = answers.length === 0 ? base : recalibrated(base, answers)
  if (inMemory.size >= MODELS_IN_MEMORY_MAX) inMemory.delete(inMemory.keys().next().value as string)
  inMemory.set(key, model)
  return { version: facts.version, model }
}

/** One other identity of the same person for every third: what to expect before anything is compared. */
const OTHERS_OF_AN_IDENTITY = 0.3
const IDENTITIES_MIN = 30
const NOTHING_COUNTED: Model['units'][number]['values'] = { total: 0, once: 0, counts: new Map() }
/** Of names the usual ones are what one meets: one that is shared says as much as one of three hundred. */
const USUAL_NAMES: Model['units'][number]['values'] = { total: 0, once: 0.15, counts: new Map() }

/**
 * What is shipped, for a workspace that has not learned yet: of sites, numbers and words nothing is known, so that each is as
 * rare as such a thing usually is; and the more identities there are, the less two of them are expected to be one person's.
 */
async function shippedModel(tx: WorkspaceTransaction): Promise<Model> {
  const start = startModel(IDENTITY_SCHEMA)
  const prior = Math.log2(OTHERS_OF_AN_IDENTITY / Math.max(IDENTITIES_MIN, await countedLately(tx)))
  const units = start.units.map((unit, at) => {
    const counted = IDENTITY_SCHEMA.units[at]?.topic === 'name' ? USUAL_NAMES : NOTHING_COUNTED
    return { ...unit, values: counted, words: counted }
  })
  return { ...start, prior, learnedPrior: prior, units }
}

const IDENTITIES_COUNTED_MAX = 40_000
/** From here on a few more or fewer change nothing, and counting takes longer than comparing. */
const COUNTED_LATELY_MIN = 5_000
const COUNTED_MS = 60_000
const lately = new Map<string, { identities: number; until: number }>()

async function countedLately(tx: WorkspaceTransaction): Promise<number> {
  const known = lately.get(tx.workspaceId)
  if (known && known.until > performance.now()) return known.identities
  lately.delete(tx.workspaceId)
  const identities = await countIdentities(tx)
  if (lately.size >= MODELS_IN_MEMORY_MAX) lately.delete(lately.keys().next().value as string)
  if (identities >= COUNTED_LATELY_MIN)
    lately.set(tx.workspaceId, { identities, until: performance.now() + COUNTED_MS })
  return identities
}

/** Identities of persons; so many or more. Served by author_person. */
export async function countIdentities(tx: WorkspaceTransaction): Promise<number> {
  const { rows } = await sql<{ identities: number }>`
    select count(*)::int as identities from (select from author
      where workspace_id = ${tx.workspaceId} and person_id is not null limit ${IDENTITIES_COUNTED_MAX}) few`.execute(
    tx.sql,
  )
  return rows[0]?.identities ?? 0
}

async function baseModel(tx: WorkspaceTransaction, secrets: Secrets, version: number): Promise<Model> {
  const { rows } = await sql<{ sealed: string[] }>`
    select sealed from linkage_model where workspace_id = ${tx.workspaceId} and version = ${version}`.execute(tx.sql)
  const sealed = rows[0]?.sealed ?? []
  const packed = sealed.map((piece, at) => secrets.decrypt(piece, sealedAs(tx.workspaceId, version, at))).join('')
  // Null: packed by an older release. The next learning replaces it.
  return unpackedModel(packed) ?? (await shippedModel(tx))
}

export async function modelFacts(tx: WorkspaceTransaction): Promise<ModelFacts | null> {
  const { rows } = await sql<ModelFacts>`
    select version, learned_at as "learnedAt", learned_from as "learnedFrom", identities, confirmations, refusals
    from linkage_model where workspace_id = ${tx.workspaceId} and fields_version = ${FIELDS_VERSION}
    order by version desc limit 1`.execute(tx.sql)
  return rows[0] ?? null
}

/** When the workspace's own pairs were counted last; taking answers in makes a new version of the same counts. */
export async function learnedFromPairsAt(tx: WorkspaceTransaction): Promise<Date | null> {
  const { rows } = await sql<{ learned_at: Date }>`
    select learned_at from linkage_model where workspace_id = ${tx.workspaceId} and learned_from = 'own-pairs'
      and fields_version = ${FIELDS_VERSION}
    order by version desc limit 1`.execute(tx.sql)
  return rows[0]?.learned_at ?? null
}

/** Two that learn at once: the later one finds its version taken, and returns null. */
export async function storeModel(
  tx: WorkspaceTransaction,
  secrets: Secrets,
  base: Model,
  { learnedFrom, identities }: { learnedFrom: LearnedFrom; identities: number },
  now: Date,
): Promise<number | null> {
  const version = (await newestVersion(tx)) + 1
  const answers = await answersUntil(tx, now)
  const confirmations = answers.filter(({ confirmed }) => confirmed).length
  const { numAffectedRows = 0n } = await sql`
    insert into linkage_model (workspace_id, version, learned_at, learned_from, fields_version, identities, confirmations,
      refusals, sealed)
    values (${tx.workspaceId}, ${version}, ${now}, ${learnedFrom}, ${FIELDS_VERSION}, ${identities}, ${confirmations},
      ${answers.length - confirmations}, ${sealedPieces(secrets, tx.workspaceId, version, base)}::text[])
    on conflict do nothing`.execute(tx.sql)
  if (numAffectedRows === 0n) return null
  await sql`delete from linkage_model m where m.workspace_id = ${tx.workspaceId} and m.version <= ${version - VERSIONS_KEPT}
    and (m.learned_from <> 'own-pairs' or exists (select from linkage_model n where n.workspace_id = m.workspace_id
      and n.version > m.version and n.learned_from = 'own-pairs'))`.execute(tx.sql)
  return version
}

/**
 * After an erasure nobody can say which counts were of whom: all go, and are made anew from those who are left within a minute.
 * The answers stay, because they hold no values.
 */
export async function forgetModels(tx: WorkspaceTransaction): Promise<void> {
  await sql`delete from linkage_model where workspace_id = ${tx.workspaceId}`.execute(tx.sql)
  tx.afterEnd(() => {
    for (const key of [...inMemory.keys()]) if (key.startsWith(`${tx.workspaceId} `)) inMemory.delete(key)
  })
}

/** Takes what was answered, or taken back, since the newest version into a new one. Null: nothing was. */
export async function takeAnswersIn(tx: WorkspaceTransaction, secrets: Secrets, now: Date): Promise<number | null> {
  const facts = await modelFacts(tx)
  const answers = await answersUntil(tx, now)
  const confirmations = answers.filter(({ confirmed }) => confirmed).length
  const isKnown =
    confirmations === (facts?.confirmations ?? 0) &&
    answers.length - confirmations === (facts?.refusals ?? 0) &&
    (answers[0]?.answeredAt ?? BEGINNING) <= (facts?.learnedAt ?? BEGINNING)
  if (isKnown) return null
  const base = facts ? await baseModel(tx, secrets, facts.version) : await shippedModel(tx)
  return storeModel(tx, secrets, base, { learnedFrom: 'answers', identities: facts?.identities ?? 0 }, now)
}

function sealedPieces(secrets: Secrets, workspaceId: string, version: number, model: Model): string[] {
  const packed = packedModel(model)
  return Array.from({ length: Math.ceil(packed.length / PIECE_CHARACTERS) }, (_, at) =>
    secrets.encrypt(
      packed.slice(at * PIECE_CHARACTERS, (at + 1) * PIECE_CHARACTERS),
      sealedAs(workspaceId, version, at),
    ),
  )
}

/** A piece opens only where it belongs. */
const sealedAs = (workspaceId: string, version: number, at: number) => `linkage-model ${workspaceId} ${version} ${at}`

async function newestVersion(tx: WorkspaceTransaction): Promise<number> {
  const { rows } = await sql<{ version: number }>`
    select version from linkage_model where workspace_id = ${tx.workspaceId} order by version desc limit 1`.execute(
    tx.sql,
  )
  return rows[0]?.version ?? 0
}

/** What people said of pairs that are still there. The newest count. */
async function answersUntil(tx: WorkspaceTransaction, until: Date): Promise<(Answer & { answeredAt: Date })[]> {
  const { rows } = await sql<Answer & { answeredAt: Date }>`
    select levels::int[] as levels, confirmed, probability, answered_at as "answeredAt" from suggestion_answer
    where workspace_id = ${tx.workspaceId} and fields_version = ${FIELDS_VERSION} and answered_at <= ${until}
    order by answered_at desc limit ${ANSWERS_MAX}`.execute(tx.sql)
  return rows
}
