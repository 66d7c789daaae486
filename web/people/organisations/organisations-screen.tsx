import { Button, Modal, TextInput } from '@mantine/core'
import { IconBuilding } from '@tabler/icons-react'
import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query'
import { Link, useNavigate, useSearch } from '@tanstack/react-router'
import { useState } from 'react'
import { useFormats } from '../../platform/formats.ts'
import { useTexts } from '../../platform/i18n.ts'
import { byCursor, pageAfter } from '../../platform/pages.ts'
import { useApi, useMay, useWorkspace } from '../../platform/session.ts'
import { Empty } from '../../ui/empty.tsx'
import { Form } from '../../ui/form.tsx'
import { QueryError } from '../../ui/query-error.tsx'
import { SearchField } from '../../ui/search-field.tsx'
import { RowSkeletons } from '../../ui/skeletons.tsx'
import { PeoplePlace } from '../people-place.tsx'
import styles from './organisations.module.css'

const PAGE_ORGANISATIONS = 50
const COUNTED_MAX = 100

/** Companies, authorities and clubs beside the persons. */
export function OrganisationsScreen() {
  const t = useTexts('people')
  const formats = useFormats()
  const { slug } = useWorkspace()
  const mayChange = useMay('people.link')
  const { q = '' } = useSearch({ from: '/w/$slug/people/organisations' })
  const navigate = useNavigate({ from: '/w/$slug/people/organisations' })
  const [making, setMaking] = useState(false)
  const list = useInfiniteQuery(
    useApi().people.organisations.list.infiniteOptions({
      input: (after: string | undefined) => ({
        ...(q ? { search: q } : {}),
        ...pageAfter(after, PAGE_ORGANISATIONS),
      }),
      ...byCursor,
    }),
  )
  const items = list.data?.pages.flatMap((page) => page.items) ?? []
  const action = mayChange && (
    <Button variant="filled" onClick={() => setMaking(true)}>
      {t('organisations.new')}
    </Button>
  )
  return (
    <PeoplePlace
      tab="organisations"
      title={t('tab.organisations')}
      action={action}
      filters={
        <SearchField
          label={t('organisations.search')}
          value={q}
          onChange={(text) => void navigate({ search: text ? { q: text } : {}, replace: true })}
        />
      }
    >
      {list.error && <QueryError error={list.error} onRetry={() => void list.refetch()} />}
      {list.isPending && <RowSkeletons rows={5} />}
      {list.data && items.length === 0 && (
        <Empty icon={IconBuilding} title={t(q ? 'organisations.notFound' : 'organisations.none')} action={action}>
          {!q && t('organisations.noneHow')}
        </Empty>
      )}
      <ul className={styles.list}>
        {items.map(({ organisationId, name, people }) => (
          <li key={organisationId} className={styles.row}>
            <Link
              to="/w/$slug/people/organisations/$organisationId"
              params={{ slug, organisationId }}
              className={styles.name}
            >
              {name}
            </Link>
            <span className={styles.detail}>
              {t('organisations.people', {
                count: people,
                number: `${formats.number(people)}${people >= COUNTED_MAX ? '+' : ''}`,
              })}
            </span>
          </li>
        ))}
      </ul>
      {list.hasNextPage && (
        <Button loading={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
          {t('organisations.more')}
        </Button>
      )}
      {making && <NewOrganisation onClose={() => setMaking(false)} />}
    </PeoplePlace>
  )
}

function NewOrganisation({ onClose }: { onClose(): void }) {
  const t = useTexts('people')
  const api = useApi()
  const { slug } = useWorkspace()
  const navigate = useNavigate()
  const queries = useQueryClient()
  const [name, setName] = useState('')
  const create = useMutation(
    api.people.organisations.create.mutationOptions({
      meta: { shownInPlace: true },
      onSuccess: async ({ organisationId }) => {
        await queries.invalidateQueries({ queryKey: api.people.organisations.key() })
        await navigate({ to: '/w/$slug/people/organisations/$organisationId', params: { slug, organisationId } })
      },
    }),
  )
  return (
    <Modal opened onClose={onClose} title={t('organisations.new')} closeButtonProps={{ 'aria-label': t('ui:close') }}>
      <Form
        submit={t('organisations.create')}
        busy={create.isPending}
        error={create.error}
        onSubmit={() => name.trim() && create.mutate({ name: name.trim() })}
      >
        <TextInput
          label={t('organisations.name')}
          value={name}
          maxLength={200}
          required
          data-autofocus
          onChange={(event) => setName(event.currentTarget.value)}
        />
      </Form>
    </Modal>
  )
}
