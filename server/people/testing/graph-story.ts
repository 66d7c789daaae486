import { type Account, type Act, Reference } from './graph-reference.ts'
import type { GraphWorld } from './graph-world.ts'

/** A drawn wish; numbers choose among what there is when its turn comes. */
export interface Wish {
  kind: (typeof KINDS)[number]
  a: number
  b: number
  c: number
}

export const KINDS = [
  'hear',
  'contact',
  'rename',
  'begin',
  'begin',
  'link',
  'link',
  'cut',
  'move',
  'split',
  'merge',
  'merge',
  'field',
  'tell',
  'note',
  'undo',
  'undo',
  'undo',
  'withdraw',
  'erase-person',
  'erase-account',
] as const

const PERSON_LIKE = ['Jan de Vries', 'Anna Müller', 'Zoë Öztürk']
const NAMES = [...PERSON_LIKE, 'TeeladenBremen', 'kunde', null]
const FIELDS = ['name', 'language', 'city']
const VALUES: Record<string, (string | null)[]> = {
  name: ['Ada Lovelace', 'Bo', null],
  language: ['de', 'nl', null],
  city: ['Bremen', null],
}
const SOURCES = ['crm', 'shop', 'customer']
const METHODS = ['agent-confirmed', 'customer-told', 'imported']

type Step =
  | { step: 'hear'; label: string; name: string | null }
  | { step: 'contact'; label: string }
  | { step: 'tell'; author: string; source: string; field: string; value: string | null }
  | { step: 'note'; person: string; text: string }
  | { step: 'act'; number: number }
  | { step: 'erase'; persons: string[]; accounts: string[] }

/** What happens in a workspace, told to the database and to the reference alike. */
export class Story {
  readonly reference = new Reference(new Set(PERSON_LIKE))
  private readonly steps: Step[] = []
  private acts = 0
  readonly world: GraphWorld

  constructor(world: GraphWorld) {
    this.world = world
  }

  /** Returns what the two said, where they should say the same. */
  async fulfil({ kind, a, b, c }: Wish): Promise<{ refused: string | null; expected: string | null }> {
    const { reference } = this
    const pick = <One>(ones: readonly One[], number: number): One | undefined => ones[number % Math.max(1, ones.length)]
    const accounts = [...reference.accounts.keys()]
    const author = pick(accounts, a) ?? ''
    const person = pick(reference.persons, b) ?? ''
    const fresh = `p${reference.persons.length}`
    switch (kind) {
      case 'hear':
        return this.hear(`a${accounts.length}`, pick(NAMES, b) ?? null)
      case 'contact':
        return this.addContact(`a${accounts.length}`)
      case 'rename': {
        const account = reference.accounts.get(author)
        if (!account || account.contact || reference.erasedAccounts.has(author)) return NOTHING
        return this.hear(author, pick(NAMES, b) ?? null)
      }
      case 'begin':
        if (author === '') return NOTHING
        return this.act({ act: 'begin', author, person: fresh, name: c % 4 === 0 ? 'Given Name' : null })
      case 'link': {
        const method = pick(METHODS, c) as string
        if (author === '' || person === '') return NOTHING
        return this.act({ act: 'link', author, person, method, shared: c % 5 === 0 })
      }
      case 'cut':
        return author === '' ? NOTHING : this.act({ act: 'cut', author })
      case 'move':
        return author === '' || person === '' ? NOTHING : this.act({ act: 'move', author, person })
      case 'split': {
        if (person === '') return NOTHING
        const own = reference.accountsOf(person)
        const authors = own.filter((_, index) => ((c >> index) & 1) === 1)
        return this.act({ act: 'split', from: person, person: fresh, authors })
      }
      case 'merge': {
        const others = [pick(reference.persons, a), person, ...(c % 3 === 0 ? [pick(reference.persons, c)] : [])]
        const persons = [...new Set(others.filter((one) => one !== undefined && one !== ''))] as string[]
        return persons.length === 0 ? NOTHING : this.act({ act: 'merge', persons })
      }
      case 'field': {
        const field = pick(FIELDS, a) as string
        const value = pick(VALUES[field] as string[], c) ?? null
        return person === '' ? NOTHING : this.act({ act: 'field', person, field, value })
      }
      case 'tell': {
        const field = pick(FIELDS, b) as string
        const value = pick(VALUES[field] as string[], c) ?? null
        if (author === '' || reference.erasedAccounts.has(author)) return NOTHING
        return this.tell(author, pick(SOURCES, c) as string, field, value)
      }
      case 'note':
        return person === '' || reference.erasedPersons.has(person) ? NOTHING : this.note(person, `note ${c}`)
      case 'undo': {
        const entry = pick(reference.standing(), c)
        if (!entry) return NOTHING
        await this.world.undo(entry.number)
        entry.undone = true
        return NOTHING
      }
      case 'withdraw':
        return this.withdraw(c, a)
      case 'erase-person':
        if (person === '' || reference.erasedPersons.has(person) || c % 4 > 0) return NOTHING
        return this.erasePerson(person)
      case 'erase-account':
        if (author === '' || reference.erasedAccounts.has(author) || c % 4 > 0) return NOTHING
        await this.world.eraseAccount(author)
        return this.forget([], [author])
    }
  }

