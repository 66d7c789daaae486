import { Anchor, Button, Progress } from '@mantine/core'
import { useMutation, useQueryClient, useSuspenseQuery } from '@tanstack/react-query'
import { useNavigate, useParams } from '@tanstack/react-router'
import { useFormats } from '../../platform/formats.ts'
import { useLanguage, useTexts } from '../../platform/i18n.ts'
import { useApi, useWorkspace } from '../../platform/session.ts'
import { Place } from '../../ui/place.tsx'
import { ContactInspection } from './contact-inspection.tsx'
import styles from './contacts.module.css'
import { ImportFigures, ImportStateTag } from './import-figures.tsx'
import { ProblemText } from './problem-text.tsx'
import { ProposalsLink } from './proposals-link.tsx'
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
  return (
    <Place
      title={one.fileName}
      beside={<ImportStateTag one={one} />}
      onBack={() => void navigate({ to: '/w/$slug/people/contacts', params: { slug } })}
    >
      {one.state === 'uploaded' && <ContactInspection one={one} />}
      {one.state === 'running' && <Running one={one} />}
      {['done', 'cancelled', 'failed'].includes(one.state) && <Ended one={one} />}
    </Place>
  )
}

function Running({ one }: { one: ContactImport }) {
  const t = useTexts('people')
  const formats = useFormats()
  const api = useApi()
  const queries = useQueryClient()
  const cancel = useMutation(
    api.people.contacts.imports.cancel.mutationOptions({
      onSuccess: () => queries.invalidateQueries({ queryKey: api.people.contacts.imports.key() }),
    }),
  )
  const said = t(one.rehearsing ? 'contacts.rehearsing' : 'contacts.taking', {
    share: formats.percent(one.progress),
    rows: formats.number(one.rows),
  })
  return (
    <div className={styles.step}>
      <Progress value={one.progress * 100} aria-label={said} />
      <p role="status">{said}</p>
      {!one.rehearsing && <ImportFigures of={one} />}
      <p className={styles.quiet}>{t('contacts.goesOn')}</p>
      <Button disabled={cancel.isPending || cancel.isSuccess} onClick={() => cancel.mutate({ importId: one.importId })}>
        {t('contacts.cancel')}
      </Button>
    </div>
  )
}

function Ended({ one }: { one: ContactImport }) {
  const t = useTexts('people')
  const api = useApi()
  const queries = useQueryClient()
  const language = useLanguage()
  const { workspaceId } = useWorkspace()
  const goOn = useMutation(
    api.people.contacts.imports.start.mutationOptions({
      onSuccess: () => queries.invalidateQueries({ queryKey: api.people.contacts.imports.key() }),
    }),
  )
  const { system, legalBasis } = one.settings
  const query = new URLSearchParams({ language, workspace: workspaceId })
  return (
    <div className={styles.step}>
      {one.problem && <ProblemText problem={one.problem} refuses />}
      <ImportFigures of={one} />
      <ProposalsLink importId={one.importId} />
      {(one.rejected > 0 || one.counts.warned > 0) && (
        <Anchor href={`/files/contacts/imports/${one.importId}/rejections.csv?${query}`} download>
          {t('contacts.rejections')}
        </Anchor>
      )}
      {one.state !== 'done' && system && legalBasis && (
        <Button
          loading={goOn.isPending}
          onClick={() => goOn.mutate({ ...one.settings, importId: one.importId, system, legalBasis })}
        >
          {t('contacts.resume')}
        </Button>
      )}
    </div>
  )
}
