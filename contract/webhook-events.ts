/** What a program of somebody else may be told of: what becomes of persons and whose their accounts are. */
export const WEBHOOK_EVENTS = [
  'person.begun',
  'persons.merged',
  'person.split',
  'identity.moved',
  'identity.cut',
  'operation.undone',
  'link.made',
  'link.withdrawn',
  'person.field-set',
  'person.erased',
  'identity.erased',
] as const
export const WEBHOOKS_MAX = 10