  private async hear(label: string, name: string | null) {
    await this.world.hear(label, name)
    this.steps.push({ step: 'hear', label, name })
    const known = this.reference.accounts.get(label)
    if (!known) this.reference.accounts.set(label, { contact: false, name, handle: label, past: [] })
    else if (name !== null && name !== known.name) {
      if (known.name !== null) known.past.push(known.name)
      known.name = name
    }
    return NOTHING
  }

  private async addContact(label: string) {
    await this.world.addContact(label)
    this.steps.push({ step: 'contact', label })
    const account: Account = { contact: true, name: null, handle: `${label}@example.org`, past: [] }
    this.reference.accounts.set(label, account)
    return NOTHING
  }

  private async tell(author: string, source: string, field: string, value: string | null) {
    await this.world.tell(author, source, field, value)
    this.steps.push({ step: 'tell', author, source, field, value })
    const { told } = this.reference
    const at = told.findIndex((one) => one.author === author && one.source === source && one.field === field)
    if (at >= 0) told.splice(at, 1)
    if (value !== null) told.push({ author, source, field, value, at: this.steps.length })
    return NOTHING
  }

  private async note(person: string, text: string) {
    await this.world.note(person, text)
    this.steps.push({ step: 'note', person, text })
    const { notes } = this.reference
    const at = notes.findIndex((one) => one.person === person)
    if (at >= 0) notes.splice(at, 1)
    notes.push({ person, text })
    return NOTHING
  }

  private async act(act: Act) {
    const number = this.acts++
    const expected = this.reference.refusal(act)
    const refused = await this.world.act(number, act)
    if (refused === null && expected === null) {
      this.reference.done.push({ number, act, undone: false, withdrawn: new Set() })
      if (act.act === 'begin' || act.act === 'split') this.reference.persons.push(act.person)
      this.steps.push({ step: 'act', number })
    }
    return { refused, expected }
  }

  /** One link of an act; with the last of them the act is undone. */
  private async withdraw(a: number, b: number) {
    const linking = this.reference.standing().filter(({ act }) => ['link', 'split', 'move', 'cut'].includes(act.act))
    const entry = linking[a % Math.max(1, linking.length)]
    if (!entry) return NOTHING
    const { act } = entry
    const authors = act.act === 'split' ? act.authors : 'author' in act ? [act.author] : []
    const left = authors.filter((author) => !entry.withdrawn.has(author))
    const author = left[b % left.length] as string
    await this.world.withdraw(entry.number, author)
    entry.withdrawn.add(author)
    if (left.length === 1) entry.undone = true
    return NOTHING
  }

  private async erasePerson(person: string) {
    const { persons, accounts } = await this.world.erasePerson(person)
    const expected = [...this.reference.group(person), ...this.reference.accountsOf(person)].toSorted().join()
    const erased = [...persons, ...accounts].toSorted().join()
    await this.forget(persons, accounts)
    return { refused: erased, expected }
  }

  private async forget(persons: string[], accounts: string[]) {
    const { reference } = this
    this.steps.push({ step: 'erase', persons, accounts })
    for (const person of persons) reference.erasedPersons.add(person)
    for (const author of accounts) {
      reference.erasedAccounts.add(author)
      const account = reference.accounts.get(author)
      if (account) Object.assign(account, { name: null, handle: null, past: [] })
    }
    for (const [at, { author }] of [...reference.told.entries()].toReversed())
      if (accounts.includes(author)) reference.told.splice(at, 1)
    return NOTHING
  }

  /** In a fresh workspace, only what stands in the end: acts that were undone never happen, nor are they undone. */
  async replay(world: GraphWorld): Promise<void> {
    for (const step of this.steps) {
      if (step.step === 'hear') await world.hear(step.label, step.name)
      else if (step.step === 'contact') await world.addContact(step.label)
      else if (step.step === 'tell') await world.tell(step.author, step.source, step.field, step.value)
      else if (step.step === 'note') await world.note(step.person, step.text)
      else if (step.step === 'erase') await world.eraseAgain(step)
      else await this.actAgain(world, step.number)
    }
  }

  private async actAgain(world: GraphWorld, number: number): Promise<void> {
    const entry = this.reference.done.find((one) => one.number === number)
    if (!entry) throw new Error(`act ${number} never happened`)
    const { act, undone, withdrawn } = entry
    const begins = act.act === 'begin' || act.act === 'split'
    const partly = withdrawn.size > 0
    if (!undone && !partly && (await world.act(number, act)) === null) return
    if (begins) await world.emptyPerson(act.person)
    if (undone) return
    await world.write(
      act.act === 'split' ? { ...act, authors: act.authors.filter((author) => !withdrawn.has(author)) } : act,
    )
  }
}

const NOTHING = { refused: null, expected: null }
