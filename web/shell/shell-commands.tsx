import { useMantineColorScheme } from '@mantine/core'
import { IconArrowsExchange, IconKeyboard, IconLogout, IconMoon } from '@tabler/icons-react'
import { useNavigate, useRouteContext, useRouter } from '@tanstack/react-router'
import { useTexts } from '../platform/i18n.ts'
import type { Command } from '../platform/module.ts'
import { useMe, useWorkspace } from '../platform/session.ts'
import { useChangeMe } from './change-me.ts'
import { samePlace } from './same-place.ts'
import { signOut } from './sign-out.ts'

/** What the palette can do without any module: other workspaces, the look, the keys, the way out. */
export function useShellCommands(openMap: () => void): Command[] {
  const t = useTexts('shell')
  const { workspaces } = useMe()
  const { slug: here } = useWorkspace()
  const navigate = useNavigate()
  const router = useRouter()
  const { modules } = useRouteContext({ from: '__root__' })
  const { colorScheme, setColorScheme } = useMantineColorScheme()
  const change = useChangeMe()
  const theme = colorScheme === 'dark' ? 'light' : 'dark'
  return [
    ...workspaces
      .filter(({ slug }) => slug !== here)
      .map((each) => ({
        id: `workspace-${each.slug}`,
        label: t('workspace.goTo', { name: each.name }),
        icon: IconArrowsExchange,
        run: () => void navigate({ href: samePlace(modules, router.state.location.pathname, each) }),
      })),
    {
      id: 'theme',
      label: t(`account.switchTo.${theme}`),
      icon: IconMoon,
      run: () => {
        setColorScheme(theme)
        change.mutate({ theme })
      },
    },
    { id: 'shortcuts', label: t('shortcuts.title'), icon: IconKeyboard, run: openMap },
    { id: 'sign-out', label: t('account.signOut'), icon: IconLogout, run: () => void signOut() },
  ]
}
