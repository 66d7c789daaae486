import { AtpAgent, XRPCError } from '@atproto/api'
import type { HeardAuthor, Outcome } from '../connector.ts'
import type { Outside } from '../outside.ts'
import { authorByProfile } from './author.ts'
import { clientFetch } from './calls.ts'
import { attempt, FailureError } from './failure.ts'
import type { BlueskySettings } from './settings.ts'

/** What getProfiles takes in one call. */
const PROFILES_PER_CALL = 25
/** How long a question waits for others to share its call. */
const GATHER_MS = 20

type Answer = Outcome<HeardAuthor>
interface Question {
  did: string
  answer: (outcome: Answer) => void
}

/** Answers single questions for profiles with shared calls to the public AppView: 25 accounts cost one request. */
export class Profiles {
  readonly #outside: Outside
  readonly #waiting = new Map<string, Question[]>()

  constructor(outside: Outside) {
    this.#outside = outside
  }

  read(did: string, settings: BlueskySettings, signal: AbortSignal): Promise<Answer> {
    return new Promise((resolve) => {
      const aborted = (): void => resolve({ ok: false, failure: { name: 'unreachable', detail: 'aborted' } })
      if (signal.aborted) return aborted()
      signal.addEventListener('abort', aborted, { once: true })
      const answer = (outcome: Answer): void => {
        signal.removeEventListener('abort', aborted)
        resolve(outcome)
      }
      this.#ask({ did, answer }, settings)
    })
  }

  #ask(question: Question, settings: BlueskySettings): void {
    const key = settings.appView
    const questions = this.#waiting.get(key)
    if (questions === undefined) {
      this.#waiting.set(key, [question])
      setTimeout(() => this.#send(key, settings), GATHER_MS)
      return
    }
    questions.push(question)
    if (questions.length >= PROFILES_PER_CALL) this.#send(key, settings)
  }

  #send(key: string, settings: BlueskySettings): void {
    const questions = this.#waiting.get(key)
    if (questions === undefined) return
    this.#waiting.delete(key)
    void this.#answer(questions, settings)
  }

  async #answer(questions: Question[], settings: BlueskySettings): Promise<void> {
    const actors = [...new Set(questions.map((question) => question.did))]
    const agent = new AtpAgent({ service: settings.appView, fetch: clientFetch(this.#outside) })
    const outcome = await attempt(async () => (await agent.getProfiles({ actors })).data.profiles)
    for (const { did, answer } of questions) {
      if (!outcome.ok) answer(outcome)
      else {
        const view = outcome.value.find((profile) => profile.did === did)
        if (view === undefined) answer({ ok: false, failure: { name: 'gone', detail: 'no such account' } })
        else answer({ ok: true, value: authorByProfile(view, settings) })
      }
    }
  }
}

/** One account, asked with a session of ours. */
export async function readProfile(
  agent: AtpAgent,
  did: string,
  settings: BlueskySettings,
  signal: AbortSignal,
): Promise<HeardAuthor> {
  try {
    const { data } = await agent.getProfile({ actor: did }, { signal })
    return authorByProfile(data, settings)
  } catch (error) {
    if (!isAccountAway(error)) throw error
    throw new FailureError({ name: 'gone', detail: 'no such account, or it was taken down or deactivated' })
  }
}

/** The same names mean our own account when they answer a sign-in; here they speak of the account asked for. */
const isAccountAway = (error: unknown): boolean =>
  error instanceof XRPCError &&
  (['AccountTakedown', 'AccountDeactivated'].includes(error.error) || error.message === 'Profile not found')
