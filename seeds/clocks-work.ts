import { findWorkspaceId } from '../server/accounts/index.ts'
import type { HttpApp } from '../server/platform/module.ts'
import type { Services } from '../server/platform/services.ts'
import { addressOf } from './customer-work.ts'
import { workspaceSeeds } from './index.ts'
import { signedIn } from './load.ts'

const day = [{ from: '08:00', until: '20:00' }]
const saturday = [
  { from: '09:00', until: '12:30' },
  { from: '13:30', until: '17:00' },
]
/** In service hours of their own, with the holidays of where they sit. */
const DESKS: Record<string, { calendar: string; promise: string; timeZone: string; country: string; state?: string }> =
  {
    kobaltfon: {
      calendar: 'Kundenservice',
      promise: 'Binnen einer Stunde',
      timeZone: 'Europe/Berlin',
      country: 'DE',
      state: 'HH',
    },
    steenvlerk: { calendar: 'Klantenservice', promise: 'Binnen een uur', timeZone: 'Europe/Amsterdam', country: 'NL' },
    felsdohle: { calendar: 'Service', promise: 'Binnen einer Stunde', timeZone: 'Europe/Berlin', country: 'DE' },
  }
const MONTH_MS = 30 * 86_400_000

/** The lead says when the desk works and by when customers are answered, for the weeks before as well. */
export async function promiseAnswers(services: Services, app: HttpApp): Promise<void> {
  const validFrom = new Date(services.clock.now().getTime() - MONTH_MS)
  for (const { key, name } of workspaceSeeds) {
    const desk = DESKS[key]
    const workspaceId = await findWorkspaceId(services, name)
    if (!desk || !workspaceId) continue
    const { inbox } = await signedIn(services, app, addressOf('ruben'), workspaceId)
    const { calendarId } = await inbox.clocks.calendars.create({
      name: desk.calendar,
      validFrom,
      rules: {
        timeZone: desk.timeZone,
        week: { monday: day, tuesday: day, wednesday: day, thursday: day, friday: day, saturday, sunday: saturday },
        holidays: { country: desk.country, types: ['public'], ...(desk.state ? { state: desk.state } : {}) },
        closed: [],
        special: [{ day: '2026-12-24', hours: [{ from: '08:00', until: '12:00' }] }],
      },
    })
    const ladder = [
      { name: 'warn', at: { when: 'before', minutes: 10 }, action: { do: 'warn' } },
      { name: 'return', at: { when: 'due' }, action: { do: 'return-to-queue' } },
      { name: 'lead', at: { when: 'after', minutes: 30 }, action: { do: 'escalate', to: { role: 'lead' } } },
    ] as const
    await inbox.clocks.policies.create({
      name: desk.promise,
      validFrom,
      rules: {
        calendarId,
        applies: { sourceIds: [], networks: [], languages: [], mentions: false },
        targets: [
          { clock: 'first-answer', priority: 'urgent', minutes: 15 },
          { clock: 'first-answer', minutes: 60 },
          { clock: 'next-answer', minutes: 120 },
          { clock: 'resolution', minutes: 1_440 },
        ],
        pauses: { waiting: true, snoozed: false, crisis: false },
        answers: ['public', 'private'],
        reopening: 'continue',
        ladders: { 'first-answer': [...ladder], 'next-answer': [...ladder], resolution: [] },
      },
    })
  }
}
