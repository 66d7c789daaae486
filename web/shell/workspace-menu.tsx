import { Menu, UnstyledButton } from '@mantine/core'
import { IconPlus, IconSearch, IconSelector } from '@tabler/icons-react'
import { useNavigate } from '@tanstack/react-router'
import { lazy, Suspense } from 'react'
import { useTexts } from '../platform/i18n.ts'
import { useMe, useWorkspace } from '../platform/session.ts'
import { keyCaps } from '../platform/shortcuts.ts'
import { laterTexts } from '../platform/texts.ts'
import { colourOf } from '../platform/workspace-colour.ts'
import styles from './shell.module.css'

const WorkspaceChoices = lazy(async () => {
  await laterTexts()
  return { default: (await import('./workspace-choices.tsx')).WorkspaceChoices }
})

/** Which workspace this is, the way to the others, and search. */
export function WorkspaceMenu({ onSearch }: { onSearch: () => void }) {
  const t = useTexts('shell')
  const workspace = useWorkspace()
  const { workspaces, installationAdmin } = useMe()
  const offersMore = workspaces.length > 1 || installationAdmin
  const navigate = useNavigate()
  return (
    <div className={styles.top}>
      <Menu position="bottom-start" width={240} disabled={!offersMore}>
        <Menu.Target>
          <UnstyledButton className={styles.workspace} disabled={!offersMore} title={workspace.name}>
            <span
              className={styles.badge}
              style={workspaces.length > 1 ? { background: colourOf(workspace), color: '#fff' } : undefined}
              aria-hidden
            >
              {workspace.name.slice(0, 1).toUpperCase()}
            </span>
            <span className={styles.name}>{workspace.name}</span>
            {offersMore && <IconSelector size={14} stroke={1.6} aria-hidden />}
          </UnstyledButton>
        </Menu.Target>
        <Menu.Dropdown>
          <Suspense>
            <WorkspaceChoices />
          </Suspense>
          {installationAdmin && (
            <>
              <Menu.Divider />
              <Menu.Item
                leftSection={<IconPlus size={14} aria-hidden />}
                onClick={() => void navigate({ href: '/new' })}
              >
                {t('workspace.new')}
              </Menu.Item>
            </>
          )}
        </Menu.Dropdown>
      </Menu>
      <UnstyledButton
        className={styles.search}
        onClick={onSearch}
        aria-label={`${t('search')} ${keyCaps('mod+k').join(' ')}`}
      >
        <IconSearch size={14} stroke={1.8} aria-hidden />
        <span className={styles.name}>{t('search')}</span> <kbd className="cap">{keyCaps('mod+k').join(' ')}</kbd>
      </UnstyledButton>
    </div>
  )
}
