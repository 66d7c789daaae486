import type { IdentitySet } from './identity-data.ts'
import { evaluate } from './identity-evaluator.ts'
import type { Splink } from './peers/splink.ts'
import { round2 } from './statistics.ts'

/**
 * What Splink makes of a set, by the same evaluator: at the threshold that its documentation groups at, and at the best of many,
 * which only somebody who knows the truth could choose. Empty for a set that it has no settings for.
 */
export async function splinkFigures(
  splink: Splink,
  { name, fields, records, truth, tables }: IdentitySet,
): Promise<Record<string, number>> {
  const [set = name] = name.split(' ')
  const run = await splink.link({
    set,
    columns: fields.map((field) => field.name),
    count: records.length,
    value: (row, column) => records[row]?.[column] ?? '',
    ...(tables && { tables }),
  })
  if (!run) return {}
  const qualities = [...run.labels.values()].map((labels) => evaluate(truth, labels))
  const [usual] = qualities
  if (!usual) return {}
  const best = qualities.reduce((one, other) => (other.pairwise.f1 > one.pairwise.f1 ? other : one))
  const percent = (share: number): number => round2(share * 100)
  return {
    [`${name}: splink precision %`]: percent(usual.pairwise.precision),
    [`${name}: splink recall %`]: percent(usual.pairwise.recall),
    [`${name}: splink F1 %`]: percent(usual.pairwise.f1),
    [`${name}: splink B³ F1 %`]: percent(usual.bCubed.f1),
    [`${name}: splink best F1 %`]: percent(best.pairwise.f1),
    [`${name}: splink best B³ F1 %`]: percent(best.bCubed.f1),
    [`${name}: splink seconds`]: round2(run.seconds),
    [`${name}: splink MB`]: Math.round(run.megabytes),
  }
}
