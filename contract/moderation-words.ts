/** What is done with posts and accounts on the networks. 'delete' takes a post of ours off. */
export const MODERATION_ACTIONS = ['like', 'hide', 'delete', 'block', 'mute', 'report'] as const
export type ModeratingAction = (typeof MODERATION_ACTIONS)[number]

/** Why; each act has one. */
export const MODERATION_REASONS = [
  'thanks',
  'insult',
  'hate',
  'spam',
  'advertising',
  'off-topic',
  'personal-data',
  'false-claim',
  'illegal',
  'impersonation',
  'mistake',
  'other',
] as const
export type ModerationReason = (typeof MODERATION_REASONS)[number]

/** Whom an action is open to: everybody with posts.moderate, those who manage the inbox as well, or nobody. */
export const MODERATION_WHO = ['moderators', 'leads', 'nobody'] as const
export type ModerationWho = (typeof MODERATION_WHO)[number]

export const MODERATED_AT_ONCE_MAX = 100
export const MODERATION_NOTE_CHARACTERS_MAX = 500

/** Why an act was not even begun. */
export const NOT_BEGUN = [
  'not-found',
  'post-deleted',
  'no-account',
  'not-possible-there',
  'private-post',
  'not-in-our-thread',
  'not-ours',
  'ours',
  'already',
  'not-at-this-source',
  'policy',
] as const
export type NotBegun = (typeof NOT_BEGUN)[number]
