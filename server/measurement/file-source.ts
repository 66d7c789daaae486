// Not through connectors/index.ts: the thread that counts needs no network in its memory (70 MB).
import { type FileInspection, inspectFile, type ReadChoices, readRows } from '../connectors/files/index.ts'
import type { HeardPost } from '../connectors/index.ts'
import { AuditFault, type AuditPost, type AuditSource } from './audit-post.ts'

/** The rows of a file as posts. Throws AuditFault when the file as a whole cannot be read. */
export function fileSource(path: string, choices: ReadChoices): AuditSource {
  let inspected: FileInspection | undefined
  return {
    async *read(signal) {
      inspected ??= await inspectFile(path, choices)
      for await (const { row, line } of readRows(path, { ...choices, inspected })) {
        signal?.throwIfAborted()
        if (row.kind === 'refused')
          throw new AuditFault('file-refused', row.problem.message, {
            problem: row.problem.code,
            ...row.problem.params,
          })
        if (row.kind === 'rejected')
          yield { kind: 'rejected', code: row.problem.code, params: row.problem.params, line }
        else yield { kind: 'post', post: postOf(row.post) }
      }
    },
  }
}

function postOf(post: HeardPost): AuditPost {
  const { network, scope, author } = post
  const key = (id: string) => `${network}\n${scope}\n${id}`
  return {
    key: key(post.externalId),
    parentKey: post.parent === null ? null : key(post.parent.externalId),
    authorKey: key(author.networkId),
    ours: false,
    postId: null,
    authorId: null,
    title: post.title,
    text: post.text,
    language: post.language,
    network,
    scope,
    site: post.site,
    url: post.url,
    publishedAt: post.publishedAt,
    author,
    isReply: post.parent !== null,
    hasMedia: post.media.length > 0,
    links: post.links,
    mentions: post.mentions,
    sourceName: null,
  }
}
