import type { z } from 'zod'
import { QUERY_CHARACTERS_MAX } from '../../../contract/listening-topics.ts'
import type { workbench as contract } from '../../../contract/listening-workbench.ts'
import { carryOver, describeNote, dialectOf, fillTemplate, listRules, type TextLanguage } from '../../matching/index.ts'
import type { WorkspaceTransaction } from '../../platform/database.ts'
import { workspaceLanguages } from '../query.ts'

type TemplateInput = z.infer<(typeof contract.template)['~orpc']['inputSchema'] & z.ZodType>
type TemplateOutput = z.infer<(typeof contract.template)['~orpc']['outputSchema'] & z.ZodType>

const KINDS = {
  brand: 'brand',
  competitor: 'competitor',
  category: 'category',
  campaign: 'campaign',
  crisis: 'brand',
} as const

/** A first query for a purpose, with what stands in it and why. */
export async function templateOf(tx: WorkspaceTransaction, input: TemplateInput): Promise<TemplateOutput> {
  const languages = input.languages ?? (await workspaceLanguages(tx))
  const filled = fillTemplate({ ...input, languages })
  if (!filled.ok) return filled
  if (filled.query.length > QUERY_CHARACTERS_MAX) return { ok: false, missing: 'too-large' }
  const name = input.name || (input.variants[0] ?? '')
  return { ok: true, name, kind: KINDS[input.template], query: filled.query, languages, parts: filled.parts }
}

/** Rules of another product in our language, each with what became of its parts. */
export function readRules(input: {
  dialect: 'brandwatch' | 'x' | null
  text: string
  lines: boolean
  textLanguage: TextLanguage
}) {
  const dialect = input.dialect ?? dialectOf(input.text)
  const rules = listRules(input.text, { lines: input.lines }).map(({ name, text }) => {
    const { query, same, notes } = carryOver(text, dialect)
    const isTooLong = query !== null && query.length > QUERY_CHARACTERS_MAX
    const all = isTooLong
      ? [...notes, { code: 'too-large' as const, did: 'refused' as const, became: null, from: 0, to: text.length }]
      : notes
    return {
      name,
      original: text,
      query: isTooLong ? null : query,
      same: same && !isTooLong,
      notes: all.map((note) => ({
        code: note.code,
        did: note.did,
        original: text.slice(note.from, note.to),
        start: note.from,
        end: note.to,
        became: note.became,
        message: describeNote(note, input.textLanguage),
      })),
    }
  })
  return { dialect, rules }
}
