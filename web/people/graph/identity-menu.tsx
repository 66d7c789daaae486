import { ActionIcon, Menu } from '@mantine/core'
import { IconArrowRight, IconArrowsSplit, IconDots, IconUnlink } from '@tabler/icons-react'
import { useState } from 'react'
import { useAuthorName } from '../../listening/author-line.tsx'
import { useTexts } from '../../platform/i18n.ts'
import type { Link } from '../shapes.ts'
import { CutDialog } from './cut-dialog.tsx'
import { MoveDialog } from './move-dialog.tsx'
import { SplitDialog } from './split-dialog.tsx'

type Act = 'move' | 'split' | 'cut'

/** What can be done with one identity of a person. For links that hold; whoever shows it asks whether one may. */
export function IdentityMenu({ link }: { link: Link }) {
  const t = useTexts('people')
  const account = useAuthorName()(link.author)
  const [act, setAct] = useState<Act | null>(null)
  const close = () => setAct(null)
  return (
    <>
      <Menu position="bottom-end" withinPortal>
        <Menu.Target>
          <ActionIcon variant="subtle" color="gray" aria-label={t('graph.menu', { account })}>
            <IconDots size={16} stroke={1.8} aria-hidden />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item leftSection={<IconArrowRight size={16} stroke={1.8} aria-hidden />} onClick={() => setAct('move')}>
            {t('graph.move.menu')}
          </Menu.Item>
          <Menu.Item
            leftSection={<IconArrowsSplit size={16} stroke={1.8} aria-hidden />}
            onClick={() => setAct('split')}
          >
            {t('graph.split.menu')}
          </Menu.Item>
          <Menu.Item leftSection={<IconUnlink size={16} stroke={1.8} aria-hidden />} onClick={() => setAct('cut')}>
            {t('graph.cut.menu')}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      {act === 'move' && <MoveDialog link={link} onClose={close} />}
      {act === 'split' && <SplitDialog person={link.person} onClose={close} />}
      {act === 'cut' && <CutDialog link={link} onClose={close} />}
    </>
  )
}
