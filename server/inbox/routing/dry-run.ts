import type { DryRunFindings, RoutedPlace } from '../../../contract/inbox-routing.ts'
import { DRY_RUN_SAMPLES, FIRST_ANSWER_MINUTES } from '../../../contract/routing-words.ts'
import { publishable } from '../../disclosure/index.ts'
import type { WorkspaceTransaction } from '../../platform/database.ts'
import { Invalid } from '../../platform/errors.ts'
import { openRules, type RoutedPost, type Rule, type RuleBook } from '../../routing/index.ts'
import { openCalendars } from '../clocks/promises.ts'
import { countPast, type PastConversation, readPast, teamsOfMany } from './past.ts'
import { gatherPosts } from './posts.ts'
import { placeKey, type Simulated, simulate } from './simulation.ts'
import { currentRules } from './versions.ts'

const DAY_MS = 86_400_000

interface Asked {
  rules: Rule[] | null
  days: number
  after?: string | undefined
}

/**
 * What rules would have done with the conversations of the last days: some of them for each request, so that whoever asks sees
 * how far it is and can stop. Nothing is kept. What is known of a person, and topics, are as they are now.
 */
export async function dryRunStep(tx: WorkspaceTransaction, { rules, days, after }: Asked, now: Date) {
  const since = new Date(now.getTime() - days * DAY_MS)
  const current = await currentRules(tx)
  const books = { asked: bookOf(rules ?? current.rules), current: rules ? bookOf(current.rules) : null }
  const page = await readPast(tx, { since, after })
  const posts = await readPosts(tx, page.items, books, now)
  const found = page.items.map((past) => {
    const said = past.postIds.flatMap((postId) => posts.get(postId) ?? [])
    return { past, would: simulate(books.asked, said), does: books.current ? simulate(books.current, said) : null }
  })
  const asked = rules ?? current.rules
  const standard = { manyTeams: await teamsOfMany(tx), told: toldRules(asked, found) }
  return {
    findings: {
      read: page.items.length,
      rules: asked.flatMap((rule) => findingsOf(rule, found, standard)),
      unmatched: unmatchedIn(found),
      changed: books.current ? changesIn(found) : null,
    },
    firstAnswerMinutes: [...FIRST_ANSWER_MINUTES],
    of: await countPast(tx, since),
    after: page.nextCursor,
  }
}

function bookOf(rules: Rule[]): RuleBook {
  const book = openRules(rules)
  if (!('problems' in book)) return book
  const [problem] = book.problems
  throw new Invalid('rule-wrong', {
    problem: problem?.code ?? '',
    rule: rules.find(({ ruleId }) => ruleId === problem?.ruleId)?.name ?? '',
    place: problem?.place ?? null,
  })
}

async function readPosts(
  tx: WorkspaceTransaction,
  past: PastConversation[],
  books: { asked: RuleBook; current: RuleBook | null },
  now: Date,
): Promise<Map<string, RoutedPost>> {
  const about = new Set([...books.asked.about, ...(books.current?.about ?? [])])
  const calendars = about.has('time') ? await openCalendars(tx) : new Map()
  return gatherPosts(
    tx,
    past.flatMap(({ postIds }) => postIds),
    { book: { about }, calendars, now },
  )
}

interface Found {
  past: PastConversation
  would: Simulated
  /** By the rules that hold; null: these are they. */
  does: Simulated | null
}
interface Standard {
  manyTeams: ReadonlySet<string>
  /** Rules about whose conversations it may be told how they were answered. */
  told: ReadonlySet<string>
}
type OfRule = DryRunFindings['rules'][number]

function findingsOf(rule: Rule, found: Found[], standard: Standard): OfRule[] {
  const held = found.filter(({ would }) => would.hits.has(rule.ruleId))
  if (held.length === 0) return []
  return [
    {
      ruleId: rule.ruleId,
      conversations: held.length,
      posts: held.reduce((sum, { would }) => sum + (would.hits.get(rule.ruleId)?.length ?? 0), 0),
      places: [...Map.groupBy(held, ({ would }) => placeKey(would.place)).values()].flatMap((some) =>
        some[0] ? [{ ...some[0].would.place, conversations: some.length }] : [],
      ),
      samples: samplesOf(held),
      happened: {
        byTeam: [...Map.groupBy(held, ({ past }) => shownTeam(past, standard))].map(([teamId, some]) => ({
          teamId,
          conversations: some.length,
        })),
        answers: tellsOfFew(rule, standard) ? null : answersOf(held.map(({ past }) => past.firstAnswerMinutes)),
      },
    },
  ]
}

/**
 * Staff protection: what fewer than five people answered is not told, nor two rules of which one holds for the work of four
 * more. Conditions can be chosen so that a rule holds for one colleague's work alone, so it is counted who answered.
 */
const toldRules = (rules: readonly Rule[], found: readonly Found[]): Set<string> =>
  publishable(
    found.flatMap(({ past: { contributor }, would }) =>
      contributor === null ? [] : [{ contributor, groups: [...would.hits.keys()] }],
    ),
    rules.map(({ ruleId }) => ruleId),
  )

/** How fast one member, or a few, would have answered what a rule gives them is nobody's business either. */
const tellsOfFew = ({ ruleId, actions }: Rule, { manyTeams, told }: Standard): boolean =>
  !told.has(ruleId) ||
  actions.some(
    (action) =>
      action.do === 'assign' &&
      (action.to.kind === 'member' || (action.to.teamId !== null && !manyTeams.has(action.to.teamId))),
  )

const shownTeam = ({ teamId }: PastConversation, { manyTeams }: Standard): string | null =>
  teamId !== null && manyTeams.has(teamId) ? teamId : null

/** One more place than there are bounds: later than the last. */
function answersOf(minutes: (number | null)[]): OfRule['happened']['answers'] {
  const counts = Array.from({ length: FIRST_ANSWER_MINUTES.length + 1 }, () => 0)
  for (const one of minutes) {
    if (one === null) continue
    const within = FIRST_ANSWER_MINUTES.findIndex((bound) => one <= bound)
    const place = within < 0 ? FIRST_ANSWER_MINUTES.length : within
    counts[place] = (counts[place] ?? 0) + 1
  }
  return { of: minutes.length, answered: counts.reduce((sum, count) => sum + count, 0), within: counts }
}

const samplesOf = (found: Found[]) =>
  found.slice(0, DRY_RUN_SAMPLES).map(({ past }) => ({ conversationId: past.conversationId, snippet: past.snippet }))

function unmatchedIn(found: Found[]): DryRunFindings['unmatched'] {
  const unmatched = found.filter(({ would }) => would.hits.size === 0)
  return { conversations: unmatched.length, samples: samplesOf(unmatched) }
}

function changesIn(found: Found[]): NonNullable<DryRunFindings['changed']> {
  const moved = found.filter(({ would, does }) => does !== null && placeKey(would.place) !== placeKey(does.place))
  const moves = Map.groupBy(moved, ({ would, does }) => `${placeKey(does?.place ?? NOWHERE)} ${placeKey(would.place)}`)
  return {
    conversations: moved.length,
    moves: [...moves.values()].flatMap((some) => {
      const [first] = some
      if (!first?.does) return []
      return [{ from: first.does.place, to: first.would.place, conversations: some.length, samples: samplesOf(some) }]
    }),
    priorities: found.filter(({ would, does }) => does !== null && would.priority !== does.priority).length,
  }
}

const NOWHERE: RoutedPlace = { kind: 'nobody', teamId: null }
