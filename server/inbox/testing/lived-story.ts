import { sql } from 'kysely'
import { recordConsent } from '../../people/index.ts'
import { markDue } from '../../people/profile/due.ts'
import { addNote } from '../../people/profile/notes.ts'
import { tagPerson } from '../../people/profile/tags.ts'
import { tellPurchases } from '../../people/purchases/telling.ts'
import type { Act } from '../../people/testing/graph-reference.ts'
import { GraphWorld } from '../../people/testing/graph-world.ts'
import type { Desk } from './desk.ts'

/** A drawn wish; numbers choose among what there is when its turn comes. */
export interface Wish {
  kind: (typeof KINDS)[number]
  a: number
  b: number
  c: number
}

export const KINDS = [
  'says',
  'says',
  'answer',
  'note',
  'tag',
  'consent',
  'purchase',
  'begin',
  'link',
  'cut',
  'move',
  'split',
  'merge',
  'merge',
  'merge',
  'undo',
  'undo',
  'undo',
  'undo',
] as const

export const TAGS = ['VIP', 'Presse', 'Beta']
const PURPOSES = ['contact', 'research'] as const
const CONTACTS = ['c0', 'c1']

type Fact =
  | { fact: 'says'; author: string; text: string }
  | { fact: 'answer'; author: string; text: string }
  | { fact: 'note'; person: string; text: string }
  | { fact: 'tag'; person: string; tag: string }
  | {
      fact: 'consent'
      place: { person: string } | { author: string }
      purpose: (typeof PURPOSES)[number]
      given: boolean
    }
  | { fact: 'purchase'; number: string; author: string }
type Step = Fact | { act: number }

interface Done {
  number: number
  act: Act
  undone: boolean
  /** The person of an account's first post: begun by hearing it, in every telling. */
  byItself: boolean
}

/**
 * A care desk where people post, are answered, noted, tagged and bought from while members merge, split and move them and
 * take that back. What happened is kept, so that it can be told again without the acts that were undone.
 */
export class LivedStory {
  readonly desk: Desk
  readonly world: GraphWorld
  readonly handles = new Map<string, string>()
  /** Everything that was said, by whomever; each text once. */
  readonly texts: string[] = []
  readonly notes: string[] = []
  private readonly steps: Step[] = []
  private readonly done: Done[] = []
  private persons = 0

  constructor(desk: Desk) {
    this.desk = desk
    this.world = new GraphWorld(desk.services.database, desk.workspaceId)
    // Beside posts, whose time is the network's.
    this.world.now = () => new Date()
  }

  async begin(accounts: number): Promise<void> {
    for (const label of CONTACTS) await this.world.addContact(label)
    for (let number = 0; number < accounts; number++) await this.fulfil({ kind: 'says', a: 0, b: 0, c: 100 })
  }

  async fulfil({ kind, a, b, c }: Wish): Promise<void> {
    const accounts = [...this.handles.keys()]
    const authors = [...accounts, ...CONTACTS]
    const pick = <One>(ones: readonly One[], number: number): One => ones[number % ones.length] as One
    const author = pick(authors, a)
    const person = pick(this.personLabels(), b)
    const fresh = `p${this.persons}`
    switch (kind) {
      case 'says': {
        const speaker = c === 100 ? `a${accounts.length}` : pick(accounts, a)
        return this.happen({ fact: 'says', author: speaker, text: `word ${this.steps.length}` })
      }
      case 'answer':
        return this.happen({ fact: 'answer', author: pick(accounts, a), text: `reply ${this.steps.length}` })
      case 'note':
        return this.happen({ fact: 'note', person, text: `note ${this.steps.length}` })
      case 'tag':
        return this.happen({ fact: 'tag', person, tag: pick(TAGS, c) })
      case 'consent': {
        const place = c % 2 === 0 ? { person } : { author }
        return this.happen({ fact: 'consent', place, purpose: pick(PURPOSES, c >> 1), given: c % 3 > 0 })
      }
      case 'purchase':
        return this.happen({ fact: 'purchase', number: `order-${this.steps.length}`, author: pick(CONTACTS, a) })
      case 'begin':
        return this.act({ act: 'begin', author: pick(CONTACTS, a), person: fresh, name: null })
      case 'link':
        return this.act({ act: 'link', author, person, method: 'agent-confirmed', shared: c % 5 === 0 })
      case 'cut':
        return this.act({ act: 'cut', author })
      case 'move':
        return this.act({ act: 'move', author, person })
      case 'split': {
        const own = await this.authorsOf(person)
        const split = own.filter((_, index) => ((c >> index) & 1) === 1)
        return this.act({ act: 'split', from: person, person: fresh, authors: split })
      }
      case 'merge':
        return this.act({ act: 'merge', persons: [...new Set([pick(this.personLabels(), a), person])] })
      case 'undo': {
        const standing = this.done.filter((one) => !one.undone)
        const one = standing[c % Math.max(1, standing.length)]
        if (!one) return
        await this.world.undo(one.number)
        one.undone = true
      }
    }
  }

  personLabels = (): string[] => Array.from({ length: this.persons }, (_, number) => `p${number}`)
  authorLabels = (): string[] => [...this.handles.keys(), ...CONTACTS]

  private async happen(fact: Fact): Promise<void> {
    await this.tell(fact)
    this.steps.push(fact)
    if (fact.fact === 'says' || fact.fact === 'answer') {
      this.texts.push(fact.text)
      await this.noticeBeginnings()
    }
    if (fact.fact === 'note') this.notes.push(fact.text)
  }

