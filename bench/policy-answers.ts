import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'csv-parse/sync'
import { potts, umsab } from '../scripts/training/labelled-posts.ts'
import { brandOf, type Draft, draftOf, NOTHING_KNOWN } from '../server/policy/index.ts'

export interface PastAnswer {
  /** Of the set, so that a judgement can be kept without the text. */
  id: string
  account: string
  draft: Draft
}

/** Answers of 76 brands to customers, nearly all in English, whose customers are numbers. What they answered is there. */
export function englishAnswers(folder: string): PastAnswer[] {
  const file = readFileSync(join(folder, 'twcs/twcs_first_rows.csv'))
  const rows = parse(file, { columns: true, relax_quotes: true }) as Record<string, string>[]
  const byId = new Map(rows.map((row) => [row.tweet_id, row]))
  return rows
    .filter((row) => row.inbound === 'False')
    .map((row) => {
      const asked = byId.get(String(Number(row.in_response_to_tweet_id ?? '')))
      return {
        id: `twcs ${row.tweet_id}`,
        account: row.author_id ?? '',
        draft: draftOf(readable(row.text ?? ''), {
          language: 'en',
          answered: asked ? { text: readable(asked.text ?? ''), complaint: false } : null,
          customer: customerOf(customerAbove(row, byId)),
        }),
      }
    })
}

type Row = Record<string, string>

/** Long answers go on below themselves: the customer is the first above who is not the brand. */
function customerAbove(answer: Row, byId: ReadonlyMap<string | undefined, Row>): string | null {
  let row: Row | undefined = answer
  while (row?.inbound === 'False') row = byId.get(String(Number(row.in_response_to_tweet_id || Number.NaN)))
  return row?.author_id ?? null
}

const customerOf = (handle: string | null) =>
  handle === null
    ? null
    : {
        handles: [handle],
        publicNames: [],
        names: [],
        mails: NOTHING_KNOWN,
        phones: NOTHING_KNOWN,
        numbers: NOTHING_KNOWN,
      }

/** Answers of German railway staff, known by the initials with which they sign. */
export function germanAnswers(folder: string): PastAnswer[] {
  return germanPosts(folder)
    .filter(({ text }) => /\s(?:\/|\^)[a-z]{2}(?:\s+https?:\/\/\S+)?\s*$/.test(text) && !text.startsWith('RT'))
    .map(({ id, text }) => ({
      id,
      account: 'railway',
      draft: draftOf(text.replace(/^Re: DB Bahn /, ''), { language: 'de' }),
    }))
}

/** What anybody writes in German: no answers, but streets, numbers, forms of address and capitals as they occur. */
export function germanTalk(folder: string): PastAnswer[] {
  const posts = [
    ...germanPosts(folder),
    ...potts(folder).map(({ text }, row) => ({ id: `potts ${row}`, text })),
    ...umsab(folder, 'german', 'train').map(({ text }, row) => ({ id: `umsab ${row}`, text })),
  ]
  return posts.map(({ id, text }) => ({ id, account: 'anybody', draft: draftOf(text, { kind: 'reply' }) }))
}

function germanPosts(folder: string): { id: string; text: string }[] {
  return readFileSync(join(folder, 'german/germeval2017/dev.jsonl'), 'utf8')
    .split('\n')
    .filter(Boolean)
    .map((line, row) => ({ id: `germeval ${row}`, text: readable((JSON.parse(line) as { text: string }).text) }))
}

/** Entities of the sets, as connectors decode them. */
function readable(text: string): string {
  return text
    .replace(/&lt;/g, '<')
    .replace(/&gt;/g, '>')
    .replace(/&quot;/g, '"')
    .replace(/&#39;/g, "'")
    .replace(/&amp;/g, '&')
}

/** Nothing is known of these brands but their handle: no list of own numbers, links or words spares them an alarm. */
export const brandOfAccount = (account: string) =>
  brandOf(account, {
    handles: [account],
    countries: account === 'railway' || account === 'anybody' ? ['DE', 'AT', 'NL'] : ['US', 'GB'],
    address: { de: account === 'railway' ? 'Sie' : null, nl: null },
  })
