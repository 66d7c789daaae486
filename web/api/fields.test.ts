import { expect, test } from 'vitest'
import { curlOf, exampleOf, fieldsOf, typeOf } from './fields.ts'
import { grouped, type OpenApi, operationsOf, type Schema } from './openapi.ts'

const uuid = { type: 'string', format: 'uuid' }
const nullable = { anyOf: [{ type: 'string' }, { type: 'null' }] }
const page = {
  type: 'object',
  properties: {
    items: {
      type: 'array',
      items: {
        type: 'object',
        properties: { postId: uuid, url: { ...nullable, description: 'Where it stands' } },
        required: ['postId', 'url'],
      },
    },
    nextCursor: nullable,
  },
  required: ['items'],
}

test('an answer is read field by field, through lists', () => {
  expect(fieldsOf(page).map(({ name, type, required }) => [name, type, required])).toEqual([
    ['items', 'object[]', true],
    ['items[].postId', 'string (uuid)', true],
    ['items[].url', 'string | null', true],
    ['nextCursor', 'string | null', false],
  ])
})

test('types are written as programmers read them', () => {
  expect(typeOf({ enum: ['open', 'closed'], type: 'string' })).toBe('"open" | "closed"')
  expect(typeOf({ type: 'array', items: { enum: ['a', 'b'] }, minItems: 1, maxItems: 9 })).toBe('("a" | "b")[] 1–9')
  expect(typeOf({ type: 'integer', minimum: 1, maximum: 100 })).toBe('integer 1–100')
  expect(typeOf({ type: 'integer', minimum: -Number.MAX_SAFE_INTEGER, maximum: Number.MAX_SAFE_INTEGER })).toBe(
    'integer',
  )
})

test('variants of one shape are told apart by number', () => {
  const either: Schema = {
    oneOf: [
      { type: 'object', properties: { ok: { const: true } }, required: ['ok'] },
      { type: 'object', properties: { ok: { const: false }, why: { type: 'string' } }, required: ['ok', 'why'] },
    ],
  }
  expect(fieldsOf(either).map(({ name, type }) => `${name} ${type}`)).toEqual([
    '1: ok true',
    '2: ok false',
    '2: why string',
  ])
})

const api: OpenApi = {
  info: { title: 'Rapport', version: '1' },
  servers: [{ url: 'http://localhost/api/v1' }],
  paths: {
    '/keys': {
      post: {
        operationId: 'accounts.keys.create',
        summary: 'A new API key',
        tags: ['keys'],
        'x-permission': 'keys.manage',
        requestBody: {
          content: {
            'application/json': {
              schema: { type: 'object', properties: { name: { type: 'string' }, note: nullable }, required: ['name'] },
            },
          },
        },
        responses: { '200': { content: { 'application/json': { schema: { type: 'object', properties: {} } } } } },
      },
    },
    '/posts': { get: { summary: 'Stored posts', tags: ['posts'], responses: {} } },
  },
}

test('operations carry what a key needs; an empty answer is none', () => {
  const [create] = operationsOf(api)
  expect(create).toMatchObject({ method: 'POST', path: '/keys', permission: 'keys.manage', answer: null })
})

test('the example holds what is required, and nothing else', () => {
  const [create] = operationsOf(api)
  expect(create && exampleOf(create.body ?? {})).toEqual({ name: '…' })
  expect(create && curlOf('http://localhost/api/v1', create)).toBe(
    [
      "curl -X POST 'http://localhost/api/v1/keys'",
      "-H 'Authorization: Bearer rk_…'",
      "-H 'Content-Type: application/json'",
      `-d '{"name":"…"}'`,
    ].join(' \\\n  '),
  )
})

test('every word of the search has to stand somewhere', () => {
  const operations = operationsOf(api)
  expect(grouped(operations, '').map(([tag]) => tag)).toEqual(['keys', 'posts'])
  expect(grouped(operations, 'NEW keys.manage').map(([tag]) => tag)).toEqual(['keys'])
  expect(grouped(operations, 'new posts')).toEqual([])
})
