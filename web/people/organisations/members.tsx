import { Button, Checkbox, Modal, Radio, TextInput } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { useFormats } from '../../platform/formats.ts'
import { useTexts } from '../../platform/i18n.ts'
import { useApi, useWorkspace } from '../../platform/session.ts'
import { Form } from '../../ui/form.tsx'
import { ReasonField } from '../../ui/reason-field.tsx'
import { ChoosePerson } from '../graph/choose-person.tsx'
import { type FoundPerson, type LinkMethod, STATED_METHODS } from '../shapes.ts'
import { MembershipAnswer } from './membership-answer.tsx'
import { MembershipRow } from './membership-row.tsx'
import styles from './organisations.module.css'
import type { Organisation } from './shapes.ts'

/** What waits, its accounts and its orders stand below. */
const MEMBERS_SHOWN_FIRST = 10
/** So many are read; an organisation may have more. */
const MEMBERS_READ_MAX = 200

interface MembersProps {
  organisation: Organisation
  mayChange: boolean
}

/** Who belongs to it and says so, and the way to say it of somebody. */
export function Members({ organisation, mayChange }: MembersProps) {
  const t = useTexts('people')
  const [isAdding, setAdding] = useState(false)
  const [isWhole, setWhole] = useState(false)
  const { number } = useFormats()
  const { members, proposals } = organisation
  const shown = isWhole ? members : members.slice(0, MEMBERS_SHOWN_FIRST)
  return (
    <section aria-label={t('organisations.members')}>
      <div className={styles.heading}>
        <h2>{t('organisations.members')}</h2>
        {mayChange && (
          <Button size="compact-sm" onClick={() => setAdding(true)}>
            {t('organisations.addMember')}
          </Button>
        )}
      </div>
      {members.length === 0 && <p className={styles.detail}>{t('organisations.noMembers')}</p>}
      <ul className={styles.list}>
        {proposals.map((proposal) => (
          <ProposedMember key={proposal.authorId} organisation={organisation} proposal={proposal} />
        ))}
        {shown.map((membership) => (
          <MembershipRow key={membership.membershipId} membership={membership} shows="person" />
        ))}
      </ul>
      {shown.length < members.length && (
        <Button size="compact-sm" variant="subtle" onClick={() => setWhole(true)}>
          {t(members.length < MEMBERS_READ_MAX ? 'organisations.allMembers' : 'organisations.newestMembers', {
            number: number(members.length),
          })}
        </Button>
      )}
      {isAdding && <AddMember organisation={organisation} onClose={() => setAdding(false)} />}
    </section>
  )
}

type Proposal = Organisation['proposals'][number]

/** Somebody whose mail address says that they probably work there: never more than a question. */
function ProposedMember({ organisation, proposal }: { organisation: Organisation; proposal: Proposal }) {
  const t = useTexts('people')
  const { slug } = useWorkspace()
  const { person, mail, authorId } = proposal
  return (
    <li className={styles.proposal}>
      <p>
        <Link to="/w/$slug/people/persons/$personId" params={{ slug, personId: person.personId }}>
          {person.name}
        </Link>{' '}
        {t('organisations.proposedMember', { mail })}
      </p>
      <MembershipAnswer organisationId={organisation.organisationId} authorId={authorId} name={person.name} />
    </li>
  )
}

function AddMember({ organisation, onClose }: { organisation: Organisation; onClose(): void }) {
  const t = useTexts('people')
  const [person, setPerson] = useState<FoundPerson | null>(null)
  return (
    <Modal
      opened
      onClose={onClose}
      title={t('organisations.addMemberTitle', { name: organisation.name })}
      closeButtonProps={{ 'aria-label': t('ui:close') }}
    >
      {person ? (
        <StateMembership
          organisationId={organisation.organisationId}
          person={person}
          onClose={onClose}
          onBack={() => setPerson(null)}
        />
      ) : (
        <ChoosePerson except="" label={t('organisations.choosePerson')} onChoose={setPerson} />
      )}
    </Modal>
  )
}

interface StateMembershipProps {
  organisationId: string
  person: FoundPerson
  onClose(): void
  onBack(): void
}

function StateMembership({ organisationId, person, onClose, onBack }: StateMembershipProps) {
  const t = useTexts('people')
  const api = useApi()
  const queries = useQueryClient()
  const [role, setRole] = useState('')
  const [speaks, setSpeaks] = useState(false)
  const [since, setSince] = useState('')
  const [until, setUntil] = useState('')
  const [method, setMethod] = useState<LinkMethod>('agent-confirmed')
  const [reason, setReason] = useState('')
  const add = useMutation(
    api.people.organisations.addMember.mutationOptions({
      meta: { shownInPlace: true },
      onSuccess: async () => {
        onClose()
        await queries.invalidateQueries({ queryKey: api.people.organisations.key() })
      },
    }),
  )
  const said = { role: role.trim(), speaks, since: since || null, until: until || null, method, reason: reason.trim() }
  return (
    <Form
      submit={t('organisations.addThem', { person: person.name })}
      busy={add.isPending}
      error={add.error}
      beside={<Button onClick={onBack}>{t('organisations.otherPerson')}</Button>}
      onSubmit={() => said.reason && add.mutate({ organisationId, personId: person.personId, ...said })}
    >
      <TextInput
        label={t('organisations.role')}
        value={role}
        maxLength={200}
        data-autofocus
        onChange={(event) => setRole(event.currentTarget.value)}
      />
      <Checkbox
        label={t('organisations.speaksFor')}
        checked={speaks}
        onChange={(event) => setSpeaks(event.currentTarget.checked)}
      />
      <div className={styles.days}>
        <TextInput
          type="date"
          label={t('organisations.since')}
          value={since}
          onChange={(event) => setSince(event.currentTarget.value)}
        />
        <TextInput
          type="date"
          label={t('organisations.until')}
          value={until}
          onChange={(event) => setUntil(event.currentTarget.value)}
        />
      </div>
      <Radio.Group
        label={t('organisations.howKnown')}
        value={method}
        onChange={(chosen) => setMethod(chosen as LinkMethod)}
      >
        <div className={styles.choices}>
          {STATED_METHODS.map((each) => (
            <Radio key={each} value={each} label={t(`organisations.known.${each}`)} />
          ))}
        </div>
      </Radio.Group>
      <ReasonField label={t('organisations.memberWhy')} value={reason} onChange={setReason} />
    </Form>
  )
}
