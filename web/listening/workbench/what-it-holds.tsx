import { useTexts } from '../../platform/i18n.ts'
import { QueryText } from '../query-text.tsx'
import type { TemplateAnswer } from './answers.ts'
import styles from './workbench.module.css'

interface WhatItHoldsProps {
  parts: TemplateAnswer['parts']
  /** As it is typed by now: a part that was taken out is no longer spoken of. */
  query: string
}

/** Why each part of a query from a template stands there, as long as it does. */
export function WhatItHolds({ parts, query }: WhatItHoldsProps) {
  const t = useTexts('listening')
  const standing = parts.filter((part) => query.includes(part.query))
  if (standing.length === 0) return null
  return (
    <details className={styles.folded}>
      <summary>{t('workbench.template.parts')}</summary>
      <dl className={styles.parts}>
        {[...Map.groupBy(standing, ({ role }) => role)].map(([role, those]) => (
          <div key={role}>
            <dt>{t(`workbench.template.role.${role}`)}</dt>
            <dd>
              <QueryText query={those.map((part) => part.query).join('  ')} />
            </dd>
          </div>
        ))}
      </dl>
    </details>
  )
}
