import { Button, Modal, TextInput } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { AuthorLine, useAuthorName } from '../../listening/author-line.tsx'
import { useTexts } from '../../platform/i18n.ts'
import { useApi, useWorkspace } from '../../platform/session.ts'
import { Form } from '../../ui/form.tsx'
import { QueryError } from '../../ui/query-error.tsx'
import { ReasonField } from '../../ui/reason-field.tsx'
import styles from './organisations.module.css'
import type { Organisation } from './shapes.ts'

const TYPING_PAUSE_MS = 250
const FOUND_MAX = 8

type Claimed = Organisation['accounts'][number]

interface AccountsProps {
  organisation: Organisation
  mayChange: boolean
}

/** Accounts that speak as the organisation, and the way to say it of one. */
export function Accounts({ organisation, mayChange }: AccountsProps) {
  const t = useTexts('people')
  const [isClaiming, setClaiming] = useState(false)
  const [withdrawing, setWithdrawing] = useState<Claimed | null>(null)
  const { accounts } = organisation
  return (
    <section aria-label={t('organisations.accounts')}>
      <div className={styles.heading}>
        <h2>{t('organisations.accounts')}</h2>
        {mayChange && (
          <Button size="compact-sm" onClick={() => setClaiming(true)}>
            {t('organisations.claim')}
          </Button>
        )}
      </div>
      {accounts.length === 0 && <p className={styles.detail}>{t('organisations.noAccounts')}</p>}
      <ul className={styles.list}>
        {accounts.map((account) => (
          <li key={account.claimId} className={styles.row}>
            <AccountLink author={account.author} />
            {mayChange && (
              <Button size="compact-xs" variant="subtle" onClick={() => setWithdrawing(account)}>
                {t('organisations.notTheirs')}
              </Button>
            )}
            <p className={styles.detail}>{account.reason}</p>
          </li>
        ))}
      </ul>
      {isClaiming && <ClaimDialog organisation={organisation} onClose={() => setClaiming(false)} />}
      {withdrawing && <WithdrawDialog account={withdrawing} onClose={() => setWithdrawing(null)} />}
    </section>
  )
}

function AccountLink({ author }: Pick<Claimed, 'author'>) {
  const { slug } = useWorkspace()
  return (
    <AuthorLine
      author={author}
      link={(name) => (
        <Link to="/w/$slug/people/authors/$authorId" params={{ slug, authorId: author.authorId }}>
          {name}
        </Link>
      )}
    />
  )
}

function ClaimDialog({ organisation, onClose }: { organisation: Organisation; onClose(): void }) {
  const t = useTexts('people')
  const [author, setAuthor] = useState<Claimed['author'] | null>(null)
  return (
    <Modal
      opened
      onClose={onClose}
      title={t('organisations.claimTitle', { name: organisation.name })}
      closeButtonProps={{ 'aria-label': t('ui:close') }}
    >
      {author ? (
        <StateClaim
          organisationId={organisation.organisationId}
          author={author}
          onClose={onClose}
          onBack={() => setAuthor(null)}
        />
      ) : (
        <ChooseAccount onChoose={setAuthor} />
      )}
    </Modal>
  )
}

/** Only accounts that are nobody's: what belongs to a person is cut off there first. */
function ChooseAccount({ onChoose }: { onChoose(author: Claimed['author']): void }) {
  const t = useTexts('people')
  const nameOf = useAuthorName()
  const [typed, setTyped] = useState('')
  const [search] = useDebouncedValue(typed.trim(), TYPING_PAUSE_MS)
  const { data, error, refetch } = useQuery({
    ...useApi().people.authors.list.queryOptions({ input: { search, limit: FOUND_MAX } }),
    enabled: search !== '',
    placeholderData: keepPreviousData,
  })
  const found = search === '' ? [] : (data?.items ?? []).filter(({ person, own }) => !person && !own)
  return (
    <>
      <TextInput
        label={t('organisations.claimFind')}
        description={t('organisations.claimHow')}
        value={typed}
        autoComplete="off"
        data-autofocus
        onChange={(event) => setTyped(event.currentTarget.value)}
      />
      {error && <QueryError error={error} onRetry={() => void refetch()} />}
      <ul className={styles.list}>
        {found.map((author) => (
          <li key={author.authorId} className={styles.row}>
            <AuthorLine author={author} />
            <Button
              size="compact-sm"
              aria-label={t('organisations.claimChoose', { account: nameOf(author) })}
              onClick={() => onChoose(author)}
            >
              {t('addLink.choose')}
            </Button>
          </li>
        ))}
      </ul>
      {search !== '' && data && found.length === 0 && (
        <p className={styles.detail}>{t('organisations.noAccountFound')}</p>
      )}
    </>
  )
}

interface StateClaimProps {
  organisationId: string
  author: Claimed['author']
  onClose(): void
  onBack(): void
}

function StateClaim({ organisationId, author, onClose, onBack }: StateClaimProps) {
  const t = useTexts('people')
  const [reason, setReason] = useState('')
  const claim = useMutation(useApi().people.organisations.claimAccount.mutationOptions(useDone(onClose)))
  return (
    <Form
      submit={t('organisations.claimIt')}
      busy={claim.isPending}
      error={claim.error}
      beside={<Button onClick={onBack}>{t('organisations.otherAccount')}</Button>}
      onSubmit={() =>
        reason.trim() && claim.mutate({ organisationId, authorId: author.authorId, reason: reason.trim() })
      }
    >
      <AuthorLine author={author} />
      <ReasonField label={t('organisations.claimWhy')} value={reason} onChange={setReason} />
    </Form>
  )
}

function WithdrawDialog({ account, onClose }: { account: Claimed; onClose(): void }) {
  const t = useTexts('people')
  const [reason, setReason] = useState('')
  const withdraw = useMutation(useApi().people.organisations.withdrawAccount.mutationOptions(useDone(onClose)))
  return (
    <Modal
      opened
      onClose={onClose}
      title={t('organisations.notTheirsTitle')}
      closeButtonProps={{ 'aria-label': t('ui:close') }}
    >
      <Form
        submit={t('organisations.notTheirs')}
        busy={withdraw.isPending}
        error={withdraw.error}
        onSubmit={() => reason.trim() && withdraw.mutate({ claimId: account.claimId, reason: reason.trim() })}
      >
        <AuthorLine author={account.author} />
        <ReasonField label={t('organisations.reason')} value={reason} onChange={setReason} />
      </Form>
    </Modal>
  )
}

function useDone(onClose: () => void) {
  const api = useApi()
  const queries = useQueryClient()
  return {
    meta: { shownInPlace: true },
    onSuccess: async () => {
      onClose()
      await queries.invalidateQueries({ queryKey: api.people.organisations.key() })
    },
  }
}
