// node scripts/sample-finds.ts INTENT|offensive [--count=50] [--seed=1] [--from=REGEX]: draws finds from the public posts (see
// scripts/data-folder.ts) so that a person can judge them: how the precisions in docs/scores.md came about.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'csv-parse/sync'
import { numbersFrom } from '../bench/random.ts'
import { readUnderstanding, splitInto, TokenPlaces } from '../server/text/index.ts'
import { dataFolder } from './data-folder.ts'
import { airline, potts, UMSAB_LANGUAGES, umsab } from './training/labelled-posts.ts'

interface PublicPost {
  text: string
  language: string
  source: string
}

const CHARACTERS_SHOWN_MAX = 600

const [wanted, ...options] = process.argv.slice(2)
const option = (name: string): string | undefined =>
  options.find((word) => word.startsWith(`--${name}=`))?.slice(name.length + 3)
const folder = dataFolder()
if (!folder || !wanted) {
  console.error(
    folder
      ? 'usage: node scripts/sample-finds.ts INTENT|offensive'
      : 'There is no folder of public data: set RAPPORT_DATA.',
  )
  process.exit(2)
}
const from = new RegExp(option('from') ?? '')
const posts = publicPosts(folder).filter(({ source }) => from.test(source))
const finds = posts.filter(isFound)
console.log(`${wanted}: ${finds.length} of ${posts.length} posts`)
for (const { source, text } of drawn(finds, Number(option('count') ?? 50), Number(option('seed') ?? 1)))
  console.log(`[${source}] ${text.replace(/\s+/g, ' ').slice(0, CHARACTERS_SHOWN_MAX)}`)

/** The val parts of umsab are not among them: who mends a list by what is shown here must not have seen them. */
function publicPosts(data: string): PublicPost[] {
  return [
    ...UMSAB_LANGUAGES.flatMap((language) => umsab(data, language, 'train')),
    ...potts(data),
    ...airline(data),
    ...rows(data, 'twcs/twcs_first_rows.csv')
      .filter((row) => row.inbound === 'True')
      .map((row) => ({ text: row.text ?? '', language: 'en', source: 'customers' })),
    ...rows(data, 'ideas/decide_madrid/comments.csv').map((row) => ({
      text: row.text ?? '',
      language: 'es',
      source: 'ideas',
    })),
    ...readFileSync(join(data, 'german/germeval2017/dev.jsonl'), 'utf8')
      .split('\n')
      .filter(Boolean)
      .map((line) => ({ text: (JSON.parse(line) as { text: string }).text, language: 'de', source: 'germeval' })),
  ]
}

function rows(data: string, file: string): Record<string, string>[] {
  return parse(readFileSync(join(data, file)), { columns: true, relax_quotes: true }) as Record<string, string>[]
}

function isFound({ text, language }: PublicPost): boolean {
  const places = new TokenPlaces()
  splitInto(places, text)
  const { intent, offensive } = readUnderstanding(text, places, language)
  return wanted === 'offensive' ? offensive === true : intent === wanted
}

function drawn<Item>(items: readonly Item[], count: number, seed: number): Item[] {
  const random = numbersFrom(seed)
  const order = [...items]
  for (let at = order.length - 1; at > 0; at--) {
    const other = random() % (at + 1)
    const kept = order[at] as Item
    order[at] = order[other] as Item
    order[other] = kept
  }
  return order.slice(0, count)
}
