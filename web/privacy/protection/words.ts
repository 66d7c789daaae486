import type { ConsentStateOf, PrivacyRequest, RequestDetail } from './shapes.ts'

/** The words of the contract that can be chosen from, in the order in which they are shown. */
export const REQUEST_KINDS = [
  'access',
  'erasure',
  'rectification',
  'objection',
  'portability',
] as const satisfies readonly PrivacyRequest['kind'][]
export const REQUEST_OUTCOMES = [
  'fulfilled',
  'partly',
  'refused',
  'withdrawn',
  'not-found',
] as const satisfies readonly NonNullable<RequestDetail['outcome']>[]
/** How something reached the team; what comes by the portal is written down there. */
export const CHANNELS = [
  'mail',
  'network',
  'phone',
  'letter',
  'in-person',
] as const satisfies readonly PrivacyRequest['channel'][]
export type Channel = (typeof CHANNELS)[number]

type Basis = ConsentStateOf['bases'][number]
export const LEGAL_BASES = [
  'legitimate-interest',
  'consent',
  'contract',
  'legal-obligation',
] as const satisfies readonly Basis['legalBasis'][]
export const PERSON_PURPOSES = [
  'care',
  'contract',
  'research',
  'programme',
] as const satisfies readonly Basis['purpose'][]
