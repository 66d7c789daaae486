/** Apart from the schemas, so that the web app's first screens load no zod. */
export const SENTIMENTS = ['negative', 'neutral', 'positive'] as const
/** What people may say; models say those of them that were measured (docs/scores.md). */
export const INTENTS = ['question', 'complaint', 'praise', 'idea', 'purchase-interest', 'job', 'spam'] as const
export const LABELLED_FACTS = ['sentiment', 'intent', 'offensive'] as const
