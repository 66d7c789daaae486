import { Button } from '@mantine/core'
import { useTexts } from '../../platform/i18n.ts'
import { CopyButton } from '../../ui/copy-button.tsx'
import styles from './settings.module.css'

/** Shown once: each opens the account once when the phone is gone. */
export function BackupCodes({ codes, onKept }: { codes: string[]; onKept: () => void }) {
  const t = useTexts('accounts')
  const text = codes.join('\n')
  const download = () => {
    const address = URL.createObjectURL(new Blob([`${text}\n`], { type: 'text/plain' }))
    const link = document.createElement('a')
    link.href = address
    link.download = 'rapport-backup-codes.txt'
    link.click()
    URL.revokeObjectURL(address)
  }
  return (
    <div className={styles.stack} role="status">
      <p className={styles.note} style={{ margin: 0 }}>
        {t('security.codesWhy')}
      </p>
      <div className={styles.box}>
        <ul className={styles.codes}>
          {codes.map((code) => (
            <li key={code}>{code}</li>
          ))}
        </ul>
      </div>
      <div className={styles.actions}>
        <Button variant="filled" onClick={onKept}>
          {t('security.codesKept')}
        </Button>
        <Button onClick={download}>{t('security.downloadCodes')}</Button>
        <CopyButton text={text} label={t('security.copyCodes')} />
      </div>
    </div>
  )
}
