import { diffWordsWithSpace } from 'diff'
import { useTexts } from '../platform/i18n.ts'
import styles from './guidelines.module.css'

interface Version {
  version: number
  texts: Partial<Record<'en' | 'de' | 'nl', { title: string; text: string }>>
}

/** What a version changed against the one before, word by word. */
export function Difference({
  versions,
  to,
  language,
}: {
  versions: Version[]
  to: number
  language: 'en' | 'de' | 'nl'
}) {
  const t = useTexts('guidelines')
  const after = versions.find(({ version }) => version === to)?.texts[language]
  const before = versions.find(({ version }) => version === to - 1)?.texts[language]
  if (!after || !before) return null
  const whole = ({ title, text }: { title: string; text: string }) => `${title}\n\n${text}`
  const parts = diffWordsWithSpace(whole(before), whole(after))
  return (
    <details>
      <summary>{t('difference', { version: to - 1 })}</summary>
      <p className={styles.difference} lang={language}>
        {parts.map(({ added, removed, value }, index) => {
          const Part = added ? 'ins' : removed ? 'del' : 'span'
          // biome-ignore lint/suspicious/noArrayIndexKey: the parts are the text in its order and never move.
          return <Part key={index}>{value}</Part>
        })}
      </p>
    </details>
  )
}
