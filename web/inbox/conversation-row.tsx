import {
  IconAlertTriangle,
  IconLock,
  IconMoodSad,
  IconMoon,
  IconPencil,
  IconPhoto,
  IconSend,
  IconTag,
} from '@tabler/icons-react'
import { memo } from 'react'
import { AuthorAvatar, useAuthorName } from '../listening/author-line.tsx'
import { useNetworkName } from '../listening/network-names.ts'
import { useFormats } from '../platform/formats.ts'
import { useTexts } from '../platform/i18n.ts'
import { useWorkspace } from '../platform/session.ts'
import { Avatar } from '../ui/avatar.tsx'
import { NetworkMark } from '../ui/network-mark.tsx'
import { useNow } from '../ui/now.ts'
import { Tag } from '../ui/tag.tsx'
import { TimeAgo } from '../ui/time-ago.tsx'
import type { RowState } from '../ui/virtual-list.tsx'
import { dueText, shortWait } from './clocks/due-text.ts'
import styles from './list.module.css'
import { useAssigneeName, usePeopleHere } from './people-here.ts'
import type { Conversation } from './shapes.ts'
import { dueTone, waitingTone } from './waiting.ts'
import { whenText } from './when.ts'

const TAGS_SHOWN_MAX = 2
const PRIORITY_TONES = { low: 'neutral', normal: 'neutral', high: 'notice', urgent: 'urgent' } as const

interface RowProps {
  item: Conversation
  state: RowState
  unread: boolean
  /** The state that the list is asked for: a row that is no longer in it says so. */
  listState: string
  topicName(topicId: string): string | undefined
}

/** Everything that decides what to open next, in two lines and a row of marks. */
function Row({ item, state, unread, listState, topicName }: RowProps) {
  const t = useTexts('inbox')
  const nameOf = useAuthorName()
  const networkName = useNetworkName()
  const assignee = useAssigneeName()(item)
  const people = usePeopleHere()
  const quiet = listState !== 'all' && item.state !== listState
  return (
    <div className={styles.rowBox} data-unread={unread || undefined} data-quiet={quiet || undefined}>
      {/* Chosen by mouse here; the keyboard has x. */}
      {/* biome-ignore lint/a11y/useKeyWithClickEvents: the list handles the keys of its rows. */}
      {/* biome-ignore lint/a11y/noStaticElementInteractions: as above. */}
      <span
        className={styles.choose}
        data-chosen={state.chosen || undefined}
        title={t('list.choose')}
        onClick={(event) => {
          event.stopPropagation()
          state.toggle()
        }}
      >
        {state.chosen ? <span className={styles.check}>✓</span> : <AuthorAvatar author={item.author} />}
      </span>
      <div className={styles.rowBody}>
        <div className={styles.rowHead}>
          <span className={styles.rowName}>{nameOf(item.author)}</span>
          <NetworkMark network={item.network} name={networkName(item.network)} />
          {unread && <span className={styles.dot} role="img" aria-label={t('list.unread')} />}
          <span className={styles.rowTime}>
            <TimeAgo time={item.lastPostAt} />
          </span>
        </div>
        <Snippet item={item} />
        <div className={styles.marks}>
          <StateMarks item={item} quiet={quiet} />
          <Labels item={item} topicName={topicName} />
          {assignee && (
            <span className={styles.assignee} title={t('list.assignedTo', { name: assignee })}>
              <Avatar name={(item.assignedMemberId && people.nameOf(item.assignedMemberId)) || assignee} size={16} />
              <span className={styles.assigneeName}>{assignee}</span>
            </span>
          )}
        </div>
      </div>
    </div>
  )
}

/** A list of thousands draws a row again only when something of the row is different. */
export const ConversationRow = memo(
  Row,
  (before, after) =>
    before.item === after.item &&
    before.state.chosen === after.state.chosen &&
    before.unread === after.unread &&
    before.listState === after.listState &&
    before.topicName === after.topicName,
)

