import { givenInWorkspace } from '../../platform/callers.ts'
import type { WorkspaceTransaction } from '../../platform/database.ts'
import type { Sleep } from '../../platform/procedures.ts'

/** Says why a permission of a member sleeps; null: not for this reason. Modules below hand theirs down (modules.ts). */
export type SleepCheck = (tx: WorkspaceTransaction, memberId: string) => Promise<Sleep | null>

/** Every caller with what may make them sleep; a key sleeps with whoever made it. The first reason counts. */
export const sleeping = (checks: readonly SleepCheck[]) =>
  givenInWorkspace(({ answerableMemberId }) => {
    if (!answerableMemberId) return {}
    const asleep = async (tx: WorkspaceTransaction): Promise<Sleep | null> => {
      for (const check of checks) {
        const sleep = await check(tx, answerableMemberId)
        if (sleep) return sleep
      }
      return null
    }
    return { asleep }
  })
