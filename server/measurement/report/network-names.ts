const NAMES: Record<string, string> = {
  x: 'X',
  bluesky: 'Bluesky',
  facebook: 'Facebook',
  instagram: 'Instagram',
  youtube: 'YouTube',
  linkedin: 'LinkedIn',
  tiktok: 'TikTok',
  reddit: 'Reddit',
  threads: 'Threads',
  web: 'web',
}

/** A network as it writes itself; a site by its address. */
export const networkName = (network: string): string =>
  Object.hasOwn(NAMES, network) ? (NAMES[network] ?? network) : network
