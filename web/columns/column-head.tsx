import { ActionIcon, Menu } from '@mantine/core'
import {
  IconAdjustments,
  IconArrowLeft,
  IconArrowRight,
  IconAt,
  IconBell,
  IconBellOff,
  IconChecks,
  IconDots,
  IconGripVertical,
  IconInbox,
  IconLayoutSidebarLeftCollapse,
  IconPlayerPause,
  IconPlayerPlay,
  IconSearch,
  IconTags,
  IconTrash,
  IconUser,
  IconVolume,
} from '@tabler/icons-react'
import type { ButtonHTMLAttributes, ComponentType } from 'react'
import { useTexts } from '../platform/i18n.ts'
import styles from './columns.module.css'
import type { Column, ColumnLook } from './shapes.ts'

type Icon = ComponentType<{ size?: number | string; stroke?: number | string; 'aria-hidden'?: boolean }>
export const KIND_ICONS: Record<Column['kind'], Icon> = {
  topic: IconTags,
  search: IconSearch,
  mentions: IconAt,
  person: IconUser,
  queue: IconInbox,
  approvals: IconChecks,
}

export type Grip = ButtonHTMLAttributes<HTMLButtonElement> & { ref: (button: HTMLButtonElement | null) => void }

interface ColumnHeadProps {
  column: Column
  name: string
  /** Absent: the reader may not move it. */
  grip: Grip | null
  first: boolean
  last: boolean
  onLook(change: Partial<ColumnLook>): void
  onSettings(): void
  onMove(by: 1 | -1): void
  onRemove(): void
}

/** What it is, and what can be done with it. */
export function ColumnHead(props: ColumnHeadProps) {
  const { column, name, grip, onLook } = props
  const t = useTexts('columns')
  const KindIcon = KIND_ICONS[column.kind]
  const { muted, paused, sound } = column.look
  return (
    <header className={styles.head}>
      {grip ? (
        <button type="button" className={styles.grip} aria-label={t('grip', { name })} {...grip}>
          <IconGripVertical size={14} stroke={1.8} aria-hidden />
        </button>
      ) : null}
      <span className={styles.kind}>
        <KindIcon size={15} stroke={1.8} aria-hidden />
      </span>
      <h2 className={styles.name} title={name} dir="auto">
        {name}
      </h2>
      {muted && <IconBellOff size={14} stroke={1.8} className={styles.sign} aria-label={t('muted')} role="img" />}
      {sound && !muted && (
        <IconVolume size={14} stroke={1.8} className={styles.sign} aria-label={t('sound')} role="img" />
      )}
      {paused && (
        <>
          <span className={styles.quiet}>{t('paused')}</span>
          <ActionIcon size={24} aria-label={t('goOn', { name })} onClick={() => onLook({ paused: false })}>
            <IconPlayerPlay size={14} stroke={1.8} />
          </ActionIcon>
        </>
      )}
      <ColumnMenu {...props} />
    </header>
  )
}

function ColumnMenu({ column, name, grip, first, last, onLook, onSettings, onMove, onRemove }: ColumnHeadProps) {
  const t = useTexts('columns')
  const { muted, paused } = column.look
  return (
    <Menu position="bottom-end" width={230}>
      <Menu.Target>
        <ActionIcon size={24} aria-label={t('menu', { name })}>
          <IconDots size={16} stroke={1.8} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item leftSection={<IconAdjustments size={14} aria-hidden />} onClick={onSettings}>
          {t('settings.open')}
        </Menu.Item>
        <Menu.Item
          leftSection={muted ? <IconBell size={14} aria-hidden /> : <IconBellOff size={14} aria-hidden />}
          onClick={() => onLook({ muted: !muted })}
        >
          {t(muted ? 'unmute' : 'mute')}
        </Menu.Item>
        <Menu.Item
          leftSection={paused ? <IconPlayerPlay size={14} aria-hidden /> : <IconPlayerPause size={14} aria-hidden />}
          onClick={() => onLook({ paused: !paused })}
        >
          {t(paused ? 'resume' : 'pause')}
        </Menu.Item>
        <Menu.Item
          leftSection={<IconLayoutSidebarLeftCollapse size={14} aria-hidden />}
          onClick={() => onLook({ collapsed: true })}
        >
          {t('collapse')}
        </Menu.Item>
        {grip && (
          <>
            <Menu.Divider />
            <Menu.Item
              leftSection={<IconArrowLeft size={14} aria-hidden />}
              disabled={first}
              onClick={() => onMove(-1)}
            >
              {t('moveLeft')}
            </Menu.Item>
            <Menu.Item leftSection={<IconArrowRight size={14} aria-hidden />} disabled={last} onClick={() => onMove(1)}>
              {t('moveRight')}
            </Menu.Item>
            <Menu.Divider />
            <Menu.Item leftSection={<IconTrash size={14} aria-hidden />} onClick={onRemove}>
              {t('remove')}
            </Menu.Item>
          </>
        )}
      </Menu.Dropdown>
    </Menu>
  )
}
