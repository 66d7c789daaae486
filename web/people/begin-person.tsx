import { Modal, Select, TextInput } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { useTexts } from '../platform/i18n.ts'
import { useApi, useWorkspace } from '../platform/session.ts'
import { Form } from '../ui/form.tsx'
import { ReasonField } from '../ui/reason-field.tsx'
import { type Account, LEGAL_BASES, type LegalBasis } from './shapes.ts'

interface BeginPersonProps {
  author: Pick<Account, 'authorId'>
  /** What the account is called: a first name for the person. */
  name: string
  onClose(): void
  /** Absent: the person's page opens. */
  onBegun?: (personId: string) => void
}

/** Knowing somebody needs a reason; it is written down with who gave it. */
export function BeginPerson({ author, name: called, onClose, onBegun }: BeginPersonProps) {
  const t = useTexts('people')
  const api = useApi()
  const queries = useQueryClient()
  const { slug } = useWorkspace()
  const navigate = useNavigate()
  const [name, setName] = useState(called)
  const [reason, setReason] = useState('')
  const [legalBasis, setLegalBasis] = useState<LegalBasis>('legitimate-interest')
  const begin = useMutation(
    api.people.persons.begin.mutationOptions({
      meta: { shownInPlace: true },
      onSuccess: async ({ personId }) => {
        await queries.invalidateQueries({ queryKey: api.people.key() })
        if (onBegun) onBegun(personId)
        else await navigate({ to: '/w/$slug/people/persons/$personId', params: { slug, personId } })
      },
    }),
  )
  const { authorId } = author
  return (
    <Modal opened onClose={onClose} title={t('begin.title')} closeButtonProps={{ 'aria-label': t('ui:close') }}>
      <p>{t('begin.what')}</p>
      <Form
        submit={t('begin.action')}
        busy={begin.isPending}
        error={begin.error}
        onSubmit={() => begin.mutate({ authorId, name: name.trim() || called, reason: reason.trim(), legalBasis })}
      >
        <TextInput
          label={t('name')}
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
          maxLength={200}
          required
        />
        <ReasonField label={t('begin.reason')} description={t('begin.reasonWhy')} value={reason} onChange={setReason} />
        <BasisChoice value={legalBasis} onChange={setLegalBasis} />
      </Form>
    </Modal>
  )
}

export function BasisChoice({ value, onChange }: { value: LegalBasis; onChange(basis: LegalBasis): void }) {
  const t = useTexts('people')
  return (
    <Select
      label={t('links.basis')}
      data={LEGAL_BASES.map((basis) => ({ value: basis, label: t(`basis.${basis}`) }))}
      value={value}
      onChange={(basis) => basis && onChange(basis as LegalBasis)}
      allowDeselect={false}
    />
  )
}
