import { forgetDrafts } from '../platform/drafts.ts'

/** What was typed stays on this device: for somebody who comes back at once. */
export const endSession = (): Promise<unknown> =>
  fetch('/api/auth/sign-out', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: '{}',
  })

/** A push service that does not answer keeps nobody signed in. */
const STOP_PUSHES_MS_MAX = 2_000

/** Nobody is told on a device that they left. Its push service says so to the server, which then forgets the device. */
async function stopPushes(): Promise<void> {
  const registration = await navigator.serviceWorker?.getRegistration()
  const subscription = await registration?.pushManager?.getSubscription()
  await subscription?.unsubscribe()
}

/** Ends the session and leaves nothing that was typed on this device. */
export async function signOut(): Promise<void> {
  const tooLong = new Promise((resolve) => setTimeout(resolve, STOP_PUSHES_MS_MAX))
  await Promise.race([stopPushes().catch(() => {}), tooLong])
  await endSession()
  forgetDrafts()
  location.assign('/sign-in')
}
