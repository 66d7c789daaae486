import { Button } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useRef, useState } from 'react'
import { i18n, useTexts } from '../../platform/i18n.ts'
import { useApi, useWorkspace } from '../../platform/session.ts'
import { LanguageChoice, type PersonLanguage } from './language-choice.tsx'
import styles from './protection.module.css'

/** The record of processing activities, as it follows from what the house does; to read, print and keep. */
export function Record() {
  const t = useTexts('privacy')
  const api = useApi()
  const frame = useRef<HTMLIFrameElement>(null)
  const [language, setLanguage] = useState<PersonLanguage>(i18n.language as PersonLanguage)
  const { workspaceId } = useWorkspace()
  const save = useMutation({
    mutationFn: async (format: 'html' | 'markdown') => {
      const { document: text } = await api.privacy.records.read.call({ language, format })
      const address = URL.createObjectURL(new Blob([text], { type: 'text/plain' }))
      const link = Object.assign(document.createElement('a'), {
        href: address,
        download: format === 'html' ? 'record.html' : 'record.md',
      })
      link.click()
      URL.revokeObjectURL(address)
    },
  })
  return (
    <>
      <p className={styles.lead}>{t('protection.record.why')}</p>
      <div className={styles.bar}>
        <LanguageChoice label={t('protection.recordLanguage')} value={language} onChange={setLanguage} />
        <span className={styles.tags}>
          <Button onClick={() => frame.current?.contentWindow?.print()}>{t('protection.record.print')}</Button>
          <Button onClick={() => save.mutate('html')}>{t('protection.record.html')}</Button>
          <Button onClick={() => save.mutate('markdown')}>{t('protection.record.markdown')}</Button>
        </span>
      </div>
      <iframe
        ref={frame}
        className={styles.document}
        title={t('protection.view.record')}
        src={`/files/privacy/record.html?${new URLSearchParams({ language, workspace: workspaceId })}`}
      />
    </>
  )
}
