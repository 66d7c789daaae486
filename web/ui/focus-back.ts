import { useEffect, useState } from 'react'

/**
 * For a dialog that is there only while it is open: when it goes, the focus is where it was before, if that is still
 * there. Mantine's own return of the focus needs a dialog that stays.
 */
export function useFocusBack(): void {
  const [before] = useState(() => document.activeElement)
  useEffect(
    () => () => {
      // After the dialog's trap has let go.
      setTimeout(() => {
        if (before instanceof HTMLElement && before.isConnected) before.focus({ preventScroll: true })
      })
    },
    [before],
  )
}
