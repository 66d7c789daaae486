import { Button, TextInput } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { AuthorAvatar, AuthorLine, useAuthorName } from '../../listening/author-line.tsx'
import { useTexts } from '../../platform/i18n.ts'
import { useApi } from '../../platform/session.ts'
import { QueryError } from '../../ui/query-error.tsx'
import { useFoundBecause } from '../found-persons.tsx'
import styles from '../people.module.css'
import type { FoundPerson, ListedAccount, Person } from '../shapes.ts'
import { ContactForm } from './contact-form.tsx'
import type { Chosen } from './shapes.ts'

const TYPING_PAUSE_MS = 250
const FOUND_MAX = 8

interface ChooseIdentityProps {
  person: Person
  onChoose(chosen: Chosen): void
}

/** Whatever somebody has at hand finds accounts and persons; contact data that nobody has yet is typed below. */
export function ChooseIdentity({ person, onChoose }: ChooseIdentityProps) {
  const t = useTexts('people')
  const [typed, setTyped] = useState('')
  const [byHand, setByHand] = useState(false)
  const [text] = useDebouncedValue(typed.trim(), TYPING_PAUSE_MS)
  const { persons, accounts, error, retry, loaded } = useFound(text)
  const others = persons.filter(({ personId }) => personId !== person.personId)
  const isNobody = text !== '' && loaded && others.length + accounts.length === 0
  return (
    <>
      <TextInput
        label={t('addLink.find')}
        description={t('graph.chooseWhy')}
        value={typed}
        onChange={(event) => setTyped(event.currentTarget.value)}
        autoComplete="off"
        maxLength={100}
        data-autofocus
      />
      {error && <QueryError error={error} onRetry={retry} />}
      <ul className={styles.candidates} aria-label={t('addLink.found')}>
        {accounts.map((author) => (
          <FoundAccount key={author.authorId} author={author} person={person} onChoose={onChoose} />
        ))}
        {others.map((other) => (
          <FoundOther key={other.personId} other={other} onChoose={onChoose} />
        ))}
      </ul>
      {isNobody && <p className={styles.quiet}>{t('nobodyFound.title')}</p>}
      {byHand ? (
        <ContactForm
          person={person}
          begun={text}
          onFound={(contact) => onChoose({ contact })}
          onClose={() => setByHand(false)}
        />
      ) : (
        <Button mt={12} onClick={() => setByHand(true)}>
          {t('addLink.byHand')}
        </Button>
      )}
    </>
  )
}

/** Persons by anything they are known by, and accounts also by the beginning of a name, whoever they belong to. */
function useFound(text: string) {
  const api = useApi()
  const asked = { enabled: text !== '', placeholderData: keepPreviousData }
  const found = useQuery({ ...api.people.search.queryOptions({ input: { text, limit: FOUND_MAX } }), ...asked })
  const listed = useQuery({
    ...api.people.authors.list.queryOptions({ input: { search: text, limit: FOUND_MAX } }),
    ...asked,
  })
  const nobodys = found.data?.accounts ?? []
  const known = new Set(nobodys.map(({ authorId }) => authorId))
  const accounts = [...nobodys, ...(listed.data?.items ?? []).filter(({ authorId }) => !known.has(authorId))]
  const shown = text === '' ? [] : accounts.filter(({ own }) => !own)
  const named = new Set(shown.flatMap(({ person }) => person?.personId ?? []))
  return {
    accounts: shown,
    // Whose account stands there already need not be chosen from.
    persons: text === '' ? [] : (found.data?.persons ?? []).filter(({ personId }) => !named.has(personId)),
    error: found.error ?? listed.error,
    retry: () => void Promise.all([found.refetch(), listed.refetch()]),
    loaded: found.data !== undefined && listed.data !== undefined,
  }
}

function FoundAccount({
  author,
  person,
  onChoose,
}: {
  author: ListedAccount
  person: Person
  onChoose(chosen: Chosen): void
}) {
  const t = useTexts('people')
  const account = useAuthorName()(author)
  const isTheirs = author.person?.personId === person.personId
  return (
    <li className={styles.candidate}>
      <AuthorAvatar author={author} size={24} />
      <div className={styles.candidateBody}>
        <AuthorLine author={author} />
        {author.person && !isTheirs && (
          <span className={styles.quiet}>{t('addLink.linkedElsewhere', { person: author.person.name })}</span>
        )}
      </div>
      {isTheirs ? (
        <span className={styles.quiet}>{t('addLink.linkedHere')}</span>
      ) : (
        <Button
          size="compact-xs"
          aria-label={t('addLink.chooseAccount', { account })}
          onClick={() => onChoose({ account: author, holder: author.person })}
        >
          {t('addLink.choose')}
        </Button>
      )}
    </li>
  )
}

function FoundOther({ other, onChoose }: { other: FoundPerson; onChoose(chosen: Chosen): void }) {
  const t = useTexts('people')
  const because = useFoundBecause()(other)
  return (
    <li className={styles.candidate}>
      <div className={styles.candidateBody}>
        <span className={styles.name}>{other.name}</span>
        {because && <span className={styles.quiet}>{because}</span>}
      </div>
      <Button
        size="compact-xs"
        aria-label={t('graph.chooseThem', { person: other.name })}
        onClick={() => onChoose({ somebody: other })}
      >
        {t('addLink.choose')}
      </Button>
    </li>
  )
}
