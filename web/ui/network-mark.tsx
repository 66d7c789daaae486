import {
  IconBuildingStore,
  IconCloud,
  IconDeviceGamepad2,
  IconFileImport,
  IconHash,
  IconMail,
  IconMessageCircle,
  IconMessages,
  IconPhone,
  IconPlayerPlay,
  IconRss,
  IconStar,
  IconWorld,
} from '@tabler/icons-react'
import styles from './network-mark.module.css'

/** General signs for kinds of places; the networks' own marks belong to the networks. */
const GLYPHS: Record<string, typeof IconWorld> = {
  bluesky: IconCloud,
  'bluesky-stream': IconCloud,
  feeds: IconRss,
  feed: IconRss,
  import: IconFileImport,
  file: IconFileImport,
  mail: IconMail,
  phone: IconPhone,
  site: IconWorld,
  'customer-number': IconHash,
  forum: IconMessages,
  discourse: IconMessages,
  fediverse: IconWorld,
  mastodon: IconWorld,
  chat: IconMessageCircle,
  x: IconHash,
  twitter: IconHash,
  youtube: IconPlayerPlay,
  reviews: IconStar,
  shop: IconBuildingStore,
  games: IconDeviceGamepad2,
}

interface NetworkMarkProps {
  network: string
  /** The network's name; with it the mark speaks to screen readers, without it is decoration beside the name. */
  name?: string
  size?: number
}

/** Small and monochrome. A network without a sign of its own gets its first letter. */
export function NetworkMark({ network, name, size = 14 }: NetworkMarkProps) {
  const Glyph = GLYPHS[network]
  const face = Glyph ? (
    <Glyph size={size} stroke={1.7} aria-hidden />
  ) : (
    <span style={{ fontSize: size - 3 }} aria-hidden>
      {network.slice(0, 1).toUpperCase()}
    </span>
  )
  if (!name) return <span className={styles.mark}>{face}</span>
  return (
    <span className={styles.mark} role="img" aria-label={name} title={name}>
      {face}
    </span>
  )
}
