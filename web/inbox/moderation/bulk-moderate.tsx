import { ActionIcon, Tooltip } from '@mantine/core'
import { IconShield } from '@tabler/icons-react'
import { useState } from 'react'
import { MODERATED_AT_ONCE_MAX } from '../../../contract/moderation-words.ts'
import { useTexts } from '../../platform/i18n.ts'
import { useMay } from '../../platform/session.ts'
import { ModerateDialog } from './moderate-dialog.tsx'

/** On the newest post of each chosen conversation, with one reason for all. Own posts are taken off one by one. */
const IN_BULK = ['hide', 'like', 'mute', 'block', 'report'] as const

export function BulkModerate({ conversationIds }: { conversationIds: readonly string[] }) {
  const t = useTexts('inbox')
  const mayModerate = useMay('posts.moderate')
  const [open, setOpen] = useState(false)
  if (!mayModerate) return null
  const tooMany = conversationIds.length > MODERATED_AT_ONCE_MAX
  const label = tooMany ? t('moderation.tooMany', { count: MODERATED_AT_ONCE_MAX }) : t('moderation.title')
  return (
    <>
      <Tooltip label={label}>
        <ActionIcon aria-label={label} disabled={tooMany} onClick={() => setOpen(true)}>
          <IconShield size={16} stroke={1.7} />
        </ActionIcon>
      </Tooltip>
      {open && (
        <ModerateDialog
          actions={IN_BULK}
          targets={{ conversationIds: [...conversationIds] }}
          count={conversationIds.length}
          onClose={() => setOpen(false)}
        />
      )}
    </>
  )
}
