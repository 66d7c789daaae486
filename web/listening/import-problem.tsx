import { IconAlertTriangle, IconInfoCircle } from '@tabler/icons-react'
import { fileProblemText } from '../../contract/file-problems.ts'
import { useLanguage, useTexts } from '../platform/i18n.ts'
import styles from './listening.module.css'
import type { Problem } from './shapes.ts'

/** A sentence for each thing that can be wrong with a file or row; what has none is said as the server says it. */
export function useProblemText(): (problem: Problem) => string {
  const language = useLanguage()
  return ({ code, params, message }) => fileProblemText(language, code, params) ?? message
}

/** Above the preview: in the way, or worth knowing. */
export function ProblemText({ problem, refuses }: { problem: Problem; refuses: boolean }) {
  const textOf = useProblemText()
  const Sign = refuses ? IconAlertTriangle : IconInfoCircle
  return (
    <div className={styles.problem} data-refuses={refuses || undefined} role={refuses ? 'alert' : undefined}>
      <Sign size={18} stroke={1.6} aria-hidden />
      <div>
        <p>{textOf(problem)}</p>
        {problem.code === 'ids-mangled' && <MangledIds column={String(problem.params.column ?? '')} />}
      </div>
    </div>
  )
}

/** What a spreadsheet did to the ids, and the two ways out, step by step. */
function MangledIds({ column }: { column: string }) {
  const t = useTexts('listening')
  return (
    <>
      <p>{t('mangled.why')}</p>
      <p>
        <strong>{t('mangled.best')}</strong>
      </p>
      <p>
        <strong>{t('mangled.otherwise')}</strong>
      </p>
      <ol>
        <li>{t('mangled.step1')}</li>
        <li>{t('mangled.step2', { column })}</li>
        <li>{t('mangled.step3')}</li>
      </ol>
    </>
  )
}
