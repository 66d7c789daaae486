/** What a macro's text may hold; anything else in braces is refused when the macro is saved. */
export const MACRO_PLACEHOLDERS = [
  'author.name',
  'author.handle',
  'person.name',
  'person.first-name',
  'order.number',
  'order.title',
  'agent.name',
  'agent.sign-off',
  'brand',
] as const
