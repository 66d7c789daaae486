import type { Voice } from './answers.ts'

export const VOICE_ORDERS = ['posts', 'reach', 'new'] as const
export type VoiceOrder = (typeof VOICE_ORDERS)[number]

const SHOWN_MAX = 10

/** Followers are whole numbers of any size, as text. */
const reachOf = ({ followers }: Voice): bigint => BigInt(followers ?? 0)
const byReach = (a: Voice, b: Voice): number => (reachOf(a) < reachOf(b) ? 1 : reachOf(a) > reachOf(b) ? -1 : 0)
const byPosts = (a: Voice, b: Voice): number => b.posts - a.posts || byReach(a, b)

export function shownVoices(voices: readonly Voice[], order: VoiceOrder): Voice[] {
  const meant = order === 'new' ? voices.filter(({ isNew }) => isNew) : voices
  return meant.toSorted(order === 'reach' ? byReach : byPosts).slice(0, SHOWN_MAX)
}
