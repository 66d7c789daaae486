import { ActionIcon, Button, Menu, Tooltip } from '@mantine/core'
import {
  IconArchive,
  IconArrowBackUp,
  IconArrowLeft,
  IconDots,
  IconExternalLink,
  IconLink,
  IconMoon,
  IconTag,
  IconUserCircle,
  IconUserPlus,
} from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { AuthorAvatar, useAuthorName } from '../listening/author-line.tsx'
import { useNetworkName } from '../listening/network-names.ts'
import { useTopics } from '../listening/post-facts.tsx'
import { hostOf, webAddress } from '../listening/web-address.ts'
import { useCommands } from '../platform/commands.ts'
import { useFormats } from '../platform/formats.ts'
import { useTexts } from '../platform/i18n.ts'
import { useMay, useWorkspace } from '../platform/session.ts'
import { keyCaps, useShortcuts } from '../platform/shortcuts.ts'
import { showDone } from '../platform/undo.tsx'
import { Avatar } from '../ui/avatar.tsx'
import { NetworkMark } from '../ui/network-mark.tsx'
import { usePicker } from '../ui/picker.tsx'
import { Tag } from '../ui/tag.tsx'
import { AssignPicker } from './assign-picker.tsx'
import { useChanges } from './change.ts'
import styles from './conversation.module.css'
import { useAssigneeName, usePeopleHere } from './people-here.ts'
import type { Change, Conversation, Opened } from './shapes.ts'
import { SnoozePicker } from './snooze-picker.tsx'
import { TagPicker } from './tag-picker.tsx'
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
  const mayWork = useMay('inbox.work')
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
        <span className={styles.spring} />
        {mayWork && (
          <div className={styles.actions}>
            <Actions conversation={conversation} keysOn={keysOn} onGone={onGone} />
          </div>
        )}
        <Tooltip label={t('author.title')}>
          <ActionIcon className={styles.person} onClick={onPerson} aria-label={t('author.title')}>
            <IconUserCircle size={16} stroke={1.7} />
          </ActionIcon>
        </Tooltip>
        <MoreMenu opened={opened} />
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
  const mayWork = useMay('inbox.work')
  const untag = (tagId: string) =>
    void run({ conversationIds: [conversation.conversationId] }, { change: 'tag', add: [], remove: [tagId] })
  const state =
    conversation.state === 'snoozed' && conversation.snoozedUntil
      ? t('header.snoozedUntil', { time: whenText(formats, conversation.snoozedUntil, new Date()) })
      : t(`state.${conversation.state}`)
  return (
    <div className={styles.facts}>
      <Tag tone={conversation.state === 'open' ? 'accent' : 'neutral'}>{state}</Tag>
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

/** One main action: close, or reopen what is closed. */
function Actions({
  conversation,
  keysOn,
  onGone,
}: Pick<HeaderProps, 'keysOn' | 'onGone'> & { conversation: Conversation }) {
  const t = useTexts('inbox')
  const { run } = useChanges()
  const { me, nameOf } = usePeopleHere()
  const assignee = useAssigneeName()(conversation)
  const assign = usePicker()
  const tag = usePicker()
  const snooze = usePicker()
  const { conversationId, state, assignedMemberId, assignedTeamId } = conversation
  const change = (wanted: Change) => {
    const leaves = wanted.change === 'close' || wanted.change === 'snooze'
    const then = leaves ? onGone([conversationId]) : () => {}
    void run({ conversationIds: [conversationId] }, wanted)
    then()
  }
  const closed = state === 'closed'
  const flip = () => change(closed ? { change: 'reopen' } : { change: 'close' })
  const toMe = () => change({ change: 'assign', memberId: me, teamId: null })
  const shortcuts = [
    { keys: 'a', label: t('assign.title'), run: () => assign.openDropdown() },
    { keys: 'shift+a', label: t('action.assignToMe'), run: toMe },
    { keys: 's', label: t('snooze.title'), run: () => snooze.openDropdown() },
    { keys: 't', label: t('tag.title'), run: () => tag.openDropdown() },
    { keys: 'e', label: closed ? t('action.reopen') : t('action.close'), run: flip },
  ]
  useShortcuts(t('conversation'), keysOn ? shortcuts : [])
  useCommands(shortcuts.map(({ keys, label, run: act }) => ({ id: `conversation-${keys}`, label, run: act })))
  return (
    <>
      <AssignPicker picker={assign} assigned={{ memberId: assignedMemberId, teamId: assignedTeamId }} onAssign={change}>
        <HeaderButton label={t('assign.title')} keys="a" onClick={() => assign.toggleDropdown()} wide>
          {assignee ? (
            <Avatar name={(assignedMemberId && nameOf(assignedMemberId)) || assignee} size={18} />
          ) : (
            <IconUserPlus size={16} stroke={1.7} />
          )}
          <span className={styles.assignee}>{assignee ?? t('header.nobody')}</span>
          <span className="unseen">{t('header.assigned')}</span>
        </HeaderButton>
      </AssignPicker>
      <TagPicker picker={tag} tagged={conversation.tags} onTag={change}>
        <HeaderButton label={t('tag.title')} keys="t" onClick={() => tag.toggleDropdown()}>
          <IconTag size={16} stroke={1.7} />
        </HeaderButton>
      </TagPicker>
      <SnoozePicker picker={snooze} onSnooze={change}>
        <HeaderButton label={t('snooze.title')} keys="s" onClick={() => snooze.toggleDropdown()}>
          <IconMoon size={16} stroke={1.7} />
        </HeaderButton>
      </SnoozePicker>
      <Tooltip label={keyCaps('e').join(' ')}>
        <Button
          className={styles.close}
          onClick={flip}
          leftSection={closed ? <IconArrowBackUp size={14} /> : <IconArchive size={14} />}
        >
          {closed ? t('action.reopen') : t('action.close')}
        </Button>
      </Tooltip>
    </>
  )
}

interface HeaderButtonProps {
  label: string
  keys: string
  wide?: boolean
  onClick(): void
  children: ReactNode
}

/** The picker hands its own attributes and ref to the button. */
function HeaderButton({ label, keys, wide = false, onClick, children, ...rest }: HeaderButtonProps) {
  return (
    <Tooltip label={`${label} · ${keyCaps(keys).join(' ')}`}>
      <ActionIcon
        {...(wide ? {} : { 'aria-label': label })}
        onClick={onClick}
        {...(wide ? { w: 'auto', px: 8, className: styles.wideButton } : {})}
        {...rest}
      >
        {children}
      </ActionIcon>
    </Tooltip>
  )
}

function MoreMenu({ opened }: { opened: Opened }) {
  const t = useTexts('inbox')
  const formats = useFormats()
  const { slug } = useWorkspace()
  const { conversation, thread } = opened
  const original = webAddress(thread.posts.findLast((post) => post.ofThisConversation && post.url)?.url ?? null)
  const copy = async () => {
    await navigator.clipboard.writeText(`${location.origin}/w/${slug}/inbox/${conversation.conversationId}?state=all`)
    showDone(t('header.copied'))
  }
  useCommands([
    { id: 'conversation-link', label: t('header.copyLink'), run: () => void copy() },
    ...(original
      ? [
          {
            id: 'conversation-original',
            label: t('header.original', { site: hostOf(original) }),
            run: () => void window.open(original, '_blank', 'noopener,noreferrer'),
          },
        ]
      : []),
  ])
  return (
    <Menu position="bottom-end" width={280}>
      <Menu.Target>
        <ActionIcon aria-label={t('header.more')}>
          <IconDots size={16} stroke={1.8} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        {original && (
          <Menu.Item
            component="a"
            href={original}
            target="_blank"
            rel="noopener noreferrer"
            leftSection={<IconExternalLink size={14} aria-hidden />}
          >
            {t('header.original', { site: hostOf(original) })}
          </Menu.Item>
        )}
        <Menu.Item leftSection={<IconLink size={14} aria-hidden />} onClick={() => void copy()}>
          {t('header.copyLink')}
        </Menu.Item>
        <Menu.Divider />
        <Menu.Label className={styles.because}>
          {t(`openedBecause.${conversation.openedBecause}`, { date: formats.date(conversation.openedAt) })}{' '}
          {t('header.version', { version: conversation.version })}
        </Menu.Label>
      </Menu.Dropdown>
    </Menu>
  )
}
