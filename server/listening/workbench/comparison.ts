import type { Query } from '../../matching/index.ts'
import type { Services } from '../../platform/services.ts'
import { querySaved, type SavedVersion } from './drafts.ts'
import { meeting, sideOf } from './meeting.ts'
import { periodOf } from './period.ts'
import { candidatesOf, figureOf, goOn, type InWorkspace, lookAt, restsOn } from './stored-sample.ts'
import { isTold, readUnmatched, unstoredFigure } from './unmatched-reading.ts'

/** Posts looked at: all of them up to here, above that a random sample of so many. */
const POSTS_LOOKED_AT = 5_000
const SAMPLED_LOOKED_AT = 8_000
const COUNT_MS = 1_500

/** How many posts a draft gains and loses against the saved version. Throws Superseded. */
export async function compare(
  services: Services,
  workspaceId: string,
  inWorkspace: InWorkspace,
  draft: Query,
  saved: SavedVersion,
  { days, signal }: { days: number; signal: AbortSignal },
) {
  const begun = performance.now()
  const before = querySaved(saved)
  const period = await inWorkspace((tx) => periodOf(tx, days, services.clock.now()))
  const met = meeting({ draft, saved: before })
  const budget = { posts: POSTS_LOOKED_AT, ms: COUNT_MS, queries: before ? [draft, before] : [draft], signal }
  const [looked, sample] = await Promise.all([
    lookAt(inWorkspace, candidatesOf(draft, before), period, budget),
    readUnmatched(services, workspaceId, SAMPLED_LOOKED_AT),
  ])
  const counts = { gained: 0, lost: 0, both: 0, neither: 0 }
  for (const post of looked.posts) counts[sideOf(met(post.prepared))]++
  goOn(signal)
  const gained = sample?.posts.filter(({ prepared }) => sideOf(met(prepared)) === 'gained') ?? []
  return {
    saved: { version: saved.version, query: saved.query, languages: saved.languages },
    period: { from: period.from, until: period.until, timeZone: period.timeZone },
    restsOn: restsOn(looked),
    gained: figureOf(looked, counts.gained),
    lost: figureOf(looked, counts.lost),
    unchanged: figureOf(looked, counts.both),
    gainedUnstored: sample && isTold(draft) ? unstoredFigure(sample, gained) : null,
    tookMs: Math.round(performance.now() - begun),
  }
}
