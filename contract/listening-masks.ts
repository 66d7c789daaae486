import { z } from 'zod'
import { id, nothing } from './pages.ts'
import { procedure } from './procedure.ts'

const words = z.array(z.string().trim().min(2).max(100)).min(1).max(20)

/** Posts that name one of us: the words are covered for everybody, wherever the post is shown, and the post stays as it was said. */
export const masks = {
  ofPosts: procedure({
    allow: 'posts.read',
    method: 'POST',
    path: '/posts/masks',
    summary: 'Which of these posts have covered words, and how many; the words themselves are not told',
    input: z.object({ postIds: z.array(id).min(1).max(100) }),
    output: z.object({ items: z.array(z.object({ postId: id, words: z.number().int(), maskedAt: z.date() })) }),
  }),
  set: procedure({
    allow: 'posts.moderate',
    atSource: true,
    method: 'PUT',
    path: '/posts/{postId}/mask',
    summary: 'Covers words of a post: a name of somebody who works here, in whatever form the post has it',
    input: z.object({ postId: id, words }),
    output: nothing,
  }),
  remove: procedure({
    allow: 'posts.moderate',
    atSource: true,
    method: 'DELETE',
    path: '/posts/{postId}/mask',
    summary: 'Shows the post as it was said again',
    input: z.object({ postId: id }),
    output: nothing,
  }),
}
