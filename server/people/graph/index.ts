export { type Beginning, type Begun, beginByContact, beginPersonOf } from './begin.ts'
export { beginImportedPersons } from './begin-many.ts'
export { type PersonChange, updatePerson } from './changes.ts'
export {
  CONTACT_KINDS,
  type ContactKind,
  type ContactPoint,
  contactIdentity,
  contactPoint,
  contactPoints,
} from './contact-points.ts'
export { type Erased, eraseAuthorIdentity, erasePerson } from './erasure.ts'
export type { PersonFact } from './facts.ts'
export { type OperationEntry, personHistory } from './history.ts'
export type { Grounds } from './ledger.ts'
export { type Linked, linkIdentities, linkIdentity, type NewLink } from './link.ts'
export { lockGraph } from './lock.ts'
export { type Merge, type Merged, mergePersons } from './merge.ts'
export { type Cut, cutIdentity, type Move, moveIdentity } from './move.ts'
export { setFields } from './overrides.ts'
export { graphProcedures } from './procedures.ts'
export { type Split, splitPerson } from './split.ts'
export { type Undone, undoOperation, withdrawLink } from './undo.ts'
