import { useMutation, useQueryClient, useSuspenseQuery } from '@tanstack/react-query'
import { useNavigate, useParams } from '@tanstack/react-router'
import { useApi, useWorkspace } from '../../platform/session.ts'
import { Place } from '../../ui/place.tsx'
import { ImportStateTag } from '../contacts/import-figures.tsx'
import { EndedImport, RunningImport } from '../contacts/import-parts.tsx'
import { useAwaitedRehearsal } from '../contacts/rehearsed.tsx'
import { PurchaseFigures } from './purchase-figures.tsx'
import { PurchaseInspection } from './purchase-inspection.tsx'
import type { PurchaseImport } from './shapes.ts'

const REFRESH_MS = 1_000

/** One file of orders or contracts on its way: looked at, rehearsed, taken in, read. */
export function PurchaseImportScreen() {
  const { slug } = useWorkspace()
  const navigate = useNavigate()
  const { importId } = useParams({ from: '/w/$slug/people/purchases/$importId' })
  const { data: one } = useSuspenseQuery({
    ...useApi().people.purchases.imports.get.queryOptions({ input: { importId } }),
    refetchInterval: ({ state }) => (state.data?.state === 'running' ? REFRESH_MS : false),
  })
  const isAwaited = useAwaitedRehearsal(one)
  return (
    <Place
      title={one.fileName}
      beside={<ImportStateTag one={one} />}
      onBack={() => void navigate({ to: '/w/$slug/people/contacts', params: { slug }, search: { holds: 'purchases' } })}
    >
      {one.state === 'uploaded' && <PurchaseInspection one={one} isAwaited={isAwaited} />}
      {one.state === 'running' && <Running one={one} />}
      {['done', 'cancelled', 'failed'].includes(one.state) && <Ended one={one} />}
    </Place>
  )
}

function Running({ one }: { one: PurchaseImport }) {
  const { imports } = useApi().people.purchases
  const queries = useQueryClient()
  const cancel = useMutation(
    imports.cancel.mutationOptions({ onSuccess: () => queries.invalidateQueries({ queryKey: imports.key() }) }),
  )
  return <RunningImport one={one} figures={<PurchaseFigures of={one} />} cancel={cancel} />
}

function Ended({ one }: { one: PurchaseImport }) {
  const { imports } = useApi().people.purchases
  const queries = useQueryClient()
  const goOn = useMutation(
    imports.start.mutationOptions({ onSuccess: () => queries.invalidateQueries({ queryKey: imports.key() }) }),
  )
  const { system } = one.settings
  const canGoOn = one.state !== 'done' && system
  return (
    <EndedImport
      one={one}
      system={system}
      holds="purchases"
      hasRejections={one.rejected > 0}
      isResuming={goOn.isPending}
      onResume={canGoOn ? () => goOn.mutate({ ...one.settings, importId: one.importId, system }) : undefined}
    >
      <PurchaseFigures of={one} />
    </EndedImport>
  )
}
