import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'csv-parse/sync'

export const NEGATIVE = 0
export const POSITIVE = 2

export interface LabelledPost {
  text: string
  label: number
  /** Which set it is from: sets differ in how many posts are negative, which must not be learned. */
  source: string
  /** Two letters. */
  language: string
}

export const UMSAB_LANGUAGES = ['english', 'german', 'french', 'italian', 'spanish', 'portuguese'] as const

const CODES: Record<string, string> = {
  english: 'en',
  german: 'de',
  french: 'fr',
  italian: 'it',
  spanish: 'es',
  portuguese: 'pt',
}

export function umsab(folder: string, language: string, part: 'train' | 'val'): LabelledPost[] {
  // Texts hold other line separators (U+2028, U+0085) that are no line ends here.
  const lines = (file: string) => readFileSync(join(folder, 'umsab', language, file), 'utf8').split('\n')
  const labels = lines(`${part}_labels.txt`)
  const texts = lines(`${part}_text.txt`)
  return labels.flatMap((label, row) =>
    label === ''
      ? []
      : [
          {
            text: readable(texts[row] ?? ''),
            label: Number(label),
            source: `umsab ${language}`,
            language: CODES[language] as string,
          },
        ],
  )
}

const NAMES = ['negative', 'neutral', 'positive']

export function potts(folder: string): LabelledPost[] {
  return ['train.tsv', 'dev.tsv'].flatMap((file) =>
    readFileSync(join(folder, 'german', 'potts', file), 'utf8')
      .split('\n')
      .map((line) => line.split('\t'))
      .filter(([, label]) => NAMES.includes(label ?? ''))
      .map(([, label, text]) => ({
        text: readable(text ?? ''),
        label: NAMES.indexOf(label ?? ''),
        source: 'potts',
        language: 'de',
      })),
  )
}

/** Posts to airlines. Their set states no licence, so that nothing is learned from them: they measure. */
export function airline(folder: string): LabelledPost[] {
  const rows = parse(readFileSync(join(folder, 'airline_tweets', 'Tweets.csv')), { columns: true }) as Record<
    string,
    string
  >[]
  const seen = new Set<string>()
  return rows.flatMap((row) => {
    const id = row.tweet_id as string
    if (seen.has(id)) return []
    seen.add(id)
    const label = NAMES.indexOf(row.airline_sentiment as string)
    return [{ text: readable(row.text as string), label, source: 'airline', language: 'en' }]
  })
}

/** As connectors deliver posts: entities and escapes of the sets are undone, and what stands for an address is one. */
function readable(text: string): string {
  return text
    .replace(/\\u([0-9a-f]{4})/gi, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)))
    .replace(/&(amp|lt|gt|quot);/g, (_, name: string) => ({ amp: '&', lt: '<', gt: '>', quot: '"' })[name] as string)
    .replace(/\bhttp\b(?!:)/g, 'https://t.co/x')
}
