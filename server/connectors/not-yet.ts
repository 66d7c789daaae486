/** What a network asks for before it may be heard. closed: it lets in no tool of this kind. */
export type Asks = 'nothing' | 'key' | 'approval' | 'closed'

/**
 * Networks that people ask for and that this version has no connector for, with what they will ask for once there is
 * one. A network leaves the list when its connector joins `openConnectors`. As of November 2026: X bills each post
 * read; Meta, LinkedIn, Google (business profiles) and TikTok review every application; Reddit ends its public API.
 */
export const NOT_YET: readonly { network: string; asks: Asks }[] = [
  { network: 'discourse', asks: 'nothing' },
  { network: 'hacker-news', asks: 'nothing' },
  { network: 'stack-exchange', asks: 'nothing' },
  { network: 'mastodon', asks: 'key' },
  { network: 'x', asks: 'key' },
  { network: 'youtube', asks: 'key' },
  { network: 'telegram', asks: 'key' },
  { network: 'app-store', asks: 'key' },
  { network: 'google-play', asks: 'key' },
  { network: 'trustpilot', asks: 'key' },
  { network: 'facebook', asks: 'approval' },
  { network: 'instagram', asks: 'approval' },
  { network: 'threads', asks: 'approval' },
  { network: 'whatsapp', asks: 'approval' },
  { network: 'linkedin', asks: 'approval' },
  { network: 'google-reviews', asks: 'approval' },
  { network: 'tiktok', asks: 'approval' },
  { network: 'reddit', asks: 'closed' },
  { network: 'xing', asks: 'closed' },
]
