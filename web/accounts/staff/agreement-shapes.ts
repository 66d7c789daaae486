import type { useApi } from '../../platform/session.ts'

type Agreements = ReturnType<typeof useApi>['accounts']['agreements']
export type Agreement = Awaited<ReturnType<Agreements['list']['call']>>['items'][number]
export type Analysis = Awaited<ReturnType<Agreements['analyses']['call']>>['items'][number]
export type AgreedFigure = Agreement['figures'][number]
/** About one member; what is about the whole desk stands under Measure > Response. */
export type StaffFigure = Analysis['figures'][number]

/** In the order in which they are offered. */
const ORDER: Record<AgreedFigure, number> = { 'desk-response': 0, answers: 1, 'answer-time': 2, closures: 3 }
export const AGREED_FIGURES = Object.keys(ORDER) as AgreedFigure[]

export const memberFigures = ({ figures }: Agreement): StaffFigure[] =>
  figures.filter((figure) => figure !== 'desk-response')

/** A day as forms and the server write it, in the reader's time zone. */
export const dayOf = (time: Date): string => time.toLocaleDateString('sv')
/** Noon, so that no time zone makes another day of it. */
export const atNoon = (day: string): Date => new Date(`${day}T12:00:00`)