  private async tell(fact: Fact): Promise<void> {
    const { desk, world } = this
    const { id } = world.labels
    const inWorkspace = world.inWorkspace
    const at = new Date()
    switch (fact.fact) {
      case 'says':
        desk.says(handleOf(fact.author), `@nordwind.test ${fact.text}`)
        await desk.hear()
        return this.remember(fact.author)
      case 'answer': {
        await desk.answer(await desk.conversationOf(handleOf(fact.author)), fact.text)
        await desk.deliver()
        return desk.hear()
      }
      case 'note':
        await inWorkspace((tx) => addNote(tx, id(fact.person), fact.text, at))
        return
      case 'tag':
        return inWorkspace((tx) => tagPerson(tx, id(fact.person), { add: [fact.tag], remove: [] }, at))
      case 'consent': {
        const subject =
          'person' in fact.place ? { personId: id(fact.place.person) } : { authorId: id(fact.place.author) }
        const { purpose, given } = fact
        const said = { purpose, given, text: 'May we?', language: 'en', channel: 'phone', at } as const
        await inWorkspace((tx) => recordConsent(tx, { ...subject, ...said }))
        return
      }
      case 'purchase': {
        const customer = { mail: `${fact.author}@example.org` }
        const order = { kind: 'order', state: 'completed', happenedAt: at, amount: '1200', currency: 'EUR' } as const
        await inWorkspace((tx) =>
          tellPurchases(tx, [{ externalId: fact.number, customer, ...order }], {
            system: 'shop',
            secrets: desk.services.secrets,
            at,
          }),
        )
      }
    }
  }

  private async remember(author: string): Promise<void> {
    if (this.handles.has(author)) return
    const rows = await this.desk.rows(sql<{ author_id: string }>`
      select author_id from author where handle = ${handleOf(author)}`)
    this.world.labels.set(author, rows[0]?.author_id as string)
    this.handles.set(author, handleOf(author))
  }

  /** Who writes to us and belongs to nobody begins a person: an act like any other, that nobody asked for. */
  private async noticeBeginnings(): Promise<void> {
    for (const { person_id, operation_id, author_id } of await this.begun()) {
      if (this.world.labels.labels.has(person_id)) continue
      const person = `p${this.persons++}`
      const number = this.done.length
      const author = this.world.labels.label(author_id) as string
      const byItself = !this.done.some(({ act }) => act.act === 'begin' && act.author === author)
      this.world.labels.set(person, person_id)
      this.world.operations.set(number, operation_id)
      this.done.push({ number, act: { act: 'begin', author, person, name: null }, undone: false, byItself })
      this.steps.push({ act: number })
    }
  }

  private begun = () =>
    this.desk.rows(sql<{ person_id: string; operation_id: string; author_id: string }>`
      select l.person_id, l.operation_id, l.author_id from person_link l
        join graph_operation o on o.workspace_id = l.workspace_id and o.operation_id = l.operation_id
      where o.kind = 'begin' order by l.position`)

  private async act(act: Act): Promise<void> {
    const number = this.done.length
    if ((await this.world.act(number, act)) !== null) return
    if (act.act === 'begin' || act.act === 'split') this.persons++
    this.done.push({ number, act, undone: false, byItself: false })
    this.steps.push({ act: number })
  }

  private async authorsOf(person: string): Promise<string[]> {
    const rows = await this.desk.rows(sql<{ author_id: string }>`
      select a.author_id from author a join person p on p.workspace_id = a.workspace_id and p.current_id = a.person_id
      where p.person_id = ${this.world.labels.id(person)}`)
    return rows.map(({ author_id }) => this.world.labels.label(author_id) as string).toSorted()
  }

  /**
   * On another desk, only what stands in the end. What was posted and answered comes first: it does not depend on whose
   * an account is, and would begin persons of accounts that had one then by an act that is gone.
   */
  async tellAgain(desk: Desk): Promise<LivedStory> {
    const other = new LivedStory(desk)
    for (const label of CONTACTS) await other.world.addContact(label)
    for (const step of this.steps)
      if ('fact' in step && (step.fact === 'says' || step.fact === 'answer')) await other.tell(step)
    await other.takeBeginnings(this.done)
    for (const step of this.steps)
      if ('act' in step) await other.actAgain(this.done[step.act] as Done)
      else if (step.fact !== 'says' && step.fact !== 'answer') await other.tell(step)
    other.persons = this.persons
    // Rows that were written past the acts told nobody.
    await other.world.inWorkspace((tx) => markDue(tx, other.personLabels().map(other.world.labels.id)))
    return other
  }

  /** The persons whom hearing alone began are the ones of the first telling. */
  private async takeBeginnings(done: readonly Done[]): Promise<void> {
    const begun = await this.begun()
    for (const { number, act, byItself, undone } of done) {
      if (!byItself || act.act !== 'begin') continue
      const row = begun.find(({ author_id }) => author_id === this.world.labels.id(act.author))
      if (!row) throw new Error(`nobody began by ${act.author}`)
      this.world.labels.set(act.person, row.person_id)
      this.world.operations.set(number, row.operation_id)
      if (undone) await this.world.undo(number)
    }
  }

  private async actAgain({ number, act, undone, byItself }: Done): Promise<void> {
    if (byItself) return
    if (!undone && (await this.world.act(number, act)) === null) return
    if (act.act === 'begin' || act.act === 'split') await this.world.emptyPerson(act.person)
    if (!undone) await this.world.write(act)
  }
}

const handleOf = (author: string): string => `${author}.test`
