import { Button } from '@mantine/core'
import { useSuspenseQuery } from '@tanstack/react-query'
import { useNavigate, useParams, useSearch } from '@tanstack/react-router'
import { useState } from 'react'
import { useTexts } from '../platform/i18n.ts'
import { useApi, useMay, useWorkspace } from '../platform/session.ts'
import { ConsentState } from '../privacy/protection/consent-state.tsx'
import { Place } from '../ui/place.tsx'
import { AddLink } from './add-link.tsx'
import { FieldList } from './graph/field-list.tsx'
import { GraphHistory } from './graph/graph-history.tsx'
import { PersonActs } from './graph/person-acts.tsx'
import { Organisations } from './organisations/organisations.tsx'
import styles from './people.module.css'
import { Identities } from './person/identities.tsx'
import { OpenConversations } from './person/open-conversations.tsx'
import { PersonHeader } from './person/person-header.tsx'
import { PersonNotes } from './person/person-notes.tsx'
import { TimelineFilters } from './person/timeline-filters.tsx'
import { useFreshSummary } from './person/use-fresh-summary.ts'
import { Purchases } from './purchases/purchases.tsx'
import { SuggestionsFor } from './suggestions/suggestions-for.tsx'
import { PersonTimeline } from './timeline.tsx'
import { TimelineTitle } from './timeline-title.tsx'

/** A human being whom we know, for a stated reason: everything known of them, and one timeline over all channels. */
export function PersonScreen() {
  const t = useTexts('people')
  const { slug } = useWorkspace()
  const navigate = useNavigate()
  const mayLink = useMay('people.link')
  const { personId } = useParams({ from: '/w/$slug/people/persons/$personId' })
  const api = useApi()
  const person = useSuspenseQuery(api.people.persons.get.queryOptions({ input: { personId } })).data
  const profile = useSuspenseQuery(api.people.profile.get.queryOptions({ input: { personId } })).data
  const [adding, setAdding] = useState(false)
  useFreshSummary(profile.personId)
  return (
    <Place
      title={person.name}
      onBack={() => void navigate({ to: '/w/$slug/people', params: { slug }, search: { view: 'persons' } })}
      action={
        mayLink && (
          <div className={styles.acts}>
            <PersonActs person={person} />
            <Button onClick={() => setAdding(true)}>{t('addLink.action')}</Button>
          </div>
        )
      }
    >
      <PersonHeader person={person} profile={profile} />
      <div className={styles.columns}>
        <div className={styles.side}>
          <PersonNotes profile={profile} />
          <Purchases personId={personId} />
          <FieldList personId={personId} />
          <SuggestionsFor personId={personId} />
          <Identities person={person} />
          <Organisations personId={personId} />
          <GraphHistory personId={personId} />
          <div>
            <h2 className={styles.title}>{t('profile.protection')}</h2>
            <ConsentState personId={personId} />
          </div>
        </div>
        <div className={styles.main}>
          <OpenConversations personId={personId} />
          <Timeline personId={personId} networks={profile.networks} />
        </div>
      </div>
      {adding && <AddLink person={person} onClose={() => setAdding(false)} />}
    </Place>
  )
}

function Timeline({ personId, networks }: { personId: string; networks: readonly string[] }) {
  const t = useTexts('people')
  const filter = useSearch({ from: '/w/$slug/people/persons/$personId' })
  const navigate = useNavigate({ from: '/w/$slug/people/persons/$personId' })
  return (
    <section aria-label={t('timeline.title')}>
      <TimelineTitle of={{ person: personId }} />
      <TimelineFilters
        filter={filter}
        networks={networks}
        onChange={(change) => void navigate({ search: (before) => ({ ...before, ...change }), replace: true })}
      />
      <PersonTimeline personId={personId} filter={filter} />
    </section>
  )
}
