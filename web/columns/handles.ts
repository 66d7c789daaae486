import { useRef } from 'react'
import type { ColumnHandle } from './column.tsx'

/** What can be asked of the columns on screen, by their ids, without drawing anything. */
export function useHandles() {
  const handles = useRef(new Map<string, ColumnHandle>())
  const refs = useRef(new Map<string, (handle: ColumnHandle | null) => void>())
  const refOf = (columnId: string) => {
    const known = refs.current.get(columnId)
    if (known) return known
    const keep = (handle: ColumnHandle | null) => {
      if (handle) handles.current.set(columnId, handle)
      else handles.current.delete(columnId)
    }
    refs.current.set(columnId, keep)
    return keep
  }
  return { of: (columnId: string) => handles.current.get(columnId), refOf }
}
export type Handles = ReturnType<typeof useHandles>
