import { evaluate, evaluateByKind, type Quality, recallAtPrecision } from './identity-evaluator.ts'
import type { SocialRecord } from './identity-social-record.ts'
import { round2 } from './statistics.ts'

/** Pairs that were weighed, as columns. */
export interface WeighedPairs {
  a: ArrayLike<number>
  b: ArrayLike<number>
  weight: ArrayLike<number>
}

/** At one wrong link in two hundred, automatic linking is worth talking about. */
const PRECISION = 0.995
const KINDS = ['account–account', 'account–CRM', 'CRM–CRM'] as const

/** Of the generated social set: what is found at a precision that may be acted upon, and whom impersonators deceive. */
export function socialFigures(
  records: readonly SocialRecord[],
  pairs: WeighedPairs,
  labels: ArrayLike<number>,
): Record<string, number> {
  const truth = records.map((record) => record.truth)
  const found = Array.from(labels)
  const { pairwise, bCubed } = evaluate(truth, found)
  const byKind = evaluateByKind(truth, found, records.map(isContact))
  return {
    'social: records': records.length,
    ...qualityFigures('social: groups', pairwise),
    'social: groups B³ F1 %': percent(bCubed.f1),
    ...qualityFigures('social: groups account–account', byKind.withinFirst),
    ...qualityFigures('social: groups account–CRM', byKind.between),
    ...qualityFigures('social: groups CRM–CRM', byKind.withinSecond),
    ...recallFigures(records, pairs),
    ...impersonatorFigures(records, found),
  }
}

const isContact = ({ network }: SocialRecord): boolean => network === 'crm'
const percent = (share: number): number => round2(share * 100)

const qualityFigures = (name: string, { precision, recall, f1 }: Quality): Record<string, number> => ({
  [`${name} precision %`]: percent(precision),
  [`${name} recall %`]: percent(recall),
  [`${name} F1 %`]: percent(f1),
})

/** With one threshold for all pairs, and with one of its own for each kind. */
function recallFigures(records: readonly SocialRecord[], { a, b, weight }: WeighedPairs): Record<string, number> {
  const totals = trueByKind(records)
  const columns = KINDS.map(() => ({ weights: [] as number[], same: [] as number[] }))
  for (let at = 0; at < weight.length; at++) {
    const [one, other] = [records[a[at] as number], records[b[at] as number]]
    const column = columns[Number(one?.network === 'crm') + Number(other?.network === 'crm')]
    column?.weights.push(weight[at] as number)
    column?.same.push(Number(one?.truth === other?.truth))
  }
  const operating = (some: typeof columns, total: number) =>
    recallAtPrecision(
      {
        weights: Float64Array.from(some.flatMap(({ weights }) => weights)),
        same: Uint8Array.from(some.flatMap(({ same }) => same)),
      },
      total,
      PRECISION,
    )
  const overall = operating(columns, totals[0] + totals[1] + totals[2])
  const figures: Record<string, number> = { 'social: recall at precision 99.5 %': percent(overall.recall) }
  // There is no threshold where nothing is precise enough.
  if (Number.isFinite(overall.weight)) figures['social: its threshold in bits'] = round2(overall.weight)
  KINDS.forEach((name, kind) => {
    const { recall } = operating(columns.slice(kind, kind + 1), totals[kind as 0 | 1 | 2])
    figures[`social: ${name} recall at precision 99.5 %`] = percent(recall)
  })
  return figures
}

function trueByKind(records: readonly SocialRecord[]): [number, number, number] {
  const sizes = new Map<number, [number, number]>()
  for (const record of records) {
    const size = sizes.get(record.truth) ?? [0, 0]
    size[isContact(record) ? 1 : 0]++
    sizes.set(record.truth, size)
  }
  const totals: [number, number, number] = [0, 0, 0]
  for (const [accounts, contacts] of sizes.values()) {
    totals[0] += (accounts * (accounts - 1)) / 2
    totals[1] += accounts * contacts
    totals[2] += (contacts * (contacts - 1)) / 2
  }
  return totals
}

/** An impersonator is taken in when its group holds a record of whom it pretends to be. */
function impersonatorFigures(records: readonly SocialRecord[], found: readonly number[]): Record<string, number> {
  const truths = new Map<number, Set<number>>()
  records.forEach(({ truth }, at) => {
    const label = found[at] as number
    truths.set(label, (truths.get(label) ?? new Set()).add(truth))
  })
  const impersonators = records.filter(({ impersonates }) => impersonates !== null)
  const groups = impersonators.map(({ index }) => truths.get(found[index] as number) as Set<number>)
  const deceived = impersonators.filter(({ impersonates }, at) => groups[at]?.has(impersonates as number))
  return {
    'social: impersonators': impersonators.length,
    'social: impersonators taken in': deceived.length,
    'social: impersonators joined with anybody': groups.filter(({ size }) => size > 1).length,
  }
}
