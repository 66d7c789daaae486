import { postFilters } from '../../contract/listening-posts.ts'
import { downloadCsv } from '../platform/csv-download.ts'
import { Invalid } from '../platform/errors.ts'
import type { HttpApp } from '../platform/module.ts'
import { authoriseInWorkspace } from '../platform/procedures.ts'
import type { Services } from '../platform/services.ts'
import { requireQuery, workspaceLanguages } from './query.ts'
import { searchPosts } from './search.ts'

const POSTS_AT_ONCE = 100
const POSTS_MAX = 1_000_000

const HEADER = [
  'id',
  'network',
  'author',
  'author_name',
  'published_at',
  'language',
  'direction',
  'title',
  'text',
  'url',
  'deleted_at',
]

/** The same posts as the search, as a file, read page by page while it is sent. */
export function postExportRoutes(app: HttpApp, services: Services): void {
  app.get('/files/posts.csv', async (context) => {
    const { workspaceId, actor, veil, mask } = authoriseInWorkspace('posts.export', await context.get('caller')())
    const filters = postFilters.safeParse(Object.fromEntries(new URL(context.req.url).searchParams))
    if (!filters.success) throw new Invalid('filters-invalid', { fault: filters.error.issues[0]?.message ?? '' })
    const { data } = filters
    await services.database.inWorkspace(workspaceId, actor, async (tx) => {
      await veil?.ask(tx, data)
      // A fault in the query is an answer, not half a file.
      if (data.query) requireQuery(data.query, await workspaceLanguages(tx))
      tx.record({ type: 'posts.exported', subjects: {}, codes: { filtered: Object.keys(data).join() } })
    })
    const page = (after: string | undefined) =>
      services.database.inWorkspace(workspaceId, actor, async (tx) => {
        const found = await searchPosts(tx, { ...data, after, limit: POSTS_AT_ONCE })
        const veiled = veil ? await veil.cover(tx, found) : found
        return mask ? mask(tx, veiled) : veiled
      })
    return downloadCsv('posts.csv', HEADER, lines(page))
  })
}

async function* lines(page: (after: string | undefined) => ReturnType<typeof searchPosts>) {
  let after: string | undefined
  for (let count = 0; count < POSTS_MAX; ) {
    const { items, nextCursor } = await page(after)
    for (const post of items)
      yield [
        post.externalId,
        post.network,
        post.author.handle,
        post.author.name,
        post.publishedAt,
        post.language,
        post.direction,
        post.title,
        post.text,
        post.url,
        post.deleted?.at,
      ]
    count += items.length
    if (nextCursor === null) return
    after = nextCursor
  }
}
