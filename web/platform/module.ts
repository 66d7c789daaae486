import type { QueryKey } from '@tanstack/react-query'
import type { ComponentType } from 'react'
import type { Permission } from '../../contract/permissions.ts'
import type { Api } from './api.ts'
import type { LiveEvent } from './live-channel.ts'

type Icon = ComponentType<{ size?: number | string; stroke?: number | string; 'aria-hidden'?: boolean }>

/** A place in the navigation rail. `label` is a text key with its module: 'inbox:title'. */
export interface RailEntry {
  id: string
  label: string
  icon: Icon
  /** Below /w/$slug: 'inbox' leads to /w/acme/inbox. */
  path: string
  /** Places that belong to it and stand elsewhere, because they need the whole width. */
  alsoAt?: string[]
  permission: Permission
  /** A count beside the label; a hook, called while the entry is shown. Null: nothing to show. */
  useCount?: () => number | null
  /** 'end' entries stand at the foot of the rail (settings, health). */
  at?: 'start' | 'end'
}

/** Something the command palette (⌘K) can do from anywhere. What depends on a screen: `useCommands` there. */
export interface Command {
  id: string
  /** Already translated when made by a screen; a text key with its module in a module's own list. */
  label: string
  hint?: string
  icon?: Icon
  permission?: Permission
  run(at: CommandPlace): void
}

export interface CommandPlace {
  slug: string
  /** Goes to a path below the workspace: go('people'). */
  go(path: string, search?: Record<string, string>): void
}

/** What the palette finds while one types: people, conversations, topics. */
export interface Finder {
  id: string
  label: string
  permission: Permission
  find(text: string, api: Api, signal: AbortSignal): Promise<Command[]>
}

/** What a module hands to the shell. Its screens come by `routes` in web/router.ts. */
export interface WebModule {
  name: string
  rail?: RailEntry[]
  commands?: Command[]
  finders?: Finder[]
  /** A line above the work on every screen, loaded behind it; it shows itself when there is something to say. */
  notice?: ComponentType
  /** By event type prefix ('conversation.'): the queries that such an event makes stale. */
  live?: Record<string, (event: LiveEvent, api: Api) => QueryKey[]>
}
