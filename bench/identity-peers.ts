import type { IdentitySet } from './identity-data.ts'
import { evaluate } from './identity-evaluator.ts'
import type { Say } from './peers/peer.ts'
import type { Splink, SplinkRun } from './peers/splink.ts'
import { round2 } from './statistics.ts'

/**
 * What Splink makes of a set, by the same evaluator: at the threshold that its documentation groups at, and at the best of many,
 * which only somebody who knows the truth could choose. Empty for a set that it has no settings for, and where it fails, which
 * is told: our own figures are worth having without it.
 */
export async function splinkFigures(splink: Splink, set: IdentitySet, say: Say): Promise<Record<string, number>> {
  const { name, truth } = set
  const run = await linked(splink, set).catch((error: Error & { stderr?: string }) => {
    say(`Splink failed on ${name}: ${(error.stderr || error.message).trim().split('\n').at(-1)}`)
    return null
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

function linked(splink: Splink, { name, fields, records, tables }: IdentitySet): Promise<SplinkRun | null> {
  const [set = name] = name.split(' ')
  return splink.link({
    set,
    columns: fields.map((field) => field.name),
    count: records.length,
    value: (row, column) => records[row]?.[column] ?? '',
    ...(tables && { tables }),
  })
}
