import { Button, TextInput } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { AuthorLine } from '../../listening/author-line.tsx'
import { useTexts } from '../../platform/i18n.ts'
import { useApi } from '../../platform/session.ts'
import { QueryError } from '../../ui/query-error.tsx'
import { useFoundBecause } from '../found-persons.tsx'
import type { FoundPerson } from '../shapes.ts'
import styles from './graph.module.css'

const TYPING_PAUSE_MS = 250
const FOUND_MAX = 8
const ACCOUNTS_SHOWN = 3

interface ChoosePersonProps {
  /** Who cannot be chosen, because it starts from them. */
  except: string
  label: string
  onChoose(person: FoundPerson): void
}

/** By anything they are known by. Nobody is proposed: that is what suggestions are for. */
export function ChoosePerson({ except, label, onChoose }: ChoosePersonProps) {
  const t = useTexts('people')
  const because = useFoundBecause()
  const [typed, setTyped] = useState('')
  const [text] = useDebouncedValue(typed.trim(), TYPING_PAUSE_MS)
  const { data, error, refetch } = useQuery({
    ...useApi().people.search.queryOptions({ input: { text, limit: FOUND_MAX } }),
    enabled: text !== '',
    placeholderData: keepPreviousData,
  })
  const found = text === '' ? [] : (data?.persons ?? []).filter(({ personId }) => personId !== except)
  return (
    <>
      <TextInput
        label={label}
        description={t('graph.chooseWhy')}
        value={typed}
        onChange={(event) => setTyped(event.currentTarget.value)}
        autoComplete="off"
        data-autofocus
      />
      {error && <QueryError error={error} onRetry={() => void refetch()} />}
      <ul className={styles.found}>
        {found.map((person) => (
          <li key={person.personId} className={styles.foundPerson}>
            <div className={styles.foundBody}>
              <span className={styles.name}>{person.name}</span>
              {because(person) && <span className={styles.quiet}>{because(person)}</span>}
              {person.authors.slice(0, ACCOUNTS_SHOWN).map((author) => (
                <AuthorLine key={author.authorId} author={author} />
              ))}
            </div>
            <Button
              size="compact-sm"
              aria-label={t('graph.chooseThem', { person: person.name })}
              onClick={() => onChoose(person)}
            >
              {t('addLink.choose')}
            </Button>
          </li>
        ))}
      </ul>
      {text !== '' && data && found.length === 0 && <p className={styles.quiet}>{t('nobodyFound.title')}</p>}
    </>
  )
}
