import type { Topic } from './levels.ts'

/**
 * What a column holds. A caller declares its columns; how a kind is compared is the same for every caller.
 *
 * Several values in one field (mails, phones, links) are parted by white space, comma or semicolon. Mails and phones may be
 * given as hex digests: they are then equal or not. `active` is an interval `2020-01-01/2024-05-31`, either end open.
 * `standing` is one of person, organisation, impersonator. `proven-link` holds links proven both ways (rel=me),
 * `proven-id` a number that its holder proved, `picture` a perceptual hash in hex.
 */
export const FIELD_KINDS = [
  'given-name',
  'surname',
  'full-name',
  'handle',
  'network',
  'active',
  'standing',
  'bio',
  'birth-date',
  'mail',
  'phone',
  'site',
  'proven-link',
  'proven-id',
  'picture',
  'address',
  'house-number',
  'city',
  'postcode',
  'region',
  'organisation',
  'identifier',
  'title',
  'text',
  'year',
  'person-list',
  'category',
] as const

export type FieldKind = (typeof FIELD_KINDS)[number]

export interface Field {
  readonly name: string
  readonly kind: FieldKind
}

/** One comparison of a schema: a topic and the fields it reads. */
export interface Unit {
  readonly topic: Topic
  /** The field that reasons name. */
  readonly field: string
  readonly fields: readonly Field[]
  /** Index of the unit on which this one depends in pairs that do not match (city on postcode), or -1. */
  readonly parent: number
}

export interface Schema {
  readonly fields: readonly Field[]
  readonly units: readonly Unit[]
  /** Among accounts a name alone never suffices. */
  readonly accounts: boolean
}

/** More comparisons would not fit one pattern number. */
export const UNITS_MAX = 16

const TOPIC_OF: Partial<Record<FieldKind, Topic>> = {
  'given-name': 'given',
  surname: 'surname',
  'birth-date': 'birth-date',
  'house-number': 'house-number',
  address: 'address',
  postcode: 'postcode',
  city: 'city',
  region: 'category',
  organisation: 'organisation',
  identifier: 'identifier',
  title: 'title',
  text: 'text',
  year: 'year',
  'person-list': 'people',
  category: 'category',
  'proven-link': 'proven-link',
  'proven-id': 'proven-id',
  picture: 'picture',
  bio: 'text',
}

type Draft = Omit<Unit, 'parent'>

/** Throws TypeError for an unknown kind, a name given twice, or more comparisons than fit. */
export function declareSchema(fields: readonly Field[]): Schema {
  const names = new Set<string>()
  for (const { name, kind } of fields) {
    if (!FIELD_KINDS.includes(kind)) throw new TypeError(`unknown kind of field: ${kind}`)
    if (names.has(name)) throw new TypeError(`field declared twice: ${name}`)
    names.add(name)
  }
  const drafts = [...joinedUnits(fields), ...singleUnits(fields)]
  if (drafts.length === 0 || drafts.length > UNITS_MAX)
    throw new TypeError(`a schema has 1 to ${UNITS_MAX} comparisons, not ${drafts.length}`)
  const units = drafts.map((draft) => ({ ...draft, parent: parentOf(draft, drafts) }))
  return { fields, units, accounts: fields.some(({ kind }) => kind === 'handle' || kind === 'network') }
}

function singleUnits(fields: readonly Field[]): Draft[] {
  return fields.flatMap((field) => {
    const topic = TOPIC_OF[field.kind]
    return topic ? [{ topic, field: field.name, fields: [field] }] : []
  })
}

/** Comparisons that read several fields: whole names, all mails, an account with its links. */
function joinedUnits(fields: readonly Field[]): Draft[] {
  const of = (...kinds: FieldKind[]): Field[] => fields.filter(({ kind }) => kinds.includes(kind))
  const unit = (topic: Topic, from: Field[], wanted = true): Draft[] =>
    wanted && from[0] ? [{ topic, field: from[0].name, fields: from }] : []
  const names = of('full-name', 'given-name', 'surname')
  const handles = of('handle')
  return [
    ...unit('name', [...names, ...handles], of('full-name').length > 0),
    ...unit('handle', handles),
    ...unit('handle-name', [...handles, ...names], handles.length > 0 && names.length > 0),
    ...unit('mail', of('mail')),
    ...unit('phone', of('phone')),
    ...unit('site', of('site', 'proven-link', 'bio'), of('site', 'bio').length > 0),
    ...unit('account-link', [...of('site', 'bio', 'proven-link'), ...of('network', 'handle')], canLink(of)),
    ...unit('network', of('network', 'active'), of('network').length > 0),
    ...unit(
      'standing',
      [...of('standing'), ...of('full-name', 'bio')],
      of('standing').length > 0 || handles.length > 0,
    ),
  ]
}

const canLink = (of: (...kinds: FieldKind[]) => Field[]): boolean =>
  of('site', 'bio', 'proven-link').length > 0 && of('network').length > 0 && of('handle').length > 0

/** What tends to agree together in pairs that do not match; the first one present is the parent. */
const DEPENDS_ON: Partial<Record<Topic, readonly Topic[]>> = {
  city: ['postcode', 'address'],
  postcode: ['address'],
  'house-number': ['address'],
  mail: ['surname', 'name'],
  handle: ['name', 'surname'],
  'handle-name': [],
}

function parentOf(draft: Draft, drafts: readonly Draft[]): number {
  if (draft.fields[0]?.kind === 'region')
    return drafts.findIndex(({ topic }) => topic === 'postcode' || topic === 'city')
  for (const topic of DEPENDS_ON[draft.topic] ?? []) {
    const at = drafts.findIndex((other) => other.topic === topic)
    if (at >= 0) return at
  }
  return -1
}
