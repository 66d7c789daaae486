import { Anchor } from '@mantine/core'
import { IconExternalLink } from '@tabler/icons-react'
import { useTexts } from '../../platform/i18n.ts'
import { Highlighted } from '../../ui/highlighted.tsx'
import { NetworkMark } from '../../ui/network-mark.tsx'
import { Tag } from '../../ui/tag.tsx'
import { TimeAgo } from '../../ui/time-ago.tsx'
import { handleText } from '../author-line.tsx'
import { excerpt } from '../excerpt.ts'
import { useNetworkName } from '../network-names.ts'
import { webAddress } from '../web-address.ts'
import type { ShownPost as Post, Verdict } from './answers.ts'
import { BecauseLine } from './because-line.tsx'
import { VerdictButtons } from './verdict-buttons.tsx'
import styles from './workbench.module.css'

interface ShownPostProps {
  post: Post
  /** Whether the query meets it: says which way the "because" goes. */
  holds: boolean
  /** Absent: the reader may not sort, or there is no topic yet to sort for. */
  onVerdict?: ((verdict: Verdict | null) => void) | undefined
}

/** A post on the workbench: what it says, what in it counted and why, and whether it is for us. */
export function ShownPost({ post, holds, onVerdict }: ShownPostProps) {
  const t = useTexts('listening')
  const networkName = useNetworkName()
  const { network, handle, title, text, publishedAt, spans, because, verdict, sampledId } = post
  const inPart = (part: 'title' | 'text') =>
    spans.filter(({ field }) => field === part).map(({ start, end }) => ({ from: start, to: end }))
  const address = webAddress(post.url)
  return (
    <>
      <div className={styles.postHead}>
        <NetworkMark network={network} name={networkName(network)} />
        {handle && <span className={styles.handle}>{handleText(handle)}</span>}
        {sampledId && <Tag>{t('workbench.sampled')}</Tag>}
        <TimeAgo time={publishedAt} />
      </div>
      {title && (
        <p className={styles.postTitle} dir="auto">
          <Highlighted text={title} spans={inPart('title')} />
        </p>
      )}
      <p className={styles.postText} dir="auto" lang={post.language ?? undefined}>
        <Highlighted {...excerpt(text, inPart('text'))} />
      </p>
      <BecauseLine because={because} holds={holds} />
      <div className={styles.postFoot}>
        {onVerdict && <VerdictButtons verdict={verdict} onVerdict={onVerdict} />}
        {!onVerdict && verdict && <Tag>{t(`workbench.verdict.${verdict}`)}</Tag>}
        {address && (
          <Anchor href={address} target="_blank" rel="noopener noreferrer" size="xs" className={styles.original}>
            {t('workbench.original')}
            <IconExternalLink size={12} stroke={1.8} aria-hidden />
          </Anchor>
        )}
      </div>
    </>
  )
}
