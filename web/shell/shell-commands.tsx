import { useMantineColorScheme } from '@mantine/core'
import { IconArrowsExchange, IconKeyboard, IconLogout, IconMoon } from '@tabler/icons-react'
import { useNavigate } from '@tanstack/react-router'
import { useTexts } from '../platform/i18n.ts'
import type { Command } from '../platform/module.ts'
import { useMe, useWorkspace } from '../platform/session.ts'
import { useChangeMe } from './change-me.ts'
import { signOut } from './sign-out.ts'

/** What the palette can do without any module: other workspaces, the look, the keys, the way out. */
export function useShellCommands(openMap: () => void): Command[] {
  const t = useTexts('shell')
  const { workspaces } = useMe()
  const { slug: here } = useWorkspace()
  const navigate = useNavigate()
  const { colorScheme, setColorScheme } = useMantineColorScheme()
  const change = useChangeMe()
  const theme = colorScheme === 'dark' ? 'light' : 'dark'
  return [
    ...workspaces
      .filter(({ slug }) => slug !== here)
      .map(({ slug, name }) => ({
        id: `workspace-${slug}`,
        label: t('workspace.goTo', { name }),
        icon: IconArrowsExchange,
        run: () => void navigate({ to: '/w/$slug', params: { slug } }),
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
