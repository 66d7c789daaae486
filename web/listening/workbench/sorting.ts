import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useApi, useMay } from '../../platform/session.ts'
import { type ShownPost, type Stratum, shownId, type Verdict } from './answers.ts'

type Given = ReadonlyMap<string, Verdict | null>

/** What one sorts shows at once; the answers that rest on it are asked anew. */
export function useSorting(topicId: string | null) {
  const api = useApi()
  const queries = useQueryClient()
  const maySort = useMay('posts.sort')
  const [given, setGiven] = useState<Given>(new Map())
  const put = (id: string, verdict: Verdict | null) => setGiven((before) => new Map(before).set(id, verdict))
  const sort = useMutation(
    api.listening.workbench.sort.mutationOptions({
      onSuccess: () => queries.invalidateQueries({ queryKey: api.listening.workbench.estimates.key() }),
    }),
  )
  const give = (post: ShownPost, verdict: Verdict | null, stratum: Stratum | null = null) => {
    if (topicId === null) return
    const { postId, sampledId } = post
    const subject = postId === null ? { sampledId: sampledId ?? '' } : { postId }
    put(shownId(post), verdict)
    sort.mutate(
      { topicId, subject, verdict, asked: stratum && { stratum } },
      { onError: () => put(shownId(post), post.verdict) },
    )
  }
  return {
    /** As they are sorted by now. */
    sorted: <Post extends ShownPost>(posts: readonly Post[]): Post[] =>
      posts.map((post) => {
        const verdict = given.get(shownId(post))
        return verdict === undefined ? post : { ...post, verdict }
      }),
    give: topicId !== null && maySort ? give : undefined,
  }
}
export type Sorting = ReturnType<typeof useSorting>
