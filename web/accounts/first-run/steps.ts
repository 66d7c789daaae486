/** The way from nothing to the first post. The address holds the step; from `topic` on there is a workspace in it too. */
export const STEPS = ['kind', 'workspace', 'topic', 'sources', 'listening', 'team'] as const
export type Step = (typeof STEPS)[number]

export const KINDS = ['small-team', 'care-desk', 'agency', 'listen-only'] as const
export type Kind = (typeof KINDS)[number]

/** Where a step is; null: not yet, because it needs a workspace. A made workspace is not made again. */
export function addressOfStep(step: Step, slug: string | null): string | null {
  if (slug === null) return step === 'kind' ? '/new' : null
  return step === 'kind' || step === 'workspace' ? null : `/new/${slug}/${step}`
}

export const stateOfStep = (step: Step, current: Step): 'done' | 'current' | 'ahead' => {
  const distance = STEPS.indexOf(step) - STEPS.indexOf(current)
  return distance < 0 ? 'done' : distance === 0 ? 'current' : 'ahead'
}
