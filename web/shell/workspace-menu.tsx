import { Menu, UnstyledButton } from '@mantine/core'
import { IconCheck, IconPlus, IconSearch, IconSelector } from '@tabler/icons-react'
import { useNavigate, useRouteContext, useRouter } from '@tanstack/react-router'
import { useTexts } from '../platform/i18n.ts'
import { useMe, useWorkspace } from '../platform/session.ts'
import { keyCaps } from '../platform/shortcuts.ts'
import { samePlace } from './same-place.ts'
import styles from './shell.module.css'

/** Which workspace this is, the way to the others, and search. */
export function WorkspaceMenu({ onSearch }: { onSearch: () => void }) {
  const t = useTexts('shell')
  const workspace = useWorkspace()
  const { workspaces, installationAdmin } = useMe()
  const offersMore = workspaces.length > 1 || installationAdmin
  const navigate = useNavigate()
  const router = useRouter()
  const { modules } = useRouteContext({ from: '__root__' })
  return (
    <div className={styles.top}>
      <Menu position="bottom-start" width={240} disabled={!offersMore}>
        <Menu.Target>
          <UnstyledButton className={styles.workspace} disabled={!offersMore} title={workspace.name}>
            <span className={styles.badge} aria-hidden>
              {workspace.name.slice(0, 1).toUpperCase()}
            </span>
            <span className={styles.name}>{workspace.name}</span>
            {offersMore && <IconSelector size={14} stroke={1.6} aria-hidden />}
          </UnstyledButton>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Label>{t('workspace.switch')}</Menu.Label>
          {workspaces.map((each) => (
            <Menu.Item
              key={each.slug}
              onClick={() => void navigate({ href: samePlace(modules, router.state.location.pathname, each) })}
              rightSection={each.slug === workspace.slug ? <IconCheck size={14} aria-hidden /> : null}
            >
              {each.name}
            </Menu.Item>
          ))}
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
