import type { Policy } from './shapes.ts'

/** What the page of suggestions shows; stands in its address. Those that the policy joined are among the confirmed ones. */
export const SUGGESTION_VIEWS = ['open', 'confirmed', 'refused'] as const
export type SuggestionView = (typeof SUGGESTION_VIEWS)[number]

/** In the order in which a policy grows. */
export const INFERENCE_MODES: readonly Policy['mode'][] = ['none', 'suggest', 'automatic']
/** The strongest first. */
export const PROOF_LEVELS: readonly NonNullable<Policy['proofLevel']>[] = ['proved', 'mutual', 'named']
