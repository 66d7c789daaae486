export interface Refusal {
  ok: false
  /** A key below errors. in the page's texts. */
  code: string
  params: Record<string, string | number>
}
export type Answer<T> = { ok: true; value: T } | Refusal
