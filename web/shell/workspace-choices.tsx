import { Menu } from '@mantine/core'
import { IconCheck, IconInbox } from '@tabler/icons-react'
import { useQueries } from '@tanstack/react-query'
import { useNavigate, useRouteContext, useRouter } from '@tanstack/react-router'
import { apiOf } from '../platform/api.ts'
import { useTexts } from '../platform/i18n.ts'
import { useMe, useWorkspace } from '../platform/session.ts'
import { colourOf } from '../platform/workspace-colour.ts'
import { samePlace } from './same-place.ts'
import styles from './workspace-choices.module.css'

const BELIEVED_MS = 15_000

/** The workspaces of mine, with what waits for me in each; asked when the menu opens, each by itself. */
export function WorkspaceChoices() {
  const t = useTexts('shell')
  const here = useWorkspace()
  const { workspaces } = useMe()
  const navigate = useNavigate()
  const router = useRouter()
  const { modules } = useRouteContext({ from: '__root__' })
  const unread = useQueries({
    queries: workspaces.map(({ workspaceId, closed, permissions }) => ({
      ...apiOf(workspaceId).notifications.unread.queryOptions({ input: {} }),
      enabled: !closed && permissions.includes('workspace.read'),
      staleTime: BELIEVED_MS,
      // One that does not answer shows no figure; nothing is lost by it.
      meta: { shownInPlace: true },
    })),
  })
  const inboxes = workspaces.filter(({ closed, permissions }) => !closed && permissions.includes('inbox.read'))
  return (
    <>
      {inboxes.length > 1 && (
        <>
          <Menu.Item
            leftSection={<IconInbox size={14} aria-hidden />}
            onClick={() => void navigate({ href: `/w/${here.slug}/all` })}
          >
            {t('workspace.all')}
          </Menu.Item>
          <Menu.Divider />
        </>
      )}
      <Menu.Label>{t('workspace.switch')}</Menu.Label>
      {workspaces.map((each, index) => {
        const count = unread[index]?.data?.count ?? 0
        return (
          <Menu.Item
            key={each.slug}
            onClick={() => void navigate({ href: samePlace(modules, router.state.location.pathname, each) })}
            leftSection={<span className={styles.dot} style={{ background: colourOf(each) }} aria-hidden />}
            rightSection={
              <span className={styles.end}>
                {count > 0 && (
                  <span className={styles.count} title={t('workspace.unread', { count })}>
                    <span className="unseen">{t('workspace.unread', { count })}</span>
                    <span aria-hidden>{count}</span>
                  </span>
                )}
                {each.slug === here.slug && <IconCheck size={14} aria-hidden />}
              </span>
            }
          >
            {each.mode === 'drill' ? t('workspace.drillOf', { name: each.name }) : each.name}
          </Menu.Item>
        )
      })}
    </>
  )
}
