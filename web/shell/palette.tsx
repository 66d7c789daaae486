import { Spotlight, type SpotlightActionData, type SpotlightActionGroupData } from '@mantine/spotlight'
import { IconArrowRight, IconSearch } from '@tabler/icons-react'
import { useQueries } from '@tanstack/react-query'
import { useState } from 'react'
import { useScreenCommands } from '../platform/commands.ts'
import { useTexts } from '../platform/i18n.ts'
import type { Command, CommandPlace, WebModule } from '../platform/module.ts'
import { useApi, useWorkspace } from '../platform/session.ts'

const FOUND_PER_FINDER_MAX = 6
const FIND_LENGTH_MIN = 2

interface PaletteProps {
  modules: WebModule[]
  /** Of the shell itself. */
  commands: Command[]
  place: CommandPlace
}

/** ⌘K: goes anywhere, does anything, finds anyone. What the reader may not do is not offered. */
export function Palette({ modules, commands: shellCommands, place }: PaletteProps) {
  const t = useTexts('shell')
  const { permissions } = useWorkspace()
  const [text, setText] = useState('')
  const may = ({ permission }: { permission?: Command['permission'] }) =>
    !permission || permissions.includes(permission)
  const actionsOf = (commands: Command[]) =>
    commands.filter(may).map(({ id, label, hint, icon: Icon = IconArrowRight, run }) => ({
      id,
      label,
      ...(hint ? { description: hint } : {}),
      leftSection: <Icon size={16} stroke={1.6} aria-hidden />,
      onClick: () => run(place),
    }))

  const goTo = modules.flatMap(({ rail = [] }) =>
    rail.map(({ id, label, icon, path, permission }) => ({
      id: `go-${id}`,
      label: t(label),
      icon,
      permission,
      run: () => place.go(path),
    })),
  )
  const everywhere = modules.flatMap(({ commands = [] }) =>
    commands.map((command) => ({
      ...command,
      label: t(command.label),
      ...(command.hint ? { hint: t(command.hint) } : {}),
    })),
  )
  const found = useFound(modules.flatMap(({ finders = [] }) => finders).filter(may), text)
  const groups: SpotlightActionGroupData[] = [
    { group: t('palette.here'), actions: actionsOf(useScreenCommands()) },
    ...found.map(({ label, commands }) => ({ group: t(label), actions: actionsOf(commands) })),
    { group: t('palette.goTo'), actions: actionsOf(goTo) },
    { group: t('palette.actions'), actions: actionsOf([...everywhere, ...shellCommands]) },
  ].filter(({ actions }) => actions.length > 0)

  return (
    <Spotlight
      actions={groups}
      query={text}
      onQueryChange={setText}
      shortcut={null}
      scrollable
      maxHeight={420}
      radius="lg"
      centered={false}
      yOffset="14vh"
      overlayProps={{ blur: 0, backgroundOpacity: 0.3 }}
      nothingFound={t('palette.nothing')}
      attributes={{ content: { 'aria-label': t('palette.search') } }}
      filter={(query, actions) => filterGroups(query, actions as SpotlightActionGroupData[], found)}
      searchProps={{
        placeholder: t('palette.search'),
        'aria-label': t('palette.search'),
        leftSection: <IconSearch size={16} stroke={1.6} aria-hidden />,
      }}
    />
  )
}

/** What finders bring has been chosen by the server already; all else must contain each word that was typed. */
function filterGroups(query: string, groups: SpotlightActionGroupData[], found: { ids: Set<string> }[]) {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean)
  const isFound = (id: string) => found.some(({ ids }) => ids.has(id))
  return groups
    .map(({ group, actions }) => ({
      group,
      actions: actions.filter(
        ({ id, label, description }: SpotlightActionData) =>
          isFound(id) || words.every((word) => `${label ?? ''} ${description ?? ''}`.toLowerCase().includes(word)),
      ),
    }))
    .filter(({ actions }) => actions.length > 0)
}

function useFound(finders: NonNullable<WebModule['finders']>, text: string) {
  const api = useApi()
  const { workspaceId } = useWorkspace()
  const wanted = text.trim()
  const answers = useQueries({
    queries: finders.map((finder) => ({
      queryKey: [[workspaceId, 'palette', finder.id], wanted],
      queryFn: ({ signal }: { signal: AbortSignal }) => finder.find(wanted, api, signal),
      enabled: wanted.length >= FIND_LENGTH_MIN,
      staleTime: 15_000,
    })),
  })
  return finders.flatMap(({ label }, index) => {
    const commands = (answers[index]?.data ?? []).slice(0, FOUND_PER_FINDER_MAX)
    return commands.length > 0 ? [{ label, commands, ids: new Set(commands.map(({ id }) => id)) }] : []
  })
}
