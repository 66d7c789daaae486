import { type ReactNode, useEffect, useRef, useState } from 'react'
import type { Answer } from '../plain/answer.ts'

export const parameter = (name: string): string => new URLSearchParams(location.search).get(name) ?? ''
export const leaveFor = (address: string) => location.assign(address)

/** Asks once when the page opens. Undefined: still asking. */
export function useAnswer<T>(request: () => Promise<Answer<T>>): Answer<T> | undefined {
  const [answer, setAnswer] = useState<Answer<T>>()
  // biome-ignore lint/correctness/useExhaustiveDependencies: a page asks once, when it opens.
  useEffect(() => void request().then(setAnswer), [])
  return answer
}

export function Page({ title, lead, children }: { title: string; lead?: string; children?: ReactNode }) {
  const heading = useRef<HTMLHeadingElement>(null)
  // biome-ignore lint/correctness/useExhaustiveDependencies: other words below the title are another page to the reader.
  useEffect(() => {
    document.title = `${title} · Rapport`
    // What had the focus went away with the step before; a field that asked for it keeps it.
    if (document.activeElement === document.body) heading.current?.focus()
  }, [title, lead])
  return (
    <>
      <h1 ref={heading} tabIndex={-1}>
        {title}
      </h1>
      {lead && <p className="lead">{lead}</p>}
      {children}
    </>
  )
}
