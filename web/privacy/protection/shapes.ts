import type { InferContractRouterOutputs } from '@orpc/contract'
import type { Contract } from '../../../contract/index.ts'

type Outputs = InferContractRouterOutputs<Contract>
type Privacy = Outputs['privacy']
export type FoundPerson = Outputs['people']['search']['persons'][number]
export type PrivacyRequest = Privacy['requests']['list']['items'][number]
export type RequestDetail = Privacy['requests']['get']
export type Archive = Privacy['archives']['list']['items'][number]
export type Erasure = Privacy['erasures']['list']['items'][number]
export type ErasurePreview = Privacy['erasures']['preview']
export type TableResult = ErasurePreview['tables'][number]
export type Rule = Privacy['retention']['list']['items'][number]
export type Consent = Privacy['consents']['list']['items'][number]
export type Objection = Privacy['consents']['objections']['items'][number]
export type ConsentStateOf = Privacy['consents']['ofPerson']
