import { UnstyledButton } from '@mantine/core'
import { useSuspenseQuery } from '@tanstack/react-query'
import { Link, useNavigate, useSearch } from '@tanstack/react-router'
import { useTexts } from '../platform/i18n.ts'
import { useApi, useWorkspace } from '../platform/session.ts'
import { GroupedNames } from '../ui/grouped-names.tsx'
import { NetworkMark } from '../ui/network-mark.tsx'
import { Place } from '../ui/place.tsx'
import { Tag, type Tone } from '../ui/tag.tsx'
import styles from './listening.module.css'
import { useNetworkName } from './network-names.ts'
import { NewAccount } from './new-account.tsx'
import { NewFeed } from './new-feed.tsx'
import { NewMailbox } from './new-mailbox.tsx'
import type { Network } from './shapes.ts'
import { STREAM_NETWORK } from './stream-switch.tsx'

const TONES: Record<Network['needs'], Tone> = { nothing: 'good', key: 'notice', approval: 'neutral' }
/** Networks that have a form here. */
const FORMS = { feed: NewFeed, bluesky: NewAccount, mail: NewMailbox }
const isFormed = (network: string | undefined): network is keyof typeof FORMS =>
  network !== undefined && Object.hasOwn(FORMS, network)

/** First where, then what that network asks for. */
export function NewSourceScreen() {
  const t = useTexts('listening')
  const { slug } = useWorkspace()
  const navigate = useNavigate()
  const networkName = useNetworkName()
  const { network } = useSearch({ from: '/w/$slug/listening/sources/new' })
  const { items, notYet } = useSuspenseQuery(useApi().listening.sources.networks.queryOptions({ input: {} })).data
  const networks = items.filter((each) => each.network !== STREAM_NETWORK)
  const back = () => void navigate({ to: '/w/$slug/listening/sources', params: { slug } })
  const added = (sourceId: string) =>
    void navigate({ to: '/w/$slug/listening/sources/$sourceId', params: { slug, sourceId } })
  const Form = isFormed(network) ? FORMS[network] : null
  return (
    <Place title={t('sources.add')} onBack={back}>
      <nav aria-label={t('sources.where')}>
        <ul className={styles.networks}>
          {networks
            .filter((each) => isFormed(each.network))
            .map((each) => (
              <li key={each.network}>
                <UnstyledButton
                  className={styles.network}
                  renderRoot={(props) => (
                    <Link
                      to="/w/$slug/listening/sources/new"
                      params={{ slug }}
                      search={{ network: each.network }}
                      replace
                      data-chosen={each.network === network || undefined}
                      {...props}
                    />
                  )}
                >
                  <NetworkMark network={each.network} size={18} />
                  <span className={styles.networkName}>
                    {networkName(each.network)}
                    <span className={styles.detail}>{t(each.speaks ? 'sources.hearsAndSpeaks' : 'sources.hears')}</span>
                  </span>
                  <Tag tone={TONES[each.needs]}>{t(`sources.needs.${each.needs}`)}</Tag>
                </UnstyledButton>
              </li>
            ))}
        </ul>
      </nav>
      {Form && <Form onAdded={added} />}
      {!Form && (
        <GroupedNames
          title={t('notYet.title')}
          why={t('notYet.why')}
          groups={[...Map.groupBy(notYet, ({ asks }) => asks)].map(([asks, those]) => ({
            label: t(`notYet.${asks}`),
            names: those.map(({ network: name }) => networkName(name)),
          }))}
        />
      )}
    </Place>
  )
}
