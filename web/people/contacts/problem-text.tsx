import { IconAlertTriangle, IconInfoCircle } from '@tabler/icons-react'
import { contactProblemText } from '../../../contract/contact-problems.ts'
import { useLanguage } from '../../platform/i18n.ts'
import styles from './contacts.module.css'
import type { ContactImport } from './shapes.ts'

type Problem = NonNullable<ContactImport['problem']>

/** A sentence for each thing that can be wrong with a file or row; what has none is said as the server says it. */
export function useProblemText(): (problem: Problem) => string {
  const language = useLanguage()
  return ({ code, params, message }) => contactProblemText(language, code, params) ?? message
}

/** In the way, or worth knowing. */
export function ProblemText({ problem, refuses }: { problem: Problem; refuses: boolean }) {
  const textOf = useProblemText()
  const Sign = refuses ? IconAlertTriangle : IconInfoCircle
  return (
    <div className={styles.problem} data-refuses={refuses || undefined} role={refuses ? 'alert' : undefined}>
      <Sign size={18} stroke={1.6} aria-hidden />
      <p>{textOf(problem)}</p>
    </div>
  )
}
