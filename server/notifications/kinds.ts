import type { Permission } from '../../contract/permissions.ts'
import type { WorkspaceTransaction } from '../platform/database.ts'
import type {
  ModuleNotifications,
  NotificationKind,
  NotificationSubject,
  NotificationSubjectRead,
} from '../platform/notification-kind.ts'

/** What the modules declare, by name. */
export interface Registry {
  kinds: ReadonlyMap<string, NotificationKind>
  subjects: ReadonlyMap<string, NotificationSubject>
}

/** Throws where a name is declared twice, or a kind is about a subject that nobody declares. */
export function registryOf(declared: readonly ModuleNotifications[]): Registry {
  const kinds = byName(
    declared.flatMap((module) => module.kinds ?? []),
    ({ kind }) => kind,
  )
  const subjects = byName(
    declared.flatMap((module) => module.subjects ?? []),
    ({ subject }) => subject,
  )
  for (const { kind, about } of kinds.values())
    if (!subjects.has(about))
      throw new Error(`notifications of kind ${kind} are about ${about}, which no module declares`)
  return { kinds, subjects }
}

function byName<Declared>(all: readonly Declared[], nameOf: (one: Declared) => string): Map<string, Declared> {
  const named = new Map(all.map((one) => [nameOf(one), one]))
  if (named.size !== all.length) throw new Error('a kind of notification, or what it is about, is declared twice')
  return named
}

export const kindsFor = ({ kinds }: Registry, permissions: ReadonlySet<Permission>): NotificationKind[] =>
  [...kinds.values()].filter(({ permission }) => permissions.has(permission))

export interface About {
  subject: string
  id: string
}
/** Where it leads, and what is known of it; nothing once it has gone. */
export type SubjectRead = NotificationSubjectRead & { path: string; found: boolean }

/** Each kind of subject is read once. */
export async function readSubjects(
  tx: WorkspaceTransaction,
  { subjects }: Registry,
  abouts: readonly About[],
): Promise<(about: About) => SubjectRead> {
  const read = new Map<string, ReadonlyMap<string, NotificationSubjectRead>>()
  for (const [name, some] of Map.groupBy(abouts, ({ subject }) => subject))
    read.set(name, (await subjects.get(name)?.read(tx, [...new Set(some.map(({ id }) => id))])) ?? new Map())
  return ({ subject, id }) => ({
    ...(read.get(subject)?.get(id) ?? { name: null, content: null }),
    found: read.get(subject)?.has(id) ?? false,
    path: subjects.get(subject)?.path(id) ?? 'notifications',
  })
}
