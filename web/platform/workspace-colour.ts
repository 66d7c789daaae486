import type { MyWorkspace } from './session.ts'

/** Dark enough for white letters (4.5 : 1), bright enough for a mark on a dark ground (3 : 1). */
const COLOURS = {
  blue: '#2f6fdb',
  teal: '#0a7d6e',
  green: '#347a29',
  orange: '#b35600',
  red: '#c93a3a',
  pink: '#c2377f',
  violet: '#7a4bd1',
  grey: '#6b7280',
} as const
type Colour = keyof typeof COLOURS
export const WORKSPACE_COLOURS = Object.keys(COLOURS) as Colour[]

export const colourValue = (colour: Colour): string => COLOURS[colour]

/** The colour that was chosen for it; else one that follows from its id, so that two workspaces rarely look alike. */
export function colourOf({ workspaceId, colour }: Pick<MyWorkspace, 'workspaceId' | 'colour'>): string {
  const byId = WORKSPACE_COLOURS[Number.parseInt(workspaceId.slice(-4), 16) % WORKSPACE_COLOURS.length]
  return COLOURS[colour ?? byId ?? 'blue']
}
