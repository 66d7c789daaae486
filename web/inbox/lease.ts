import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useCallback, useEffect, useRef, useState } from 'react'
import { failureOf } from '../platform/failures.ts'
import { useApi } from '../platform/session.ts'
import type { Conversation, Lease, Opened } from './shapes.ts'

/** A lease lasts 90 s on the server: it is renewed in good time while one types. */
const RENEW_EVERY_MS = 30_000
const TYPED_LATELY_MS = 60_000

/**
 * The right to answer, for as long as one writes: taken with the first focus, kept by typing, given back when one leaves
 * with nothing written. What a colleague holds is theirs until it runs out, they give it back, or a lead takes it over.
 */
export function useLease({ conversationId, lease }: Conversation) {
  const api = useApi()
  const queries = useQueryClient()
  const shownInPlace = { meta: { shownInPlace: true } }
  const claim = useMutation(api.inbox.leases.claim.mutationOptions(shownInPlace))
  const renew = useMutation(api.inbox.leases.renew.mutationOptions(shownInPlace))
  const release = useMutation(api.inbox.leases.release.mutationOptions(shownInPlace))
  const now = useExpiry(lease)
  const live = lease && lease.expiresAt > now ? lease : null
  const mine = live?.mine ?? false

  const show = useCallback(
    (next: Lease | null) =>
      queries.setQueryData<Opened>(
        api.inbox.conversations.get.queryKey({ input: { conversationId } }),
        (opened) => opened && { ...opened, conversation: { ...opened.conversation, lease: next } },
      ),
    [queries, api, conversationId],
  )
  const refused = (error: unknown) => {
    const { code, params } = failureOf(error)
    if ((code === 'lease-held' || code === 'lease-lost') && params.holderId) show(leaseOfConflict(params))
  }

  const typedAt = useRef(0)
  const held = useRef(false)
  held.current = mine
  const take = () => {
    typedAt.current = Date.now()
    if (held.current || live || claim.isPending) return
    claim.mutate({ conversationId }, { onSuccess: show, onError: refused })
  }
  useEffect(() => {
    const timer = setInterval(() => {
      if (held.current && Date.now() - typedAt.current < TYPED_LATELY_MS)
        renew.mutate({ conversationId }, { onSuccess: show, onError: refused })
    }, RENEW_EVERY_MS)
    return () => clearInterval(timer)
  })
  const giveBack = () => {
    if (!held.current) return
    held.current = false
    show(null)
    release.mutate({ conversationId })
  }
  const leaving = useRef(giveBack)
  leaving.current = giveBack
  useEffect(() => () => leaving.current(), [])
  return {
    /** Of a colleague, now. */
    heldBy: live && !live.mine ? live : null,
    mine: mine ? live : null,
    take,
    typing: () => {
      typedAt.current = Date.now()
      if (!held.current) take()
    },
    giveBack,
    show,
  }
}
export type LeaseHere = ReturnType<typeof useLease>

function leaseOfConflict(params: Record<string, unknown>): Lease {
  return {
    holder: {
      kind: params.holderKind === 'bot' ? 'bot' : 'member',
      id: String(params.holderId),
      name: String(params.holderName ?? ''),
    },
    mine: false,
    takenAt: new Date(),
    expiresAt: new Date(String(params.until)),
  }
}

/** The present at the last change of the lease, and again when it runs out. */
function useExpiry(lease: Lease | null): Date {
  const [now, setNow] = useState(() => new Date())
  const until = lease?.expiresAt.getTime() ?? 0
  useEffect(() => {
    setNow(new Date())
    const wait = until - Date.now()
    if (wait <= 0) return
    const timer = setTimeout(() => setNow(new Date()), wait + 50)
    return () => clearTimeout(timer)
  }, [until])
  return now
}
