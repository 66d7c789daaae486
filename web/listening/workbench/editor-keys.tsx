import { useTexts } from '../../platform/i18n.ts'
import { keyCaps } from '../../platform/shortcuts.ts'
import styles from './workbench.module.css'

/** By name of their sentence in the texts. */
const KEYS = { suggest: 'ctrl+space', next: 'f8', mend: 'mod+.', undo: 'mod+z', send: 'mod+enter' } as const

/** What the large field does by keyboard; on a phone there is none. */
export function EditorKeys() {
  const t = useTexts('listening')
  return (
    <dl className={styles.keys}>
      {Object.entries(KEYS).map(([name, keys]) => (
        <div key={name}>
          <dt>
            {keyCaps(keys).map((cap) => (
              <kbd key={cap} className="cap">
                {cap === 'CTRL' ? 'Ctrl' : cap}
              </kbd>
            ))}
          </dt>
          <dd>{t(`workbench.keys.${name}`)}</dd>
        </div>
      ))}
    </dl>
  )
}
