import { Button } from '@mantine/core'
import { useSuspenseQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { useTexts } from '../../platform/i18n.ts'
import { useApi, useMay, useWorkspace } from '../../platform/session.ts'
import { GroupedNames } from '../../ui/grouped-names.tsx'
import { NetworkMark } from '../../ui/network-mark.tsx'
import { Tag, type Tone } from '../../ui/tag.tsx'
import { ButtonLink } from '../button-link.tsx'
import styles from './first-run.module.css'
import { FirstRunFrame } from './first-run-frame.tsx'
import { AddAccount, AddFeed, SwitchOnStream } from './source-forms.tsx'
import { SourceRow } from './source-row.tsx'

type Needs = 'nothing' | 'key' | 'approval'
const TONES: Record<Needs, Tone> = { nothing: 'good', key: 'notice', approval: 'neutral' }

/** Where to listen: every network that this installation can reach, by what it needs before it is heard. */
export function SourcesScreen() {
  const t = useTexts('accounts')
  const api = useApi()
  const { slug } = useWorkspace()
  const mayImport = useMay('imports.run')
  const { items: networks, notYet } = useSuspenseQuery(api.listening.sources.networks.queryOptions({ input: {} })).data
  const sources = useSuspenseQuery(api.listening.sources.list.queryOptions({ input: {} })).data.items
  return (
    <FirstRunFrame step="sources" slug={slug} title={t('firstRun.sources.title')} why={t('firstRun.sources.why')}>
      {sources.length > 0 && (
        <section className={styles.panel} aria-label={t('firstRun.sources.present')}>
          <ul className={styles.list}>
            {sources.map((source) => (
              <SourceRow key={source.sourceId} source={source} />
            ))}
          </ul>
        </section>
      )}
      {networks.map(({ network, needs }) => (
        <NetworkPanel key={network} network={network} needs={needs} />
      ))}
      {mayImport && (
        <Panel network="file" needs="nothing" name={t('firstRun.import.name')} why={t('firstRun.import.why')}>
          <Button component="a" href={`/w/${slug}/listening/imports`}>
            {t('firstRun.import.open')}
          </Button>
        </Panel>
      )}
      <GroupedNames
        title={t('listening:notYet.title')}
        why={t('listening:notYet.why')}
        groups={[...Map.groupBy(notYet, ({ asks }) => asks)].map(([asks, those]) => ({
          label: t(`listening:notYet.${asks}`),
          names: those.map(({ network }) => t(`listening:network.${network}`)),
        }))}
      />
      <div className={styles.next}>
        <ButtonLink variant={sources.length > 0 ? 'filled' : 'default'} to="/new/$slug/listening" params={{ slug }}>
          {sources.length > 0 ? t('firstRun.next') : t('firstRun.sources.without')}
        </ButtonLink>
      </div>
    </FirstRunFrame>
  )
}

/** A network that this screen has no form for is still named, with what it needs and the way to its form. */
function NetworkPanel({ network, needs }: { network: string; needs: Needs }) {
  const t = useTexts('accounts')
  const { slug } = useWorkspace()
  if (network === 'feed')
    return (
      <Panel network={network} needs={needs} name={t('firstRun.feed.name')} why={t('firstRun.feed.why')}>
        <AddFeed />
      </Panel>
    )
  if (network === 'bluesky')
    return (
      <Panel network={network} needs={needs} name={t('firstRun.account.name')} why={t('firstRun.account.why')}>
        <AddAccount />
      </Panel>
    )
  if (network === 'bluesky-stream')
    return (
      <Panel network="bluesky" needs={needs} name={t('firstRun.stream.name')} why={t('firstRun.stream.why')}>
        <SwitchOnStream />
      </Panel>
    )
  return (
    <Panel network={network} needs={needs} name={t(`listening:network.${network}`)} why={t('firstRun.sources.other')}>
      <ButtonLink to="/w/$slug/listening/sources/new" params={{ slug }} search={{ network }}>
        {t('listening:sources.add')}
      </ButtonLink>
    </Panel>
  )
}

interface PanelProps {
  network: string
  needs: Needs
  name: string
  why: string
  children?: ReactNode
}

function Panel({ network, needs, name, why, children }: PanelProps) {
  const t = useTexts('accounts')
  return (
    <section className={styles.panel} aria-label={name}>
      <div className={styles.panelHead}>
        <h2>
          <NetworkMark network={network} size={16} /> {name}
        </h2>
        <Tag tone={TONES[needs]}>{t(`firstRun.needs.${needs}`)}</Tag>
      </div>
      <p className={styles.panelText}>{why}</p>
      {children}
    </section>
  )
}
