import { Anchor, Button } from '@mantine/core'
import { IconAntenna } from '@tabler/icons-react'
import { useSuspenseQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useTexts } from '../platform/i18n.ts'
import { useApi, useMay, useWorkspace } from '../platform/session.ts'
import { Empty } from '../ui/empty.tsx'
import { NetworkMark } from '../ui/network-mark.tsx'
import { TimeAgo } from '../ui/time-ago.tsx'
import styles from './listening.module.css'
import { ListeningPlace } from './listening-place.tsx'
import { useNetworkName } from './network-names.ts'
import type { Source } from './shapes.ts'
import { FailureText, HeardAndKept, SourceStateTag } from './source-health.tsx'
import { STREAM_NETWORK, StreamSwitch } from './stream-switch.tsx'

export function SourcesScreen() {
  const t = useTexts('listening')
  const { slug } = useWorkspace()
  const mayManage = useMay('sources.manage')
  const { items } = useSuspenseQuery(useApi().listening.sources.list.queryOptions({ input: {} })).data
  const sources = items.filter(({ network }) => network !== STREAM_NETWORK)
  const add = mayManage && (
    <Button
      variant="filled"
      renderRoot={(props) => <Link to="/w/$slug/listening/sources/new" params={{ slug }} {...props} />}
    >
      {t('sources.add')}
    </Button>
  )
  return (
    <ListeningPlace title={t('sources.title')} action={sources.length > 0 && add}>
      <StreamSwitch sources={items} />
      {sources.length === 0 ? (
        <Empty icon={IconAntenna} title={t('sources.none.title')} action={add}>
          {t('sources.none.how')}
        </Empty>
      ) : (
        <ul className={styles.cards}>
          {sources.map((source) => (
            <SourceRow key={source.sourceId} source={source} />
          ))}
        </ul>
      )}
      {items.length > 0 && (
        <p className={styles.hint}>
          <Anchor renderRoot={(props) => <Link to="/w/$slug/listening/ledger" params={{ slug }} {...props} />}>
            {t('ledger.link')}
          </Anchor>
        </p>
      )}
      {mayManage && (
        <p className={styles.hint}>
          <Anchor renderRoot={(props) => <Link to="/w/$slug/listening/quarantine" params={{ slug }} {...props} />}>
            {t('quarantine.link')}
          </Anchor>
        </p>
      )}
    </ListeningPlace>
  )
}

function SourceRow({ source }: { source: Source }) {
  const t = useTexts('listening')
  const { slug } = useWorkspace()
  const networkName = useNetworkName()
  return (
    <li className={styles.source}>
      <div className={styles.sourceHead}>
        <NetworkMark network={source.network} name={networkName(source.network)} size={16} />
        <Link
          to="/w/$slug/listening/sources/$sourceId"
          params={{ slug, sourceId: source.sourceId }}
          className={styles.rowLink}
        >
          {source.name}
        </Link>
        <SourceStateTag source={source} />
      </div>
      <p className={styles.hint}>
        {source.lastSuccessAt ? (
          <>
            {t('sources.lastSuccess')} <TimeAgo time={source.lastSuccessAt} />
          </>
        ) : (
          t('sources.neverHeard')
        )}
        {' · '}
        <HeardAndKept source={source} />
      </p>
      <FailureText source={source} />
    </li>
  )
}
