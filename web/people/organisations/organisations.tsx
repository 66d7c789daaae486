import { Button } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useTexts } from '../../platform/i18n.ts'
import { useApi, useMay, useWorkspace } from '../../platform/session.ts'
import { MembershipRow } from './membership-row.tsx'
import styles from './organisations.module.css'
import type { MembershipProposal } from './shapes.ts'

/** To which organisations a person belongs, and to which their mail address points. Nothing where there is nothing. */
export function Organisations({ personId }: { personId: string }) {
  const t = useTexts('people')
  const { data } = useQuery(useApi().people.organisations.ofPerson.queryOptions({ input: { personId } }))
  if (!data || data.memberships.length + data.proposals.length === 0) return null
  return (
    <section aria-label={t('organisations.title')}>
      <h2>{t('organisations.title')}</h2>
      <ul className={styles.list}>
        {data.proposals.map((proposal) => (
          <ProposalRow key={proposal.organisation.organisationId} proposal={proposal} />
        ))}
        {data.memberships.map((membership) => (
          <MembershipRow key={membership.membershipId} membership={membership} shows="organisation" />
        ))}
      </ul>
    </section>
  )
}

function ProposalRow({ proposal: { organisation, authorId, mail } }: { proposal: MembershipProposal }) {
  const t = useTexts('people')
  const api = useApi()
  const { slug } = useWorkspace()
  const queries = useQueryClient()
  const mayLink = useMay('people.link')
  const { organisationId, name } = organisation
  const answer = useMutation(
    api.people.organisations.answerProposal.mutationOptions({
      onSuccess: () => queries.invalidateQueries({ queryKey: api.people.organisations.key() }),
    }),
  )
  const say = (belongs: boolean) => answer.mutate({ organisationId, authorId, belongs })
  return (
    <li className={styles.proposal}>
      <p>
        {t('organisations.proposed', { mail })}{' '}
        <Link to="/w/$slug/people/organisations/$organisationId" params={{ slug, organisationId }}>
          {name}
        </Link>
      </p>
      {mayLink && (
        <div className={styles.buttons}>
          <Button size="compact-xs" disabled={answer.isPending} onClick={() => say(true)}>
            {t('organisations.belongs')}
          </Button>
          <Button size="compact-xs" variant="subtle" disabled={answer.isPending} onClick={() => say(false)}>
            {t('organisations.doesNot')}
          </Button>
        </div>
      )}
    </li>
  )
}
