import { describeError, describeWarning, parse, type Query, type TextLanguage } from '../matching/index.ts'
import type { WorkspaceTransaction } from '../platform/database.ts'
import { Invalid } from '../platform/errors.ts'

export interface QueryFault {
  code: string
  message: string
  params: Record<string, string | number>
  start: number
  end: number
  /** The whole query as it was probably meant. */
  mend: string | null
}

export type ReadQuery = { ok: true; query: Query; warnings: QueryFault[] } | { ok: false; faults: QueryFault[] }

export function readQuery(text: string, languages: readonly string[], textLanguage: TextLanguage = 'en'): ReadQuery {
  const parsed = parse(text, { languages })
  if (!parsed.ok)
    return { ok: false, faults: parsed.errors.map((error) => toFault(text, error, describeError(error, textLanguage))) }
  const { query } = parsed
  return {
    ok: true,
    query,
    warnings: query.warnings.map((warning) => toFault(text, warning, describeWarning(warning, textLanguage))),
  }
}

/** Throws Invalid with the first fault. */
export function requireQuery(text: string, languages: readonly string[]): Query {
  const read = readQuery(text, languages)
  if (read.ok) return read.query
  const [first] = read.faults
  throw new Invalid('query-invalid', {
    reason: first?.code ?? '',
    message: first?.message ?? '',
    start: first?.start ?? 0,
    end: first?.end ?? 0,
    mend: first?.mend ?? null,
  })
}

/** The languages of the workspace's posts: word forms count in these unless a topic says otherwise. */
export async function workspaceLanguages(tx: WorkspaceTransaction): Promise<string[]> {
  const row = await tx.sql
    .selectFrom('workspace')
    .select('languages')
    .where('workspace_id', '=', tx.workspaceId)
    .executeTakeFirst()
  return row?.languages ?? ['en']
}

type Told = { code: string; params: QueryFault['params']; from: number; to: number } & {
  mend: { from: number; to: number; text: string } | null
}

const toFault = (text: string, { code, params, from, to, mend }: Told, message: string): QueryFault => ({
  code,
  message,
  params,
  start: from,
  end: to,
  mend: mend && text.slice(0, mend.from) + mend.text + text.slice(mend.to),
})
