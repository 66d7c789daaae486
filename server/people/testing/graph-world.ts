import { sql } from 'kysely'
import type { HeardAuthor } from '../../connectors/index.ts'
import type { Database, WorkspaceTransaction } from '../../platform/database.ts'
import { isKnownError } from '../../platform/errors.ts'
import { SYSTEM } from '../../platform/events.ts'
import { newId } from '../../platform/ids.ts'
import { rememberAuthors } from '../authors.ts'
import { tellFields } from '../fields/told.ts'
import { beginPersonOf } from '../graph/begin.ts'
import { updatePerson } from '../graph/changes.ts'
import { contactPoint } from '../graph/contact-points.ts'
import { eraseAuthorIdentity, erasePerson, eraseRows } from '../graph/erasure.ts'
import { pushLinks } from '../graph/ledger.ts'
import { linkIdentity } from '../graph/link.ts'
import { holdGraph } from '../graph/lock.ts'
import { mergePersons, writeMerges } from '../graph/merge.ts'
import { cutIdentity, moveIdentity } from '../graph/move.ts'
import { beginOperation } from '../graph/operations.ts'
import { setFields, writeOverrides } from '../graph/overrides.ts'
import { splitPerson } from '../graph/split.ts'
import { settle } from '../graph/standing.ts'
import { undoOperation, withdrawLink } from '../graph/undo.ts'
import type { Act } from './graph-reference.ts'
import { Labels, readTables, type Tables } from './graph-tables.ts'

const START = Date.parse('2026-03-02T08:00:00Z')
const GROUNDS = { method: 'agent-confirmed', evidence: { reason: 'said so' }, legalBasis: 'consent' } as const

/** A workspace in which acts happen by label. Time goes on by a minute with each step. */
export class GraphWorld {
  readonly labels = new Labels()
  /** By the number of the act in the reference. */
  readonly operations = new Map<number, string>()
  private readonly database: Database
  readonly workspaceId: string
  private minutes = 0

  constructor(database: Database, workspaceId: string) {
    this.database = database
    this.workspaceId = workspaceId
  }

  inWorkspace = <T>(work: (tx: WorkspaceTransaction) => Promise<T>): Promise<T> =>
    this.database.inWorkspace(this.workspaceId, SYSTEM, work)

  now = (): Date => new Date(START + ++this.minutes * 60_000)

  async hear(label: string, name: string | null): Promise<void> {
    const account: HeardAuthor = {
      network: 'pond',
      scope: '',
      networkId: `id-of-${label}`,
      handle: label,
      name,
      avatarUrl: null,
      bio: null,
      url: null,
      followers: null,
      stable: true,
    }
    const { byKey } = await this.inWorkspace((tx) => rememberAuthors(tx, [account], this.now()))
    for (const { authorId } of byKey.values()) this.labels.set(label, authorId)
  }

  async addContact(label: string): Promise<void> {
    const point = { kind: 'mail', value: `${label}@example.org` } as const
    this.labels.set(label, await this.inWorkspace((tx) => contactPoint(tx, point, this.now())))
  }

  tell = (author: string, source: string, field: string, value: string | null): Promise<void> =>
    this.inWorkspace((tx) => tellFields(tx, this.labels.id(author), source, { [field]: value }, this.now()))

  note = (person: string, text: string): Promise<void> =>
    this.inWorkspace((tx) => updatePerson(tx, this.labels.id(person), { note: text }, this.now()))

  /** Does it by the house's own function. Returns why it was refused, or null. */
  async act(number: number, act: Act): Promise<string | null> {
    try {
      await this.inWorkspace(async (tx) => {
        const { operationId, personId } = await this.perform(tx, act)
        // A link that is said again is no new act; whoever counts acts is told so.
        if ([...this.operations.values()].includes(operationId)) throw new SaidAgain()
        this.operations.set(number, operationId)
        if (personId !== undefined && 'person' in act) this.labels.set(act.person, personId)
      })
      return null
    } catch (error) {
      if (error instanceof SaidAgain) return 'nothing'
      if (isKnownError(error)) return error.code
      throw error
    }
  }

  private async perform(tx: WorkspaceTransaction, act: Act): Promise<{ operationId: string; personId?: string }> {
    const { id } = this.labels
    const at = this.now()
    switch (act.act) {
      case 'begin': {
        const named = act.name === null ? {} : { name: act.name }
        const beginning = { because: 'agent', reason: 'rang', evidence: {}, legalBasis: 'consent', ...named } as const
        return beginPersonOf(tx, { ...beginning, authorId: id(act.author) }, at)
      }
      case 'link': {
        const method = act.method as typeof GROUNDS.method
        const link = { ...GROUNDS, method, authorId: id(act.author), personId: id(act.person), shared: act.shared }
        return { operationId: (await linkIdentity(tx, link, at)).operationId }
      }
      case 'cut':
        return cutIdentity(tx, { authorId: id(act.author), reason: 'not theirs' }, at)
      case 'move': {
        const move = { ...GROUNDS, authorId: id(act.author), personId: id(act.person) }
        return { operationId: (await moveIdentity(tx, move, at)).operationId }
      }
      case 'split': {
        const split = { ...GROUNDS, personId: id(act.from), authorIds: act.authors.map(id), reason: 'two people' }
        return splitPerson(tx, split, at)
      }
      case 'merge':
        return { operationId: (await mergePersons(tx, { ...GROUNDS, personIds: act.persons.map(id) }, at)).operationId }
      case 'field':
        return setFields(tx, id(act.person), { [act.field]: act.value }, at)
    }
  }

