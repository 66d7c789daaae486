import { sentenceOf, type TextLanguage } from '../platform/notification-kind.ts'
import type { Due } from './taking.ts'

/** Below what a push service must take (RFC 8030, 7.2), with the encryption's own bytes. */
const CONTENT_CHARACTERS_MAX = 280

/** What web/public/service-worker.js shows. */
export interface PushMessage {
  title: string
  body: string
  /** Of this site, from its root. */
  url: string
  /** A later one takes the place of an earlier one with the same. */
  tag: string
  language: TextLanguage
}

/** One message for each kind: several of one kind say how many. The title is the workspace: who knows no more sees no more. */
export function pushMessages(
  due: readonly Due[],
  { language, slug, workspace }: { language: TextLanguage; slug: string; workspace: string },
): PushMessage[] {
  return [...Map.groupBy(due, ({ kind }) => kind.kind)].flatMap(([name, some]) => {
    const [first] = some
    if (!first) return []
    const sentences = first.kind.sentences[language]
    const alone = some.length === 1
    const said = alone ? sentenceOf(sentences, first.news) : sentences.many(some.length)
    const content = alone ? first.content?.slice(0, CONTENT_CHARACTERS_MAX) : undefined
    return [
      {
        title: workspace,
        body: content ? `${said}:\n${content}` : said,
        url: `/w/${slug}/${alone ? first.path : 'notifications'}`,
        tag: `${slug}/${name}`,
        language,
      },
    ]
  })
}
