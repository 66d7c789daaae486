/**
 * The identity graph once more, written from its description (docs/decisions/0015) without looking at the SQL: a list of
 * what happened, and questions that are answered by walking it. Slow and obvious. Persons and accounts are labels.
 */
export type Act =
  | { act: 'begin'; author: string; person: string; name: string | null }
  | { act: 'link'; author: string; person: string; method: string; shared: boolean }
  | { act: 'cut'; author: string }
  | { act: 'move'; author: string; person: string }
  | { act: 'split'; from: string; person: string; authors: string[] }
  | { act: 'merge'; persons: string[] }
  | { act: 'field'; person: string; field: string; value: string | null }

export interface Done {
  number: number
  act: Act
  undone: boolean
  /** Accounts whose link of this act was withdrawn by itself. */
  withdrawn: Set<string>
}

export interface Account {
  contact: boolean
  name: string | null
  handle: string | null
  /** Earlier names, the first shown first. */
  past: string[]
}

interface Told {
  author: string
  source: string
  field: string
  value: string
  at: number
}

export class Reference {
  readonly accounts = new Map<string, Account>()
  readonly persons: string[] = []
  readonly done: Done[] = []
  readonly told: Told[] = []
  readonly notes: { person: string; text: string }[] = []
  readonly erasedAccounts = new Set<string>()
  readonly erasedPersons = new Set<string>()
  /** Which account names look like a person's. */
  readonly personLike: ReadonlySet<string>

  constructor(personLike: ReadonlySet<string>) {
    this.personLike = personLike
  }

  standing = (): Done[] => this.done.filter((entry) => !entry.undone)

  /** Everyone tied together by merges that stand, the oldest first. */
  group(person: string): string[] {
    const together = new Set([person])
    for (let before = 0; before !== together.size; ) {
      before = together.size
      for (const { act } of this.standing())
        if (act.act === 'merge' && act.persons.some((one) => together.has(one)))
          for (const one of act.persons) together.add(one)
    }
    return this.persons.filter((one) => together.has(one))
  }

  current = (person: string): string => this.group(person)[0] as string

  /** The links of an account that stand, the topmost last: to a person, or to nobody. */
  stack(author: string): { person: string | null; shared: boolean; method: string; entry: Done }[] {
    return this.standing().flatMap((entry) => {
      const { act } = entry
      if (entry.withdrawn.has(author)) return []
      const row = (person: string | null, shared = false, method = 'agent-confirmed') => [
        { person, shared, method, entry },
      ]
      if (act.act === 'begin' && act.author === author) return row(act.person)
      if (act.act === 'link' && act.author === author) return row(act.person, act.shared, act.method)
      if (act.act === 'move' && act.author === author) return row(act.person)
      if (act.act === 'cut' && act.author === author) return row(null)
      if (act.act === 'split' && act.authors.includes(author)) return row(act.person)
      return []
    })
  }

  top = (author: string) => this.stack(author).findLast(({ shared }) => !shared) ?? null

  holder(author: string): string | null {
    const person = this.erasedAccounts.has(author) ? null : (this.top(author)?.person ?? null)
    return person === null || this.erasedPersons.has(person) ? null : this.current(person)
  }

  accountsOf = (person: string): string[] =>
    [...this.accounts.keys()].filter((author) => this.holder(author) === this.current(person))

  override(person: string, field: string): string | null {
    const group = this.group(person)
    if (this.erasedPersons.has(person)) return null
    const said = this.standing().flatMap(({ act }) => {
      if (act.act === 'field' && act.field === field && group.includes(act.person)) return [act.value]
      if (act.act === 'begin' && field === 'name' && act.name !== null && group.includes(act.person)) return [act.name]
      return []
    })
    return said.at(-1) ?? null
  }

  field(person: string, field: string): string | null {
    if (this.erasedPersons.has(person)) return null
    const override = this.override(person, field)
    if (override !== null) return override
    const own = this.accountsOf(person)
    const told = this.told.filter((one) => one.field === field && own.includes(one.author))
    const newest = (ones: Told[]) =>
      ones.toSorted(
        (a, b) => b.at - a.at || own.indexOf(a.author) - own.indexOf(b.author) || (a.source < b.source ? -1 : 1),
      )[0]?.value
    const value =
      told.filter(({ source }) => source === 'customer').toSorted((a, b) => b.at - a.at)[0]?.value ??
      newest(told.filter(({ source }) => source !== 'customer'))
    return value ?? (field === 'name' ? this.shownName(person, own) : null)
  }

  private shownName(person: string, own: string[]): string | null {
    const shown = own.length > 0 ? own : this.firstOf(person)
    const rank = (author: string): number => {
      const account = this.accounts.get(author) as Account
      if (account.name !== null) return this.personLike.has(account.name) ? 0 : 1
      return account.contact ? 3 : 2
    }
    const best = Math.min(...shown.map(rank))
    const author = shown.find((one) => rank(one) === best)
    const account = author && this.accounts.get(author)
    return account ? (account.name ?? account.handle) : null
  }

  /** The account of the first link to one of them that stands. */
  private firstOf(person: string): string[] {
    const group = this.group(person)
    for (const { act, withdrawn } of this.standing()) {
      if (act.act === 'merge' || act.act === 'field' || act.act === 'cut' || !group.includes(act.person)) continue
      const named = act.act === 'split' ? act.authors : [act.author]
      const left = named.filter((author) => !withdrawn.has(author) && !this.erasedAccounts.has(author))
      // Links of one act come at once: the oldest account of them.
      if (left.length > 0) return [[...this.accounts.keys()].find((author) => left.includes(author)) as string]
    }
    return []
  }

  /** Why an act is refused; null when it is not. */
  refusal(act: Act): string | null {
    const unknownTo = (author: string) => (this.erasedAccounts.has(author) ? 'author-erased' : null)
    const gone = (person: string) => (this.erasedPersons.has(person) ? 'person-erased' : null)
    switch (act.act) {
      case 'begin':
        return unknownTo(act.author) ?? (this.holder(act.author) ? 'author-linked' : null)
      case 'link': {
        const held = this.holder(act.author)
        const erased = unknownTo(act.author) ?? gone(act.person)
        if (erased) return erased
        if (this.saidAlready(act)) return 'nothing'
        return !act.shared && held && held !== this.current(act.person) ? 'author-linked' : null
      }
      case 'cut':
        return unknownTo(act.author) ?? (this.holder(act.author) ? null : 'author-unlinked')
      case 'move': {
        const held = this.holder(act.author)
        const erased = unknownTo(act.author) ?? gone(act.person)
        if (erased) return erased
        if (!held) return 'author-unlinked'
        return held === this.current(act.person) ? 'author-is-there-already' : null
      }
      case 'split': {
        const own = this.accountsOf(act.from)
        if (gone(act.from)) return 'person-erased'
        if (act.authors.length === 0) return 'split-needs-identities'
        if (!act.authors.every((author) => own.includes(author))) return 'author-not-of-person'
        return own.length === act.authors.length ? 'split-takes-all' : null
      }
      case 'merge': {
        const given = [...new Set(act.persons)]
        if (given.length < 2) return 'merge-needs-two'
        if (given.some((person) => this.erasedPersons.has(person))) return 'person-erased'
        return new Set(given.map(this.current)).size < 2 ? 'persons-same-already' : null
      }
      case 'field':
        return gone(act.person)
    }
  }

  private saidAlready({ author, person, method, shared }: Extract<Act, { act: 'link' }>): boolean {
    if (shared) return this.stack(author).some((row) => row.shared && row.person === person)
    const top = this.top(author)
    return top?.person === person && top.method === method
  }
}
