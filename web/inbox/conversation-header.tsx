import { ActionIcon, Tooltip } from '@mantine/core'
import { IconArrowLeft, IconTag, IconUserCircle } from '@tabler/icons-react'
import { AuthorAvatar, useAuthorName } from '../listening/author-line.tsx'
import { useNetworkName } from '../listening/network-names.ts'
import { useTopics } from '../listening/post-facts.tsx'
import { useFormats } from '../platform/formats.ts'
import { useTexts } from '../platform/i18n.ts'
import { useMayAt } from '../platform/session.ts'
import { NetworkMark } from '../ui/network-mark.tsx'
import { Tag } from '../ui/tag.tsx'
import { useChanges } from './change.ts'
import { ClockMark } from './clocks/clock-mark.tsx'
import styles from './conversation.module.css'
import { ConversationActions } from './conversation-actions.tsx'
import { ConversationMenu } from './conversation-menu.tsx'
import { PriorityMark } from './routing/priority-mark.tsx'
import type { Conversation, Opened } from './shapes.ts'
import { whenText } from './when.ts'

interface HeaderProps {
  opened: Opened
  keysOn: boolean
  onBack(): void
  onPerson(): void
  onGone(ids: readonly string[]): () => void
}

/** Whose matter it is, how it stands, who has it, and what can be done with it. */
export function ConversationHeader({ opened, keysOn, onBack, onPerson, onGone }: HeaderProps) {
  const t = useTexts('inbox')
  const { conversation } = opened
  const mayWork = useMayAt('inbox.work', conversation.sourceId)
  const nameOf = useAuthorName()
  const networkName = useNetworkName()
  return (
    <header className={styles.header}>
      <div className={styles.headerLine}>
        <ActionIcon className={styles.back} onClick={onBack} aria-label={t('ui:back')}>
          <IconArrowLeft size={16} stroke={1.8} />
        </ActionIcon>
        <AuthorAvatar author={conversation.author} size={24} />
        <h2 className={styles.who}>
          <span className={styles.name}>{nameOf(conversation.author)}</span>
          <NetworkMark network={conversation.network} name={networkName(conversation.network)} />
        </h2>
      </div>
      {mayWork && (
        <div className={styles.actions}>
          <ConversationActions conversation={conversation} keysOn={keysOn} onGone={onGone} />
        </div>
      )}
      <div className={styles.more}>
        <Tooltip label={t('author.title')}>
          <ActionIcon className={styles.person} onClick={onPerson} aria-label={t('author.title')}>
            <IconUserCircle size={16} stroke={1.7} />
          </ActionIcon>
        </Tooltip>
        <ConversationMenu opened={opened} />
      </div>
      <Facts conversation={conversation} />
    </header>
  )
}

function Facts({ conversation }: { conversation: Conversation }) {
  const t = useTexts('inbox')
  const formats = useFormats()
  const topics = useTopics()
  const run = useChanges().run
  const mayWork = useMayAt('inbox.work', conversation.sourceId)
  const untag = (tagId: string) =>
    void run({ conversationIds: [conversation.conversationId] }, { change: 'tag', add: [], remove: [tagId] })
  const state =
    conversation.state === 'snoozed' && conversation.snoozedUntil
      ? t('header.snoozedUntil', { time: whenText(formats, conversation.snoozedUntil, new Date()) })
      : t(`state.${conversation.state}`)
  return (
    <div className={styles.facts}>
      <Tag tone={conversation.state === 'open' ? 'accent' : 'neutral'}>{state}</Tag>
      <ClockMark conversation={conversation} />
      <PriorityMark conversation={conversation} mayWork={mayWork} />
      {conversation.topicIds.flatMap((topicId) => {
        const topic = topics.get(topicId)
        return topic ? [<Tag key={topicId}>{topic.name}</Tag>] : []
      })}
      {conversation.tags.map(({ tagId, name, colour }) => (
        <Tag
          key={tagId}
          icon={<IconTag size={12} style={{ color: `var(--mantine-color-${colour}-6)` }} aria-hidden />}
          {...(mayWork ? { onRemove: () => untag(tagId) } : {})}
        >
          {name}
        </Tag>
      ))}
    </div>
  )
}
