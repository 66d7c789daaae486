import { Button } from '@mantine/core'
import { IconEraser } from '@tabler/icons-react'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { useEffect, useState } from 'react'
import { useFormats } from '../../platform/formats.ts'
import { useTexts } from '../../platform/i18n.ts'
import { useApi } from '../../platform/session.ts'
import { ConfirmByName } from '../../ui/confirm-by-name.tsx'
import { Empty } from '../../ui/empty.tsx'
import { FormSection } from '../../ui/form.tsx'
import { QueryError } from '../../ui/query-error.tsx'
import { RowSkeletons } from '../../ui/skeletons.tsx'
import { Tag } from '../../ui/tag.tsx'
import { type ChosenPerson, PersonChoice } from './person-choice.tsx'
import { PersonLink } from './person-link.tsx'
import styles from './protection.module.css'
import type { Erasure, ErasurePreview, TableResult } from './shapes.ts'

const SHOWN_MAX = 50
const WORKING_POLL_MS = 1_500

/** First exactly what goes and what stays; then, by naming the person, it goes. */
export function Erasures() {
  const t = useTexts('privacy')
  const { person: asked, request } = useSearch({ from: '/w/$slug/protection' })
  const navigate = useNavigate({ from: '/w/$slug/protection' })
  const [person, setPerson] = useState<ChosenPerson | null>(asked ? { personId: asked, name: '…' } : null)
  const list = useQuery({
    ...useApi().privacy.erasures.list.queryOptions({ input: { limit: SHOWN_MAX } }),
    refetchInterval: ({ state }) => (state.data?.items.some((one) => one.state !== 'done') ? WORKING_POLL_MS : false),
  })
  const choose = (chosen: ChosenPerson | null) => {
    setPerson(chosen)
    void navigate({ search: { view: 'erasures', ...(chosen ? { person: chosen.personId } : {}) }, replace: true })
  }
  const erased = () => {
    choose(null)
    if (request) void navigate({ search: { view: 'requests', request } })
  }
  return (
    <>
      <FormSection title={t('protection.erasure.new')} why={t('protection.erasure.newWhy')}>
        <PersonChoice label={t('protection.request.person')} value={person} onChange={choose} />
        {person && <Preview person={person} onNamed={setPerson} requestId={request} onErased={erased} />}
      </FormSection>
      <h2 className={styles.heading}>{t('protection.erasure.done')}</h2>
      {list.error && <QueryError error={list.error} onRetry={() => void list.refetch()} />}
      {!list.data && !list.error && <RowSkeletons rows={3} />}
      {list.data?.items.length === 0 && (
        <Empty icon={IconEraser} title={t('protection.erasure.none')}>
          {t('protection.erasure.noneWhy')}
        </Empty>
      )}
      <ul className={styles.list}>
        {list.data?.items.map((erasure) => (
          <ErasureRow key={erasure.erasureId} erasure={erasure} />
        ))}
      </ul>
    </>
  )
}

interface PreviewProps {
  person: ChosenPerson
  /** That asked for it. */
  requestId: string | undefined
  onNamed(person: ChosenPerson): void
  onErased(): void
}

function Preview({ person, requestId, onNamed, onErased }: PreviewProps) {
  const t = useTexts('privacy')
  const api = useApi()
  const queries = useQueryClient()
  const [asking, setAsking] = useState(false)
  const { personId } = person
  const { data, error, refetch } = useQuery(api.privacy.erasures.preview.queryOptions({ input: { personId } }))
  const name = data?.name
  useEffect(() => {
    if (name && name !== person.name) onNamed({ personId, name })
  }, [name, person.name, personId, onNamed])
  if (error) return <QueryError error={error} onRetry={() => void refetch()} />
  if (!data) return <RowSkeletons rows={3} />
  return (
    <section aria-label={t('protection.erasure.preview')} className={styles.preview}>
      <p>{t('protection.erasure.who', { name: data.name, count: data.identities.length })}</p>
      <p className={styles.quiet}>
        {data.identities
          .map(({ name, network }) => `${name} (${t(`listening:network.${network}`, { defaultValue: network })})`)
          .join(' · ')}
      </p>
      <Tables tables={data.tables} />
      <Queries preview={data} />
      <Button color="red" variant="filled" onClick={() => setAsking(true)}>
        {t('protection.erasure.erase')}
      </Button>
      <ConfirmByName
        opened={asking}
        onClose={() => setAsking(false)}
        title={t('protection.erasure.title')}
        name={data.name}
        action={t('protection.erasure.erase')}
        onConfirm={async () => {
          await api.privacy.erasures.create.call({ personId, name: data.name, ...(requestId ? { requestId } : {}) })
          onErased()
          await queries.invalidateQueries({ queryKey: api.privacy.key() })
        }}
      >
        <p>{t('protection.erasure.what')}</p>
      </ConfirmByName>
    </section>
  )
}

function Queries({ preview: { queries } }: { preview: ErasurePreview }) {
  const t = useTexts('privacy')
  const formats = useFormats()
  if (queries.length === 0) return null
  return <p>{t('protection.erasure.queries', { topics: formats.list(queries.map(({ name }) => name)) })}</p>
}

/** What becomes of it, table by table; what is kept says why. */
function Tables({ tables }: { tables: TableResult[] }) {
  const t = useTexts('privacy')
  const formats = useFormats()
  if (tables.length === 0) return null
  return (
    <table className={styles.table}>
      <thead>
        <tr>
          <th scope="col">{t('protection.erasure.data')}</th>
          <th scope="col">{t('protection.erasure.rows')}</th>
          <th scope="col">{t('protection.erasure.how')}</th>
        </tr>
      </thead>
      <tbody>
        {tables.map(({ table, how, rows, because }) => (
          <tr key={table}>
            <th scope="row">{t(`protection.table.${wordOf(table)}`)}</th>
            <td data-header={t('protection.erasure.rows')}>{formats.number(rows)}</td>
            <td data-header={t('protection.erasure.how')}>
              <span>
                {t(`protection.how.${how}`)}
                {because && <span className={styles.quiet}> {t(`protection.because.${because}`)}</span>}
              </span>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

/** Tables of the installation stand in a schema of their own. */
const wordOf = (table: string) => table.split('.').at(-1)

function ErasureRow({ erasure }: { erasure: Erasure }) {
  const t = useTexts('privacy')
  const formats = useFormats()
  const rows = erasure.tables.reduce((sum, { rows }) => sum + rows, 0)
  return (
    <li className={styles.report}>
      <details>
        <summary>
          {erasure.person ? <PersonLink person={erasure.person} /> : t('protection.erasure.somebody')}{' '}
          <span className={styles.quiet}>
            {formats.exact(erasure.requestedAt)}, {t(`protection.erasure.via.${erasure.via}`)}
            {erasure.state === 'done' &&
              `, ${t('protection.erasure.report', { count: rows, rows: formats.number(rows) })}`}
          </span>{' '}
          {erasure.state === 'done' ? (
            <Tag tone="good">{t('protection.erasure.state.done')}</Tag>
          ) : (
            <progress aria-label={t('protection.erasure.atWork')} value={erasure.stepsDone} max={erasure.steps} />
          )}
        </summary>
        <Tables tables={erasure.tables} />
      </details>
    </li>
  )
}
