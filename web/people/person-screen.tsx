import { Button } from '@mantine/core'
import { useSuspenseQuery } from '@tanstack/react-query'
import { useNavigate, useParams } from '@tanstack/react-router'
import { useState } from 'react'
import { useActorName } from '../listening/actor-name.ts'
import { useFormats } from '../platform/formats.ts'
import { useTexts } from '../platform/i18n.ts'
import { useApi, useMay, useWorkspace } from '../platform/session.ts'
import { Place } from '../ui/place.tsx'
import { AddLink } from './add-link.tsx'
import { EditPerson } from './edit-person.tsx'
import { LinkList } from './link-list.tsx'
import styles from './people.module.css'
import type { Person } from './shapes.ts'
import { PersonTimeline } from './timeline.tsx'
import { TimelineTitle } from './timeline-title.tsx'

/** A human being whom we know, for a stated reason: every account linked to them, and one timeline over all of these. */
export function PersonScreen() {
  const t = useTexts('people')
  const { slug } = useWorkspace()
  const navigate = useNavigate()
  const mayLink = useMay('people.link')
  const { personId } = useParams({ from: '/w/$slug/people/persons/$personId' })
  const person = useSuspenseQuery(useApi().people.persons.get.queryOptions({ input: { personId } })).data
  const [adding, setAdding] = useState(false)
  const linked = person.links.filter(({ withdrawn }) => !withdrawn)
  const withdrawn = person.links.filter((link) => link.withdrawn)
  return (
    <Place
      title={person.name}
      onBack={() => void navigate({ to: '/w/$slug/people', params: { slug }, search: { view: 'persons' } })}
      action={mayLink && <Button onClick={() => setAdding(true)}>{t('addLink.action')}</Button>}
    >
      <div className={styles.columns}>
        <div className={styles.side}>
          <Beginning person={person} />
          <section aria-label={t('accounts')}>
            <h2 className={styles.title}>{t('accounts')}</h2>
            <LinkList links={linked} towards="author" />
          </section>
          {withdrawn.length > 0 && (
            <section aria-label={t('links.formerly')}>
              <h2 className={styles.title}>{t('links.formerly')}</h2>
              <LinkList links={withdrawn} towards="author" />
            </section>
          )}
          <EditPerson key={person.personId} person={person} mayEdit={mayLink} />
        </div>
        <section className={styles.main} aria-label={t('timeline.title')}>
          <TimelineTitle of={{ person: personId }} />
          <PersonTimeline personId={personId} />
        </section>
      </div>
      {adding && <AddLink person={person} onClose={() => setAdding(false)} />}
    </Place>
  )
}

/** Why we know them at all. */
function Beginning({ person }: { person: Person }) {
  const t = useTexts('people')
  const formats = useFormats()
  const who = useActorName()(person.createdBy)
  return (
    <p className={styles.quiet} title={formats.exact(person.createdAt)}>
      {t(`began.${person.beganBecause}`, { who, date: formats.date(person.createdAt) })}
      {person.reason && ` ${t('begin.because', { reason: person.reason })}`}
    </p>
  )
}
