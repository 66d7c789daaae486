import type { ModeratingAction, ModerationReason } from '../../../contract/moderation-words.ts'

/** What somebody may give as the reason of each act, the likeliest first. */
export const REASONS_OF: Record<ModeratingAction, readonly ModerationReason[]> = {
  like: ['thanks'],
  hide: ['insult', 'hate', 'spam', 'advertising', 'off-topic', 'personal-data', 'false-claim', 'illegal', 'other'],
  delete: ['mistake', 'personal-data', 'false-claim', 'other'],
  block: ['insult', 'hate', 'spam', 'advertising', 'impersonation', 'illegal', 'other'],
  mute: ['insult', 'spam', 'advertising', 'off-topic', 'other'],
  report: ['spam', 'insult', 'hate', 'impersonation', 'false-claim', 'personal-data', 'illegal', 'other'],
}

/** In the order of their weight. */
export const ACTIONS_SHOWN: readonly ModeratingAction[] = ['like', 'hide', 'mute', 'block', 'report', 'delete']
