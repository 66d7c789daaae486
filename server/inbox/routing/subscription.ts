import type { WorkspaceTransaction } from '../../platform/database.ts'
import type { StoredEvent } from '../../platform/event-log.ts'
import type { Services } from '../../platform/services.ts'
import type { Subscription } from '../../platform/subscriptions.ts'
import { openRules } from '../../routing/index.ts'
import { openCalendars } from '../clocks/promises.ts'
import { carryOut, type Rulebook, type Told } from './carrying-out.ts'
import type { RuleReach } from './deeds.ts'
import { gatherPosts } from './posts.ts'
import { currentRules, currentVersion } from './versions.ts'

/** Of one event; what a customer says at once beyond that is no longer about where it goes. */
const POSTS_OF_EVENT_MAX = 20
/** Workspaces whose rules are kept ready in this process. */
const BOOKS_MAX = 500

/**
 * Rules are set off by what customers say and by nothing else: what they record themselves sets off none, so they cannot go in
 * a circle. Each event once, because the cursor moves with what was done.
 */
export const routingSubscription = (services: Services, reach: RuleReach): Subscription => {
  const books = keptBooks(services)
  return {
    name: 'inbox.routing',
    types: ['conversation.opened', 'conversation.continued'],
    handle: async (tx, events) => {
      const rules = await books(tx)
      if (rules.book.rules.length === 0) return
      const now = services.clock.now()
      await carryOut(tx, rules, await toldBy(tx, events, { rules, now }), { reach, now })
    },
  }
}

interface Asking {
  rules: Rulebook
  now: Date
}

async function toldBy(tx: WorkspaceTransaction, events: StoredEvent[], { rules, now }: Asking): Promise<Told[]> {
  const named = events.map((event) => ({ event, postIds: postsOf(event) }))
  const calendars = rules.book.about.has('time') ? await openCalendars(tx) : new Map()
  const posts = await gatherPosts(
    tx,
    named.flatMap(({ postIds }) => postIds),
    { book: rules.book, calendars, now },
  )
  return named.flatMap(({ event, postIds }) => {
    const said = postIds.flatMap((postId) => posts.get(postId) ?? [])
    if (said.length === 0) return []
    return [
      {
        conversationId: String(event.subjects.conversationId),
        position: event.position,
        kind: event.type === 'conversation.opened' ? 'opened' : 'continued',
        posts: said.toSorted(
          (a, b) => a.prepared().post.publishedAt.getTime() - b.prepared().post.publishedAt.getTime(),
        ),
      },
    ]
  })
}

const postsOf = ({ subjects }: StoredEvent): string[] => [subjects.posts ?? []].flat().slice(0, POSTS_OF_EVENT_MAX)

/** Compiled once for each version: compiling five hundred rules for each batch would cost more than asking them. */
function keptBooks({ log }: Services): (tx: WorkspaceTransaction) => Promise<Rulebook> {
  const kept = new Map<string, Rulebook>()
  return async (tx) => {
    const known = kept.get(tx.workspaceId)
    if (known && known.version === (await currentVersion(tx))) return known
    // Somebody may have saved in between: what is kept is called by what was read.
    const { version, rules } = await currentRules(tx)
    const opened = openRules(rules)
    const problems = 'problems' in opened ? opened.problems : []
    // A rule that was sound when it was saved and is not any more holds up none of the others.
    if (problems.length > 0)
      log.error({ workspaceId: tx.workspaceId, version, problems }, 'routing rules were left out')
    const faulty = new Set(problems.map(({ ruleId }) => ruleId))
    const sound = 'problems' in opened ? openRules(rules.filter(({ ruleId }) => !faulty.has(ruleId))) : opened
    if ('problems' in sound) throw new Error('routing rules cannot be read')
    const [oldest] = kept.keys()
    if (kept.size >= BOOKS_MAX && oldest !== undefined) kept.delete(oldest)
    const book = { version, book: sound }
    kept.set(tx.workspaceId, book)
    return book
  }
}
