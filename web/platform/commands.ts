import { useEffect, useRef, useSyncExternalStore } from 'react'
import type { Command } from './module.ts'

/** What the screen that is shown adds to the command palette. */
let screens: Command[][] = []
const listeners = new Set<() => void>()
let flat: Command[] = []

function tell(): void {
  flat = screens.flat()
  for (const listener of listeners) listener()
}

/** Screens may pass fresh arrays: only a change of ids or labels registers anew. */
export function useCommands(commands: Command[]): void {
  const latest = useRef(commands)
  latest.current = commands
  const shape = JSON.stringify(commands.map(({ id, label, hint }) => [id, label, hint]))
  // biome-ignore lint/correctness/useExhaustiveDependencies: `shape` stands for the commands, which are read when run.
  useEffect(() => {
    const kept = latest.current.map((command, index) => ({
      ...command,
      run: (at: Parameters<Command['run']>[0]) => latest.current[index]?.run(at),
    }))
    screens = [kept, ...screens]
    tell()
    return () => {
      screens = screens.filter((other) => other !== kept)
      tell()
    }
  }, [shape])
}

const onChange = (listener: () => void) => {
  listeners.add(listener)
  return () => listeners.delete(listener)
}
export const useScreenCommands = (): Command[] => useSyncExternalStore(onChange, () => flat)
