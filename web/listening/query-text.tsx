import { markFaults, paintQuery } from './paint-query.ts'
import styles from './query.module.css'

interface QueryTextProps {
  query: string
  faults?: readonly { start: number; end: number }[]
}

/** A query in its light colours, as it stands. */
export function QueryText({ query, faults = [] }: QueryTextProps) {
  return (
    <code className={styles.query}>
      <Painted query={query} faults={faults} />
    </code>
  )
}

export function Painted({ query, faults = [] }: QueryTextProps) {
  return markFaults(paintQuery(query), faults).map(({ kind, text, start, faulty }) => (
    <span key={start} data-kind={kind} data-faulty={faulty || undefined}>
      {text}
    </span>
  ))
}
