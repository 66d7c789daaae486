import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useApi } from '../platform/session.ts'
import { BulkBar } from './bulk-bar.tsx'
import { useChanges } from './change.ts'
import { countsQuery } from './list-query.ts'
import { filtersOf, type InboxSearch, STATES, stateOf } from './search.ts'
import type { Change } from './shapes.ts'
import { withReason } from './unanswered/asking.ts'

const NO_CHOICE: ReadonlySet<string> = new Set()

/** Those chosen for a bulk action, and its bar. Chosen under other filters is chosen no more. */
export function useBulk(search: InboxSearch, goOn: (ids: readonly string[]) => () => void) {
  const api = useApi()
  const { run, known } = useChanges()
  const { data: counts } = useQuery(countsQuery(api, search))
  const [{ chosen, all, of }, setChoice] = useState({ chosen: NO_CHOICE, all: false, of: '' })
  const here = JSON.stringify(search)
  const current = of === here ? chosen : NO_CHOICE
  const state = stateOf(search)
  const total = state === 'all' ? null : (counts?.counts[STATES.indexOf(state)] ?? null)
  const clear = () => setChoice({ chosen: NO_CHOICE, all: false, of: here })
  const change = async (asked: Change) => {
    const ids = [...current]
    const wanted = all ? asked : await withReason(known(ids), asked)
    if (!wanted) return
    const leaves = wanted.change === 'close' || wanted.change === 'snooze' || wanted.change === 'reopen'
    const then = leaves ? goOn(ids) : () => {}
    clear()
    const done = run(all ? { filters: filtersOf(search) } : { conversationIds: ids }, wanted)
    then()
    await done
  }
  return {
    chosen: current,
    choose: (next: ReadonlySet<string>) => setChoice({ chosen: next, all: false, of: here }),
    bar:
      current.size > 0 ? (
        <BulkBar
          state={state}
          count={current.size}
          chosenIds={[...current]}
          all={total}
          allChosen={all}
          onAll={() => setChoice({ chosen: current, all: true, of: here })}
          onClear={clear}
          onChange={(wanted) => void change(wanted)}
        />
      ) : null,
  }
}
