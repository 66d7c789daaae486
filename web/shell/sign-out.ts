import { forgetDrafts } from '../platform/drafts.ts'

/** Ends the session and leaves nothing that was typed on this device. */
export async function signOut(): Promise<void> {
  await fetch('/api/auth/sign-out', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: '{}',
  })
  forgetDrafts()
  location.assign('/sign-in')
}
