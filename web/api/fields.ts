import type { Operation, Schema } from './openapi.ts'

/** Deeper nesting than this is read in the answer itself. */
const DEPTH_MAX = 6

export interface Field {
  /** 'items[].author.handle'; variants of one shape begin with their number: '2: name'. */
  name: string
  depth: number
  type: string
  required: boolean
  description: string
}

/** The fields of a JSON value, one row each, in the order of the schema. */
export function fieldsOf(schema: Schema, prefix = '', depth = 0): Field[] {
  if (depth > DEPTH_MAX) return []
  const { inner, variants } = withoutNull(schema)
  if (variants.length > 0)
    return variants.flatMap((variant, index) => fieldsOf(variant, `${prefix}${index + 1}: `, depth))
  if (inner.type === 'array' && inner.items) return fieldsOf(inner.items, `${prefix}[].`, depth)
  return Object.entries(inner.properties ?? {}).flatMap(([key, field]) => {
    const name = `${prefix}${key}`
    const row: Field = {
      name,
      depth,
      type: typeOf(field),
      required: inner.required?.includes(key) ?? false,
      description: sentence(field),
    }
    const below = holder(field)
    const step = below?.list ? `${name}[].` : `${name}.`
    return [row, ...(below ? fieldsOf(below.schema, step, depth + 1) : [])]
  })
}

/** The object inside a field: itself, behind "or null", or as items of a list. */
function holder(field: Schema): { schema: Schema; list: boolean } | null {
  const { inner, variants } = withoutNull(field)
  if (variants.length > 0) return variants.some(({ properties }) => properties) ? { schema: field, list: false } : null
  if (inner.type === 'array' && inner.items) {
    const items = withoutNull(inner.items)
    return items.inner.properties || items.variants.length > 0 ? { schema: inner.items, list: true } : null
  }
  return inner.properties ? { schema: inner, list: false } : null
}

function withoutNull(schema: Schema): { inner: Schema; variants: Schema[]; nullable: boolean } {
  const choices = schema.anyOf ?? schema.oneOf
  if (!choices) return { inner: schema, variants: [], nullable: false }
  const real = choices.filter(({ type }) => type !== 'null')
  const nullable = real.length < choices.length
  return real.length === 1
    ? { inner: real[0] as Schema, variants: [], nullable }
    : { inner: schema, variants: real, nullable }
}

/** As programmers write it: string (uuid), integer 1–100, "open" | "closed", object[], string | null. */
export function typeOf(schema: Schema): string {
  const { inner, variants, nullable } = withoutNull(schema)
  const plain = variants.length > 0 ? [...new Set(variants.map(typeOf))].join(' | ') : plainType(inner)
  return nullable ? `${plain} | null` : plain
}

function plainType(schema: Schema): string {
  if (schema.const !== undefined) return JSON.stringify(schema.const)
  if (schema.enum) return schema.enum.map((value) => JSON.stringify(value)).join(' | ')
  if (schema.type === 'array') {
    const of = schema.items ? typeOf(schema.items) : 'any'
    return `${of.includes(' | ') ? `(${of})` : of}[]${range(schema.minItems, schema.maxItems)}`
  }
  const type = [schema.type ?? 'any'].flat().join(' | ')
  if (type === 'string') return `string${schema.format ? ` (${schema.format})` : ''}`
  if (type === 'integer' || type === 'number') return `${type}${range(schema.minimum, schema.maximum)}`
  return type
}

/** Bounds that programs put in by themselves (the largest safe integer) say nothing. */
function range(least: number | undefined, most: number | undefined): string {
  const low = least !== undefined && Math.abs(least) < Number.MAX_SAFE_INTEGER ? least : undefined
  const high = most !== undefined && most < Number.MAX_SAFE_INTEGER ? most : undefined
  if (low === undefined && high === undefined) return ''
  if (high === undefined) return ` ≥ ${low}`
  return low === undefined ? ` ≤ ${high}` : ` ${low}–${high}`
}

function sentence({ description, default: preset, maxLength, pattern }: Schema): string {
  const parts = [
    description ?? '',
    maxLength === undefined ? '' : `≤ ${maxLength}`,
    pattern && !description ? pattern : '',
    preset === undefined ? '' : `= ${JSON.stringify(preset)}`,
  ]
  return parts.filter(Boolean).join(' · ')
}

/** What can be pasted into a terminal: the key and ids are left to fill in. */
export function curlOf(server: string, { method, path, parameters, body, permission }: Operation): string {
  const required = parameters.filter((parameter) => parameter.in === 'query' && parameter.required)
  const query = required.map(({ name, schema }) => `${name}=${exampleOf(schema ?? {})}`).join('&')
  const lines = [`curl${method === 'GET' ? '' : ` -X ${method}`} '${server}${path}${query ? `?${query}` : ''}'`]
  if (permission !== 'public') lines.push(`-H 'Authorization: Bearer rk_…'`)
  if (body) lines.push(`-H 'Content-Type: application/json'`, `-d '${JSON.stringify(exampleOf(body))}'`)
  return lines.join(' \\\n  ')
}

/** The smallest value that fits: required fields only. */
export function exampleOf(schema: Schema, depth = 0): unknown {
  if (schema.default !== undefined) return schema.default
  const { inner, variants } = withoutNull(schema)
  if (variants.length > 0) return exampleOf(variants[0] as Schema, depth)
  if (inner.const !== undefined) return inner.const
  if (inner.enum) return inner.enum[0]
  if (inner.type === 'array') return inner.items && depth < DEPTH_MAX ? [exampleOf(inner.items, depth + 1)] : []
  if (inner.type === 'boolean') return true
  if (inner.type === 'integer' || inner.type === 'number') return Math.max(inner.minimum ?? 1, 1)
  if (inner.type === 'string') return inner.format === 'date-time' ? '2026-01-31T12:00:00Z' : '…'
  if (depth >= DEPTH_MAX) return {}
  const entries = Object.entries(inner.properties ?? {}).filter(([key]) => inner.required?.includes(key))
  return Object.fromEntries(entries.map(([key, field]) => [key, exampleOf(field, depth + 1)]))
}
