import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useTexts } from '../../platform/i18n.ts'
import { useApi, useWorkspace } from '../../platform/session.ts'
import { MembershipAnswer } from './membership-answer.tsx'
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
  const { slug } = useWorkspace()
  const { organisationId, name } = organisation
  return (
    <li className={styles.proposal}>
      <p>
        {t('organisations.proposed', { mail })}{' '}
        <Link to="/w/$slug/people/organisations/$organisationId" params={{ slug, organisationId }}>
          {name}
        </Link>
      </p>
      <MembershipAnswer organisationId={organisationId} authorId={authorId} name={name} />
    </li>
  )
}
