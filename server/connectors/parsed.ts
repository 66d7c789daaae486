import type { z } from 'zod'
import type { Outcome } from './connector.ts'

/** What people typed as settings or credentials, or each of its faults by field. */
export function parsedBy<T>(schema: z.ZodType<T>, input: unknown): Outcome<T> {
  const { success, data, error } = schema.safeParse(input ?? {})
  if (success) return { ok: true, value: data }
  const detail = error.issues.map((issue) => `${issue.path.join('.') || 'settings'}: ${issue.message}`).join('; ')
  return { ok: false, failure: { name: 'malformed', detail } }
}
