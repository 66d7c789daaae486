/**
 * Judges what is about to be said in our name. Pure: no database, no network. `preparePolicy({ brand, configuration,
 * recognise })` once, then `judge(draft)` for each text.
 */
export {
  type Brand,
  brandOf,
  type ClaimRule,
  type Colleague,
  type DisclosureRule,
  type OtherBrand,
  type OwnContacts,
} from './brand.ts'
export {
  type Action,
  type CheckRule,
  type ConfigurationFault,
  careDesk,
  type Exception,
  faultsOf,
  type PolicyConfiguration,
  smallTeam,
  type Verdict,
} from './configuration.ts'
export {
  type Answered,
  type Circumstances,
  type Draft,
  type DraftKind,
  type DraftOrigin,
  draftOf,
  type KnownCustomer,
} from './draft.ts'
export { type Change, compareJudgements, type DryRun } from './dry-run.ts'
export { CHECK_IDS, type CheckId, type Finding, type Instead, type Risk, riskAtLeast, type Span } from './finding.ts'
export { type Known, NOTHING_KNOWN, numberKey } from './known.ts'
export {
  MEASURED,
  MEASURED_SETS,
  type MeasuredTexts,
  type Measurement,
  mayRefuse,
  measurementOf,
  restsOnLists,
  wrongStopsPer1000,
} from './measurement.ts'
export { type Judged, type Judgement, type Policy, type PolicyParts, preparePolicy, type Reason } from './policy.ts'
export type { RuleFault } from './prepared-brand.ts'
