/**
 * Which records are the same person, organisation or paper. Pure: no database, no network.
 *
 * Sources: Fellegi & Sunter 1969 (weights); Winkler 1988, 1990 (EM without labels, comparing names); Good 1953 (rare values);
 * Splink's documentation on term frequency; Perito et al. 2011 (usernames); Damerau 1964 (slips of the keyboard).
 */

/** `new Batch(schema)`, `add(record)`, `link(options)`: a million records over threads. */
export { Batch, type BatchLinked, type BatchOptions } from './batch/link-batch.ts'
/** Weighted pairs to groups: `clustersOf(count, edges, options) → Int32Array` of labels. */
export { type ClusterOptions, clustersOf, type Edges } from './clusters.ts'
/** `edits(a, b, max)`, `jaroWinkler(a, b)`: how far apart two folded words are. */
export { edits } from './distance.ts'
/** `keysOf(schema, record) → string[]`: keys to be stored, finest first, at most KEYS_MAX; stored ones hold for one KEYS_VERSION. */
export { KEYS_MAX, KEYS_VERSION, keysOf } from './keys.ts'
/** `startModel(schema)`, `learnModel(schema, records)`: without labels. */
export { type LearnOptions, learnModel, startModel } from './learn.ts'
export { REASON_CODES, type ReasonCode, type Topic } from './levels.ts'
/** `linkRecords(schema, records, options) → { labels, model }`: a whole list at once. */
export { type Linked, type LinkOptions, linkRecords } from './link.ts'
export type { Answer, Comparison, LinkageRecord, Model, Reason } from './model.ts'
/** `packedModel(model) → string`, `unpackedModel(text) → Model | null`. */
export { packedModel, unpackedModel } from './packing.ts'
/** `prepare(schema, record) → Prepared`: once for each record. */
export { type Prepared, prepare } from './prepared.ts'
/** `recalibrated(model, answers) → Model`: what people confirmed and refused. */
export { recalibrated } from './recalibration.ts'
export { declareSchema, FIELD_KINDS, type Field, type FieldKind, type Schema } from './schema.ts'
/** `compare(model, a, b) → { weight, probability, reasons, levels }`: symmetric. */
export { compare } from './score.ts'
