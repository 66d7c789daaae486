import type { Api } from '../../platform/api.ts'

export const COPIED_PARTS = ['roles', 'teams', 'shifts', 'tags', 'macros'] as const
export type CopiedPart = (typeof COPIED_PARTS)[number]

export interface Copied {
  part: CopiedPart
  made: number
  /** Of the same name already: what is there stays as it is. */
  kept: number
}

type TagColour = NonNullable<Parameters<Api['inbox']['tags']['create']['call']>[0]['colour']>
type Copy = (from: Api, to: Api) => Promise<Omit<Copied, 'part'>>
const nothing = {}

/**
 * What one workspace is set up with, made anew in another one: read there and written here, each with what its reader may do
 * in it. Nothing of customers or colleagues goes along, and what has the same name is passed over, so that it can be run again.
 */
export async function copySetUp(
  from: Api,
  to: Api,
  parts: readonly CopiedPart[],
  onPart: (copied: Copied) => void,
): Promise<void> {
  // Macros use tags: in this order, whatever was ticked first.
  for (const part of COPIED_PARTS.filter((one) => parts.includes(one)))
    onPart({ part, ...(await COPIES[part](from, to)) })
}

const COPIES: Record<CopiedPart, Copy> = {
  roles: async (from, to) => {
    const { items } = await from.accounts.roles.list.call(nothing)
    const present = (await to.accounts.roles.list.call(nothing)).items
    return absent(items, present, ({ name, permissions, preset }) =>
      to.accounts.roles.create.call({ name, permissions, preset }),
    )
  },
  teams: async (from, to) => {
    const { items } = await from.accounts.teams.list.call(nothing)
    const present = (await to.accounts.teams.list.call(nothing)).items
    return absent(items, present, ({ name }) => to.accounts.teams.create.call({ name, memberIds: [] }))
  },
  shifts: async (from, to) => {
    const { items } = await from.accounts.shifts.list.call(nothing)
    const present = (await to.accounts.shifts.list.call(nothing)).items
    return absent(items, present, ({ name, calendar }) =>
      to.accounts.shifts.create.call({ name, calendar, memberIds: [] }),
    )
  },
  tags: async (from, to) => {
    const { items } = await from.inbox.tags.list.call(nothing)
    const present = (await to.inbox.tags.list.call(nothing)).items
    return absent(items, present, ({ name, colour }) =>
      to.inbox.tags.create.call({ name, colour: colour as TagColour }),
    )
  },
  macros: async (from, to) => {
    const { items } = await from.inbox.macros.list.call(nothing)
    const present = (await to.inbox.macros.list.call(nothing)).items
    const theirs = new Map((await from.inbox.tags.list.call(nothing)).items.map(({ tagId, name }) => [tagId, name]))
    const ours = new Map((await to.inbox.tags.list.call(nothing)).items.map(({ tagId, name }) => [name, tagId]))
    return absent(items, present, ({ macroId: _, actions, ...macro }) =>
      to.inbox.macros.create.call({
        ...macro,
        // Members and teams are others here; a tag is the one of the same name.
        actions: actions.flatMap((action): typeof actions => {
          if (action.action === 'assign') return []
          if (action.action !== 'tag') return [action]
          const tagId = ours.get(theirs.get(action.tagId) ?? '')
          return tagId ? [{ action: 'tag', tagId }] : []
        }),
      }),
    )
  },
}

async function absent<Item extends { name: string }>(
  items: readonly Item[],
  present: readonly { name: string }[],
  make: (item: Item) => Promise<unknown>,
): Promise<{ made: number; kept: number }> {
  const names = new Set(present.map(({ name }) => name.toLowerCase()))
  const wanted = items.filter(({ name }) => !names.has(name.toLowerCase()))
  for (const item of wanted) await make(item)
  return { made: wanted.length, kept: items.length - wanted.length }
}
