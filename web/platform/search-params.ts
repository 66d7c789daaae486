/**
 * Filters live in the address as plain text: `?state=open&tag=vip&tag=press`. Nothing is guessed: an id of digits stays
 * text, because a number would lose its last digits.
 */
export type Search = Record<string, string | string[]>

export function parseSearch(text: string): Search {
  const found: Search = {}
  for (const [key, value] of new URLSearchParams(text)) {
    const before = found[key]
    found[key] = before === undefined ? value : [...(Array.isArray(before) ? before : [before]), value]
  }
  return found
}

export function stringifySearch(search: Record<string, unknown>): string {
  const parameters = new URLSearchParams()
  for (const [key, value] of Object.entries(search))
    for (const each of Array.isArray(value) ? value : [value])
      if (each !== undefined && each !== null && each !== '') parameters.append(key, String(each))
  const text = parameters.toString()
  return text === '' ? '' : `?${text}`
}

type Reader<Value> = (value: unknown) => Value | undefined

const first = (value: unknown): unknown => (Array.isArray(value) ? value[0] : value)

export const text: Reader<string> = (value) => {
  const one = first(value)
  return typeof one === 'string' && one !== '' ? one : undefined
}

export const texts: Reader<string[]> = (value) => {
  const many = (Array.isArray(value) ? value : [value]).filter((one) => typeof one === 'string' && one !== '')
  return many.length > 0 ? (many as string[]) : undefined
}

export const oneOf =
  <const Value extends string>(values: readonly Value[]): Reader<Value> =>
  (value) =>
    values.find((known) => known === first(value))

/**
 * For `validateSearch`: `searchOf({ state: oneOf(['open', 'closed']), q: text })`. What is unknown is dropped; a known
 * filter with an unknown value is said to be undefined, else the router would hand on what the address says.
 */
export const searchOf =
  <Readers extends Record<string, Reader<unknown>>>(readers: Readers) =>
  (given: Record<string, unknown>): { [Key in keyof Readers]?: NonNullable<ReturnType<Readers[Key]>> } =>
    Object.fromEntries(
      Object.entries(readers)
        .map(([key, read]) => [key, read(given[key])])
        .filter(([key, value]) => value !== undefined || given[key as string] !== undefined),
    )
