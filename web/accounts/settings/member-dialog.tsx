import { Modal, MultiSelect, NumberInput, TagsInput } from '@mantine/core'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useFormSaved } from '../../platform/form-saved.ts'
import { useFormats } from '../../platform/formats.ts'
import { useTexts } from '../../platform/i18n.ts'
import { useApi, useWorkspace } from '../../platform/session.ts'
import { Form } from '../../ui/form.tsx'
import { QueryError } from '../../ui/query-error.tsx'
import { TextSkeleton } from '../../ui/skeletons.tsx'
import { languageChoices } from '../choices.ts'
import styles from './settings.module.css'
import { SourceRoles } from './source-roles.tsx'

interface Member {
  memberId: string
  name: string
  role: string | null
}
interface Staffing {
  languages: string[]
  products: string[]
  capacity: number | null
  version: string
}

/** What somebody can take, and what they may do with single sources. */
export function MemberDialog({ member, onClose }: { member: Member; onClose: () => void }) {
  const t = useTexts('accounts')
  const { memberId: myId } = useWorkspace()
  const staffing = useQuery(
    useApi().accounts.staffing.get.queryOptions({ input: { memberId: member.memberId }, staleTime: 0 }),
  )
  return (
    <Modal opened onClose={onClose} size="lg" title={member.name} closeButtonProps={{ 'aria-label': t('ui:close') }}>
      <div className={styles.stack}>
        {staffing.error && <QueryError error={staffing.error} onRetry={() => void staffing.refetch()} />}
        {staffing.data ? <StaffingForm member={member} staffing={staffing.data} /> : <TextSkeleton lines={4} />}
        <h3 className={styles.strong}>{t('sourceRoles.title')}</h3>
        {member.role === 'owner' ? (
          <p className={styles.note}>{t('sourceRoles.owner')}</p>
        ) : member.memberId === myId ? (
          <p className={styles.note}>{t('sourceRoles.yourself')}</p>
        ) : (
          <SourceRoles memberId={member.memberId} />
        )}
      </div>
    </Modal>
  )
}

function StaffingForm({ member, staffing }: { member: Member; staffing: Staffing }) {
  const t = useTexts('accounts')
  const api = useApi()
  const formats = useFormats()
  const [languages, setLanguages] = useState(staffing.languages)
  const [products, setProducts] = useState(staffing.products)
  const [capacity, setCapacity] = useState<number | ''>(staffing.capacity ?? '')
  // Of what stands in the form: what is read anew meanwhile does not.
  const [against, setAgainst] = useState(staffing.version)
  const save = useMutation(
    api.accounts.staffing.update.mutationOptions(useFormSaved(api.accounts.staffing.key(), t('saved'))),
  )
  return (
    <Form
      submit={t('save')}
      busy={save.isPending}
      error={save.error}
      onSubmit={() =>
        save.mutate(
          { memberId: member.memberId, languages, products, capacity: capacity === '' ? null : capacity, against },
          { onSuccess: ({ version }) => setAgainst(version) },
        )
      }
    >
      <MultiSelect
        label={t('staffing.languages')}
        description={t('staffing.languagesWhy')}
        data={languageChoices(formats, languages)}
        value={languages}
        onChange={setLanguages}
        searchable
        data-autofocus
      />
      <TagsInput
        label={t('staffing.products')}
        description={t('staffing.productsWhy')}
        value={products}
        onChange={setProducts}
        maxTags={50}
      />
      <NumberInput
        label={t('staffing.capacity')}
        description={t('staffing.capacityWhy')}
        value={capacity}
        onChange={(value) => setCapacity(typeof value === 'number' ? value : '')}
        min={0}
        max={1000}
        allowDecimal={false}
        w={160}
      />
    </Form>
  )
}
