import type { InferContractRouterOutputs } from '@orpc/contract'
import type { z } from 'zod'
import type { Contract } from '../../contract/index.ts'
import type { LEGAL_BASES as Bases, linkSchema } from '../../contract/people.ts'

/** What the contract's answers are called on the screens. */
type Outputs = InferContractRouterOutputs<Contract>
export type Link = z.infer<typeof linkSchema>
export type Account = Outputs['people']['authors']['get']
export type ListedAccount = Outputs['people']['authors']['list']['items'][number]
export type Person = Outputs['people']['persons']['get']
export type Formerly = Person['formerly'][number]
export type ShownBefore = Formerly['latest'][number]
export type ListedPerson = Outputs['people']['persons']['list']['items'][number]
export type FoundPerson = Outputs['people']['search']['persons'][number]
export type Profile = Outputs['people']['profile']['get']
export type Note = Profile['notes'][number]
export type ExplainedScore = Outputs['people']['scores']['ofPerson']['items'][number]
export type Formula = Outputs['people']['scores']['formulas']['items'][number]
export type Contacts = Outputs['inbox']['persons']['contacts']
export type Segment = Outputs['people']['segments']['list']['items'][number]
export type SegmentPerson = Outputs['people']['segments']['persons']['items'][number]
export type TimelineEntry = Outputs['listening']['timelines']['ofPerson']['items'][number]

export type LegalBasis = (typeof Bases)[number]
export const LEGAL_BASES: readonly LegalBasis[] = ['legitimate-interest', 'consent', 'contract', 'legal-obligation']
export type LinkMethod = 'agent-confirmed' | 'customer-told'
/** What a member can state; the other methods are stated by what happened. */
export const STATED_METHODS: readonly LinkMethod[] = ['agent-confirmed', 'customer-told']
