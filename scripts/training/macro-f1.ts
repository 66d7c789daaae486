type Confusion = readonly (readonly number[])[]

/** Rows: what is true; columns: what was said. Mean of the classes' F1, in percent with one digit. */
export function macroF1(confusion: Confusion): number {
  const scores = confusion.map((_, label) => f1(confusion, label))
  return percent(scores.reduce((sum, score) => sum + score, 0) / scores.length)
}

/** F1 of one class, in percent with one digit. */
export function classF1(confusion: Confusion, label: number): number {
  return percent(f1(confusion, label))
}

function f1(confusion: Confusion, label: number): number {
  const row = confusion[label] as readonly number[]
  const said = confusion.reduce((sum, other) => sum + (other[label] as number), 0)
  const real = row.reduce((sum, count) => sum + count, 0)
  return said + real === 0 ? 0 : (2 * (row[label] as number)) / (said + real)
}

const percent = (share: number): number => Math.round(1_000 * share) / 10

export const emptyConfusion = (): number[][] => Array.from({ length: 3 }, () => [0, 0, 0])
