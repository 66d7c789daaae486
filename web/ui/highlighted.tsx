import type { ReactNode } from 'react'

/** Offsets in UTF-16 code units, as JavaScript counts; `to` is the first one after. */
export interface Span {
  from: number
  to: number
  /** Why it is marked, on hover. */
  title?: string
}

/** Text with marked places. Spans may overlap, touch, come in any order and reach too far. */
export function Highlighted({ text, spans }: { text: string; spans: readonly Span[] }) {
  const parts: ReactNode[] = []
  let done = 0
  for (const { from, to, title } of joinSpans(spans, text.length)) {
    if (from > done) parts.push(text.slice(done, from))
    parts.push(
      <mark key={from} title={title}>
        {text.slice(from, to)}
      </mark>,
    )
    done = to
  }
  if (done < text.length) parts.push(text.slice(done))
  return <>{parts}</>
}

export function joinSpans(spans: readonly Span[], length: number): Span[] {
  const inside = spans
    .map((span) => ({ ...span, from: Math.max(0, span.from), to: Math.min(length, span.to) }))
    .filter(({ from, to }) => from < to)
    .sort((one, other) => one.from - other.from || one.to - other.to)
  const joined: Span[] = []
  for (const span of inside) {
    const last = joined.at(-1)
    if (last && span.from < last.to) last.to = Math.max(last.to, span.to)
    else joined.push({ ...span })
  }
  return joined
}
