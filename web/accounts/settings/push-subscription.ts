/** Push API (W3C), as far as this browser has it. */
export type PushAbility = 'able' | 'blocked' | 'unable'

export function pushAbility(): PushAbility {
  if (!navigator.serviceWorker || !('PushManager' in window) || !('Notification' in window)) return 'unable'
  return Notification.permission === 'denied' ? 'blocked' : 'able'
}

/** What this browser has registered with its push service; null: nothing. */
export async function currentSubscription(): Promise<PushSubscription | null> {
  const registration = await navigator.serviceWorker?.getRegistration()
  return (await registration?.pushManager?.getSubscription()) ?? null
}

export class PushRefused extends Error {
  readonly because: 'blocked' | 'failed'
  constructor(because: PushRefused['because'], cause?: unknown) {
    super(`no push: ${because}`, { cause })
    this.because = because
  }
}

/** Asks the member, then the browser's push service. Throws PushRefused. */
export async function subscribe(publicKey: string) {
  if ((await Notification.requestPermission()) !== 'granted') throw new PushRefused('blocked')
  const { pushManager } = await navigator.serviceWorker.ready
  const options = { userVisibleOnly: true, applicationServerKey: publicKey }
  try {
    const { endpoint, keys } = (await pushManager.subscribe(options).catch(() => renew(pushManager, options))).toJSON()
    return { endpoint: endpoint ?? '', keys: { p256dh: keys?.p256dh ?? '', auth: keys?.auth ?? '' } }
  } catch (error) {
    throw new PushRefused('failed', error)
  }
}

/** One that was made with another key, by an installation that was here before, stands in the way. */
async function renew(pushManager: PushManager, options: PushSubscriptionOptionsInit): Promise<PushSubscription> {
  await (await pushManager.getSubscription())?.unsubscribe()
  return pushManager.subscribe(options)
}
