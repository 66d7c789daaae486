import { lazy, Suspense } from 'react'
import { laterTexts } from '../../platform/texts.ts'
import { useAsked } from './asking.ts'

const CloseReason = lazy(async () => {
  const [file] = await Promise.all([import('./close-reason.tsx'), laterTexts()])
  return { default: file.CloseReasonAsked }
})

/**
 * Stands once on each screen that closes conversations, and comes when somebody is asked. Not inside of a pane: a phone shows
 * one pane at a time, and where nothing asks, nothing closes.
 */
export function CloseReasonLater() {
  return (
    useAsked() && (
      <Suspense>
        <CloseReason />
      </Suspense>
    )
  )
}
