import { Button, Modal, Select, TextInput } from '@mantine/core'
import { useMutation, useQuery, useQueryClient, useSuspenseQuery } from '@tanstack/react-query'
import { useNavigate, useParams } from '@tanstack/react-router'
import { useState } from 'react'
import { useFormats } from '../../platform/formats.ts'
import { useTexts } from '../../platform/i18n.ts'
import { useApi, useMay, useWorkspace } from '../../platform/session.ts'
import { Form } from '../../ui/form.tsx'
import { Place } from '../../ui/place.tsx'
import { ReasonField } from '../../ui/reason-field.tsx'
import { OrganisationPurchases } from '../purchases/purchases.tsx'
import { Accounts } from './accounts.tsx'
import { Members } from './members.tsx'
import { MembersConversations } from './members-conversations.tsx'
import styles from './organisations.module.css'
import type { Organisation } from './shapes.ts'

/** An organisation: its people and who says so, its own accounts, what it bought, and what it was joined with. */
export function OrganisationScreen() {
  const t = useTexts('people')
  const { slug } = useWorkspace()
  const navigate = useNavigate()
  const mayChange = useMay('people.link')
  const { organisationId } = useParams({ from: '/w/$slug/people/organisations/$organisationId' })
  const { data } = useSuspenseQuery(useApi().people.organisations.get.queryOptions({ input: { organisationId } }))
  const [merging, setMerging] = useState(false)
  return (
    <Place
      title={data.name}
      onBack={() => void navigate({ to: '/w/$slug/people/organisations', params: { slug }, search: {} })}
      action={mayChange && <Button onClick={() => setMerging(true)}>{t('organisations.merge')}</Button>}
    >
      <div className={styles.page}>
        {data.note && <p className={styles.note}>{data.note}</p>}
        <Members organisation={data} mayChange={mayChange} />
        <MembersConversations organisation={data} />
        <Accounts organisation={data} mayChange={mayChange} />
        <OrganisationPurchases organisationId={data.organisationId} />
        <Keys organisation={data} mayChange={mayChange} />
        <Merges organisation={data} mayChange={mayChange} />
      </div>
      {merging && <MergeDialog organisation={data} onClose={() => setMerging(false)} />}
    </Place>
  )
}

const KEY_KINDS = ['domain', 'customer-number'] as const

/** Domains by which people are proposed, and numbers by which its orders are found. */
function Keys({ organisation, mayChange }: { organisation: Organisation; mayChange: boolean }) {
  const t = useTexts('people')
  const api = useApi()
  const queries = useQueryClient()
  const [kind, setKind] = useState<(typeof KEY_KINDS)[number]>('domain')
  const [scope, setScope] = useState('')
  const [value, setValue] = useState('')
  const { organisationId, keys } = organisation
  const done = {
    meta: { shownInPlace: true },
    onSuccess: () => {
      setValue('')
      return queries.invalidateQueries({ queryKey: api.people.organisations.key() })
    },
  }
  const add = useMutation(api.people.organisations.addKey.mutationOptions(done))
  const remove = useMutation(api.people.organisations.removeKey.mutationOptions(done))
  return (
    <section aria-label={t('organisations.keys')}>
      <h2>{t('organisations.keys')}</h2>
      <p className={styles.detail}>{t('organisations.keysHow')}</p>
      <ul className={styles.list}>
        {keys.map((key) => (
          <li key={`${key.kind} ${key.scope} ${key.value}`} className={styles.row}>
            <span>
              {key.value} <span className={styles.detail}>{key.scope || t(`organisations.keyKind.${key.kind}`)}</span>
            </span>
            {mayChange && (
              <Button
                size="compact-xs"
                variant="subtle"
                disabled={remove.isPending}
                onClick={() => remove.mutate({ organisationId, ...key })}
              >
                {t('organisations.remove')}
              </Button>
            )}
          </li>
        ))}
      </ul>
      {mayChange && (
        <Form
          submit={t('organisations.add')}
          busy={add.isPending}
          error={add.error}
          onSubmit={() => value.trim() && add.mutate({ organisationId, kind, scope, value: value.trim() })}
        >
          <div className={styles.keyFields}>
            <Select
              label={t('organisations.keyWhat')}
              data={KEY_KINDS.map((each) => ({ value: each, label: t(`organisations.keyKind.${each}`) }))}
              value={kind}
              allowDeselect={false}
              onChange={(chosen) => setKind((chosen as typeof kind) ?? 'domain')}
            />
            {kind === 'customer-number' && (
              <TextInput
                label={t('organisations.keyScope')}
                value={scope}
                maxLength={60}
                required
                onChange={(event) => setScope(event.currentTarget.value)}
              />
            )}
            <TextInput
              label={t(`organisations.keyKind.${kind}`)}
              value={value}
              maxLength={253}
              onChange={(event) => setValue(event.currentTarget.value)}
            />
          </div>
        </Form>
      )}
    </section>
  )
}

