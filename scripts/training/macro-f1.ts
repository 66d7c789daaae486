/** Rows: what is true; columns: what was said. Mean of the classes' F1, in percent with one digit. */
export function macroF1(confusion: readonly (readonly number[])[]): number {
  const scores = confusion.map((row, k) => {
    const said = confusion.reduce((sum, other) => sum + (other[k] as number), 0)
    const real = row.reduce((sum, count) => sum + count, 0)
    return said + real === 0 ? 0 : (2 * (row[k] as number)) / (said + real)
  })
  return Math.round((1_000 * scores.reduce((sum, score) => sum + score, 0)) / scores.length) / 10
}

export const emptyConfusion = (): number[][] => Array.from({ length: 3 }, () => [0, 0, 0])
