import { discovery } from './listening-discovery.ts'
import { impersonation } from './listening-impersonation.ts'
import { imports } from './listening-imports.ts'
import { labels } from './listening-labels.ts'
import { ledger } from './listening-ledger.ts'
import { masks } from './listening-masks.ts'
import { posts } from './listening-posts.ts'
import { sources } from './listening-sources.ts'
import { timelines } from './listening-timelines.ts'
import { topics } from './listening-topics.ts'
import { triage } from './listening-triage.ts'
import { workbench } from './listening-workbench.ts'

/**
 * Files go over routes, not procedures:
 *   POST /files/imports                        upload (raw body, `?name=` file name), answers {importId}
 *   GET  /files/imports/{importId}/rejections.csv
 *   GET  /files/posts.csv                      same filters as posts.search, as query parameters
 */
export const listening = {
  labels,
  masks,
  sources,
  topics,
  posts,
  timelines,
  imports,
  ledger,
  discovery,
  impersonation,
  workbench,
  triage,
}
