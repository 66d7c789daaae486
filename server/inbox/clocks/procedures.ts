import { clocks as contract } from '../../../contract/inbox-clocks.ts'
import { holidayPlaces } from '../../clocks/index.ts'
import { implementer, type WorkspaceContext } from '../../platform/procedures.ts'
import { changeCalendar, createCalendar, listCalendars, removeCalendar } from './calendars.ts'
import { explainClocks, takeTurn } from './explaining.ts'
import type { CrisesOf } from './facts.ts'
import { changePolicy, createPolicy, listPolicies, removePolicy } from './policies.ts'
import { previewCalendar } from './preview.ts'
import { isRecounting } from './recount.ts'
import { setReminder } from './reminders.ts'

const { calendars, policies, of, turn, remind } = implementer<WorkspaceContext>()(contract)

export const clockProcedures = (crisesOf: CrisesOf) => ({
  calendars: {
    list: calendars.list.handler(async ({ context: { tx } }) => ({ items: await listCalendars(tx) })),
    create: calendars.create.handler(async ({ input, context: { tx, services } }) => ({
      calendarId: await createCalendar(tx, input, services.clock.now()),
    })),
    update: calendars.update.handler(
      async ({ input: { calendarId, against, ...change }, context: { tx, services } }) => ({
        version: await changeCalendar(tx, calendarId, against, change, services.clock.now()),
      }),
    ),
    remove: calendars.remove.handler(async ({ input, context: { tx, services } }) => {
      await removeCalendar(tx, input.calendarId, services.clock.now())
      return {}
    }),
    preview: calendars.preview.handler(({ input, context: { services } }) =>
      previewCalendar(input.rules, input.year, services.clock.now()),
    ),
    places: calendars.places.handler(async ({ input: { language, country, state } }) => ({
      items: await holidayPlaces({ ...(country ? { country } : {}), ...(state ? { state } : {}) }, language),
    })),
  },
  policies: {
    list: policies.list.handler(async ({ context: { tx } }) => ({
      items: await listPolicies(tx),
      recounting: await isRecounting(tx),
    })),
    create: policies.create.handler(async ({ input, context: { tx, services } }) => ({
      clockPolicyId: await createPolicy(tx, input, services.clock.now()),
    })),
    update: policies.update.handler(
      async ({ input: { clockPolicyId, against, ...change }, context: { tx, services } }) => ({
        version: await changePolicy(tx, clockPolicyId, against, change, services.clock.now()),
      }),
    ),
    remove: policies.remove.handler(async ({ input, context: { tx, services } }) => {
      await removePolicy(tx, input.clockPolicyId, services.clock.now())
      return {}
    }),
  },
  of: of.handler(({ input, context: { tx, services } }) =>
    explainClocks(tx, input.conversationId, services.clock.now(), crisesOf),
  ),
  turn: turn.handler(async ({ input, context: { tx } }) => {
    await takeTurn(tx, input.conversationId, input.turn)
    return {}
  }),
  remind: remind.handler(async ({ input, context: { tx, services } }) => {
    await setReminder(tx, input.conversationId, input.at, services.clock.now())
    return {}
  }),
})
