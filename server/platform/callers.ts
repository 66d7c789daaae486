import type { Caller } from './procedures.ts'
import type { Services } from './services.ts'

/** Works out who calls. `workspace` is its id or slug; without it the request's headers say in which one. */
export type CallerOf = (
  services: Services,
  headers: Headers,
  clientAddress: string,
  workspace?: string | null,
) => Promise<Caller | null>

type InWorkspace = NonNullable<Caller['workspace']>

/** The same callers with what they are given in their workspace. */
export const givenInWorkspace =
  (given: (workspace: InWorkspace, services: Services) => Partial<InWorkspace>) =>
  (callerOf: CallerOf): CallerOf =>
  async (services, ...request) => {
    const caller = await callerOf(services, ...request)
    if (!caller?.workspace) return caller
    return { ...caller, workspace: { ...caller.workspace, ...given(caller.workspace, services) } }
  }