function Snippet({ item: { lastPost, language } }: { item: Conversation }) {
  const t = useTexts('inbox')
  if (!lastPost) return <p className={styles.snippet}>{t('list.noPost')}</p>
  if (lastPost.deleted) return <p className={styles.snippet}>{t('list.deleted')}</p>
  return (
    <p className={styles.snippet} lang={language ?? undefined} dir="auto">
      {lastPost.visibility === 'private' && (
        <IconLock size={12} stroke={1.7} className={styles.before} aria-label={t('thread.private')} />
      )}
      {lastPost.direction === 'out' && <span className={styles.ours}>{t('list.we')} </span>}
      {lastPost.snippet}
      {lastPost.hasMedia && <IconPhoto size={13} stroke={1.7} className={styles.inline} aria-label={t('list.media')} />}
    </p>
  )
}

/** What needs somebody, and who is at it. */
function StateMarks({ item, quiet }: { item: Conversation; quiet: boolean }) {
  const t = useTexts('inbox')
  const formats = useFormats()
  const now = useNow()
  const { memberId } = useWorkspace()
  const due = dueTone(item, memberId, now)
  const tone = due ? null : waitingTone(item, memberId, now)
  const writes = item.lease && item.lease.expiresAt > now ? item.lease : null
  return (
    <>
      {writes && !writes.mine && (
        <Tag tone="accent" icon={<IconPencil size={12} aria-hidden />}>
          {t('list.answering', { name: writes.holder.name })}
        </Tag>
      )}
      {item.priority !== 'normal' && (
        <Tag tone={item.state === 'closed' ? 'neutral' : PRIORITY_TONES[item.priority]}>
          {t(`priority.${item.priority}`)}
        </Tag>
      )}
      {due && item.dueAt && <Tag tone={due}>{dueText(t, formats, item.dueAt, now)}</Tag>}
      {tone && item.waitingSince && (
        <Tag tone={tone}>
          {t('list.waits', { time: shortWait(formats, now.getTime() - item.waitingSince.getTime()) })}
        </Tag>
      )}
      {item.negativeSince && (
        <Tag tone="urgent" icon={<IconMoodSad size={12} aria-hidden />}>
          {t('list.negative')}
        </Tag>
      )}
      {item.undelivered === 'on-its-way' && (
        <Tag icon={<IconSend size={12} aria-hidden />}>{t('undelivered.on-its-way')}</Tag>
      )}
      {item.undelivered && item.undelivered !== 'on-its-way' && (
        <Tag tone="urgent" icon={<IconAlertTriangle size={12} aria-hidden />}>
          {t(`undelivered.${item.undelivered}`)}
        </Tag>
      )}
      {item.state === 'snoozed' && item.snoozedUntil && (
        <Tag icon={<IconMoon size={12} aria-hidden />}>
          {t('list.snoozedUntil', { time: whenText(formats, item.snoozedUntil, now) })}
        </Tag>
      )}
      {quiet && item.state !== 'snoozed' && <Tag>{t(`state.${item.state}`)}</Tag>}
    </>
  )
}

function Labels({ item, topicName }: Pick<RowProps, 'item' | 'topicName'>) {
  const topics = item.topicIds.flatMap((topicId) => topicName(topicId) ?? [])
  const more = Math.max(0, item.tags.length - TAGS_SHOWN_MAX) + Math.max(0, topics.length - 1)
  return (
    <>
      {item.language && <span className={styles.language}>{item.language}</span>}
      {item.tags.slice(0, TAGS_SHOWN_MAX).map(({ tagId, name, colour }) => (
        <Tag key={tagId} icon={<IconTag size={12} style={{ color: `var(--mantine-color-${colour}-6)` }} aria-hidden />}>
          {name}
        </Tag>
      ))}
      {topics[0] && <span className={styles.topic}>{topics[0]}</span>}
      {more > 0 && <span className={styles.language}>+{more}</span>}
    </>
  )
}
