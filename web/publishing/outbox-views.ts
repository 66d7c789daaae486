/** What the outbox may be narrowed to; `decide`: waits for a person. */
export const OUTBOX_VIEWS = ['all', 'decide', 'refused', 'unknown', 'queued', 'sent'] as const
export const APPROVAL_VIEWS = ['open', 'mine', 'done'] as const
