import { useFormats } from '../platform/formats.ts'
import { useTexts } from '../platform/i18n.ts'
import { useProblemText } from './import-problem.tsx'
import styles from './listening.module.css'
import type { Inspection } from './shapes.ts'

/** The first rows as the posts that they would become. */
export function ImportPreview({ rows }: { rows: Inspection['preview'] }) {
  const t = useTexts('listening')
  const formats = useFormats()
  const textOf = useProblemText()
  if (rows.length === 0) return null
  return (
    <section aria-label={t('inspection.preview')}>
      <h2 className={styles.sectionTitle}>{t('inspection.preview')}</h2>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: whatever scrolls must be reachable by keyboard. */}
      <div className={styles.tableBox} tabIndex={0}>
        <table className={styles.table}>
          <thead>
            <tr>
              <th scope="col">{t('inspection.line')}</th>
              <th scope="col">{t('inspection.author')}</th>
              <th scope="col">{t('inspection.published')}</th>
              <th scope="col">{t('inspection.text')}</th>
            </tr>
          </thead>
          <tbody>
            {rows.map(({ line, author, text, publishedAt, problem }, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: rows of a file are known by their place in it.
              <tr key={index}>
                <td>{line === null ? '–' : formats.number(line)}</td>
                {problem ? (
                  <td colSpan={3} className={styles.wrong}>
                    {textOf(problem)}
                  </td>
                ) : (
                  <>
                    <td>{author ?? '–'}</td>
                    <td>{publishedAt ? `${formats.date(publishedAt)} ${formats.clock(publishedAt)}` : '–'}</td>
                    <td className={styles.previewText}>{text}</td>
                  </>
                )}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  )
}
