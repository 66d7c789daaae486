/** Addresses come from outside: only web pages are linked, whatever else a network may send stays text. */
export function webAddress(text: string | null): string | null {
  if (text === null || !URL.canParse(text)) return null
  const { protocol } = new URL(text)
  return protocol === 'https:' || protocol === 'http:' ? text : null
}

/** The host as a person says it. */
export const hostOf = (address: string): string => new URL(address).host.replace(/^www\./, '')
