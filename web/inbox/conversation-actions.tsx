import { ActionIcon, Button, Tooltip } from '@mantine/core'
import { IconArchive, IconArrowBackUp, IconMoon, IconTag, IconUserPlus } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { useCommands } from '../platform/commands.ts'
import { useTexts } from '../platform/i18n.ts'
import { keyCaps, useShortcuts } from '../platform/shortcuts.ts'
import { Avatar } from '../ui/avatar.tsx'
import { usePicker } from '../ui/picker.tsx'
import { AssignPicker } from './assign-picker.tsx'
import { useChanges } from './change.ts'
import styles from './conversation.module.css'
import { useAssigneeName, usePeopleHere } from './people-here.ts'
import type { Change, Conversation } from './shapes.ts'
import { SnoozePicker } from './snooze-picker.tsx'
import { TagPicker } from './tag-picker.tsx'
import { withReason } from './unanswered/asking.ts'

interface ActionsProps {
  conversation: Conversation
  /** False while several are chosen in the list: then the keys are theirs. */
  keysOn: boolean
  /** Called before these leave the list; what it gives is called afterwards and goes on to the next. */
  onGone(ids: readonly string[]): () => void
}

/** One main action: close, or reopen what is closed. */
export function ConversationActions({ conversation, keysOn, onGone }: ActionsProps) {
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
  const flip = async () => {
    const wanted = await withReason([conversation], { change: closed ? 'reopen' : 'close' })
    if (wanted) change(wanted)
  }
  const toMe = () => change({ change: 'assign', memberId: me, teamId: null })
  const shortcuts = [
    { keys: 'a', label: t('assign.title'), run: () => assign.openDropdown() },
    { keys: 'shift+a', label: t('action.assignToMe'), run: toMe },
    { keys: 's', label: t('snooze.title'), run: () => snooze.openDropdown() },
    { keys: 't', label: t('tag.title'), run: () => tag.openDropdown() },
    { keys: 'e', label: closed ? t('action.reopen') : t('action.close'), run: () => void flip() },
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
          onClick={() => void flip()}
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
