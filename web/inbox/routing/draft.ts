import { useState } from 'react'
import { useWorkspace } from '../../platform/session.ts'
import type { Rule, SavedRules } from './shapes.ts'

interface Kept {
  /** The version that was changed. */
  against: number
  rules: Rule[]
}

/** Changes outlive a look elsewhere and a reload, in this window. */
export function useRulesDraft(saved: SavedRules) {
  const { workspaceId } = useWorkspace()
  const key = `routing-draft ${workspaceId}`
  const [kept, setKept] = useState<Kept | null>(() => read(key))
  const keep = (next: Kept | null) => {
    if (next) sessionStorage.setItem(key, JSON.stringify(next))
    else sessionStorage.removeItem(key)
    setKept(next)
  }
  const isDirty = kept !== null && JSON.stringify(kept.rules) !== JSON.stringify(saved.rules)
  return {
    rules: isDirty ? kept.rules : saved.rules,
    isDirty,
    against: isDirty ? kept.against : saved.version,
    change: (rules: Rule[]) => keep({ against: isDirty ? kept.against : saved.version, rules }),
    discard: () => keep(null),
  }
}

function read(key: string): Kept | null {
  try {
    return JSON.parse(sessionStorage.getItem(key) ?? 'null') as Kept | null
  } catch {
    return null
  }
}
