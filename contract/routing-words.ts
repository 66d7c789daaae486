/** Words and limits of routing, apart from the schemas: the web app's screens load no zod. */
export const PRIORITIES = ['low', 'normal', 'high', 'urgent'] as const
export type Priority = (typeof PRIORITIES)[number]

export const RULES_MAX = 500
export const CONDITIONS_MAX = 20
export const ACTIONS_MAX = 10
export const CHOSEN_MAX = 50
export const RULE_NAME_CHARACTERS_MAX = 100
export const NOTE_CHARACTERS_MAX = 500
export const TEXT_QUERY_CHARACTERS_MAX = 4_000

/** `unread`: what the models did not read; `none`: what they read without finding anything. */
export const ROUTED_SENTIMENTS = ['negative', 'neutral', 'positive', 'unread'] as const
export const ROUTED_INTENTS = [
  'question',
  'complaint',
  'praise',
  'idea',
  'purchase-interest',
  'job',
  'spam',
  'none',
] as const
export const JUDGEMENTS = ['for-us', 'unsure', 'not-for-us', 'unjudged'] as const
export const ROUTED_SCORES = ['value', 'influence', 'advocate', 'detractor'] as const
/** A condition on the language of posts whose language nobody knows. */
export const LANGUAGE_UNKNOWN = 'und'

export const CONDITION_KINDS = [
  'text',
  'topic',
  'source',
  'network',
  'language',
  'sentiment',
  'intent',
  'offensive',
  'relevance',
  'addressed',
  'person',
  'segment',
  'score',
  'reach',
  'time',
] as const
export type ConditionKind = (typeof CONDITION_KINDS)[number]

export const ACTION_KINDS = ['assign', 'priority', 'tag', 'clock', 'four-eyes', 'crisis', 'webhook', 'close'] as const

/** What became of an action: done, or why it was left. */
export const ACTION_OUTCOMES = [
  'done',
  /** Somebody fit to take it was wanted and nobody is: the team has it. */
  'team-only',
  'was-so',
  /** A person did otherwise, and what people do stands. */
  'person-decided',
  'earlier-rule',
  'nobody-can',
  'not-allowed-there',
  'lease-held',
  /** The customer said something else too that waits for an answer. */
  'more-waits',
  'closed',
  /** What the rule names was removed. */
  'gone',
] as const
export type ActionOutcome = (typeof ACTION_OUTCOMES)[number]

export const RULE_PROBLEMS = ['query', 'name-taken', 'id-taken', 'no-action', 'closes-and-assigns', 'gone'] as const
/** Bounds between which a dry run counts first answers. */
export const FIRST_ANSWER_MINUTES = [5, 15, 30, 60, 120, 240, 480, 1440, 2880] as const
/** Examples of each kind that a dry run shows. */
export const DRY_RUN_SAMPLES = 5
/** Days and conversations that a dry run reads at most: the newest. */
export const DRY_RUN_DAYS_MAX = 90
export const DRY_RUN_MAX = 10_000
