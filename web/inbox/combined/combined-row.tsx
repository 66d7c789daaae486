import { AuthorAvatar, useAuthorName } from '../../listening/author-line.tsx'
import { useNetworkName } from '../../listening/network-names.ts'
import { useTexts } from '../../platform/i18n.ts'
import { WorkspaceProvider } from '../../platform/session.ts'
import { colourOf } from '../../platform/workspace-colour.ts'
import { NetworkMark } from '../../ui/network-mark.tsx'
import { Tag } from '../../ui/tag.tsx'
import { TimeAgo } from '../../ui/time-ago.tsx'
import styles from './combined.module.css'
import type { CombinedItem } from './combined-list.ts'

/** Whose customer it is, by colour and by name; the rest as in the workspace's own list. */
export function CombinedRow({ item }: { item: CombinedItem }) {
  return (
    // Pictures and names are asked for in the workspace that they belong to.
    <WorkspaceProvider value={item.workspace}>
      <Row {...item} />
    </WorkspaceProvider>
  )
}

function Row({ workspace, conversation }: CombinedItem) {
  const t = useTexts('inbox')
  const nameOf = useAuthorName()
  const networkName = useNetworkName()
  const { author, lastPost, lastPostAt, waitingSince, network, language } = conversation
  return (
    <div className={styles.row} style={{ borderInlineStartColor: colourOf(workspace) }}>
      <AuthorAvatar author={author} />
      <div className={styles.body}>
        <div className={styles.head}>
          <span className={styles.name}>{nameOf(author)}</span>
          <NetworkMark network={network} name={networkName(network)} />
          <span className={styles.time}>
            <TimeAgo time={lastPostAt} />
          </span>
        </div>
        <p className={styles.snippet} lang={language ?? undefined} dir="auto">
          {lastPost?.direction === 'out' && <span className={styles.ours}>{t('list.we')} </span>}
          {lastPost === null ? t('list.noPost') : lastPost.deleted ? t('list.deleted') : lastPost.snippet}
        </p>
        <div className={styles.marks}>
          <span className={styles.brand}>
            <span className={styles.dot} style={{ background: colourOf(workspace) }} aria-hidden />
            {workspace.name}
          </span>
          {waitingSince && <Tag tone="notice">{t('combined.waits')}</Tag>}
        </div>
      </div>
    </div>
  )
}
