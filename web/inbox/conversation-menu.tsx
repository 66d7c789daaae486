import { ActionIcon, Menu } from '@mantine/core'
import { IconDots, IconExternalLink, IconLink } from '@tabler/icons-react'
import { hostOf, webAddress } from '../listening/web-address.ts'
import { useCommands } from '../platform/commands.ts'
import { useFormats } from '../platform/formats.ts'
import { useTexts } from '../platform/i18n.ts'
import { useWorkspace } from '../platform/session.ts'
import { showDone } from '../platform/undo.tsx'
import styles from './conversation.module.css'
import type { Opened } from './shapes.ts'

/** What is needed now and then: the original, a link to share, and since when and why it is open. */
export function ConversationMenu({ opened }: { opened: Opened }) {
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
