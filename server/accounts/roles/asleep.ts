import type { WorkspaceTransaction } from '../../platform/database.ts'
import type { Caller, Sleep } from '../../platform/procedures.ts'
import type { Services } from '../../platform/services.ts'

/** Says why a permission of a member sleeps; null: not for this reason. Modules below hand theirs down (modules.ts). */
export type SleepCheck = (tx: WorkspaceTransaction, memberId: string) => Promise<Sleep | null>

type CallerOf = (
  services: Services,
  headers: Headers,
  clientAddress: string,
  workspace?: string | null,
) => Promise<Caller | null>

/** Every caller with what may make them sleep; a key sleeps with whoever made it. The first reason counts. */
export const sleeping =
  (checks: readonly SleepCheck[]) =>
  (callerOf: CallerOf): CallerOf =>
  async (services, headers, clientAddress, workspace) => {
    const caller = await (workspace === undefined
      ? callerOf(services, headers, clientAddress)
      : callerOf(services, headers, clientAddress, workspace))
    const answerable = caller?.workspace?.answerableMemberId
    if (!caller?.workspace || !answerable || checks.length === 0) return caller
    const asleep = async (tx: WorkspaceTransaction): Promise<Sleep | null> => {
      for (const check of checks) {
        const sleep = await check(tx, answerable)
        if (sleep) return sleep
      }
      return null
    }
    return { ...caller, workspace: { ...caller.workspace, asleep } }
  }
