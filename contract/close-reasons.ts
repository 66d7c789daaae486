/** Why a negative conversation is closed though nobody answered it. */
export const CLOSE_REASONS = [
  'no-answer-wanted',
  'settled-elsewhere',
  'others-answered',
  'provocation',
  'spam',
  'not-for-us',
  'legal',
  'other',
] as const
export type CloseReason = (typeof CLOSE_REASONS)[number]
export const CLOSE_NOTE_CHARACTERS_MAX = 500
