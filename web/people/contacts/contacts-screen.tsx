import { Button } from '@mantine/core'
import { useInfiniteQuery } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import { UploadZone } from '../../listening/upload-zone.tsx'
import { useFormats } from '../../platform/formats.ts'
import { useTexts } from '../../platform/i18n.ts'
import { byCursor, pageAfter } from '../../platform/pages.ts'
import { useApi, useMay, useWorkspace } from '../../platform/session.ts'
import { QueryError } from '../../ui/query-error.tsx'
import { RowSkeletons } from '../../ui/skeletons.tsx'
import { TimeAgo } from '../../ui/time-ago.tsx'
import { PeoplePlace } from '../people-place.tsx'
import styles from './contacts.module.css'
import { ExportPersons } from './export-persons.tsx'
import { ImportStateTag } from './import-figures.tsx'
import { ProposalsLink } from './proposals-link.tsx'
import type { ContactImport } from './shapes.ts'

const PAGE_IMPORTS = 30
const REFRESH_MS = 2_000
const TYPES = '.csv,.tsv,.txt,.json,.jsonl,.ndjson,.xlsx,.vcf,.vcard'

/** Contacts in and out: a file comes in above, what waits and what came before stands below. */
export function ContactsScreen() {
  const t = useTexts('people')
  const { slug } = useWorkspace()
  const navigate = useNavigate()
  const mayImport = useMay('imports.run')
  const mayExport = useMay('posts.export')
  return (
    <PeoplePlace tab="contacts" title={t('tab.contacts')} action={mayExport && <ExportPersons />}>
      <div className={styles.place}>
        {mayImport && (
          <UploadZone
            path="/files/contacts/imports"
            types={TYPES}
            hint={t('contacts.formats')}
            onUploaded={(importId) =>
              navigate({ to: '/w/$slug/people/contacts/$importId', params: { slug, importId } })
            }
          />
        )}
        <ProposalsLink />
        {mayImport && <Imports />}
      </div>
    </PeoplePlace>
  )
}

function Imports() {
  const t = useTexts('people')
  const list = useInfiniteQuery({
    ...useApi().people.contacts.imports.list.infiniteOptions({
      input: (after: string | undefined) => pageAfter(after, PAGE_IMPORTS),
      ...byCursor,
    }),
    refetchInterval: ({ state }) =>
      state.data?.pages.some(({ items }) => items.some((one) => one.state === 'running')) ? REFRESH_MS : false,
  })
  const items = list.data?.pages.flatMap((page) => page.items) ?? []
  return (
    <section aria-label={t('contacts.former')}>
      <h2 className={styles.heading}>{t('contacts.former')}</h2>
      {list.error && <QueryError error={list.error} onRetry={() => void list.refetch()} />}
      {list.isPending && <RowSkeletons rows={3} />}
      {list.data && items.length === 0 && <p className={styles.quiet}>{t('contacts.none')}</p>}
      <ul className={styles.list}>
        {items.map((one) => (
          <ImportRow key={one.importId} one={one} />
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

function ImportRow({ one }: { one: ContactImport }) {
  const t = useTexts('people')
  const formats = useFormats()
  const { slug } = useWorkspace()
  return (
    <li className={styles.row}>
      <Link
        to="/w/$slug/people/contacts/$importId"
        params={{ slug, importId: one.importId }}
        className={styles.rowLink}
      >
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
