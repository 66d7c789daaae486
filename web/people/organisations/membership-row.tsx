import { Button, Modal } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { type ReactNode, useState } from 'react'
import { useActorName } from '../../listening/actor-name.ts'
import { useFormats } from '../../platform/formats.ts'
import { useTexts } from '../../platform/i18n.ts'
import { useApi, useMay, useWorkspace } from '../../platform/session.ts'
import { Form } from '../../ui/form.tsx'
import { ReasonField } from '../../ui/reason-field.tsx'
import { Tag } from '../../ui/tag.tsx'
import styles from './organisations.module.css'
import type { Membership } from './shapes.ts'

/** One membership, from the side of the person or of the organisation: since when, in which role, and who says so. */
export function MembershipRow({ membership, shows }: { membership: Membership; shows: 'person' | 'organisation' }) {
  const t = useTexts('people')
  const mayChange = useMay('people.link')
  const actorName = useActorName()
  const formats = useFormats()
  const [withdrawing, setWithdrawing] = useState(false)
  const { role, speaks, method, evidence, saidBy, saidAt, withdrawn } = membership
  const system = typeof evidence.system === 'string' ? evidence.system : ''
  return (
    <li className={styles.row} data-withdrawn={withdrawn ? true : undefined}>
      <span className={styles.name}>
        <Who membership={membership} shows={shows} />
        {role && <span className={styles.role}> {role}</span>}{' '}
        {speaks && <Tag tone="accent">{t('organisations.speaks')}</Tag>}
      </span>
      {mayChange && !withdrawn && (
        <Button size="compact-xs" variant="subtle" onClick={() => setWithdrawing(true)}>
          {t('organisations.takeBack')}
        </Button>
      )}
      <p className={styles.detail}>
        <Period membership={membership} />
        {t(method === 'imported' && system ? 'organisations.toldBy' : `organisations.method.${method}`, {
          who: actorName(saidBy),
          date: formats.date(saidAt),
          system,
        })}
        {withdrawn && ` · ${t('organisations.takenBack', { because: withdrawn.because })}`}
      </p>
      {withdrawing && <Withdraw membership={membership} onClose={() => setWithdrawing(false)} />}
    </li>
  )
}

function Who({ membership: { person, organisation }, shows }: { membership: Membership; shows: string }): ReactNode {
  const t = useTexts('people')
  const { slug } = useWorkspace()
  if (shows === 'organisation') {
    const { organisationId, name } = organisation
    return (
      <Link to="/w/$slug/people/organisations/$organisationId" params={{ slug, organisationId }}>
        {name}
      </Link>
    )
  }
  if (!person) return t('organisations.nobody')
  const { personId, name } = person
  return (
    <Link to="/w/$slug/people/persons/$personId" params={{ slug, personId }}>
      {name}
    </Link>
  )
}

function Period({ membership: { since, until } }: { membership: Membership }): ReactNode {
  const t = useTexts('people')
  const formats = useFormats()
  if (!since && !until) return null
  const day = (written: string | null) => (written ? formats.date(new Date(`${written}T12:00:00Z`)) : '')
  const how = since && until ? 'both' : since ? 'since' : 'until'
  return <>{t(`organisations.period.${how}`, { since: day(since), until: day(until) })} · </>
}

function Withdraw({ membership, onClose }: { membership: Membership; onClose(): void }) {
  const t = useTexts('people')
  const api = useApi()
  const queries = useQueryClient()
  const [reason, setReason] = useState('')
  const withdraw = useMutation(
    api.people.organisations.withdrawMember.mutationOptions({
      meta: { shownInPlace: true },
      onSuccess: async () => {
        onClose()
        await queries.invalidateQueries({ queryKey: api.people.organisations.key() })
      },
    }),
  )
  const { membershipId, organisation, person } = membership
  return (
    <Modal
      opened
      onClose={onClose}
      title={t('organisations.takeBackTitle')}
      closeButtonProps={{ 'aria-label': t('ui:close') }}
    >
      <Form
        submit={t('organisations.takeBack')}
        busy={withdraw.isPending}
        error={withdraw.error}
        onSubmit={() => reason.trim() && withdraw.mutate({ membershipId, reason: reason.trim() })}
      >
        <p>{t('organisations.takeBackHow', { person: person?.name ?? '', organisation: organisation.name })}</p>
        <ReasonField label={t('organisations.reason')} value={reason} onChange={setReason} />
      </Form>
    </Modal>
  )
}
