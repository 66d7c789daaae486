import Markdown from 'react-markdown'
import styles from './guidelines.module.css'

/** Its headings stand below the screen's; pictures would tell a foreign server who reads. */
const COMPONENTS = { h1: 'h2', h2: 'h3', h3: 'h4', h4: 'h5', h5: 'h6' } as const
const ALLOWED_NOT = ['img']

/** Markdown without HTML: what looks like markup stays text, and addresses lead to the web or mail alone. */
export function MarkdownText({ text, language }: { text: string; language: string }) {
  return (
    <div className={styles.markdown} lang={language}>
      <Markdown components={COMPONENTS} disallowedElements={ALLOWED_NOT} unwrapDisallowed>
        {text}
      </Markdown>
    </div>
  )
}
