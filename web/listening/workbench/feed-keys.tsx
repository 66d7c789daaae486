import { createContext, type ReactNode, type RefObject, useContext, useEffect, useRef } from 'react'
import { useTexts } from '../../platform/i18n.ts'
import { useShortcuts } from '../../platform/shortcuts.ts'
import type { Verdict } from './answers.ts'
import { VERDICT_KEYS } from './verdict-buttons.tsx'

/** A list of posts that the keys can move in. */
export interface KeyedFeed {
  step(by: 1 | -1): void
  sort(verdict: Verdict): void
}

const ActiveFeed = createContext<RefObject<KeyedFeed | null> | null>(null)

/** Several lists stand beside each other: the keys mean the one that one was in last, at first the first. */
export function FeedKeys({ sorts, children }: { sorts: boolean; children: ReactNode }) {
  const t = useTexts('listening')
  const active = useRef<KeyedFeed>(null)
  const sort = (verdict: Verdict) => ({
    keys: VERDICT_KEYS[verdict],
    label: t(`workbench.verdict.${verdict}`),
    run: () => active.current?.sort(verdict),
  })
  useShortcuts(t('workbench.title'), [
    { keys: 'j', label: t('ui:list.next'), run: () => active.current?.step(1) },
    { keys: 'k', label: t('ui:list.previous'), run: () => active.current?.step(-1) },
    ...(sorts ? [sort('for-us'), sort('not-for-us')] : []),
  ])
  return <ActiveFeed value={active}>{children}</ActiveFeed>
}

/** Gives what a list calls when one enters it. */
export function useKeyedFeed(feed: KeyedFeed): () => void {
  const active = useContext(ActiveFeed)
  const latest = useRef(feed)
  latest.current = feed
  const stable = useRef<KeyedFeed>({
    step: (by) => latest.current.step(by),
    sort: (verdict) => latest.current.sort(verdict),
  })
  useEffect(() => {
    const mine = stable.current
    if (active && active.current === null) active.current = mine
    return () => {
      if (active?.current === mine) active.current = null
    }
  }, [active])
  return () => {
    if (active) active.current = stable.current
  }
}
