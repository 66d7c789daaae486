import { filterHolds } from '../filter-tests.ts'
import type { PreparedPost } from '../prepare.ts'
import type { Filter } from '../query.ts'
import { handleKeys } from '../words.ts'
import type { Features } from './features.ts'

/** Filters on what a post has one of, and shares with many posts: whether they hold is remembered by its value. */
export const ATTRIBUTES = ['author', 'source', 'network', 'lang', 'site'] as const
export type AttributeFilter = Extract<Filter, { field: (typeof ATTRIBUTES)[number] }>

const VALUES_MAX = 20_000

interface Asked {
  feature: number
  identity: string
  filter: AttributeFilter
  german: boolean
  uses: number
}

export const isAttribute = (filter: Filter): filter is AttributeFilter =>
  (ATTRIBUTES as readonly string[]).includes(filter.field)

/** One field of filters, with a table from value to the features that hold for it. */
class Attribute {
  readonly #field: AttributeFilter['field']
  readonly #byIdentity = new Map<string, Asked>()
  /** Of authors only: filters that ask for just this handle and no name. The others are all asked. */
  readonly #byHandle = new Map<string, Set<Asked>>()
  readonly #others = new Set<Asked>()
  readonly #known = new Map<string, readonly number[]>()
  /** Of the post before: posts of one stream share most values. */
  #lastValue: string | null = null
  #lastFeatures: readonly number[] = []

  constructor(field: AttributeFilter['field']) {
    this.#field = field
  }

  get isEmpty(): boolean {
    return this.#byIdentity.size === 0
  }

  acquire(filter: AttributeFilter, german: boolean, features: Features): Asked {
    const identity = JSON.stringify([filter, german])
    const known = this.#byIdentity.get(identity)
    if (known) {
      known.uses++
      return known
    }
    const asked = { feature: features.take(), identity, filter, german, uses: 1 }
    this.#byIdentity.set(identity, asked)
    const handle = bareHandle(filter)
    if (handle === null) this.#others.add(asked)
    else this.#byHandle.set(handle, (this.#byHandle.get(handle) ?? new Set()).add(asked))
    this.#forget()
    return asked
  }

  remove(asked: Asked): void {
    this.#byIdentity.delete(asked.identity)
    this.#others.delete(asked)
    const handle = bareHandle(asked.filter)
    const there = handle === null ? undefined : this.#byHandle.get(handle)
    if (handle !== null && there?.delete(asked) && there.size === 0) this.#byHandle.delete(handle)
    this.#forget()
  }

  #forget(): void {
    this.#known.clear()
    this.#lastValue = null
  }

  featuresOf(prepared: PreparedPost): readonly number[] {
    const value = valueIn(this.#field, prepared)
    if (value === this.#lastValue) return this.#lastFeatures
    this.#lastFeatures = this.#featuresOfValue(value, prepared)
    this.#lastValue = value
    return this.#lastFeatures
  }

  #featuresOfValue(value: string, prepared: PreparedPost): readonly number[] {
    const known = this.#known.get(value)
    if (known) return known
    const candidates = new Set(this.#others)
    if (this.#field === 'author' && prepared.post.author.handle !== null)
      for (const key of handleKeys(prepared.post.author.handle))
        for (const asked of this.#byHandle.get(key) ?? []) candidates.add(asked)
    const features: number[] = []
    for (const asked of candidates) if (filterHolds(asked.filter, asked, prepared)) features.push(asked.feature)
    if (this.#known.size >= VALUES_MAX) this.#known.clear()
    this.#known.set(value, features)
    return features
  }
}

/** Attribute filters as features, each distinct one once. */
export class Attributes {
  readonly #features: Features
  readonly #byField = new Map(ATTRIBUTES.map((field) => [field, new Attribute(field)]))
  readonly #byFeature = new Map<number, Asked>()
  #inUse: Attribute[] = []

  constructor(features: Features) {
    this.#features = features
  }

  acquire(filter: AttributeFilter, german: boolean): number {
    const asked = this.#of(filter).acquire(filter, german, this.#features)
    this.#byFeature.set(asked.feature, asked)
    this.#findUsed()
    return asked.feature
  }

  release(feature: number): void {
    const asked = this.#byFeature.get(feature)
    if (!asked || --asked.uses > 0) return
    this.#of(asked.filter).remove(asked)
    this.#byFeature.delete(feature)
    this.#features.giveBack(feature)
    this.#findUsed()
  }

  /** Of all fields that are asked for. */
  forEach(prepared: PreparedPost, give: (feature: number) => void): void {
    for (const attribute of this.#inUse) for (const feature of attribute.featuresOf(prepared)) give(feature)
  }

  #of(filter: AttributeFilter): Attribute {
    return this.#byField.get(filter.field) as Attribute
  }

  #findUsed(): void {
    this.#inUse = [...this.#byField.values()].filter((attribute) => !attribute.isEmpty)
  }
}

function bareHandle(filter: AttributeFilter): string | null {
  const isBare = filter.field === 'author' && filter.name === null && filter.handle !== null
  return isBare && !/[*?]/.test(filter.handle ?? '') ? filter.handle : null
}

function valueIn(field: AttributeFilter['field'], { post }: PreparedPost): string {
  switch (field) {
    case 'author':
      return `${post.author.handle ?? ''}\n${post.author.name ?? ''}\n${post.author.handle === null}`
    case 'source':
      return post.sourceName ?? ''
    case 'network':
      return post.network
    case 'lang':
      return post.language ?? 'unknown language'
    case 'site':
      return post.site ?? ''
  }
}
