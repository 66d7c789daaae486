import { useMutation, useQueryClient, useSuspenseQuery } from '@tanstack/react-query'
import { useNavigate, useParams } from '@tanstack/react-router'
import { useApi, useWorkspace } from '../../platform/session.ts'
import { Place } from '../../ui/place.tsx'
import { ContactInspection } from './contact-inspection.tsx'
import { ImportFigures, ImportStateTag } from './import-figures.tsx'
import { EndedImport, RunningImport } from './import-parts.tsx'
import { ProposalsLink } from './proposals-link.tsx'
import { useAwaitedRehearsal } from './rehearsed.tsx'
import type { ContactImport } from './shapes.ts'

const REFRESH_MS = 1_000

/** One file on its way: looked at, rehearsed, taken in, read. */
export function ContactImportScreen() {
  const { slug } = useWorkspace()
  const navigate = useNavigate()
  const { importId } = useParams({ from: '/w/$slug/people/contacts/$importId' })
  const { data: one } = useSuspenseQuery({
    ...useApi().people.contacts.imports.get.queryOptions({ input: { importId } }),
    refetchInterval: ({ state }) => (state.data?.state === 'running' ? REFRESH_MS : false),
  })
  const isAwaited = useAwaitedRehearsal(one)
  return (
    <Place
      title={one.fileName}
      beside={<ImportStateTag one={one} />}
      onBack={() => void navigate({ to: '/w/$slug/people/contacts', params: { slug } })}
    >
      {one.state === 'uploaded' && <ContactInspection one={one} isAwaited={isAwaited} />}
      {one.state === 'running' && <Running one={one} />}
      {['done', 'cancelled', 'failed'].includes(one.state) && <Ended one={one} />}
    </Place>
  )
}

function Running({ one }: { one: ContactImport }) {
  const { imports } = useApi().people.contacts
  const queries = useQueryClient()
  const cancel = useMutation(
    imports.cancel.mutationOptions({ onSuccess: () => queries.invalidateQueries({ queryKey: imports.key() }) }),
  )
  return <RunningImport one={one} figures={<ImportFigures of={one} />} cancel={cancel} />
}

function Ended({ one }: { one: ContactImport }) {
  const { imports } = useApi().people.contacts
  const queries = useQueryClient()
  const goOn = useMutation(
    imports.start.mutationOptions({ onSuccess: () => queries.invalidateQueries({ queryKey: imports.key() }) }),
  )
  const { system, legalBasis } = one.settings
  const canGoOn = one.state !== 'done' && system && legalBasis
  return (
    <EndedImport
      one={one}
      system={system}
      holds="contacts"
      hasRejections={one.rejected > 0 || one.counts.warned > 0}
      isResuming={goOn.isPending}
      onResume={
        canGoOn ? () => goOn.mutate({ ...one.settings, importId: one.importId, system, legalBasis }) : undefined
      }
    >
      <ImportFigures of={one} />
      <ProposalsLink importId={one.importId} />
    </EndedImport>
  )
}
