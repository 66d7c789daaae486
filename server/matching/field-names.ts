import { FIELDS, type Mend, type Range } from './query.ts'

/** What other products and languages call our fields. */
const OTHER_NAMES: Record<string, string> = {
  from: 'author:',
  autor: 'author:',
  auteur: 'author:',
  user: 'author:',
  language: 'lang:',
  sprache: 'lang:',
  taal: 'lang:',
  domain: 'site:',
  host: 'site:',
  link: 'url:',
  links: 'url:',
  authorfollowers: 'followers:',
  follower: 'followers:',
  volgers: 'followers:',
  quelle: 'source:',
  bron: 'source:',
  netzwerk: 'network:',
  netwerk: 'network:',
  platform: 'network:',
  datum: 'date:',
  since: 'date:>=',
  after: 'date:>',
  until: 'date:<',
  before: 'date:<',
  hashtag: '#',
  tag: '#',
  to: '@',
  mention: '@',
}

const EDITS_MAX = 2

/** The nearest field that we know; else the whole in quotes, so that it is searched as text. */
export function fieldMend(text: string, run: Range, typed: string): Mend {
  const colon = run.from + typed.length + 1
  const name = typed.toLowerCase()
  const meant = Object.hasOwn(OTHER_NAMES, name) ? OTHER_NAMES[name] : nearestField(name)
  if (meant) return { from: run.from, to: colon, text: meant }
  return colon < run.to
    ? { ...run, text: `"${text.slice(run.from, run.to)}"` }
    : { from: run.from, to: colon, text: `${typed} ` }
}

function nearestField(name: string): string | null {
  const [nearest] = FIELDS.map((field) => ({ field, edits: editDistance(name, field) })).sort(
    (a, b) => a.edits - b.edits,
  )
  return nearest && nearest.edits <= EDITS_MAX && nearest.edits < nearest.field.length / 2 ? `${nearest.field}:` : null
}

/** Levenshtein's distance; names are at most 31 letters long. */
function editDistance(one: string, other: string): number {
  let row = Array.from({ length: other.length + 1 }, (_, i) => i)
  for (let i = 1; i <= one.length; i++) {
    const next = [i]
    for (let j = 1; j <= other.length; j++) {
      const replaced = (row[j - 1] as number) + (one[i - 1] === other[j - 1] ? 0 : 1)
      next.push(Math.min(replaced, (row[j] as number) + 1, (next[j - 1] as number) + 1))
    }
    row = next
  }
  return row[other.length] as number
}
