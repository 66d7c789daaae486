import { Button } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { i18n } from './i18n.ts'
import { keyCaps } from './shortcuts.ts'

const SHOWN_MS = 8_000

interface Undoable {
  /** Translated: what was done. "Conversation closed" */
  message: string
  /** Translated: 'Undo'. */
  undoLabel: string
  undo(): unknown
}

let newest: { id: string; undo(): void } | null = null

/** Says what was done and offers to take it back, by button or ⌘Z, while the message stands. */
export function showUndo({ message, undoLabel, undo }: Undoable): void {
  const id = crypto.randomUUID()
  const takeBack = () => {
    if (newest?.id === id) newest = null
    notifications.hide(id)
    void undo()
  }
  newest = { id, undo: takeBack }
  notifications.show({
    id,
    autoClose: SHOWN_MS,
    withCloseButton: true,
    closeButtonProps: { 'aria-label': i18n.t('ui:close') },
    onClose: () => {
      if (newest?.id === id) newest = null
    },
    message: (
      <span className="toast-row">
        <span>{message}</span>
        <Button size="compact-xs" variant="subtle" onClick={takeBack}>
          {undoLabel} <kbd className="cap">{keyCaps('mod+z').join(' ')}</kbd>
        </Button>
      </span>
    ),
  })
}

/** A short word that something is done and cannot be, or need not be, taken back. */
export function showDone(message: string): void {
  // The same word, while it still stands, is not said twice.
  const closeButtonProps = { 'aria-label': i18n.t('ui:close') }
  notifications.show({ id: message, message, autoClose: 4_000, closeButtonProps })
}

/** For ⌘Z: takes back what was done last, if its message still stands. */
export function undoNewest(): boolean {
  if (!newest) return false
  newest.undo()
  return true
}
