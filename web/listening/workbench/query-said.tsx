import { useFormats } from '../../platform/formats.ts'
import { useTexts } from '../../platform/i18n.ts'
import { QueryFaults } from '../query-faults.tsx'
import type { QueryFault } from '../shapes.ts'
import type { Preview } from './answers.ts'
import { type DraftAnswer, QUERY_CHARACTERS_MAX } from './draft-answers.ts'
import { QueryPrice } from './query-price.tsx'
import styles from './workbench.module.css'

/** From here on one is told how much room there is. */
const NEARLY_FULL = QUERY_CHARACTERS_MAX * 0.9

interface QuerySaidProps {
  query: string
  preview: DraftAnswer<Preview>
  faults: readonly QueryFault[]
  onMend(query: string): void
  onPart(start: number, end: number): void
}

/** Under the editor: what is wrong with the query and how to mend it, or how broad it is and what it costs. */
export function QuerySaid({ query, preview, faults, onMend, onPart }: QuerySaidProps) {
  const t = useTexts('listening')
  const formats = useFormats()
  if (query.trim() === '') return <p className={styles.quiet}>{t('query.empty')}</p>
  const length = { length: formats.number(query.length), most: formats.number(QUERY_CHARACTERS_MAX) }
  if (query.length > QUERY_CHARACTERS_MAX) return <p className={styles.wrong}>{t('workbench.tooLong', length)}</p>
  const { shown, behind, offline } = preview
  // What was said of an earlier text would stand here for as long as the line is down.
  if (offline && behind) return null
  return (
    // What is older than what is typed may be read, but a press would bring the older text back.
    <div className={styles.said} data-behind={behind || undefined} inert={behind && faults.length === 0}>
      <div role="status">
        {faults.length > 0 ? (
          <QueryFaults faults={faults} tone="urgent" onMend={onMend} />
        ) : (
          <QueryFaults faults={shown?.warnings ?? []} tone="notice" onMend={onMend} />
        )}
      </div>
      {query.length > NEARLY_FULL && <p className={styles.quiet}>{t('workbench.nearlyFull', length)}</p>}
      {faults.length === 0 && shown && <QueryPrice price={shown.price} onPart={onPart} />}
    </div>
  )
}
