import type { InferContractRouterOutputs } from '@orpc/contract'
import type { z } from 'zod'
import type { Contract } from '../../../contract/index.ts'
import type {
  becauseSchema,
  figureSchema,
  priceSchema,
  shownPostSchema,
  unstoredSchema,
} from '../../../contract/listening-workbench-answers.ts'

/** What the workbench's answers are called on the screens. */
export type FigureRange = z.infer<typeof figureSchema>
export type Because = z.infer<typeof becauseSchema>
export type ShownPost = z.infer<typeof shownPostSchema>
export type Price = z.infer<typeof priceSchema>
export type Unstored = z.infer<typeof unstoredSchema>

type Outputs = InferContractRouterOutputs<Contract>['listening']['workbench']
export type Preview = Extract<Outputs['preview'], { state: 'answered' }>
export type Comparison = Extract<Outputs['compare'], { state: 'answered' }>
export type Estimates = Extract<Outputs['estimates'], { state: 'answered' }>
export type Stratum = Estimates['questions'][number]['stratum']
export type Verdict = NonNullable<ShownPost['verdict']>
export type ImportedRule = Outputs['importRules']['rules'][number]
export type TemplateAnswer = Extract<Outputs['template'], { ok: true }>

/** A post of the unmatched sample has no post id: one of the two is always there. */
export const shownId = ({ postId, sampledId }: ShownPost): string => postId ?? sampledId ?? ''
