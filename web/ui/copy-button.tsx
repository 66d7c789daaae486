import { ActionIcon, Tooltip } from '@mantine/core'
import { useClipboard } from '@mantine/hooks'
import { IconCheck, IconCopy } from '@tabler/icons-react'
import { useTexts } from '../platform/i18n.ts'

const SAID_MS = 2_000

interface CopyButtonProps {
  text: string
  /** What is copied: "Copy the link". */
  label: string
}

export function CopyButton({ text, label }: CopyButtonProps) {
  const t = useTexts('ui')
  const clipboard = useClipboard({ timeout: SAID_MS })
  const said = clipboard.copied ? t('copied') : label
  return (
    <Tooltip label={said}>
      <ActionIcon aria-label={said} onClick={() => clipboard.copy(text)}>
        {clipboard.copied ? <IconCheck size={14} stroke={2} /> : <IconCopy size={14} stroke={1.6} />}
      </ActionIcon>
    </Tooltip>
  )
}
