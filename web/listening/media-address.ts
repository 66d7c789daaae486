import type { Author, Post } from './shapes.ts'

/** Addresses of our own proxy (contract/inbox.ts): a picture at the network would tell it that we looked. */
const below = (path: string, workspaceId: string): string => `/media/${path}?workspace=${workspaceId}`

export const avatarAddress = (author: Author, workspaceId: string): string | null =>
  author.avatarUrl === null ? null : below(`authors/${author.authorId}`, workspaceId)

export const mediumAddress = (post: Post, index: number, workspaceId: string): string =>
  below(`posts/${post.postId}/${index}${isAttached(post.media[index]) ? '/attached' : ''}`, workspaceId)

/** A film that the network keeps in pieces, as the playlist of them. */
export const filmAddress = (post: Post, index: number, workspaceId: string): string =>
  below(`posts/${post.postId}/${index}/film`, workspaceId)

export const fileAddress = (post: Post, index: number, workspaceId: string): string =>
  below(`posts/${post.postId}/${index}/file`, workspaceId)

/** Part of a letter: it lies in the mailbox. */
export const isAttached = (medium: Post['media'][number] | undefined): boolean =>
  medium?.url.startsWith('mid:') ?? false

/** What stands for a medium in a row: its preview, an image itself, or nothing. */
export function previewAddress(post: Post, index: number, workspaceId: string): string | null {
  const medium = post.media[index]
  if (!medium || isAttached(medium)) return null
  if (medium.previewUrl !== null) return below(`posts/${post.postId}/${index}/preview`, workspaceId)
  return medium.kind === 'image' ? mediumAddress(post, index, workspaceId) : null
}
