/** The part of OpenAPI 3.1 that our own description uses: no references, bodies and answers as JSON. */
export interface Schema {
  type?: string | string[]
  format?: string
  enum?: unknown[]
  const?: unknown
  description?: string
  default?: unknown
  properties?: Record<string, Schema>
  required?: string[]
  items?: Schema
  anyOf?: Schema[]
  oneOf?: Schema[]
  additionalProperties?: Schema | boolean
  minimum?: number
  maximum?: number
  minLength?: number
  maxLength?: number
  minItems?: number
  maxItems?: number
  pattern?: string
}

interface RawParameter {
  name: string
  in: 'path' | 'query' | 'header'
  required?: boolean
  schema?: Schema
}

interface Content {
  content?: Record<string, { schema?: Schema }>
}

interface RawOperation {
  operationId?: string
  summary?: string
  tags?: string[]
  parameters?: RawParameter[]
  requestBody?: Content
  responses?: Record<string, Content>
  'x-permission'?: string
}

export interface OpenApi {
  info: { title: string; version: string; description?: string }
  servers: { url: string }[]
  paths: Record<string, Record<string, RawOperation>>
}

export interface Operation {
  id: string
  method: string
  path: string
  summary: string
  tag: string
  /** What a key needs; null where the description does not say. */
  permission: string | null
  parameters: RawParameter[]
  body: Schema | null
  answer: Schema | null
}

export function operationsOf(api: OpenApi): Operation[] {
  return Object.entries(api.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, raw]) => ({
      id: raw.operationId ?? `${method} ${path}`,
      method: method.toUpperCase(),
      path,
      summary: raw.summary ?? '',
      tag: raw.tags?.[0] ?? path.split('/')[1] ?? '',
      permission: raw['x-permission'] ?? null,
      parameters: raw.parameters ?? [],
      body: jsonOf(raw.requestBody),
      answer: jsonOf(raw.responses?.['200'] ?? raw.responses?.['201']),
    })),
  )
}

const jsonOf = (content: Content | undefined): Schema | null => {
  const schema = content?.content?.['application/json']?.schema
  return schema && !isEmpty(schema) ? schema : null
}

/** An object without a field says nothing. */
const isEmpty = ({ type, properties, additionalProperties }: Schema): boolean =>
  type === 'object' && Object.keys(properties ?? {}).length === 0 && !additionalProperties

/** By tag in the order of the description; an operation stays when each word stands in path, sentence, tag or permission. */
export function grouped(operations: readonly Operation[], query: string): [tag: string, operations: Operation[]][] {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean)
  const found = operations.filter(({ method, path, summary, tag, permission }) => {
    const text = `${method} ${path} ${summary} ${tag} ${permission ?? ''}`.toLowerCase()
    return words.every((word) => text.includes(word))
  })
  return [...Map.groupBy(found, ({ tag }) => tag)]
}
