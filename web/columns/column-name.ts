import { useTexts } from '../platform/i18n.ts'
import type { Column } from './shapes.ts'

/** As somebody called it, else after what it shows. */
export function useColumnName(): (column: Column) => string {
  const t = useTexts('columns')
  return (column) => {
    if (column.name) return column.name
    if (column.kind === 'topic') return column.topicName ?? t('kinds.topic')
    if (column.kind === 'search') return column.query
    if (column.kind === 'person') return column.person?.name || t('kinds.person')
    return t(`kinds.${column.kind}`)
  }
}
