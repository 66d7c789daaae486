/**
 * Values of a column as an array that PostgreSQL reads. The driver would write the same text, but looks at the kind of every
 * value and searches it twice by patterns: in a batch of thousands of posts that is a tenth of what node has to do.
 */
export function textArray(values: readonly (string | null)[]): string {
  let literal = '{'
  for (let at = 0; at < values.length; at++) {
    const value = values[at]
    if (at > 0) literal += ','
    literal += value === null || value === undefined ? 'NULL' : quoted(value)
  }
  return `${literal}}`
}

export const timeArray = (times: readonly (Date | null)[]): string =>
  textArray(times.map((time) => time?.toISOString() ?? null))

const quoted = (value: string): string =>
  value.includes('"') || value.includes('\\') ? `"${value.replace(/["\\]/g, '\\$&')}"` : `"${value}"`
