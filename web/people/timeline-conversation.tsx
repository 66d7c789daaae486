import { Anchor } from '@mantine/core'
import { IconArrowBackUp, IconCheck, IconMessageCircle, IconMessageReply } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { useActorName } from '../listening/actor-name.ts'
import { useNetworkName } from '../listening/network-names.ts'
import { PostCard } from '../listening/post-card.tsx'
import { useTexts } from '../platform/i18n.ts'
import { useWorkspace } from '../platform/session.ts'
import { Tag } from '../ui/tag.tsx'
import { Fact } from './fact.tsx'
import styles from './people.module.css'
import type { TimelineEntry } from './shapes.ts'

type Turn = Extract<TimelineEntry, { kind: 'conversation' }>
type Answer = Extract<TimelineEntry, { kind: 'answer' }>

const SIGNS = { opened: IconMessageCircle, closed: IconCheck, reopened: IconArrowBackUp }
/** The first of each is what is said of a reason that is not known here. */
const BECAUSE: Record<Turn['turn'], readonly string[]> = {
  opened: ['mention', 'addressed', 'agent'],
  closed: ['by-hand', 'answered', 'answered-elsewhere', 'deleted'],
  reopened: ['member', 'snooze-ended', 'answer-failed', 'newer-post'],
}

/** A conversation was opened, closed, opened again. */
export function ConversationTurn({ entry, showsState }: { entry: Turn; showsState: boolean }) {
  const t = useTexts('people')
  const networkName = useNetworkName()
  const { turn, conversation } = entry
  const because = BECAUSE[turn].find((each) => each === entry.because) ?? BECAUSE[turn][0]
  const said = { who: useActorName()(entry.actor), network: networkName(conversation.network) }
  return (
    <Fact sign={SIGNS[turn]} at={entry.at}>
      {t(`timeline.${turn}.${because}`, said)}
      {conversation.opening && (
        <q className={styles.opening} dir="auto">
          {conversation.opening}
        </q>
      )}
      <InTheInbox of={conversation} showsState={showsState} />
    </Fact>
  )
}

/** What we said to them, and who of us. */
export function OurAnswer({ entry, showsState }: { entry: Answer; showsState: boolean }) {
  const t = useTexts('people')
  const actorName = useActorName()
  const { post, writtenBy, conversation } = entry
  return (
    <>
      <Fact sign={IconMessageReply} at={entry.at}>
        {writtenBy ? t('timeline.answered', { who: actorName(writtenBy) }) : t('timeline.answeredInApp')}
        <InTheInbox of={conversation} showsState={showsState} />
      </Fact>
      <PostCard post={post} />
    </>
  )
}

function InTheInbox({ of, showsState }: { of: Turn['conversation']; showsState: boolean }) {
  const t = useTexts('people')
  const { slug } = useWorkspace()
  return (
    <>
      {' '}
      <Anchor
        className={styles.inTheInbox}
        underline="always"
        renderRoot={(props) => (
          <Link
            to="/w/$slug/inbox/$conversationId"
            params={{ slug, conversationId: of.conversationId }}
            search={{ state: 'all' }}
            {...props}
          />
        )}
      >
        {t('timeline.conversation')}
      </Anchor>
      {showsState && (
        <>
          {' '}
          <Tag tone={of.state === 'open' ? 'accent' : 'neutral'}>{t(`timeline.now.${of.state}`)}</Tag>
        </>
      )}
    </>
  )
}
