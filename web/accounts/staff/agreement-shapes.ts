import type { useApi } from '../../platform/session.ts'

type Agreements = ReturnType<typeof useApi>['accounts']['agreements']
export type Agreement = Awaited<ReturnType<Agreements['list']['call']>>['items'][number]
export type Analysis = Awaited<ReturnType<Agreements['analyses']['call']>>['items'][number]
export type StaffFigure = Agreement['figures'][number]

/** In the order in which they are offered. */
const ORDER: Record<StaffFigure, number> = { answers: 0, 'answer-time': 1, closures: 2 }
export const STAFF_FIGURES = Object.keys(ORDER) as StaffFigure[]

/** A day as forms and the server write it, in the reader's time zone. */
export const dayOf = (time: Date): string => time.toLocaleDateString('sv')
/** Noon, so that no time zone makes another day of it. */
export const atNoon = (day: string): Date => new Date(`${day}T12:00:00`)
