import { IconAntenna, IconEar, IconFileImport, IconMessage, IconTags } from '@tabler/icons-react'
import type { Api } from '../platform/api.ts'
import { i18n } from '../platform/i18n.ts'
import type { LiveEvent } from '../platform/live-channel.ts'
import type { WebModule } from '../platform/module.ts'

const FOUND_MAX = 6
/** Whoever types a name means a person; a few posts are enough, and the way to all of them. */
const FOUND_POSTS_MAX = 3
const LABEL_CHARACTERS_MAX = 80

/** What is typed for a person or a topic is often no query; then no posts are found, and nothing is wrong. */
async function findPosts(text: string, api: Api, signal: AbortSignal) {
  const found = await api.listening.posts.search
    .call({ query: text, limit: FOUND_POSTS_MAX }, { signal })
    .catch(() => null)
  return (found?.items ?? []).map(({ postId, title, text: said, author }) => ({
    id: `post-${postId}`,
    label: shorten(title ?? said),
    hint: author.name ?? author.handle ?? '',
    icon: IconMessage,
    run: ({ go }: { go(path: string, search?: Record<string, string>): void }) =>
      go('listening/posts', { q: text, post: postId }),
  }))
}

async function findTopics(text: string, api: Api, signal: AbortSignal) {
  const { items } = await api.listening.topics.list.call({}, { signal })
  return items
    .filter(({ name }) => name.toLowerCase().includes(text.toLowerCase()))
    .slice(0, FOUND_MAX)
    .map(({ topicId, name, kind }) => ({
      id: `topic-${topicId}`,
      label: name,
      hint: i18n.t(`listening:topics.kinds.${kind}`),
      icon: IconTags,
      run: ({ go }: { go(path: string): void }) => go(`listening/topics/${topicId}`),
    }))
}

const shorten = (text: string): string =>
  text.length > LABEL_CHARACTERS_MAX ? `${text.slice(0, LABEL_CHARACTERS_MAX - 1).trimEnd()}…` : text

/** The list of posts is not made stale here: what is read does not move (posts-live.ts). */
const postChanged = ({ subjects }: Pick<LiveEvent, 'subjects'>, api: Api) => [
  ...[subjects.posts ?? []].flat().map((postId) => api.listening.posts.get.key({ input: { postId } })),
  api.listening.posts.thread.key(),
  api.listening.timelines.key(),
]

/** Lists stay as they are read; what is thought of single posts, and how much is set aside, follows. */
const sorted = (_event: LiveEvent, api: Api) => [
  api.listening.triage.judgements.key(),
  api.listening.triage.effect.key(),
  api.inbox.conversations.keptOut.key(),
]

/** Only the import that it is about: another one may just have been deleted. */
const importChanged = ({ type, subjects }: LiveEvent, api: Api) => [
  api.listening.imports.list.key(),
  ...(type === 'import.uploaded'
    ? []
    : [subjects.import ?? []].flat().map((importId) => api.listening.imports.get.key({ input: { importId } }))),
]

export const listening: WebModule = {
  name: 'listening',
  rail: [{ id: 'listening', label: 'listening:rail', icon: IconEar, path: 'listening', permission: 'posts.read' }],
  commands: [
    {
      id: 'listening-topics',
      label: 'listening:topics.title',
      icon: IconTags,
      permission: 'topics.read',
      run: ({ go }) => go('listening/topics'),
    },
    {
      id: 'listening-new-topic',
      label: 'listening:topics.add',
      icon: IconTags,
      permission: 'topics.manage',
      run: ({ go }) => go('listening/topics/new'),
    },
    {
      id: 'listening-sources',
      label: 'listening:sources.title',
      icon: IconAntenna,
      permission: 'sources.read',
      run: ({ go }) => go('listening/sources'),
    },
    {
      id: 'listening-new-source',
      label: 'listening:sources.add',
      icon: IconAntenna,
      permission: 'sources.manage',
      run: ({ go }) => go('listening/sources/new'),
    },
    {
      id: 'listening-import',
      label: 'listening:imports.upload',
      icon: IconFileImport,
      permission: 'imports.run',
      run: ({ go }) => go('listening/imports'),
    },
  ],
  finders: [
    { id: 'topics', label: 'listening:topics.title', permission: 'topics.read', find: findTopics },
    { id: 'posts', label: 'listening:posts.title', permission: 'posts.read', find: findPosts },
  ],
  live: {
    'posts.edited': postChanged,
    'posts.deleted': postChanged,
    'posts.sorted': sorted,
    'posts.unsorted': sorted,
    'post.label': ({ subjects }, api) => postChanged({ subjects: { posts: subjects.post ?? [] } }, api),
    'authors.': (_event, api) => [api.listening.posts.thread.key(), api.listening.timelines.key()],
    // What a draft changes is counted against the version that counts now.
    'topic.': (_event, api) => [api.listening.topics.key(), api.listening.workbench.compare.key()],
    'source.': (_event, api) => [api.listening.ledger.key(), api.listening.sources.key()],
    'impersonation.': (_event, api) => [api.listening.impersonation.key()],
    'import.': importChanged,
  },
}