function Merges({ organisation: { merges }, mayChange }: { organisation: Organisation; mayChange: boolean }) {
  const t = useTexts('people')
  const formats = useFormats()
  const [undoing, setUndoing] = useState<string | null>(null)
  if (merges.length === 0) return null
  return (
    <section aria-label={t('organisations.merges')}>
      <h2>{t('organisations.merges')}</h2>
      <ul className={styles.list}>
        {merges.map(({ mergeId, one, other, reason, mergedAt }) => (
          <li key={mergeId} className={styles.row}>
            <span className={styles.name}>{t('organisations.sameAs', { one: one.name, other: other.name })}</span>
            {mayChange && (
              <Button size="compact-xs" variant="subtle" onClick={() => setUndoing(mergeId)}>
                {t('organisations.part')}
              </Button>
            )}
            <p className={styles.detail}>
              {formats.date(mergedAt)} · {reason}
            </p>
          </li>
        ))}
      </ul>
      {undoing && <PartDialog mergeId={undoing} onClose={() => setUndoing(null)} />}
    </section>
  )
}

function PartDialog({ mergeId, onClose }: { mergeId: string; onClose(): void }) {
  const t = useTexts('people')
  const api = useApi()
  const queries = useQueryClient()
  const [reason, setReason] = useState('')
  const part = useMutation(
    api.people.organisations.undoMerge.mutationOptions({
      meta: { shownInPlace: true },
      onSuccess: async () => {
        onClose()
        await queries.invalidateQueries({ queryKey: api.people.organisations.key() })
      },
    }),
  )
  return (
    <Modal
      opened
      onClose={onClose}
      title={t('organisations.partTitle')}
      closeButtonProps={{ 'aria-label': t('ui:close') }}
    >
      <Form
        submit={t('organisations.part')}
        busy={part.isPending}
        error={part.error}
        onSubmit={() => reason.trim() && part.mutate({ mergeId, reason: reason.trim() })}
      >
        <p>{t('organisations.partHow')}</p>
        <ReasonField label={t('organisations.reason')} value={reason} onChange={setReason} />
      </Form>
    </Modal>
  )
}

const FOUND_MAX = 20

function MergeDialog({ organisation, onClose }: { organisation: Organisation; onClose(): void }) {
  const t = useTexts('people')
  const api = useApi()
  const { slug } = useWorkspace()
  const navigate = useNavigate()
  const queries = useQueryClient()
  const [search, setSearch] = useState('')
  const [other, setOther] = useState<string | null>(null)
  const [reason, setReason] = useState('')
  const found = useQuery(
    api.people.organisations.list.queryOptions({ input: { ...(search ? { search } : {}), limit: FOUND_MAX } }),
  ).data?.items
  const merge = useMutation(
    api.people.organisations.merge.mutationOptions({
      meta: { shownInPlace: true },
      onSuccess: async ({ organisationId }) => {
        onClose()
        await queries.invalidateQueries({ queryKey: api.people.organisations.key() })
        await navigate({ to: '/w/$slug/people/organisations/$organisationId', params: { slug, organisationId } })
      },
    }),
  )
  return (
    <Modal
      opened
      onClose={onClose}
      title={t('organisations.mergeTitle', { name: organisation.name })}
      closeButtonProps={{ 'aria-label': t('ui:close') }}
    >
      <Form
        submit={t('organisations.merge')}
        busy={merge.isPending}
        error={merge.error}
        onSubmit={() =>
          other &&
          reason.trim() &&
          merge.mutate({ organisationId: organisation.organisationId, sameAs: other, reason: reason.trim() })
        }
      >
        <Select
          label={t('organisations.other')}
          searchable
          required
          data={(found ?? [])
            .filter(({ organisationId }) => organisationId !== organisation.organisationId)
            .map(({ organisationId, name }) => ({ value: organisationId, label: name }))}
          value={other}
          onSearchChange={setSearch}
          onChange={setOther}
          nothingFoundMessage={t('organisations.notFound')}
        />
        <ReasonField
          label={t('organisations.reason')}
          description={t('organisations.mergeHow')}
          value={reason}
          onChange={setReason}
        />
      </Form>
    </Modal>
  )
}
