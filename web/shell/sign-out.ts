import { forgetDrafts } from '../platform/drafts.ts'

/** What was typed stays on this device: for somebody who comes back at once. */
export const endSession = (): Promise<unknown> =>
  fetch('/api/auth/sign-out', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: '{}',
  })

/** Ends the session and leaves nothing that was typed on this device. */
export async function signOut(): Promise<void> {
  await endSession()
  forgetDrafts()
  location.assign('/sign-in')
}
