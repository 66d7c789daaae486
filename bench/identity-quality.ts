import { Batch, declareSchema, type Field, linkRecords } from '../server/linkage/index.ts'
import type { BenchOptions } from './bench.ts'
import { generatedPersons, type IdentitySet, publicSets } from './identity-data.ts'
import { evaluate } from './identity-evaluator.ts'
import { figures } from './identity-figures.ts'
import { splinkFigures } from './identity-peers.ts'
import { SOCIAL_PLAN, socialPlan, socialSet } from './identity-social.ts'
import { SOCIAL_FIELDS, socialFields } from './identity-social-fields.ts'
import { socialFigures } from './identity-social-report.ts'
import { openSplink } from './peers/splink.ts'
import { round2 } from './statistics.ts'

/** Another seed than the one that the speed is measured with. */
const PERSONS_SEED = 23
const PERSONS = 100_000
const FIGURES = 2_000
/** Up to here all at once, as a workspace's own list is linked; above, the batch. */
const AT_ONCE_MAX = 20_000

/** Every set with a truth: ours, and Splink's beside it where it is here (--peers=0 leaves it out, --persons=1000000 asks for more). */
export async function measureSets(options: BenchOptions): Promise<Record<string, number>> {
  const sets = [...publicSets(), generatedPersons(options.number('persons', PERSONS), PERSONS_SEED)]
  if (sets.length === 1) options.say('Skipped the public sets: there is no folder of public data (RAPPORT_DATA).')
  const splink = options.number('peers', 1) ? await openSplink(options.say) : null
  const figures: Record<string, number> = {}
  for (const set of sets) {
    options.say(`linking ${set.name}`)
    Object.assign(figures, await ourFigures(set))
    if (splink) Object.assign(figures, await splinkFigures(splink, set, options.say))
  }
  options.say(
    tableOf(
      figures,
      sets.map(({ name }) => name),
    ),
  )
  return figures
}

async function ourFigures({ name, fields, records, truth, tables }: IdentitySet): Promise<Record<string, number>> {
  const begun = performance.now()
  const schema = declareSchema(fields)
  const { labels } =
    records.length <= AT_ONCE_MAX
      ? linkRecords(schema, records, tables ? { tables, oneToOne: true } : {})
      : await batchOf(fields, records).link(tables ? { tables } : {})
  const seconds = (performance.now() - begun) / 1_000
  const { pairwise, bCubed } = evaluate(truth, Array.from(labels))
  return {
    [`${name}: precision %`]: percent(pairwise.precision),
    [`${name}: recall %`]: percent(pairwise.recall),
    [`${name}: F1 %`]: percent(pairwise.f1),
    [`${name}: B³ F1 %`]: percent(bCubed.f1),
    [`${name}: seconds`]: round2(seconds),
  }
}

function batchOf(
  fields: readonly Field[],
  records: Iterable<Readonly<Record<string, string | null | undefined>>>,
): Batch {
  const batch = new Batch(declareSchema(fields))
  for (const record of records) batch.add(record)
  return batch
}

/** The generated social set, without labels (--social=20000 for a smaller one), and public figures as a check of what holds there. */
export async function measureSocial(options: BenchOptions): Promise<Record<string, number>> {
  const persons = options.number('social', SOCIAL_PLAN.persons)
  options.say(`linking the accounts and contacts of ${persons} generated persons`)
  const records = socialSet(persons === SOCIAL_PLAN.persons ? SOCIAL_PLAN : socialPlan(persons))
  const begun = performance.now()
  const { labels, edges } = await batchOf(SOCIAL_FIELDS, records.map(socialFields)).link()
  const seconds = (performance.now() - begun) / 1_000
  options.say('linking the accounts of public figures')
  return {
    ...socialFigures(records, edges, labels),
    'social: seconds': round2(seconds),
    ...(await ourFigures(figures(FIGURES))),
  }
}

const percent = (share: number): number => round2(share * 100)

const COLUMNS = ['precision %', 'recall %', 'F1 %', 'B³ F1 %', 'best F1 %', 'seconds', 'MB']

/** Set by set, ours above Splink's: 0.95 is its documented threshold, "best" the one that the truth would choose. */
function tableOf(figures: Record<string, number>, names: readonly string[]): string {
  const rows = names.flatMap((name) =>
    ['', 'splink '].map((who) => [
      `${name} ${who}`,
      ...COLUMNS.map((column) => String(figures[`${name}: ${who}${column}`] ?? '')),
    ]),
  )
  return [['', ...COLUMNS], ...rows.filter((row) => row.slice(1).some((cell) => cell !== ''))]
    .map(([first = '', ...cells]) => first.padEnd(24) + cells.map((cell) => cell.padStart(12)).join(''))
    .join('\n')
}
