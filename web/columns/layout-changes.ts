import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useRef } from 'react'
import { useApi, useMay } from '../platform/session.ts'
import type { Column, ColumnInput, ColumnLook, Layout } from './shapes.ts'

type Change = Partial<Pick<Layout, 'name' | 'shared'>> & { columns?: ColumnInput[] }

/** Changes show at once and are saved one after the other, each against the version that the one before has left. */
export function useLayoutChanges(layout: Layout) {
  const api = useApi()
  const queries = useQueryClient()
  const mayShare = useMay('inbox.manage')
  const { layoutId } = layout
  const { queryKey } = api.columns.layouts.get.queryOptions({ input: { layoutId } })
  const now = () => queries.getQueryData<Layout>(queryKey) ?? layout
  const put = (next: Layout) => queries.setQueryData<Layout>(queryKey, next)
  const queued = useRef(0)
  const save = useMutation({
    scope: { id: `layout ${layoutId}` },
    mutationFn: (change: Change) => {
      const { name, shared, version, columns } = now()
      return api.columns.layouts.save.call({ layoutId, name, shared, version, columns, ...change })
    },
    onSuccess: (saved, change) => {
      queued.current--
      put(queued.current > 0 ? { ...now(), version: saved.version } : withLooksOf(now(), saved))
      if ('name' in change || 'shared' in change)
        void queries.invalidateQueries({ queryKey: api.columns.layouts.list.key() })
    },
    // Somebody changed it meanwhile, or it is gone: what is there now is shown.
    onError: () => {
      queued.current--
      return queries.invalidateQueries({ queryKey: api.columns.layouts.key() })
    },
    onMutate: () => {
      queued.current++
    },
  })
  const look = useMutation({
    scope: { id: `looks ${layoutId}` },
    mutationFn: (kept: ColumnLook & { columnId: string }) => api.columns.look.call(kept),
  })
  return {
    mayChange: !layout.shared || mayShare,
    mayShare,
    busy: save.isPending,
    error: save.error,
    save: save.mutateAsync,
    /** Moves, or takes away. */
    arrange(columns: Column[]) {
      put({ ...now(), columns })
      save.mutate({ columns })
    },
    look(columnId: string, change: Partial<ColumnLook>) {
      const { columns, ...rest } = now()
      const column = columns.find((one) => one.columnId === columnId)
      if (!column) return
      const changed = { ...column.look, ...change }
      put({ ...rest, columns: columns.map((one) => (one === column ? { ...one, look: changed } : one)) })
      look.mutate({ columnId, ...changed })
    },
  }
}
/** What was just looked at otherwise may still be on its way. */
function withLooksOf(shown: Layout, saved: Layout): Layout {
  const looks = new Map(shown.columns.map(({ columnId, look }) => [columnId, look]))
  return {
    ...saved,
    columns: saved.columns.map((column) => ({ ...column, look: looks.get(column.columnId) ?? column.look })),
  }
}

export type LayoutChanges = ReturnType<typeof useLayoutChanges>
