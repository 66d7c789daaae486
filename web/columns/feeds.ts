import { createContext, useCallback, useContext, useSyncExternalStore } from 'react'
import type { Feed } from './feed.ts'

/**
 * The feeds of the columns on screen. Apart from the cache of queries, because they are changed many times a second and
 * only the one column that changed may draw itself again.
 */
export class Feeds {
  readonly #feeds = new Map<string, Feed>()
  readonly #listeners = new Map<string, Set<() => void>>()

  get(key: string): Feed | undefined {
    return this.#feeds.get(key)
  }

  set(key: string, feed: Feed): void {
    if (this.#feeds.get(key) === feed) return
    this.#feeds.set(key, feed)
    for (const listener of this.#listeners.get(key) ?? []) listener()
  }

  /** Only a feed that has begun. */
  change(key: string, by: (feed: Feed) => Feed): void {
    const feed = this.#feeds.get(key)
    if (feed) this.set(key, by(feed))
  }

  forget(key: string): void {
    this.#feeds.delete(key)
  }

  subscribe(key: string, listener: () => void): () => void {
    const listeners = this.#listeners.get(key) ?? new Set()
    this.#listeners.set(key, listeners.add(listener))
    return () => {
      listeners.delete(listener)
      if (listeners.size === 0) this.#listeners.delete(key)
    }
  }
}

const FeedsContext = createContext<Feeds | null>(null)
export const FeedsProvider = FeedsContext.Provider

export function useFeeds(): Feeds {
  const feeds = useContext(FeedsContext)
  if (!feeds) throw new Error('a column outside of the columns')
  return feeds
}

/** Undefined until its first page is there. */
export function useFeed(key: string): Feed | undefined {
  const feeds = useFeeds()
  const subscribe = useCallback((listener: () => void) => feeds.subscribe(key, listener), [feeds, key])
  return useSyncExternalStore(subscribe, () => feeds.get(key))
}
