import { Button, Menu } from '@mantine/core'
import { IconArrowsJoin, IconArrowsSplit, IconChevronDown } from '@tabler/icons-react'
import { useState } from 'react'
import { useTexts } from '../../platform/i18n.ts'
import { MergeDialog } from './merge-dialog.tsx'
import { SplitDialog } from './split-dialog.tsx'

interface PersonActsProps {
  person: { personId: string; name: string }
  /** Whom they are after a merge; the page of either shows them. */
  onMerged?(personId: string): void
}

/** Who else this person is, or is not. For those who may link; whoever shows it asks. */
export function PersonActs({ person, onMerged }: PersonActsProps) {
  const t = useTexts('people')
  const [act, setAct] = useState<'merge' | 'split' | null>(null)
  const close = () => setAct(null)
  return (
    <>
      <Menu position="bottom-end" withinPortal>
        <Menu.Target>
          <Button rightSection={<IconChevronDown size={14} stroke={1.8} aria-hidden />}>{t('graph.whoTheyAre')}</Button>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item
            leftSection={<IconArrowsJoin size={16} stroke={1.8} aria-hidden />}
            onClick={() => setAct('merge')}
          >
            {t('graph.merge.menu')}
          </Menu.Item>
          <Menu.Item
            leftSection={<IconArrowsSplit size={16} stroke={1.8} aria-hidden />}
            onClick={() => setAct('split')}
          >
            {t('graph.split.menuPerson')}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      {act === 'merge' && <MergeDialog person={person} onClose={close} {...(onMerged ? { onMerged } : {})} />}
      {act === 'split' && <SplitDialog person={person} onClose={close} />}
    </>
  )
}
