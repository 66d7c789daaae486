import { useSuspenseQuery } from '@tanstack/react-query'
import { useNavigate, useParams } from '@tanstack/react-router'
import { useApi, useWorkspace } from '../platform/session.ts'
import { Place } from '../ui/place.tsx'
import { ImportInspection } from './import-inspection.tsx'
import { ImportProgress } from './import-progress.tsx'
import { ImportResult, ImportStateTag } from './import-result.tsx'

const REFRESH_MS = 1_000

/** One file on its way: looked at, started, followed, read. */
export function ImportScreen() {
  const { slug } = useWorkspace()
  const navigate = useNavigate()
  const { importId } = useParams({ from: '/w/$slug/listening/imports/$importId' })
  const { data: one } = useSuspenseQuery({
    ...useApi().listening.imports.get.queryOptions({ input: { importId } }),
    refetchInterval: ({ state }) => (state.data?.state === 'running' ? REFRESH_MS : false),
  })
  const back = () => void navigate({ to: '/w/$slug/listening/imports', params: { slug } })
  return (
    <Place title={one.fileName} beside={<ImportStateTag one={one} />} onBack={back}>
      {one.state === 'uploaded' && <ImportInspection one={one} />}
      {one.state === 'running' && <ImportProgress one={one} />}
      {['done', 'cancelled', 'failed'].includes(one.state) && <ImportResult one={one} />}
    </Place>
  )
}
