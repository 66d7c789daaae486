/**
 * Which records are the same person, organisation or paper. Pure: no database, no network.
 *
 * To be published here, in the order of use (signatures are settled):
 *   declareSchema(fields) → Schema
 *   prepare(schema, record) → Prepared                         once for each record
 *   keysOf(schema, record) → string[]                          for a btree; at most KEYS_MAX, finest first
 *   startModel(schema) → Model · learnModel(schema, records) → Model · recalibrated(model, answers) → Model
 *   packedModel(model) → string · unpackedModel(text) → Model
 *   compare(model, a: Prepared, b: Prepared) → Comparison
 *   clustersOf(count, edges, options) → Int32Array
 */
export { LEVEL_NAMES, REASON_CODES, type ReasonCode, TOPICS, type Topic } from './levels.ts'
export type { Answer, Comparison, LinkageRecord, Model, Reason } from './model.ts'
export { declareSchema, FIELD_KINDS, type Field, type FieldKind, type Schema } from './schema.ts'
