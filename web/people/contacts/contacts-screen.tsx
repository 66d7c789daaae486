import { Button, SegmentedControl } from '@mantine/core'
import { useInfiniteQuery } from '@tanstack/react-query'
import { Link, useNavigate, useSearch } from '@tanstack/react-router'
import { UploadZone } from '../../listening/upload-zone.tsx'
import { useFormats } from '../../platform/formats.ts'
import { useTexts } from '../../platform/i18n.ts'
import { byCursor, pageAfter } from '../../platform/pages.ts'
import { useApi, useMay, useWorkspace } from '../../platform/session.ts'
import { QueryError } from '../../ui/query-error.tsx'
import { RowSkeletons } from '../../ui/skeletons.tsx'
import { TimeAgo } from '../../ui/time-ago.tsx'
import { IMPORTS_HOLD, type ImportHolds } from '../addresses.ts'
import { PeoplePlace } from '../people-place.tsx'
import styles from './contacts.module.css'
import { ExportPersons } from './export-persons.tsx'
import { ImportStateTag } from './import-figures.tsx'
import type { AnyImport } from './import-parts.tsx'
import { ProposalsLink } from './proposals-link.tsx'

const PAGE_IMPORTS = 30
const REFRESH_MS = 2_000
const TABLES = '.csv,.tsv,.txt,.json,.jsonl,.ndjson,.xlsx'
const TYPES: Record<ImportHolds, string> = { contacts: `${TABLES},.vcf,.vcard`, purchases: TABLES }
const ROUTES = {
  contacts: '/w/$slug/people/contacts/$importId',
  purchases: '/w/$slug/people/purchases/$importId',
} as const

/** Contacts in and out: a file comes in above, what waits and what came before stands below. */
export function ContactsScreen() {
  const t = useTexts('people')
  const { slug } = useWorkspace()
  const navigate = useNavigate()
  const { holds = 'contacts' } = useSearch({ from: '/w/$slug/people/contacts' })
  const mayImport = useMay('imports.run')
  const mayExport = useMay('posts.export')
  const open = (importId: string) => navigate({ to: ROUTES[holds], params: { slug, importId } })
  return (
    <PeoplePlace tab="contacts" title={t('tab.contacts')} action={mayExport && <ExportPersons />}>
      <div className={styles.place}>
        {mayImport && (
          <>
            <SegmentedControl
              aria-label={t('purchases.holds')}
              className={styles.holds}
              data={IMPORTS_HOLD.map((value) => ({
                value,
                label: t(value === 'contacts' ? 'tab.contacts' : 'purchases.title'),
              }))}
              value={holds}
              onChange={(chosen) =>
                void navigate({
                  to: '/w/$slug/people/contacts',
                  params: { slug },
                  search: chosen === 'purchases' ? { holds: 'purchases' } : {},
                  replace: true,
                })
              }
            />
            <UploadZone
              key={holds}
              path={`/files/${holds}/imports`}
              types={TYPES[holds]}
              prompt={t(holds === 'contacts' ? 'contacts.drop' : 'purchases.drop')}
              hint={t(holds === 'contacts' ? 'contacts.formats' : 'purchases.formats')}
              onUploaded={open}
            />
          </>
        )}
        {holds === 'contacts' && <ProposalsLink />}
        {mayImport && (holds === 'contacts' ? <ContactFiles /> : <PurchaseFiles />)}
      </div>
    </PeoplePlace>
  )
}

function ContactFiles() {
  const list = useInfiniteQuery({
    ...useApi().people.contacts.imports.list.infiniteOptions({
      input: (after: string | undefined) => pageAfter(after, PAGE_IMPORTS),
      ...byCursor,
    }),
    refetchInterval: ({ state }) => refreshOf(state.data?.pages),
  })
  return <Files list={list} items={list.data?.pages.flatMap((page) => page.items)} holds="contacts" />
}

function PurchaseFiles() {
  const list = useInfiniteQuery({
    ...useApi().people.purchases.imports.list.infiniteOptions({
      input: (after: string | undefined) => pageAfter(after, PAGE_IMPORTS),
      ...byCursor,
    }),
    refetchInterval: ({ state }) => refreshOf(state.data?.pages),
  })
  return <Files list={list} items={list.data?.pages.flatMap((page) => page.items)} holds="purchases" />
}

const refreshOf = (pages: readonly { items: readonly AnyImport[] }[] | undefined): number | false =>
  pages?.some(({ items }) => items.some((one) => one.state === 'running')) ? REFRESH_MS : false

interface FilesProps {
  list: {
    error: Error | null
    isPending: boolean
    hasNextPage: boolean
    isFetchingNextPage: boolean
    refetch(): unknown
    fetchNextPage(): unknown
  }
  /** Absent: not read yet. */
  items: readonly AnyImport[] | undefined
  holds: ImportHolds
}

function Files({ list, items, holds }: FilesProps) {
  const t = useTexts('people')
  return (
    <section aria-label={t('contacts.former')}>
      <h2 className={styles.heading}>{t('contacts.former')}</h2>
      {list.error && <QueryError error={list.error} onRetry={() => void list.refetch()} />}
      {list.isPending && <RowSkeletons rows={3} />}
      {items?.length === 0 && (
        <p className={styles.quiet}>{t(holds === 'contacts' ? 'contacts.none' : 'purchases.noFiles')}</p>
      )}
      <ul className={styles.list}>
        {items?.map((one) => (
          <ImportRow key={one.importId} one={one} holds={holds} />
        ))}
      </ul>
      {list.hasNextPage && (
        <Button loading={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
          {t('contacts.more')}
        </Button>
      )}
    </section>
  )
}

function ImportRow({ one, holds }: { one: AnyImport; holds: ImportHolds }) {
  const t = useTexts('people')
  const formats = useFormats()
  const { slug } = useWorkspace()
  return (
    <li className={styles.row}>
      <Link to={ROUTES[holds]} params={{ slug, importId: one.importId }} className={styles.rowLink}>
        {one.fileName}
      </Link>
      <ImportStateTag one={one} />
      <p className={styles.detail}>
        <TimeAgo time={one.createdAt} /> · {formats.bytes(Number(one.fileBytes))}
        {one.rows > 0 && ` · ${t('contacts.rowsRead', { count: one.rows, rows: formats.number(one.rows) })}`}
      </p>
    </li>
  )
}
