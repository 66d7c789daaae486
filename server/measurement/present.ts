import { loadPosts } from '../listening/index.ts'
import { authorBriefs } from '../people/index.ts'
import type { WorkspaceTransaction } from '../platform/database.ts'
import type { AuditReport, Voice } from './figures.ts'

/** Of stored posts a report keeps ids only: texts and names are read as they are now, so that what is gone stays gone. */
export async function presentReport(tx: WorkspaceTransaction, report: AuditReport): Promise<AuditReport> {
  if (report.source.kind === 'file') return report
  const { voices } = report
  const known = [...voices.active, ...voices.heard]
  const authorIds = [...new Set(known.flatMap(({ authorId }) => authorId ?? []))]
  const authors = await authorBriefs(tx, authorIds)
  const posts = new Map(
    (
      await loadPosts(
        tx,
        report.samples.flatMap(({ postId }) => postId ?? []),
      )
    ).map((post) => [post.postId, post]),
  )
  const named = (voice: Voice): Voice[] => {
    const author = voice.authorId === null ? undefined : authors.get(voice.authorId)
    if (report.anonymous) return [voice]
    return author ? [{ ...voice, name: author.handle ?? author.name ?? '–' }] : []
  }
  return {
    ...report,
    voices: { ...voices, active: voices.active.flatMap(named), heard: voices.heard.flatMap(named) },
    samples: report.samples.map((sample) => {
      const post = posts.get(sample.postId ?? '')
      if (!post || post.deleted) return sample
      const author = report.anonymous ? null : (post.author.handle ?? post.author.name)
      return {
        ...sample,
        text: post.text.slice(0, 500).toWellFormed(),
        author,
        url: report.anonymous ? null : post.url,
      }
    }),
  }
}
