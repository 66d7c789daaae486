import { shifts as shiftsContract, staffing as staffingContract } from '../../../contract/accounts-staffing.ts'
import { Forbidden } from '../../platform/errors.ts'
import { implementer, SLEEPING, type WorkspaceContext } from '../../platform/procedures.ts'
import { presenceAt, readPresence, setPresence } from './presence.ts'
import { createShift, listShifts, removeShift, updateShift } from './shifts.ts'
import { readStaffing, skillsOfMembers, versionOf, writeStaffing } from './skills.ts'

const { staffing, shifts } = implementer<WorkspaceContext>()({ staffing: staffingContract, shifts: shiftsContract })

const memberOf = ({ memberId }: WorkspaceContext['me']): string => {
  if (!memberId) throw new Forbidden('people-only')
  return memberId
}

export const staffingRouter = {
  list: staffing.list.handler(async ({ context: { tx, services } }) => {
    const skills = await skillsOfMembers(tx)
    const presence = await presenceAt(tx, services.clock.now())
    return {
      items: [...presence].map(([memberId, now]) => ({
        memberId,
        presence: now,
        ...(skills.get(memberId) ?? { languages: [], products: [] }),
      })),
    }
  }),
  mine: staffing.mine.handler(async ({ context: { tx, me, services } }) => {
    const memberId = memberOf(me)
    const at = services.clock.now()
    const own = (await listShifts(tx)).filter((shift) => shift.memberIds.includes(memberId))
    const asleep = []
    for (const permission of SLEEPING.filter((each) => me.permissions.has(each))) {
      const sleep = await me.asleep?.(tx, permission)
      if (sleep) asleep.push({ permission, reason: sleep.reason, params: sleep.params ?? {} })
    }
    return {
      ...(await readPresence(tx, memberId, at)),
      now: (await presenceAt(tx, at)).get(memberId) ?? 'off',
      shifts: own.map((shift) => shift.name),
      asleep,
    }
  }),
  setPresence: staffing.setPresence.handler(async ({ input, context: { tx, me, services } }) => {
    await setPresence(tx, memberOf(me), input, services.clock.now())
    return {}
  }),
  get: staffing.get.handler(async ({ input, context: { tx } }) => {
    const found = await readStaffing(tx, input.memberId)
    return { ...found, version: versionOf(found) }
  }),
  update: staffing.update.handler(async ({ input: { memberId, against, ...change }, context: { tx } }) => {
    const written = await writeStaffing(tx, memberId, change, against)
    return { version: versionOf(written) }
  }),
}

export const shiftsRouter = {
  list: shifts.list.handler(async ({ context: { tx } }) => ({ items: await listShifts(tx) })),
  create: shifts.create.handler(async ({ input, context: { tx } }) => ({ shiftId: await createShift(tx, input) })),
  update: shifts.update.handler(async ({ input: { shiftId, version, ...shift }, context: { tx } }) => ({
    version: await updateShift(tx, shiftId, version, shift),
  })),
  remove: shifts.remove.handler(async ({ input, context: { tx } }) => {
    await removeShift(tx, input.shiftId)
    return {}
  }),
}
