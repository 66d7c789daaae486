import { Autocomplete, Button, Select, TextInput } from '@mantine/core'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { failureOf, textOfFailure } from '../../platform/failures.ts'
import { useTexts } from '../../platform/i18n.ts'
import { useApi } from '../../platform/session.ts'
import { Form } from '../../ui/form.tsx'
import type { Person } from '../shapes.ts'
import { CONTACT_KINDS, type ContactKind, type ContactPoint } from './shapes.ts'

const VALUE_CHARACTERS_MAX = 320
const SYSTEM_CHARACTERS_MAX = 60

interface ContactFormProps {
  person: Person
  /** What was typed into the search: probably it. */
  begun: string
  onFound(contact: ContactPoint): void
  onClose(): void
}

/** A mail address, phone number, site or customer number. The server says how it is kept, and whether it is one. */
export function ContactForm({ person, begun, onFound, onClose }: ContactFormProps) {
  const t = useTexts('people')
  const api = useApi()
  const [kind, setKind] = useState<ContactKind>(() => likelyKind(begun))
  const [value, setValue] = useState(() => (isLikelyContact(begun) ? begun : ''))
  const [system, setSystem] = useState('')
  const systems = useQuery(api.people.graph.settings.get.queryOptions({ input: {} })).data?.knownSources ?? []
  const look = useMutation(
    api.people.graph.contactPoint.mutationOptions({ meta: { shownInPlace: true }, onSuccess: onFound }),
  )
  const fault = look.error ? failureOf(look.error) : null
  const isOfField = fault?.code === 'contact-invalid'
  const isOfSystem = fault?.code === 'contact-system-invalid'
  const isNumber = kind === 'customer-number'
  return (
    <section aria-label={t('addLink.byHandFor', { person: person.name })}>
      <Form
        submit={t('addLink.next')}
        busy={look.isPending}
        error={isOfField || isOfSystem ? null : look.error}
        beside={<Button onClick={onClose}>{t('addLink.onlyFind')}</Button>}
        onSubmit={() => look.mutate({ kind, value: value.trim(), ...(isNumber ? { scope: system } : {}) })}
      >
        <Select
          label={t('addLink.kind')}
          data={CONTACT_KINDS.map((each) => ({ value: each, label: t(`contactKind.${each}`) }))}
          value={kind}
          onChange={(chosen) => chosen && setKind(chosen as ContactKind)}
          allowDeselect={false}
        />
        <TextInput
          label={t(`contactKind.${kind}`)}
          value={value}
          onChange={(event) => setValue(event.currentTarget.value)}
          error={isOfField && t(`contactFault.${kind}`)}
          maxLength={VALUE_CHARACTERS_MAX}
          autoComplete="off"
          required
        />
        {isNumber && (
          <Autocomplete
            label={t('addLink.system')}
            description={t('addLink.systemWhy')}
            data={systems}
            value={system}
            onChange={setSystem}
            error={isOfSystem && fault && textOfFailure(fault)}
            maxLength={SYSTEM_CHARACTERS_MAX}
            required
          />
        )}
      </Form>
    </section>
  )
}

const isLikelyContact = (text: string) => /[@.\d]/.test(text) && !text.startsWith('@')

function likelyKind(text: string): ContactKind {
  if (/^[^\s@]+@[^\s@]+$/.test(text)) return 'mail'
  if (/^[\d\s()+/.-]{5,}$/.test(text)) return 'phone'
  if (/^(https?:\/\/|www\.)|^[^\s@]+\.[a-z]{2,}(\/|$)/i.test(text)) return 'site'
  return /\d/.test(text) ? 'customer-number' : 'mail'
}
