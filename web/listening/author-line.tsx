import type { ReactNode } from 'react'
import { useTexts } from '../platform/i18n.ts'
import { useWorkspace } from '../platform/session.ts'
import { Avatar } from '../ui/avatar.tsx'
import { NetworkMark } from '../ui/network-mark.tsx'
import { Tag } from '../ui/tag.tsx'
import { avatarAddress } from './media-address.ts'
import { useNetworkName } from './network-names.ts'
import styles from './post.module.css'
import type { Author } from './shapes.ts'

/** What an account is called: its name, else its handle. */
export function useAuthorName(): (author: Author) => string {
  const t = useTexts('listening')
  return (author) => author.name || (author.handle ? handleText(author.handle) : t('author.nameless'))
}

/** An address of mail is no handle, and stands as it is. */
export const handleText = (handle: string): string =>
  /^[@\s]|\s|^[^@\s]+@[^@\s]+\.[^@\s]+$/.test(handle) ? handle : `@${handle}`

export function AuthorAvatar({ author, size = 28 }: { author: Author; size?: number }) {
  const { workspaceId } = useWorkspace()
  return <Avatar name={author.name || (author.handle ?? '')} src={avatarAddress(author, workspaceId)} size={size} />
}

interface AuthorLineProps {
  author: Author
  /** Makes a link of the name. Absent: plain text, as rows of a list need it. */
  link?: (name: string) => ReactNode
  /** At the end of the line: the time. */
  children?: ReactNode
}

/** Name, handle, network; and whether it is one of ours or gone. */
export function AuthorLine({ author, link, children }: AuthorLineProps) {
  const t = useTexts('listening')
  const networkName = useNetworkName()
  const name = useAuthorName()(author)
  return (
    <span className={styles.author}>
      <span className={styles.name}>{link ? link(name) : name}</span>
      {author.name && author.handle && (
        <span className={styles.handle}>
          <span>{handleText(author.handle)}</span>
        </span>
      )}
      <NetworkMark network={author.network} name={networkName(author.network)} />
      {author.own && <Tag tone="accent">{t('author.own')}</Tag>}
      {author.state !== 'active' && <Tag tone="notice">{t(`author.state.${author.state}`)}</Tag>}
      {children}
    </span>
  )
}
