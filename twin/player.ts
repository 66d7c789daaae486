import {
  brandAccounts,
  endlessStory,
  incidents,
  type NextEvent,
  PICTURE_SIZE,
  paint,
  pastEvents,
  publicCast,
  type StoryEvent,
} from '../seeds/index.ts'
import { say } from './compose.ts'
import { didFor } from './content-id.ts'
import type { World } from './world.ts'

const ACCOUNTS_SINCE_DAYS = 400
const SPEED_MAX = 10_000

/** Tells the story of the seeds into a world: once the past, then without end, and incidents when somebody starts one. */
export class Player {
  readonly #world: World
  readonly #seed: number
  #speed: number
  /** Where each keyed post of the story stands. */
  readonly #uris = new Map<string, string>()
  /** Events of incidents that are still to come. */
  readonly #incidents = new Set<NodeJS.Timeout>()
  #next: NodeJS.Timeout | undefined
  #endless: Iterator<NextEvent, never> | null = null
  #running = false

  constructor(world: World, seed: number, speed: number) {
    this.#world = world
    this.#seed = seed
    this.#speed = speed
  }

  get speed(): number {
    return this.#speed
  }

  setUp(): void {
    const since = new Date(Date.parse(this.#world.now()) - ACCOUNTS_SINCE_DAYS * 86_400_000).toISOString()
    for (const { key, handle, name, bio, followers, appPassword } of [...brandAccounts, ...publicCast]) {
      const account = { did: didFor(`story ${key}`), handle, name, bio, followers, password: appPassword ?? null }
      this.#world.apply({ kind: 'account', ...account, avatarCid: null, at: since })
    }
  }

  tellPast(): void {
    const now = new Date(this.#world.now())
    for (const { minutesAgo, event } of pastEvents(now)) {
      this.tell(event, new Date(now.getTime() - minutesAgo * 60_000).toISOString())
    }
  }

  /** Speed 2 tells twice as much in the same time; 0 stands still. Times of posts are always the present. */
  setSpeed(speed: number): void {
    this.#speed = Math.min(Math.max(speed, 0), SPEED_MAX)
    if (this.#running) this.start()
  }

  start(): void {
    this.#running = true
    clearTimeout(this.#next)
    if (this.#speed > 0) this.#playNext()
  }

  stop(): void {
    this.#running = false
    clearTimeout(this.#next)
    for (const timer of this.#incidents) clearTimeout(timer)
    this.#incidents.clear()
  }

  /** Tells the next events of the endless story at once. */
  advance(count: number): void {
    for (let index = 0; index < count; index++) this.tell(this.#nextEvent().event, this.#world.now())
  }

  /** Null: no incident of that name. The number of events that will come otherwise. */
  startIncident(key: string): number | null {
    const incident = incidents.find((one) => one.key === key)
    if (incident === undefined) return null
    // Started twice, it tells itself twice: keys of the second telling point to the second posts.
    let seconds = 0
    for (const { afterSeconds, event } of incident.events) {
      seconds += afterSeconds
      const tell = (): void => {
        this.#incidents.delete(timer)
        this.tell(event, this.#world.now())
      }
      const timer = setTimeout(tell, (seconds * 1_000) / (this.#speed || 1))
      this.#incidents.add(timer)
    }
    return incident.events.length
  }

  tell(event: StoryEvent, at: string): void {
    if (event.kind === 'post') this.#tellPost(event, at)
    else if (event.kind === 'post-deleted') this.#tellDeleted(event.key, at)
    else if (event.kind === 'post-replaced') this.#tellReplaced(event.key, event.text, at)
    else if (event.kind === 'renamed')
      this.#world.apply({ kind: 'handle', did: didFor(`story ${event.by}`), handle: event.handle, at })
    else if (event.kind === 'account')
      this.#world.apply({ kind: 'status', did: didFor(`story ${event.by}`), status: event.status, at })
    else if (event.kind === 'article') this.#tellArticle(event, at)
    else if (event.kind === 'article-edited') this.#tellArticleEdited(event, at)
    else this.#world.apply({ kind: 'article-deleted', site: event.site, id: event.id, at })
  }

  #tellPost(event: Extract<StoryEvent, { kind: 'post' }>, at: string): void {
    const did = didFor(`story ${event.by}`)
    // Who was taken down says nothing more.
    if (this.#world.accounts.get(did)?.status !== 'active') return
    const answers = event.answers === undefined ? undefined : this.#uris.get(event.answers)
    const quotes = event.quotes === undefined ? undefined : this.#uris.get(event.quotes)
    const image = event.picture && {
      bytes: paint(event.picture),
      mediaType: 'image/png',
      alt: event.alt ?? '',
      ...PICTURE_SIZE,
    }
    const { uri } = say(this.#world, did, {
      text: event.text,
      language: event.language ?? this.#languageOf(event.by),
      answers,
      quotes,
      image,
      at,
    })
    if (event.key !== undefined) this.#uris.set(event.key, uri)
  }

  #languageOf(by: string): string | undefined {
    return [...publicCast, ...brandAccounts].find((account) => account.key === by)?.language
  }

  #tellDeleted(key: string, at: string): void {
    const record = this.#world.records.get(this.#uris.get(key) ?? '')
    if (record !== undefined) this.#world.deleteRecord(record.did, record.collection, record.rkey, at)
  }

  #tellReplaced(key: string, text: string, at: string): void {
    const record = this.#world.records.get(this.#uris.get(key) ?? '')
    if (record === undefined) return
    const language = (record.value.langs as string[] | undefined)?.[0]
    this.#tellDeleted(key, at)
    this.#uris.set(key, say(this.#world, record.did, { text, language, at }).uri)
  }

  #tellArticle(event: Extract<StoryEvent, { kind: 'article' }>, at: string): void {
    const { site, id, title, html, author, language, answers, stars } = event
    const article = {
      id,
      title,
      html,
      author,
      language,
      parentId: answers ?? null,
      stars: stars ?? null,
      publishedAt: at,
      updatedAt: at,
    }
    this.#world.apply({ kind: 'article', site, article, at })
  }

  #tellArticleEdited({ site, id, html }: Extract<StoryEvent, { kind: 'article-edited' }>, at: string): void {
    const article = this.#world.articles.get(site)?.get(id)
    if (article === undefined) return
    this.#world.apply({ kind: 'article', site, article: { ...article, html, updatedAt: at }, at })
  }

  #playNext(): void {
    const { afterSeconds, event } = this.#nextEvent()
    this.#next = setTimeout(
      () => {
        this.tell(event, this.#world.now())
        this.#playNext()
      },
      (afterSeconds * 1_000) / this.#speed,
    )
  }

  /** A world that goes on after a restart goes on with other words. */
  #nextEvent(): NextEvent {
    this.#endless ??= endlessStory(this.#seed + this.#world.records.size)
    return this.#endless.next().value
  }
}
