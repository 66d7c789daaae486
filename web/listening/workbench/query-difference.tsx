import { useTexts } from '../../platform/i18n.ts'
import query from '../query.module.css'
import styles from './workbench.module.css'

interface Piece {
  kind: 'same' | 'added' | 'removed'
  text: string
}

/** A query with what came and what went: underlined and struck through, so that nobody needs the colours. */
export function QueryDifference({ pieces }: { pieces: readonly Piece[] }) {
  const t = useTexts('listening')
  const placed = pieces.map((piece, index) => ({ ...piece, key: `${index} ${piece.kind}` }))
  return (
    <code className={query.query}>
      {placed.map(({ kind, text, key }) => {
        if (kind === 'same') return <span key={key}>{text}</span>
        const Mark = kind === 'added' ? 'ins' : 'del'
        return (
          <Mark key={key} className={styles.changed}>
            <span className="unseen">{t(`workbench.versions.${kind}`)} </span>
            {text}
          </Mark>
        )
      })}
    </code>
  )
}
