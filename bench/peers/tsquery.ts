import type { PeerQuery } from './peer-query.ts'

/** The query as to_tsquery() reads it; null where it cannot be said: a language, or NEAR of anything but two words. */
export function tsqueryText(query: PeerQuery): string | null {
  if ('and' in query) return joined(query.and, ' & ')
  if ('or' in query) return joined(query.or, ' | ')
  if ('not' in query) return joined([query.not], '', '!')
  if ('near' in query) return near(query)
  if ('phrase' in query) return `(${query.phrase.map(quoted).join(' <-> ')})`
  if ('prefix' in query) return `${quoted(query.prefix)}:*`
  return 'term' in query ? quoted(query.term) : null
}

function joined(queries: readonly PeerQuery[], operator: string, before = ''): string | null {
  const parts = queries.map(tsqueryText).filter((part) => part !== null)
  return parts.length === queries.length ? `${before}(${parts.join(operator)})` : null
}

/** <n> is exactly so many words further: NEAR is an OR of all distances. */
function near({ near: [left, right], distance, ordered }: Extract<PeerQuery, { near: unknown }>): string | null {
  if (!('term' in left && 'term' in right)) return null
  const [one, other] = [quoted(left.term), quoted(right.term)]
  const distances = Array.from({ length: distance }, (_, further) => further + 1)
  const places = distances.flatMap((words) =>
    ordered ? [`${one} <${words}> ${other}`] : [`${one} <${words}> ${other}`, `${other} <${words}> ${one}`],
  )
  return `(${places.map((place) => `(${place})`).join(' | ')})`
}

const quoted = (word: string): string => `'${word.replaceAll("'", "''").replaceAll('\\', '\\\\')}'`
