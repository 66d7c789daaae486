import { Button } from '@mantine/core'
import { useRef } from 'react'
import { useLanguage, useTexts } from '../../platform/i18n.ts'
import { useWorkspace } from '../../platform/session.ts'
import styles from '../settings/settings.module.css'

/** The register as a page of its own: it is read here, and printed from here. */
export function StaffRecord() {
  const t = useTexts('accounts')
  const language = useLanguage()
  const { workspaceId } = useWorkspace()
  const frame = useRef<HTMLIFrameElement>(null)
  return (
    <div className={styles.stack}>
      <div className={styles.actions}>
        <Button onClick={() => frame.current?.contentWindow?.print()}>{t('staff.print')}</Button>
      </div>
      <iframe
        ref={frame}
        className={styles.document}
        title={t('staff.register')}
        src={`/files/privacy/staff-record.html?${new URLSearchParams({ language, workspace: workspaceId })}`}
      />
    </div>
  )
}
