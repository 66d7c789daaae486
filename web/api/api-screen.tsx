import { UnstyledButton } from '@mantine/core'
import { IconCode } from '@tabler/icons-react'
import { useSuspenseQuery } from '@tanstack/react-query'
import { Link, useNavigate, useSearch } from '@tanstack/react-router'
import { useEffect, useRef } from 'react'
import { useTexts } from '../platform/i18n.ts'
import { useMay, useWorkspace } from '../platform/session.ts'
import { Empty } from '../ui/empty.tsx'
import { Place } from '../ui/place.tsx'
import { SearchField } from '../ui/search-field.tsx'
import styles from './api.module.css'
import { descriptionQuery } from './description.ts'
import { grouped, type Operation, operationsOf } from './openapi.ts'
import { OperationDetail } from './operation-detail.tsx'

interface ApiSearch {
  q?: string | undefined
  /** The operation that is open. */
  operation?: string | undefined
}

/** What the API can do, read from its own description. */
export function ApiScreen() {
  const t = useTexts('api')
  const api = useSuspenseQuery(descriptionQuery).data
  const { q = '', operation }: ApiSearch = useSearch({ from: '/w/$slug/api' })
  const navigate = useNavigate()
  const { slug } = useWorkspace()
  const mayMakeKeys = useMay('keys.manage')
  const change = (search: ApiSearch) => void navigate({ to: '.', search: search as never, replace: true })
  const groups = grouped(operationsOf(api), q)
  const server = api.servers[0]?.url ?? ''
  return (
    <Place
      title={t('title')}
      filters={<SearchField label={t('search')} value={q} onChange={(text) => change({ q: text || undefined })} />}
    >
      <div className={styles.page}>
        <p className={styles.lead}>
          {t('lead')}{' '}
          {mayMakeKeys && (
            <Link to="/w/$slug/settings/keys" params={{ slug }}>
              {t('makeKey')}
            </Link>
          )}
        </p>
        <p className={styles.lead}>
          {t('address')} <code>{server}</code> · <a href="/api/openapi.json">openapi.json</a>
        </p>
        {groups.length === 0 && (
          <Empty icon={IconCode} title={t('nothing')}>
            {t('nothingWhy')}
          </Empty>
        )}
        {groups.map(([tag, operations]) => (
          <section key={tag} className={styles.group} aria-labelledby={`tag-${tag}`}>
            <h2 id={`tag-${tag}`}>{tag}</h2>
            <ul className={styles.list}>
              {operations.map((each) => (
                <OperationRow
                  key={each.id}
                  operation={each}
                  server={server}
                  open={each.id === operation}
                  onToggle={(open) => change({ q: q || undefined, operation: open ? each.id : undefined })}
                />
              ))}
            </ul>
          </section>
        ))}
      </div>
    </Place>
  )
}

interface OperationRowProps {
  operation: Operation
  server: string
  open: boolean
  onToggle(open: boolean): void
}

function OperationRow({ operation, server, open, onToggle }: OperationRowProps) {
  const { id, method, path, summary } = operation
  const row = useRef<HTMLLIElement>(null)
  const openedByAddress = useRef(open)
  useEffect(() => {
    // A shared link leads to its operation; opening one by hand moves nothing.
    if (openedByAddress.current) row.current?.scrollIntoView({ block: 'start' })
  }, [])
  return (
    <li ref={row} className={styles.operation}>
      <UnstyledButton
        className={styles.summary}
        aria-expanded={open}
        aria-controls={`operation-${id}`}
        onClick={() => onToggle(!open)}
      >
        <span className={styles.method} data-writes={method !== 'GET' || undefined}>
          {method}
        </span>
        <span className={styles.path}>{path}</span>
        <span className={styles.sentence}>{summary}</span>
      </UnstyledButton>
      <div id={`operation-${id}`}>{open && <OperationDetail operation={operation} server={server} />}</div>
    </li>
  )
}
