import { z } from 'zod'
import type { Allow } from '../../contract/permissions.ts'

export interface ContractProcedure {
  /** As RPC calls it: `inbox.conversations.get`. */
  path: string
  allow: Allow
  method: string
  /** As REST calls it, with {parameters}. */
  address: string
  input: z.ZodType | undefined
  output: z.ZodType | undefined
}

interface Definition {
  meta: { allow: Allow }
  route: { method: string; path: string }
  inputSchema?: z.ZodType
  outputSchema?: z.ZodType
}

/** Every procedure of a contract. */
export function proceduresOf(node: unknown, path: string[] = []): ContractProcedure[] {
  if (typeof node !== 'object' || node === null) return []
  const definition = (node as { '~orpc'?: Definition })['~orpc']
  if (!definition) return Object.entries(node).flatMap(([name, child]) => proceduresOf(child, [...path, name]))
  return [
    {
      path: path.join('.'),
      allow: definition.meta.allow,
      method: definition.route.method,
      address: definition.route.path,
      input: definition.inputSchema,
      output: definition.outputSchema,
    },
  ]
}

export interface JsonSchema {
  type?: string | string[]
  format?: string
  pattern?: string
  enum?: unknown[]
  const?: unknown
  default?: unknown
  minimum?: number
  minLength?: number
  minItems?: number
  description?: string
  properties?: Record<string, JsonSchema>
  required?: string[]
  additionalProperties?: JsonSchema | boolean
  items?: JsonSchema
  anyOf?: JsonSchema[]
  oneOf?: JsonSchema[]
  allOf?: JsonSchema[]
}

export const jsonSchemaOf = (schema: z.ZodType | undefined, io: 'input' | 'output'): JsonSchema =>
  schema ? (z.toJSONSchema(schema, { io, unrepresentable: 'any', reused: 'inline' }) as JsonSchema) : {}

/** A place in a value: property names, `[]` for a list's element, `|n` for the branch of a union. */
export interface Place {
  path: string
  /** The name of the property, of a list's element too. */
  name: string
  schema: JsonSchema
}

/** Every place of a schema, branches of unions included. */
export function placesOf(schema: JsonSchema, path = '', name = ''): Place[] {
  const branches = schema.anyOf ?? schema.oneOf ?? []
  return [
    { path, name, schema },
    ...branches.flatMap((branch, index) => placesOf(branch, `${path}|${index}`, name)),
    ...(schema.allOf ?? []).flatMap((part) => placesOf(part, path, name)),
    ...(schema.items ? placesOf(schema.items, `${path}[]`, name) : []),
    ...Object.entries(schema.properties ?? {}).flatMap(([key, child]) => placesOf(child, `${path}.${key}`, key)),
    ...(typeof schema.additionalProperties === 'object'
      ? placesOf(schema.additionalProperties, `${path}{}`, name)
      : []),
  ]
}
