/** Browsers name themselves after each other: the telling word comes first in this list. */
const BROWSERS: [RegExp, string][] = [
  [/\bEdgA?\//, 'Edge'],
  [/\bOPR\//, 'Opera'],
  [/\bFirefox\/|\bFxiOS\//, 'Firefox'],
  [/\bSamsungBrowser\//, 'Samsung Internet'],
  [/\bChrome\/|\bCriOS\/|\bHeadlessChrome\//, 'Chrome'],
  [/\bSafari\//, 'Safari'],
]
const SYSTEMS: [RegExp, string][] = [
  [/\biPhone\b/, 'iPhone'],
  [/\biPad\b/, 'iPad'],
  [/\bAndroid\b/, 'Android'],
  [/\bWindows\b/, 'Windows'],
  [/\bMac OS X\b/, 'macOS'],
  [/\bCrOS\b/, 'ChromeOS'],
  [/\bLinux\b/, 'Linux'],
]

/** "Firefox · Windows", as far as the browser's own words tell; null: they tell nothing. */
export function describeDevice(userAgent: string | null): string | null {
  const named = (list: [RegExp, string][]) => list.find(([sign]) => sign.test(userAgent ?? ''))?.[1]
  const words = [named(BROWSERS), named(SYSTEMS)].filter((word) => word !== undefined)
  return words.length > 0 ? words.join(' · ') : null
}

/**
 * An address as people write it. Of IPv6 only the network is kept, written out in full; of this very machine nothing is
 * left then. Null: nothing to show.
 */
export function shownAddress(address: string | null): string | null {
  if (!address) return null
  if (!address.includes(':')) return address
  const short = URL.parse(`http://[${address}]`)?.hostname.slice(1, -1) ?? address
  return short === '::' || short === '::1' ? null : short
}
