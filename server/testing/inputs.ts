import { newId } from '../platform/ids.ts'
import type { JsonSchema, Place } from './procedures.ts'

/** What an id of that name points at. */
const COLUMNS: Record<string, string> = {
  sameAs: 'organisation_id',
  mentions: 'member_id',
  add: 'tag_id',
  remove: 'tag_id',
  subjectId: 'conversation_id',
  joinWorkspaceId: 'workspace_id',
  replyToPostId: 'post_id',
  groupId: 'post_id',
  without: 'post_id',
  shown: 'post_id',
  shownPostIds: 'post_id',
  shownConversationIds: 'conversation_id',
  countedColumnIds: 'column_id',
  against: 'verdict_id',
  toRoleId: 'role_id',
  id: 'conversation_id',
  issuerId: 'proof_issuer_id',
  questionId: 'proof_question_id',
  frozenId: 'delivery_id',
  assignedMemberId: 'member_id',
  askedMemberId: 'member_id',
}
/** The column of an id by the name that the contract gives it: conversationIds → conversation_id. */
export const columnOf = (name: string): string =>
  COLUMNS[name] ?? name.replace(/Ids$/, 'Id').replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)

let texts = 0
const PATTERNS = ['1', 'en', 'abc', '#000000', '08:00', '2026-03-02']

/** The smallest value that the schema takes and that holds the target; there stands the given id, elsewhere own ones. */
export function inputOf(
  { path, name, schema }: Place,
  target: Place,
  id: string,
  own: ReadonlyMap<string, string>,
): unknown {
  const leads = (to: string) =>
    target.path === to || (/^[.[|{]/.test(target.path.slice(to.length)) && target.path.startsWith(to))
  if (path === target.path && schema.format === 'uuid') return id
  if (schema.format === 'uuid') return own.get(columnOf(name)) ?? newId()
  const branches = schema.anyOf ?? schema.oneOf
  if (branches) {
    const chosen = Math.max(
      0,
      branches.findIndex((_, index) => leads(`${path}|${index}`)),
    )
    return inputOf({ path: `${path}|${chosen}`, name, schema: branches[chosen] as JsonSchema }, target, id, own)
  }
  if (schema.const !== undefined) return schema.const
  if (schema.enum) return schema.enum[0]
  if (schema.properties || schema.type === 'object')
    return Object.fromEntries(
      Object.entries(schema.properties ?? {})
        .filter(([key]) => schema.required?.includes(key) || leads(`${path}.${key}`))
        .map(([key, child]) => [key, inputOf({ path: `${path}.${key}`, name: key, schema: child }, target, id, own)]),
    )
  if (schema.type === 'array')
    return [inputOf({ path: `${path}[]`, name, schema: schema.items ?? {} }, target, id, own)]
  if (schema.type === 'integer' || schema.type === 'number') return Math.max(1, schema.minimum ?? 1)
  if (schema.type === 'boolean') return false
  if (schema.type === 'null') return null
  if (schema.format === 'uri') return 'https://example.org/'
  if (schema.pattern) return PATTERNS.find((text) => new RegExp(schema.pattern ?? '').test(text)) ?? ''
  // Names are unique, reasons have a few words.
  if (schema.type === 'string') return `words number ${++texts}`
  return new Date(Date.now() + 3_600_000).toISOString()
}
