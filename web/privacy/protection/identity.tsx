import { NetworkMark } from '../../ui/network-mark.tsx'
import styles from './protection.module.css'
import type { FoundPerson } from './shapes.ts'

type Identity = FoundPerson['authors'][number]

/** By what an account or address is told from others: its handle, or the address itself. */
export const identityText = ({ handle, name }: Identity): string =>
  handle ? `@${handle.replace(/^@/, '')}` : (name ?? '')

export const networkText = (network: string): string => network.charAt(0).toUpperCase() + network.slice(1)

export function IdentityLine({ identity }: { identity: Identity }) {
  return (
    <span className={styles.quiet} dir="auto">
      <NetworkMark network={identity.network} name={networkText(identity.network)} /> {identityText(identity)}
    </span>
  )
}
