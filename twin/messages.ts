import { randomBytes } from 'node:crypto'

/** Messages between two accounts, apart from the public world: nothing of them stands in records, streams or searches. */
export interface Message {
  id: string
  rev: string
  text: string
  sender: string
  sentAt: string
  deleted: boolean
}

export interface Convo {
  id: string
  members: [string, string]
  messages: Message[]
}

export interface MessageLog {
  rev: string
  kind: 'begin' | 'create' | 'delete'
  convoId: string
  message: Message | null
}

/** Who takes messages, as chat.bsky.actor.declaration says it. */
export type TakesMessages = 'all' | 'following' | 'none'

export class Messages {
  readonly convos = new Map<string, Convo>()
  readonly log: MessageLog[] = []
  readonly takes = new Map<string, TakesMessages>()
  #revision = 0

  /** The one conversation of two accounts: begun by the first word, and the same for ever. */
  between(one: string, other: string, begins = true): Convo | null {
    const id = [one, other].sort().join('|')
    const known = [...this.convos.values()].find(({ members }) => [...members].sort().join('|') === id)
    if (known || !begins) return known ?? null
    const convo: Convo = { id: randomBytes(8).toString('hex'), members: [one, other], messages: [] }
    this.convos.set(convo.id, convo)
    this.log.push({ rev: this.#rev(), kind: 'begin', convoId: convo.id, message: null })
    return convo
  }

  say(convo: Convo, sender: string, text: string, sentAt: string): Message {
    const rev = this.#rev()
    const message = { id: randomBytes(8).toString('hex'), rev, text, sender, sentAt, deleted: false }
    convo.messages.push(message)
    this.log.push({ rev, kind: 'create', convoId: convo.id, message })
    return message
  }

  #rev(): string {
    this.#revision++
    return this.#revision.toString(36).padStart(13, '2')
  }
}
