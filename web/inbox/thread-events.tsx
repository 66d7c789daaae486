import { CLOSE_REASONS } from '../../contract/close-reasons.ts'
import { MODERATION_ACTIONS } from '../../contract/moderation-words.ts'
import { useFormats } from '../platform/formats.ts'
import { useTexts } from '../platform/i18n.ts'
import { TimeAgo } from '../ui/time-ago.tsx'
import styles from './conversation.module.css'
import { usePeopleHere, useTags } from './people-here.ts'
import type { EventEntry } from './shapes.ts'
import { whenText } from './when.ts'

/** What happened around the posts, each in a sentence. */
export function ThreadEvents({ events }: { events: readonly EventEntry[] }) {
  const sentence = useEventSentence()
  return (
    <ul className={styles.events}>
      {events.map((event) => (
        <li key={event.position}>
          <span>{sentence(event)}</span>
          <TimeAgo time={event.at} />
        </li>
      ))}
    </ul>
  )
}

/** The first of each is what is said of a reason that is not known here. */
const OPENED_BECAUSE = ['mention', 'addressed', 'agent']
const CLOSED_BECAUSE = ['by-hand', 'answered', 'answered-elsewhere', 'deleted', 'rule']
const REOPENED_BECAUSE = ['member', 'snooze-ended', 'answer-failed', 'newer-post']

const CLOCK_DID = ['warn', 'return-to-queue', 'reassign', 'escalate']
const clockDid = ({ codes }: EventEntry): string => CLOCK_DID.find((did) => did === codes.did) ?? 'warn'
const turnOf = ({ codes }: EventEntry): string => (codes.turn === 'customer' ? 'customer' : 'ours')

function useEventSentence(): (event: EventEntry) => string {
  const t = useTexts('inbox')
  const formats = useFormats()
  const people = usePeopleHere()
  const tags = useTags()

  const actorOf = ({ actor }: EventEntry): string => {
    if (actor.kind !== 'member' || !actor.id) return t(`actor.${actor.kind}`)
    // By name, oneself too: a sentence about "you" would need another verb in German and Dutch.
    return people.nameOf(actor.id) ?? t('formerMember')
  }
  const one = (event: EventEntry, name: string) => [event.subjects[name] ?? []].flat()[0] ?? null
  const because = (event: EventEntry, known: string[]) =>
    known.find((each) => each === event.codes.because) ?? known[0] ?? ''

  const assigned = (event: EventEntry, who: string): string => {
    const member = one(event, 'memberId')
    const team = one(event, 'teamId')
    if (!member && !team) return t('event.unassigned', { who })
    if (member && member === event.actor.id) return t('event.took', { who })
    if (member === people.me) return t('event.assignedToYou', { who })
    const to = member ? (people.nameOf(member) ?? t('formerMember')) : team ? (people.teamNameOf(team) ?? '–') : '–'
    return t('event.assigned', { who, to })
  }
  const tagged = (event: EventEntry, who: string): string => {
    const named = (name: string) =>
      formats.list(
        [event.subjects[name] ?? []]
          .flat()
          .map((id) => tags.find(({ tagId }) => tagId === id)?.name ?? t('event.goneTag')),
      )
    const added = [event.subjects.added ?? []].flat().length > 0
    return added
      ? t('event.tagged', { who, tags: named('added') })
      : t('event.untagged', { who, tags: named('removed') })
  }

  const closed = (event: EventEntry, who: string): string => {
    const reason = CLOSE_REASONS.find((each) => each === event.codes.reason)
    if (!reason) return t(`event.closed.${because(event, CLOSED_BECAUSE)}`, { who })
    const said = { who, reason: t(`closeReason.${reason}`), note: event.reason ?? '' }
    return t(event.reason ? 'event.closed.noted' : 'event.closed.reasoned', said)
  }

  return (event) => {
    const who = actorOf(event)
    const moderated = MODERATION_ACTIONS.find((each) => each === event.codes.action) ?? 'other'
    const [, outcome = ''] = event.type.split('.')
    switch (event.type) {
      case 'conversation.opened':
        return t(`event.opened.${because(event, OPENED_BECAUSE)}`, { who })
      case 'conversation.answered-elsewhere':
        return t('event.answeredElsewhere')
      case 'conversation.assigned':
        return assigned(event, who)
      case 'conversation.tagged':
        return tagged(event, who)
      case 'conversation.prioritised':
        return t('event.prioritised', { who, priority: t(`priority.${event.codes.priority}`) })
      case 'conversation.routed':
        return t('event.routed', { rule: event.reason ?? '–' })
      case 'conversation.snoozed':
        return t('event.snoozed', { who, time: whenText(formats, new Date(String(event.codes.until)), event.at) })
      case 'conversation.closed':
        return closed(event, who)
      case 'conversation.reopened':
        return t(`event.reopened.${because(event, REOPENED_BECAUSE)}`, { who })
      case 'conversation.left-unanswered':
        return t('event.notNegative', { who })
      case 'moderation.done':
        return t(`event.moderated.${moderated}`, { who })
      case 'moderation.refused':
      case 'moderation.unknown':
      case 'moderation.undone':
      case 'moderation.undo-refused':
        return t(`event.moderation.${outcome}`, { who })
      case 'approval.asked':
      case 'approval.approved':
      case 'approval.declined':
      case 'approval.edited':
      case 'approval.withdrawn':
      case 'approval.stale':
      case 'approval.expired':
        return t(`event.approval.${outcome}`, { who })
      case 'handover.offered':
        return t('event.offered', { who })
      case 'handover.joined':
        return t('event.joined')
      case 'handover.ended':
        return t('event.offerEnded', { who })
      case 'conversation.taken-over':
        return t('event.takenOver', { who, reason: event.reason ?? '–' })
      case 'conversation.clock-moved':
        return t(`event.clockMoved.${clockDid(event)}`)
      case 'conversation.turn-taken':
        return t(`event.turnTaken.${turnOf(event)}`, { who })
      default:
        return t('event.other', { who, type: event.type })
    }
  }
}
