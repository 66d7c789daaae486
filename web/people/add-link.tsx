import { Button, Modal, Radio, Textarea, TextInput } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { AuthorAvatar, AuthorLine } from '../listening/author-line.tsx'
import { useTexts } from '../platform/i18n.ts'
import { useApi } from '../platform/session.ts'
import { showDone } from '../platform/undo.tsx'
import { Form } from '../ui/form.tsx'
import { QueryError } from '../ui/query-error.tsx'
import { BasisChoice } from './begin-person.tsx'
import styles from './people.module.css'
import { type LegalBasis, type LinkMethod, type ListedAccount, type Person, STATED_METHODS } from './shapes.ts'

const TYPING_PAUSE_MS = 250
const FOUND_MAX = 8

/** An account is looked for, and then somebody states why it is theirs. Nothing is proposed from likeness. */
export function AddLink({ person, onClose }: { person: Person; onClose(): void }) {
  const t = useTexts('people')
  const [author, setAuthor] = useState<ListedAccount | null>(null)
  return (
    <Modal
      opened
      onClose={onClose}
      title={t('addLink.title', { person: person.name })}
      closeButtonProps={{ 'aria-label': t('ui:close') }}
    >
      {author ? (
        <StateLink person={person} author={author} onClose={onClose} onBack={() => setAuthor(null)} />
      ) : (
        <ChooseAuthor person={person} onChoose={setAuthor} />
      )}
    </Modal>
  )
}

function ChooseAuthor({ person, onChoose }: { person: Person; onChoose(author: ListedAccount): void }) {
  const t = useTexts('people')
  const [typed, setTyped] = useState('')
  const [search] = useDebouncedValue(typed.trim(), TYPING_PAUSE_MS)
  const { data, error, refetch } = useQuery({
    ...useApi().people.authors.list.queryOptions({ input: { search, limit: FOUND_MAX } }),
    enabled: search !== '',
  })
  const found = search === '' ? [] : (data?.items ?? [])
  const stateOf = (author: ListedAccount) => {
    if (author.person?.personId === person.personId) return t('addLink.linkedHere')
    return author.person ? t('addLink.linkedElsewhere', { person: author.person.name }) : null
  }
  return (
    <>
      <TextInput
        label={t('search.authors')}
        description={t('addLink.searchWhy')}
        value={typed}
        onChange={(event) => setTyped(event.currentTarget.value)}
        autoComplete="off"
        data-autofocus
      />
      {error && <QueryError error={error} onRetry={() => void refetch()} />}
      <ul className={styles.candidates}>
        {found.map((author) => {
          const state = stateOf(author)
          return (
            <li key={author.authorId} className={styles.candidate}>
              <AuthorAvatar author={author} size={24} />
              <AuthorLine author={author} />
              {state ? (
                <span className={styles.quiet}>{state}</span>
              ) : (
                !author.own && (
                  <Button size="compact-xs" onClick={() => onChoose(author)}>
                    {t('addLink.choose')}
                  </Button>
                )
              )}
            </li>
          )
        })}
      </ul>
      {search !== '' && data && found.length === 0 && <p className={styles.quiet}>{t('nobodyFound.title')}</p>}
    </>
  )
}

interface StateLinkProps {
  person: Person
  author: ListedAccount
  onClose(): void
  onBack(): void
}

function StateLink({ person, author, onClose, onBack }: StateLinkProps) {
  const t = useTexts('people')
  const api = useApi()
  const queries = useQueryClient()
  const [method, setMethod] = useState<LinkMethod>('customer-told')
  const [evidence, setEvidence] = useState('')
  const [legalBasis, setLegalBasis] = useState<LegalBasis>('legitimate-interest')
  const link = useMutation(
    api.people.persons.link.mutationOptions({
      meta: { shownInPlace: true },
      onSuccess: async () => {
        showDone(t('addLink.done'))
        onClose()
        await Promise.all(
          [api.people.key(), api.listening.timelines.key()].map((queryKey) => queries.invalidateQueries({ queryKey })),
        )
      },
    }),
  )
  const { personId } = person
  const { authorId } = author
  return (
    <Form
      submit={t('addLink.action')}
      busy={link.isPending}
      error={link.error}
      beside={<Button onClick={onBack}>{t('addLink.other')}</Button>}
      onSubmit={() => link.mutate({ personId, authorId, method, evidence: evidence.trim(), legalBasis })}
    >
      <AuthorLine author={author} />
      <Radio.Group label={t('links.how')} value={method} onChange={(chosen) => setMethod(chosen as LinkMethod)}>
        <div className={styles.radios}>
          {STATED_METHODS.map((each) => (
            <Radio key={each} value={each} label={t(`method.${each}`)} />
          ))}
        </div>
      </Radio.Group>
      <Textarea
        label={t('links.evidence')}
        description={t('addLink.evidenceWhy')}
        value={evidence}
        onChange={(event) => setEvidence(event.currentTarget.value)}
        maxLength={500}
        required
        autosize
        minRows={2}
      />
      <BasisChoice value={legalBasis} onChange={setLegalBasis} />
    </Form>
  )
}