  undo = (number: number): Promise<unknown> =>
    this.inWorkspace((tx) => undoOperation(tx, this.operations.get(number) as string, 'it was wrong', this.now()))

  async withdraw(number: number, author: string): Promise<void> {
    await this.inWorkspace(async (tx) => {
      const { rows } = await sql<{ link_id: string }>`
        select link_id from person_link where operation_id = ${this.operations.get(number)}
          and author_id = ${this.labels.id(author)}`.execute(tx.sql)
      await withdrawLink(tx, rows[0]?.link_id as string, 'wrong', this.now())
    })
  }

  erasePerson = async (person: string) => {
    const erased = await this.inWorkspace((tx) => erasePerson(tx, this.labels.id(person), this.now()))
    return {
      persons: erased.personIds.map((id) => this.labels.label(id) as string),
      accounts: erased.authorIds.map((id) => this.labels.label(id) as string),
    }
  }

  eraseAccount = (author: string) =>
    this.inWorkspace((tx) => eraseAuthorIdentity(tx, this.labels.id(author), this.now()))

  /** Once more what an erasure took then, whoever would be taken by it now. */
  eraseAgain = ({ persons, accounts }: { persons: string[]; accounts: string[] }) =>
    this.inWorkspace(async (tx) => {
      const named = { personIds: persons.map(this.labels.id), authorIds: accounts.map(this.labels.id) }
      const held = await holdGraph(tx, named)
      await eraseRows(tx, named, this.now())
      await settle(tx, held)
    })

  /** A person of whom nothing is known: what a beginning or a split leaves when it is undone. */
  async emptyPerson(label: string): Promise<void> {
    const personId = newId()
    await this.inWorkspace((tx) =>
      tx.sql
        .insertInto('person')
        .values({
          workspace_id: tx.workspaceId,
          person_id: personId,
          current_id: personId,
          name: '',
          name_key: '',
          began_because: 'agent',
          created_by_kind: 'system',
        })
        .execute(),
    )
    this.labels.set(label, personId)
  }

  /**
   * Writes the rows of an act without asking whether it would be allowed: what made it so may have been undone since, and
   * the act stands none the less.
   */
  async write(act: Act): Promise<void> {
    const { id } = this.labels
    const links = linksOf(act).map(({ author, person, shared }) => ({
      authorId: id(author),
      personId: person === null ? null : id(person),
      shared,
    }))
    const named = personsOf(act)
    const method = act.act === 'link' ? (act.method as typeof GROUNDS.method) : GROUNDS.method
    await this.inWorkspace(async (tx) => {
      const held = await holdGraph(tx, {
        authorIds: links.map(({ authorId }) => authorId),
        personIds: named.map(id),
      })
      const operation = await beginOperation(tx, act.act, named.map(id), this.now())
      if (links.length > 0) await pushLinks(tx, operation, links, { ...GROUNDS, method })
      if (act.act === 'merge') {
        const ties = act.persons.slice(1).map((person, index) => [id(act.persons[index] as string), id(person)])
        await writeMerges(tx, operation, ties as [string, string][], GROUNDS)
      }
      if (act.act === 'field') await writeOverrides(tx, operation, id(act.person), { [act.field]: act.value })
      if (act.act === 'begin' && act.name !== null)
        await writeOverrides(tx, operation, id(act.person), { name: act.name })
      await settle(tx, held)
    })
  }

  tables = (): Promise<Tables> => this.inWorkspace((tx) => readTables(tx, this.labels))
}

class SaidAgain extends Error {}

/** In whose history it stands. */
function personsOf(act: Act): string[] {
  if (act.act === 'merge') return act.persons
  if (act.act === 'split') return [act.from, act.person]
  return 'person' in act ? [act.person] : []
}

function linksOf(act: Act): { author: string; person: string | null; shared: boolean }[] {
  if (act.act === 'split') return act.authors.map((author) => ({ author, person: act.person, shared: false }))
  if (act.act === 'cut') return [{ author: act.author, person: null, shared: false }]
  if (act.act === 'link') return [act]
  return act.act === 'begin' || act.act === 'move' ? [{ ...act, shared: false }] : []
}
