import { withoutNames } from './anonymous.ts'
import { AuditFault, type AuditSource } from './audit-post.ts'
import type { AuditRequest } from './audit-request.ts'
import { type Brand, recogniseBrands } from './brands.ts'
import { compileReport } from './compilation.ts'
import { countTerms } from './contrast.ts'
import { corporaOf, courseOf, isAbout } from './corpora.ts'
import { top } from './counting.ts'
import type { AuditReport } from './figures.ts'
import { readSamples, type Wanted } from './samples.ts'
import { survey } from './survey.ts'

export interface AuditSteps {
  signal?: AbortSignal
  /** Which of the three readings, and how many rows of it. */
  onProgress?: (reading: 1 | 2 | 3, rows: number) => void
}

/**
 * Reads the posts three times (what they are; what they speak of; samples) instead of keeping them, so that memory grows
 * by some bytes a post. Throws AuditFault for what can be mended.
 */
export async function runAudit(
  source: AuditSource,
  request: AuditRequest,
  { signal, onProgress }: AuditSteps = {},
): Promise<AuditReport> {
  const stepsOf = (reading: 1 | 2 | 3) => ({ signal, onProgress: (rows: number) => onProgress?.(reading, rows) })
  const { brands, mentioned } = await recogniseBrands(request.brands, source, request.languages)
  const surveyed = await survey(source, brands, stepsOf(1))
  const { ledger } = surveyed
  if (ledger.size === 0) throw new AuditFault('no-posts', 'There is no post to audit.')
  const posts = [...ledger.where(isAbout(ledger, 0))]
  if (posts.length === 0) throw notFound(brands[0] as Brand, mentioned)

  const course = courseOf(ledger, posts, request.timeZone)
  const corpora = corporaOf(ledger, brands, course)
  const silent = new Set(brands.flatMap((brand) => [...brand.nameKeys]))
  const counts = await countTerms(source, ledger, surveyed.wordCounts, silent, corpora, stepsOf(2))

  const wanted: Wanted = { posts: new Set(), terms: [], authors: new Map() }
  const report = compileReport({ request, brands, surveyed, course, corpora, counts, wanted })
  report.samples = await readSamples(source, ledger, wanted, silent, stepsOf(3))
  if (!request.anonymous) return report
  return withoutNames(report, (handle) => brands.some((brand) => brand.owns(handle)))
}

function notFound(brand: Brand, mentioned: Map<string, number>): AuditFault {
  const known = top(mentioned, 5).map(({ name }) => `@${name}`)
  const hint = known.length > 0 ? ` Accounts that these posts name often: ${known.join(', ')}.` : ''
  return new AuditFault('brand-not-found', `No post names ${brand.name} (looked for ${brand.query}).${hint}`, {
    brand: brand.name,
    query: brand.query,
    mentioned: known.join(', '),
  })
}
