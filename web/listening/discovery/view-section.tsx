import type { UseQueryResult } from '@tanstack/react-query'
import { type ReactNode, useId } from 'react'
import { QueryError } from '../../ui/query-error.tsx'
import { TextSkeleton } from '../../ui/skeletons.tsx'
import styles from './discovery.module.css'

interface ViewSectionProps<Answer> {
  title: string
  /** How it is found out, in a sentence. */
  why: ReactNode
  answer: UseQueryResult<Answer>
  /** Said instead of a list. */
  none: string
  isEmpty(answer: Answer): boolean
  children(answer: Answer): ReactNode
}

/** One answer of discovery: waiting, failing, empty or shown. */
export function ViewSection<Answer>({ title, why, answer, none, isEmpty, children }: ViewSectionProps<Answer>) {
  const id = useId()
  return (
    <section className={styles.section} aria-labelledby={id}>
      <h2 id={id}>{title}</h2>
      <p className={styles.why}>{why}</p>
      {answer.error && <QueryError error={answer.error} onRetry={() => void answer.refetch()} />}
      {answer.isPending && <TextSkeleton lines={4} />}
      {answer.data !== undefined &&
        (isEmpty(answer.data) ? <p className={styles.none}>{none}</p> : children(answer.data))}
    </section>
  )
}
