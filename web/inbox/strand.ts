import { readDraft } from '../platform/drafts.ts'
import type { Account, Opened } from './shapes.ts'

export type Strand = 'public' | 'private'

/** An account of ours through which one writes to a customer alone who has not done so yet. */
export interface Begin {
  sourceId: string
  name: string
  network: string
  kind: 'network' | 'letters'
  charactersMax: number | null
  attachmentsMax: number
  title: string
}

export const isStrand = (text: string | undefined): text is Strand => text === 'public' || text === 'private'

/** What was chosen for this draft; else where the customer spoke last. What was begun for one strand never changes over by itself. */
export function strandOf(opened: Opened, chosen: Strand | null, begin: Begin | null): Strand {
  if (begin) return 'private'
  if (chosen) return chosen
  if (!opened.privateAnswer) return 'public'
  if (!opened.answer) return 'private'
  const theirs = opened.thread.posts.filter(
    (post) => post.ofThisConversation && post.direction === 'in' && !post.deleted,
  )
  return theirs.at(-1)?.visibility ?? 'public'
}

/** Null: nothing of ours reaches the customer there. */
export function accountOf(opened: Opened, strand: Strand, begin: Begin | null): Account | null {
  if (!begin) return strand === 'private' ? opened.privateAnswer : opened.answer
  const { sourceId, name: sourceName, network, charactersMax, attachmentsMax } = begin
  return { sourceId, sourceName, network, charactersMax, attachmentsMax, signOff: opened.answer?.signOff ?? '' }
}

export function readBegin(key: string): Begin | null {
  try {
    const begin = JSON.parse(readDraft(key)?.text ?? 'null') as Begin | null
    return begin && typeof begin.sourceId === 'string' ? begin : null
  } catch {
    return null
  }
}
