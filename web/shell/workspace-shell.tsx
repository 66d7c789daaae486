import { openSpotlight } from '@mantine/spotlight'
import { Link, Outlet, useLocation, useNavigate, useRouteContext, useRouter } from '@tanstack/react-router'
import { lazy, Suspense, useEffect, useState } from 'react'
import { useTexts } from '../platform/i18n.ts'
import { LiveProvider } from '../platform/live.tsx'
import type { CommandPlace, WebModule } from '../platform/module.ts'
import { type MyWorkspace, rememberWorkspace, useMe, useWorkspace, WorkspaceProvider } from '../platform/session.ts'
import { useShortcuts } from '../platform/shortcuts.ts'
import { undoNewest } from '../platform/undo.tsx'
import { Frame, type FrameEntry } from '../ui/frame.tsx'
import { AccountMenu } from './account-menu.tsx'
import { ConnectionNotice } from './connection-notice.tsx'
import { useShellCommands } from './shell-commands.tsx'
import { WorkspaceMenu } from './workspace-menu.tsx'

const Palette = lazy(async () => ({ default: (await import('./palette.tsx')).Palette }))
const ShortcutMap = lazy(async () => ({ default: (await import('./shortcut-map.tsx')).ShortcutMap }))

/** Everything around the screens of a workspace. */
export function WorkspaceShell() {
  const workspace = usePresentWorkspace()
  const { modules } = useRouteContext({ from: '__root__' })
  useEffect(() => rememberWorkspace(workspace.slug), [workspace.slug])
  useKeptFocus()
  useOpenedNotifications()
  return (
    <WorkspaceProvider value={workspace}>
      <LiveProvider key={workspace.workspaceId} modules={modules}>
        <WorkspaceFrame modules={modules} />
      </LiveProvider>
    </WorkspaceProvider>
  )
}

/** As it is for its reader now: a role that was changed shows at once; who may not come in any longer is led out. */
function usePresentWorkspace(): MyWorkspace {
  const { workspace: asLoaded } = useRouteContext({ from: '/w/$slug' })
  const router = useRouter()
  const now = useMe().workspaces.find(({ workspaceId }) => workspaceId === asLoaded.workspaceId)
  const open = now !== undefined && !now.closed
  useEffect(() => {
    if (!open) void router.invalidate()
  }, [open, router])
  return now ?? asLoaded
}

function WorkspaceFrame({ modules }: { modules: WebModule[] }) {
  const { slug } = useWorkspace()
  const entries = useEntries(modules)
  const place = useCommandPlace()
  const [paletteAsked, setPaletteAsked] = useState(false)
  const [mapOpen, setMapOpen] = useState(false)
  const openPalette = () => {
    setPaletteAsked(true)
    openSpotlight()
  }
  const openMap = () => setMapOpen(true)
  const commands = useShellCommands(openMap)
  useShellShortcuts(openPalette, openMap)
  return (
    <Frame
      entries={entries}
      link={(entry, props) => <Link to={entry.href} preload="intent" {...props} />}
      top={<WorkspaceMenu onSearch={openPalette} />}
      foot={<AccountMenu onShortcuts={openMap} />}
      notice={<ConnectionNotice modules={modules} />}
    >
      <Outlet key={slug} />
      <Suspense>
        {paletteAsked && <Palette modules={modules} commands={commands} place={place} />}
        {mapOpen && <ShortcutMap opened onClose={() => setMapOpen(false)} />}
      </Suspense>
    </Frame>
  )
}

/** A notification that is opened leads there in this window. Loaded after the first screen. */
function useOpenedNotifications(): void {
  const router = useRouter()
  useEffect(() => {
    const following = import('./opened-notification.tsx').then(({ followNotifications }) => followNotifications(router))
    return () => void following.then((end) => end())
  }, [router])
}

/** Where the focused thing went away with the old screen, the keyboard goes on in the new one. */
function useKeptFocus(): void {
  const { pathname } = useLocation()
  // biome-ignore lint/correctness/useExhaustiveDependencies: it runs because the address changed.
  useEffect(() => {
    const frame = requestAnimationFrame(() => {
      if (document.activeElement === document.body) document.getElementById('work')?.focus({ preventScroll: true })
    })
    return () => cancelAnimationFrame(frame)
  }, [pathname])
}

function useCommandPlace(): CommandPlace {
  const { slug } = useWorkspace()
  const navigate = useNavigate()
  return {
    slug,
    go: (path, search = {}) => void navigate({ href: `/w/${slug}/${path}${searchText(search)}` }),
  }
}

const searchText = (search: Record<string, string>) => {
  const text = new URLSearchParams(search).toString()
  return text === '' ? '' : `?${text}`
}

function useShellShortcuts(openPalette: () => void, openMap: () => void): void {
  const t = useTexts('shell')
  useShortcuts(t('shortcuts.everywhere'), [
    { keys: 'mod+k', label: t('shortcuts.palette'), run: openPalette, whileTyping: true },
    { keys: '?', label: t('shortcuts.map'), run: openMap },
    { keys: 'mod+z', label: t('shortcuts.undo'), run: () => undoNewest(), whileTyping: false },
  ])
}

/** The rail: only what exists and what the reader may see. The list of modules never changes while the app runs. */
function useEntries(modules: WebModule[]): FrameEntry[] {
  const t = useTexts('shell')
  const { slug, permissions } = useWorkspace()
  const { pathname } = useLocation()
  const seen = modules.flatMap(({ rail = [] }) => rail).filter(({ permission }) => permissions.includes(permission))
  return seen.map((entry) => {
    const href = `/w/${slug}/${entry.path}`
    const places = [href, ...(entry.alsoAt ?? []).map((path) => `/w/${slug}/${path}`)]
    return {
      id: entry.id,
      label: t(entry.label),
      icon: entry.icon,
      href,
      current: places.some((place) => pathname === place || pathname.startsWith(`${place}/`)),
      useCount: entry.useCount ?? none,
      end: entry.at === 'end',
    }
  })
}

const none = () => null
