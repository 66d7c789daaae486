/** A rule as people set it down: plain data, stored as JSON. `contract/routing-rules.ts` checks the same shape at the door. */
export interface Rule {
  /** Stays through all versions. */
  ruleId: string
  name: string
  on: boolean
  /** first: of what opened the conversation; each: of every post of the customer in it. */
  asks: 'first' | 'each'
  match: 'all' | 'any'
  /** None: it holds for every post. */
  conditions: Condition[]
  actions: Action[]
  /** No rule below is asked when this one holds. */
  stops: boolean
}

type Among = 'any-of' | 'none-of'
type YesNo = 'yes' | 'no'
type Bound = 'at-least' | 'below'

export type Condition =
  | { about: 'text'; is: 'matches' | 'matches-not'; query: string; languages: string[] }
  | { about: 'topic'; is: Among; topicIds: string[] }
  | { about: 'source'; is: Among; sourceIds: string[] }
  | { about: 'network'; is: Among; networks: string[] }
  | { about: 'language'; is: Among; languages: string[] }
  | { about: 'sentiment'; is: Among; sentiments: ('negative' | 'neutral' | 'positive' | typeof UNREAD)[] }
  | { about: 'intent'; is: Among; intents: (Intent | typeof NO_INTENT)[] }
  | { about: 'offensive'; is: YesNo }
  | { about: 'relevance'; is: Among; judgements: ('for-us' | 'unsure' | 'not-for-us' | 'unjudged')[] }
  | { about: 'addressed'; is: YesNo }
  | { about: 'person'; is: YesNo }
  | { about: 'segment'; is: Among; segmentIds: string[] }
  | { about: 'score'; score: ScoreName; is: Bound; points: number }
  | { about: 'reach'; is: Bound; followers: number }
  | { about: 'time'; is: 'within' | 'outside'; calendarId: string }

type Intent = 'question' | 'complaint' | 'praise' | 'idea' | 'purchase-interest' | 'job' | 'spam'
export type ScoreName = 'value' | 'influence' | 'advocate' | 'detractor'
/** In a condition on the language: not known. */
export const LANGUAGE_UNKNOWN = 'und'
/** In a condition on the sentiment: the models did not read it. */
export const UNREAD = 'unread'
/** In a condition on the intent: read, and nothing found. */
export const NO_INTENT = 'none'

export type Assignee =
  | { kind: 'member'; memberId: string }
  | { kind: 'team'; teamId: string }
  | { kind: 'skill'; teamId: string | null; language: boolean; product: string | null }

export type Action =
  | { do: 'assign'; to: Assignee }
  | { do: 'priority'; priority: 'low' | 'normal' | 'high' | 'urgent' }
  | { do: 'tag'; tagIds: string[] }
  | { do: 'clock'; clockPolicyId: string }
  | { do: 'four-eyes' }
  | { do: 'crisis' }
  | { do: 'webhook'; webhookId: string }
  | { do: 'close' }
