import { Button, Checkbox } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { AuthorLine } from '../../listening/author-line.tsx'
import { useFormats } from '../../platform/formats.ts'
import { useTexts } from '../../platform/i18n.ts'
import { useApi } from '../../platform/session.ts'
import { Form } from '../../ui/form.tsx'
import { DialogStep } from '../graph/graph-dialog.tsx'
import { GroundsFields, type StatedGrounds } from '../graph/grounds-fields.tsx'
import { ActPreview } from '../graph/preview-view.tsx'
import { useGraphDone } from '../graph/use-graph-done.ts'
import styles from '../people.module.css'
import type { Link, Person } from '../shapes.ts'
import type { ContactPoint } from './shapes.ts'

const TOLD: StatedGrounds = { method: 'customer-told', evidence: '', legalBasis: 'legitimate-interest' }

interface StateLinkProps {
  person: Person
  target: { account: Link['author'] } | { contact: ContactPoint }
  /** What the choice begins with: several have it already. */
  shared: boolean
  onClose(): void
  onBack(): void
}

/** What comes of it, and why it is theirs. Contact data may be shared: then it says nothing about who somebody is. */
export function StateLink({ person, target, shared: begun, onClose, onBack }: StateLinkProps) {
  const t = useTexts('people')
  const formats = useFormats()
  const api = useApi()
  const done = useGraphDone()
  const [grounds, setGrounds] = useState(TOLD)
  const [shared, setShared] = useState(begun)
  const { personId } = person
  const stated = {
    meta: { shownInPlace: true },
    onSuccess: async ({ operationId }: { operationId: string }) => {
      onClose()
      await done(t('addLink.done'), operationId)
    },
  }
  const account = useMutation(api.people.persons.link.mutationOptions(stated))
  const contact = useMutation(api.people.graph.linkContactPoint.mutationOptions(stated))
  const { isPending, error } = 'account' in target ? account : contact
  const submit = () => {
    const { method, legalBasis } = grounds
    const told = { personId, method, legalBasis, evidence: grounds.evidence.trim() }
    if ('account' in target) account.mutate({ ...told, authorId: target.account.authorId })
    else contact.mutate({ ...told, contact: contactOf(target.contact), shared })
  }
  const sharedBy = 'contact' in target ? target.contact.sharedBy : []
  return (
    <DialogStep>
      <p className={styles.chosen}>
        {'account' in target ? <AuthorLine author={target.account} /> : <ContactLine contact={target.contact} />}
      </p>
      {sharedBy.length > 0 && (
        <p className={styles.quiet}>
          {t('addLink.sharedBy', { persons: formats.list(sharedBy.map(({ name }) => name)) })}
        </p>
      )}
      <ActPreview
        act={
          'account' in target
            ? { kind: 'link', personId, authorId: target.account.authorId }
            : { kind: 'contact', personId, contact: contactOf(target.contact), shared }
        }
      />
      <Form
        submit={t('addLink.submit')}
        busy={isPending}
        error={error}
        beside={<Button onClick={onBack}>{t('addLink.other')}</Button>}
        onSubmit={submit}
      >
        {'contact' in target && target.contact.kind !== 'customer-number' && (
          <Checkbox
            label={t('addLink.shared')}
            description={t('addLink.sharedWhy')}
            checked={shared}
            onChange={(event) => setShared(event.currentTarget.checked)}
          />
        )}
        <GroundsFields label={t('addLink.why')} value={grounds} onChange={setGrounds} />
      </Form>
    </DialogStep>
  )
}

export const contactOf = ({ kind, scope, value }: ContactPoint) => ({ kind, ...(scope ? { scope } : {}), value })

function ContactLine({ contact: { kind, scope, value } }: { contact: ContactPoint }) {
  const t = useTexts('people')
  return (
    <>
      <span className={styles.quiet}>{scope || t(`contactKind.${kind}`)}</span>{' '}
      <bdi className={styles.name}>{value}</bdi>
    </>
  )
}
