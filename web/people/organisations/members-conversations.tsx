import { useQueries } from '@tanstack/react-query'
import { useTexts } from '../../platform/i18n.ts'
import { useApi, useMay } from '../../platform/session.ts'
import { OpenConversation } from '../person/open-conversations.tsx'
import person from '../person/person.module.css'
import type { Organisation } from './shapes.ts'

/** Asked for one by one, those who were named last first. */
const PERSONS_MAX = 20

/** What waits for somebody of the organisation's people. Nothing where nothing does. */
export function MembersConversations({ organisation: { members } }: { organisation: Organisation }) {
  const t = useTexts('people')
  const api = useApi()
  const mayReadInbox = useMay('inbox.read')
  const current = members.flatMap(({ person: one, withdrawn }) => (one && !withdrawn ? [one] : []))
  const persons = [...new Map(current.map((one) => [one.personId, one])).values()].slice(0, PERSONS_MAX)
  const answers = useQueries({
    queries: persons.map(({ personId }) => ({
      ...api.inbox.persons.contacts.queryOptions({ input: { personId } }),
      enabled: mayReadInbox,
    })),
  })
  const open = persons.flatMap(({ name }, index) => answers[index]?.data?.open.map((one) => ({ one, name })) ?? [])
  if (open.length === 0) return null
  return (
    <section aria-label={t('profile.open')}>
      <h2>{t('profile.open')}</h2>
      <ul className={person.open}>
        {open.map(({ one, name }) => (
          <OpenConversation key={one.conversationId} one={one} name={name} />
        ))}
      </ul>
    </section>
  )
}
