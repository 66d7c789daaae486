import { type StormInput, type StormPart, stormOf } from '../seeds/index.ts'
import { say } from './compose.ts'
import { didFor } from './content-id.ts'
import type { World } from './world.ts'

/** What a storm said so far: whoever trains a team with it asks what a good team would have done. */
export interface ToldStormPost {
  uri: string
  part: StormPart
  handle: string
  text: string
  at: string
}

/** Plays storms into a world: made-up people speak to one account, faster and faster, then slower. */
export class StormPlayer {
  readonly #world: World
  readonly #timers = new Set<NodeJS.Timeout>()
  readonly #told: ToldStormPost[] = []

  constructor(world: World) {
    this.#world = world
  }

  /** Returns how many posts will come. */
  start(input: StormInput): number {
    const posts = stormOf(input)
    for (const { afterSeconds, part, handle, name, followers, language, text } of posts) {
      const timer = setTimeout(() => {
        this.#timers.delete(timer)
        const did = didFor(`storm ${handle}`)
        const at = this.#world.now()
        if (!this.#world.accounts.has(did))
          this.#world.apply({
            kind: 'account',
            did,
            handle,
            name,
            bio: '',
            password: null,
            avatarCid: null,
            followers,
            at,
          })
        const { uri } = say(this.#world, did, { text, language, at })
        this.#told.push({ uri, part, handle, text, at })
      }, afterSeconds * 1_000)
      this.#timers.add(timer)
    }
    return posts.length
  }

  told(from: number): readonly ToldStormPost[] {
    return this.#told.slice(from)
  }

  stop(): void {
    for (const timer of this.#timers) clearTimeout(timer)
    this.#timers.clear()
  }
}
