import type { Hono } from 'hono'
import type { Permission } from '../../contract/permissions.ts'
import type { ModuleNotifications } from './notification-kind.ts'
import type { DataRegister } from './personal-data.ts'
import type { Caller, CustomerVisit } from './procedures.ts'
import type { RetentionKind } from './retention.ts'
import type { Services } from './services.ts'

export interface HttpVariables {
  Variables: {
    clientAddress: string
    /** Fresh for each response; the only inline styles and scripts that the page may carry. */
    nonce: string
    caller(): Promise<Caller | null>
    visit(): Promise<CustomerVisit | null>
  }
}

export type HttpApp = Hono<HttpVariables>

/** Something that runs until `signal` aborts, in each worker process. It survives its own failures or it is a bug. */
export interface Loop {
  name: string
  run(services: Services, signal: AbortSignal): Promise<void>
}

/** A job: one line that calls a domain function. Safe to run twice. */
export type Task = (services: Services, payload: Record<string, string>) => Promise<void>

/** What a module hands to the house. Everything is optional but the name. */
export interface Module {
  name: string
  /** Made with `implementer()`: each procedure states `allow`. */
  router?: Record<string, unknown>
  /** HTTP that is no procedure: uploads, downloads, streams. Each route checks its caller with `authorise`. */
  routes?(app: HttpApp, services: Services): void
  loops?: Loop[]
  tasks?: Record<string, Task>
  /** Who may see an event of this type live and in the trail; by exact type. Types that are not listed are not shown live. */
  eventPermissions?: Record<string, Permission>
  /** Every column of every table of the module; the privacy module's test compares it with the database. */
  personalData?: DataRegister
  /** Tables that say how a workspace is set up, those that others point at first: a sandbox for drills copies them. */
  configuration?: readonly string[]
  /** What goes by itself after a time. */
  retention?: readonly RetentionKind[]
  /** What members are told of, and what that is about. */
  notifications?: ModuleNotifications
}
