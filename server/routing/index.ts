/** Which rules hold for a post, in their order, and by which of their conditions. Pure: nothing is carried out here. */

export type { RoutedAuthor, RoutedPost } from './routed-post.ts'
export type { Action, Assignee, Condition, Rule } from './rule.ts'
/** `openRules(rules) → RuleBook | { problems }`: once for each version. `rulesFor(book, occasion) → Hit[]`. */
export { type Hit, type Occasion, openRules, type RuleBook, type RuleProblem, rulesFor } from './rule-book.ts'
