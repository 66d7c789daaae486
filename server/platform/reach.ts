import { type Permission, SOURCE_PERMISSIONS } from '../../contract/permissions.ts'
import { Forbidden } from './errors.ts'
import { isId } from './ids.ts'

/** What somebody may do with single sources who has other roles there than in the workspace. */
export interface Reach {
  /** At this source; null: what came through none, where the role in the workspace holds. */
  mayAt(permission: Permission, sourceId: string | null): boolean
  /** What they may do where no other role holds, and at each source where one does. */
  readonly inWorkspace: ReadonlySet<Permission>
  readonly sources: SourceRoles
  /** Statements that close sources to a transaction, for the policies of migration 0050. */
  readonly closing: string
  /** Whether posts, or conversations, of some source are closed: what was added up over all of them is not theirs to see. */
  readonly hides: Readonly<Record<Opened, boolean>>
}

/** A transaction, as far as this file looks at it. */
interface Acting {
  readonly actor: { readonly reach?: Reach; readonly allow?: Permission }
}

export type SourceRoles = ReadonlyMap<string, ReadonlySet<Permission>>

const AT_SOURCES: ReadonlySet<Permission> = new Set(SOURCE_PERMISSIONS)

/** What opens rows to reading. Whoever reads the inbox of a source reads its posts: a conversation is made of them. */
const OPENED_BY = { posts: ['posts.read', 'inbox.read'], inbox: ['inbox.read'] } as const satisfies Record<
  string,
  readonly Permission[]
>

/** What somebody may do somewhere: in the workspace, or with what came through a source. */
export const permissionsSomewhere = (
  inWorkspace: ReadonlySet<Permission>,
  sources: SourceRoles,
): ReadonlySet<Permission> =>
  new Set([...inWorkspace, ...[...sources.values()].flatMap((role) => [...role.intersection(AT_SOURCES)])])

/** What somebody may do when it is about this source. */
export const permissionsAt = ({ inWorkspace, sources }: Reach, sourceId: string): ReadonlySet<Permission> =>
  new Set([...inWorkspace.difference(AT_SOURCES), ...(sources.get(sourceId) ?? inWorkspace).intersection(AT_SOURCES)])

/** What somebody may do in the workspace, and at every source too. */
export const permissionsEverywhere = (reach: Reach): ReadonlySet<Permission> =>
  [...reach.sources.keys()].reduce(
    (everywhere, sourceId) => everywhere.intersection(permissionsAt(reach, sourceId)),
    reach.inWorkspace,
  )

/** As nobody is closed out: a worker's transaction goes on so after it looked with a member's eyes. */
export const OPENING: string = Object.keys(OPENED_BY)
  .map((kind) => `set local app.closed_${kind} = ''; set local app.only_${kind} = '';`)
  .join('')
/** What customers said to us alone, hidden from whoever reads no inbox. */
export const HIDING_PRIVATE = "set local app.private_posts = 'hidden';"
export const SHOWING_PRIVATE = "set local app.private_posts = '';"

type Opened = keyof typeof OPENED_BY

const opensBy = (openedBy: readonly Permission[], role: ReadonlySet<Permission>): boolean =>
  openedBy.some((permission) => role.has(permission))

const closesSome = (openedBy: readonly Permission[], inWorkspace: ReadonlySet<Permission>, sources: SourceRoles) =>
  [inWorkspace, ...sources.values()].some((role) => !opensBy(openedBy, role))

export const reachOf = (inWorkspace: ReadonlySet<Permission>, sources: SourceRoles): Reach => ({
  inWorkspace,
  sources,
  mayAt(permission, sourceId) {
    const there = sourceId !== null && AT_SOURCES.has(permission) ? sources.get(sourceId) : undefined
    return (there ?? inWorkspace).has(permission)
  },
  hides: {
    posts: closesSome(OPENED_BY.posts, inWorkspace, sources),
    inbox: closesSome(OPENED_BY.inbox, inWorkspace, sources),
  },
  closing: Object.entries(OPENED_BY)
    .map(([kind, openedBy]) => {
      const opens = (role: ReadonlySet<Permission>) => opensBy(openedBy, role)
      const [open, closed] = [true, false].map((wanted) =>
        [...sources].filter(([id, role]) => isId(id) && opens(role) === wanted).map(([id]) => id),
      )
      return opens(inWorkspace) ? setting(`closed_${kind}`, closed) : setting(`only_${kind}`, open)
    })
    .join(''),
})

const setting = (name: string, ids: string[] = []): string => `set local app.${name} = '{${ids.join(',')}}';`

/** Whether the actor may do with what came through this source what they were let in for. Workers, rules and customers have no reach to ask. */
export const mayAtSource = ({ actor: { reach, allow } }: Acting, sourceId: string | null): boolean =>
  !reach || allow === undefined || reach.mayAt(allow, sourceId)

/** Every write on what has a source asks this: `allow` only says that the permission is had somewhere. */
export function requireAtSource(tx: Acting, sourceId: string | null): void {
  if (!mayAtSource(tx, sourceId)) throw new Forbidden('not-at-this-source', { permission: tx.actor.allow ?? null })
}

/**
 * What was counted, or which words rose, over all sources tells of the closed ones as well: it is refused to whoever some are
 * closed to, rather than shown with a gap that nobody sees.
 */
export function requireAllOpen(tx: Acting, what: Opened = 'posts'): void {
  if (hidesSome(tx, what)) throw new Forbidden('not-with-closed-sources')
}

export const hidesSome = ({ actor: { reach } }: Acting, what: Opened): boolean => reach?.hides[what] ?? false
