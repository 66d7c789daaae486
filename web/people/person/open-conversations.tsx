import type { InferContractRouterOutputs } from '@orpc/contract'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { Contract } from '../../../contract/index.ts'
import { useNetworkName } from '../../listening/network-names.ts'
import { useTexts } from '../../platform/i18n.ts'
import { useApi, useMay, useWorkspace } from '../../platform/session.ts'
import { NetworkMark } from '../../ui/network-mark.tsx'
import { Tag } from '../../ui/tag.tsx'
import { TimeAgo } from '../../ui/time-ago.tsx'
import styles from './person.module.css'

/** What waits for somebody, on whatever channel. Nothing where nothing does. */
export function OpenConversations({ personId }: { personId: string }) {
  const t = useTexts('people')
  const mayReadInbox = useMay('inbox.read')
  const { data } = useQuery({
    ...useApi().inbox.persons.contacts.queryOptions({ input: { personId } }),
    enabled: mayReadInbox,
  })
  if (!data || data.open.length === 0) return null
  return (
    <section aria-label={t('profile.open')}>
      <h2 className={styles.title}>{t('profile.open')}</h2>
      <ul className={styles.open}>
        {data.open.map((one) => (
          <OpenConversation key={one.conversationId} one={one} />
        ))}
      </ul>
    </section>
  )
}

interface OpenConversationProps {
  one: InferContractRouterOutputs<Contract>['inbox']['persons']['contacts']['open'][number]
  /** Whose it is, where that is not said by the page. */
  name?: string
}

export function OpenConversation({ one, name }: OpenConversationProps) {
  const t = useTexts('people')
  const { slug } = useWorkspace()
  const networkName = useNetworkName()
  return (
    <li>
      <Link
        className={styles.conversation}
        to="/w/$slug/inbox/$conversationId"
        params={{ slug, conversationId: one.conversationId }}
        search={{ state: 'all' }}
      >
        <span className={styles.conversationHead}>
          <NetworkMark network={one.network} size={12} /> {networkName(one.network)}
          {name && <span>{name}</span>}
          <Tag tone={one.state === 'open' ? 'accent' : 'neutral'}>{t(`timeline.now.${one.state}`)}</Tag>
          <span className={styles.quiet}>
            <TimeAgo time={one.waitingSince ?? one.lastPostAt} />
          </span>
        </span>
        {one.opening && (
          <span className={styles.opening} dir="auto">
            {one.opening}
          </span>
        )}
      </Link>
    </li>
  )
}
