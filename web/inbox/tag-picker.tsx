import type { ComboboxStore } from '@mantine/core'
import { IconTag } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { useTexts } from '../platform/i18n.ts'
import { Picker } from '../ui/picker.tsx'
import { useTags } from './people-here.ts'
import type { Change, ConversationTag } from './shapes.ts'

interface TagPickerProps {
  picker: ComboboxStore
  tagged: readonly ConversationTag[]
  onTag(change: Change): void
  children: ReactNode
}

/** Puts tags on and takes them off; stays open for several. */
export function TagPicker({ picker, tagged, onTag, children }: TagPickerProps) {
  const t = useTexts('inbox')
  const tags = useTags()
  const has = (tagId: string) => tagged.some((tag) => tag.tagId === tagId)
  const pick = (tagId: string) =>
    onTag({ change: 'tag', add: has(tagId) ? [] : [tagId], remove: has(tagId) ? [tagId] : [] })
  return (
    <Picker
      picker={picker}
      label={t('tag.title')}
      nothing={tags.length === 0 ? t('tag.none') : t('tag.notFound')}
      onPick={pick}
      several
      groups={[
        {
          options: tags.map(({ tagId, name, colour }) => ({
            value: tagId,
            label: name,
            icon: <IconTag size={16} stroke={1.6} style={{ color: `var(--mantine-color-${colour}-6)` }} aria-hidden />,
            checked: has(tagId),
          })),
        },
      ]}
    >
      {children}
    </Picker>
  )
}
