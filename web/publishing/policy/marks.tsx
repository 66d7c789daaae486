import { type RefObject, useEffect, useRef } from 'react'
import { createPortal } from 'react-dom'
import type { PolicyFinding } from './judgement.ts'
import styles from './policy.module.css'

const COPIED = ['font', 'letterSpacing', 'lineHeight', 'padding', 'textAlign', 'direction', 'tabSize'] as const

interface MarksProps {
  field: RefObject<HTMLTextAreaElement | null>
  text: string
  findings: readonly PolicyFinding[]
}

/** Underlines in the field itself: a copy of its text, invisible but for the lines, laid over it letter by letter. */
export function Marks({ field, text, findings }: MarksProps) {
  const layer = useRef<HTMLDivElement>(null)
  const node = field.current
  useEffect(() => {
    const over = layer.current
    if (!node || !over) return
    const lay = () => {
      const style = getComputedStyle(node)
      for (const name of COPIED) over.style[name] = style[name]
      over.style.left = `${node.offsetLeft + node.clientLeft}px`
      over.style.top = `${node.offsetTop + node.clientTop}px`
      over.style.width = `${node.clientWidth}px`
      over.style.height = `${node.clientHeight}px`
      over.scrollTop = node.scrollTop
    }
    lay()
    const resized = new ResizeObserver(lay)
    resized.observe(node)
    node.addEventListener('scroll', lay)
    return () => {
      resized.disconnect()
      node.removeEventListener('scroll', lay)
    }
  })
  if (!node?.parentElement) return null
  return createPortal(
    <div ref={layer} className={styles.marks} aria-hidden>
      {pieces(text, findings).map(({ from, words, action }) =>
        action ? (
          <span key={from} className={styles.underlined} data-action={action}>
            {words}
          </span>
        ) : (
          words
        ),
      )}
    </div>,
    node.parentElement,
  )
}

interface Piece {
  from: number
  words: string
  action: PolicyFinding['action'] | null
}

/** The text cut where marks begin and end; where several lie over each other the first, which is the hardest. */
export function pieces(text: string, findings: readonly PolicyFinding[]): Piece[] {
  const spans = findings.flatMap(({ action, spans: all }) =>
    all.filter(({ part, to }) => part === 'text' && to <= text.length).map(({ from, to }) => ({ from, to, action })),
  )
  const cuts = [...new Set([0, text.length, ...spans.flatMap(({ from, to }) => [from, to])])].sort((a, b) => a - b)
  return cuts.slice(0, -1).map((from, index) => {
    const to = cuts[index + 1] ?? text.length
    const over = spans.find((span) => span.from <= from && to <= span.to)
    return { from, words: text.slice(from, to), action: over?.action ?? null }
  })
}
