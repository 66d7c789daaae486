import { i18n, useTexts } from '../platform/i18n.ts'

/** Networks that we hear, and those that files are often exported from. */
export const KNOWN_NETWORKS = [
  'bluesky',
  'feed',
  'x',
  'facebook',
  'instagram',
  'youtube',
  'linkedin',
  'tiktok',
  'reddit',
  'threads',
  'web',
] as const

/** What people call a network; a name that we do not know is shown as it is, with a capital. */
export function useNetworkName(): (network: string) => string {
  const t = useTexts('listening')
  return (network) =>
    i18n.exists(`listening:network.${network}`)
      ? t(`network.${network}`)
      : network.slice(0, 1).toUpperCase() + network.slice(1)
}
