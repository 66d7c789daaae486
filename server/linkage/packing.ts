import type { Model } from './model.ts'
import { declareSchema } from './schema.ts'

/** Another meaning of levels or fields makes stored models worthless: they are learned anew. */
export const MODEL_VERSION = 3

/** The model as text, to be stored. It holds frequent values of the records (names, cities), so it is personal data. */
export const packedModel = (model: Model): string =>
  JSON.stringify({ version: MODEL_VERSION, model }, (_, value: unknown) =>
    value instanceof Map ? { entries: [...value] } : value,
  )

/** Null when it was written by another version. */
export function unpackedModel(text: string): Model | null {
  const { version, model } = JSON.parse(text, (_, value: unknown) =>
    isEntries(value) ? new Map(value.entries) : value,
  ) as { version: number; model: Model }
  if (version !== MODEL_VERSION) return null
  return { ...model, schema: declareSchema(model.schema.fields) }
}

const isEntries = (value: unknown): value is { entries: [string, number][] } =>
  typeof value === 'object' && value !== null && Array.isArray((value as { entries?: unknown }).entries)
