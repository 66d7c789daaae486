import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useRef, useState } from 'react'
import { i18n, useTexts } from '../../platform/i18n.ts'
import { useApi } from '../../platform/session.ts'
import { QueryError } from '../../ui/query-error.tsx'
import { RowSkeletons } from '../../ui/skeletons.tsx'
import { LanguageChoice, type PersonLanguage } from './language-choice.tsx'
import styles from './protection.module.css'

/** The record of processing activities, as it follows from what the house does; to read, print and keep. */
export function Record() {
  const t = useTexts('privacy')
  const api = useApi()
  const frame = useRef<HTMLIFrameElement>(null)
  const [language, setLanguage] = useState<PersonLanguage>(i18n.language as PersonLanguage)
  const { data, error, refetch } = useQuery(
    api.privacy.records.read.queryOptions({ input: { language, format: 'html' } }),
  )
  const save = async (format: 'html' | 'markdown') => {
    const { document: text } = await api.privacy.records.read.call({ language, format })
    const address = URL.createObjectURL(new Blob([text], { type: 'text/plain' }))
    const link = Object.assign(document.createElement('a'), {
      href: address,
      download: format === 'html' ? 'record.html' : 'record.md',
    })
    link.click()
    URL.revokeObjectURL(address)
  }
  return (
    <>
      <p className={styles.lead}>{t('protection.record.why')}</p>
      <div className={styles.bar}>
        <LanguageChoice value={language} onChange={setLanguage} />
        <span className={styles.tags}>
          <Button onClick={() => frame.current?.contentWindow?.print()}>{t('protection.record.print')}</Button>
          <Button onClick={() => void save('html')}>{t('protection.record.html')}</Button>
          <Button onClick={() => void save('markdown')}>{t('protection.record.markdown')}</Button>
        </span>
      </div>
      {error && <QueryError error={error} onRetry={() => void refetch()} />}
      {!data && !error && <RowSkeletons rows={8} />}
      {data && (
        // Its own document: no scripts, and nothing of it reaches this page. The same origin lets it be printed.
        <iframe
          ref={frame}
          className={styles.document}
          title={t('protection.view.record')}
          sandbox="allow-same-origin allow-modals"
          srcDoc={data.document}
        />
      )}
    </>
  )
}
