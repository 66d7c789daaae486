/**
 * Values that are known of somebody, as they are or as digests. With digests the caller hands in the function that made
 * them, salt and all, so that nothing here holds a mail address or a number in the clear.
 */
export interface Known {
  plain: readonly string[]
  digests?: { of: (key: string) => string; values: ReadonlySet<string> }
}

export const NOTHING_KNOWN: Known = { plain: [] }

export const holds = (known: Known | undefined, key: string): boolean =>
  known !== undefined && (known.plain.includes(key) || (known.digests?.values.has(known.digests.of(key)) ?? false))

export const mailKey = (address: string): string => address.trim().toLowerCase()

/** Letters and digits alone, in capitals: KL-2041/7 is KL20417. */
export const numberKey = (number: string): string => number.replace(/[^\p{L}\p{N}]/gu, '').toUpperCase()

/** Lower case without accents: names are compared so. */
export const nameKey = (name: string): string =>
  name.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase().replace(/ß/g, 'ss')
