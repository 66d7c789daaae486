import type { WorkspaceTransaction } from '../platform/database.ts'
import type { Module } from '../platform/module.ts'
import { GUIDELINE, guidelineSubject, TRAINING, trainingSubject } from './notification-kinds.ts'
import { guidelinesData } from './personal-data.ts'
import { guidelinesRouter } from './procedures.ts'
import { remindOfGuidelines } from './reminding.ts'

export { guidelinesAsleep } from './asleep.ts'

/** How many guidelines hold now, and how many trainings there are: for whoever sets up a desk. */
export async function countGuidelines(
  tx: WorkspaceTransaction,
  now: Date,
): Promise<{ guidelines: number; trainings: number }> {
  const { guidelines } = await tx.sql
    .selectFrom('guideline as g')
    .select((select) => select.fn.countAll<string>().as('guidelines'))
    .where('g.workspace_id', '=', tx.workspaceId)
    .where('g.retired_at', 'is', null)
    .where((where) =>
      where.exists(
        where
          .selectFrom('guideline_version as v')
          .select('v.version')
          .whereRef('v.workspace_id', '=', 'g.workspace_id')
          .whereRef('v.guideline_id', '=', 'g.guideline_id')
          .where('v.valid_from', '<=', now),
      ),
    )
    .executeTakeFirstOrThrow()
  const { trainings } = await tx.sql
    .selectFrom('training')
    .select((select) => select.fn.countAll<string>().as('trainings'))
    .where('workspace_id', '=', tx.workspaceId)
    .where('retired_at', 'is', null)
    .executeTakeFirstOrThrow()
  return { guidelines: Number(guidelines), trainings: Number(trainings) }
}

/** What everybody who speaks for the brand has to know, and who took note of it. */
export const guidelines: Module = {
  name: 'guidelines',
  personalData: guidelinesData,
  configuration: [
    'guideline_setting',
    'guideline',
    'guideline_version',
    'guideline_role',
    'acknowledgement',
    'training',
    'training_standing',
  ],
  router: guidelinesRouter,
  notifications: { kinds: [GUIDELINE, TRAINING], subjects: [guidelineSubject, trainingSubject] },
  tasks: { 'guidelines.remind': remindOfGuidelines },
  eventPermissions: {
    'guideline.created': 'workspace.read',
    'guideline.published': 'workspace.read',
    'guideline.audience-changed': 'workspace.read',
    'guideline.retired': 'workspace.read',
    'guideline.gate-changed': 'workspace.read',
    'guideline.acknowledged': 'guidelines.manage',
    'training.created': 'workspace.read',
    'training.changed': 'workspace.read',
    'training.retired': 'workspace.read',
    // When somebody passed is nothing that a lead needs: the overview says whether they did.
    'training.passed': 'staff.council',
  },
}
