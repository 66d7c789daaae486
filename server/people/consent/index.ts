export { type ConsentStatement, type ConsentWithdrawal, recordConsent, withdrawConsent } from './consents.ts'
export {
  holderMayBeProfiled,
  liftObjection,
  mayContact,
  mayProfile,
  mayProfileAuthors,
  type Objection,
  object,
} from './objections.ts'
export { type ConsentState, changeBasis, consentStateOf, toConsent, toObjection } from './state.ts'
export type { Subject } from './subjects.ts'
