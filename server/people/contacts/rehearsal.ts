import { sql } from 'kysely'
import type { ContactImportSettings } from '../../../contract/people-contact-imports.ts'
import { type ImportProblem, type ImportRow, rehearseFile } from '../../imports/index.ts'
import type { WorkspaceTransaction } from '../../platform/database.ts'
import { SYSTEM } from '../../platform/events.ts'
import type { Services } from '../../platform/services.ts'
import { accountKey } from '../suppression.ts'
import { type ContactChange, type ContactFault, changeOf } from './contact-change.ts'
import type { ContactOutcome } from './contacts.ts'
import { addOutcome, type ContactCounts, NO_COUNTS } from './counts.ts'
import type { KnownIdentity } from './identities.ts'
import { type Judged, judgeStanding, readStandings, type Source, type Standing } from './judging.ts'
import { type LikelyCount, LikelySample } from './likely-sample.ts'
import { unchangedAmong } from './news.ts'
import { contactProblem, type ReadContact, readContacts } from './reading.ts'
import type { RehearsalSample } from './rehearsal-sample.ts'
import { sourceOf } from './settings.ts'

const SAMPLES_EACH_MAX = 5

export interface Rehearsal {
  rows: number
  whole: boolean
  rejected: number
  counts: ContactCounts
  samples: RehearsalSample[]
  /** Null: the workspace allows no suggestions. */
  likely: LikelyCount | null
}

/** Says what would become of each row, as if the rows before it had been taken in. */
export function rehearseContacts(
  services: Services,
  row: ImportRow,
  settings: ContactImportSettings,
  signal: AbortSignal,
): Promise<void> {
  const run = <T>(work: (tx: WorkspaceTransaction) => Promise<T>) =>
    services.database.inWorkspace(row.workspace_id, SYSTEM, work)
  const source = sourceOf(settings, services.secrets, services.clock.now(), row.import_id)
  const looking = new Looking({ ...source, line: null })
  return rehearseFile(
    services,
    row,
    readContacts(row.file_path, { mapping: settings.mapping }),
    {
      rows: () => looking.result.rows,
      refusal: ({ row: read }) => (read.kind === 'refused' ? read.problem : null),
      look: (tx, batch) => looking.look(tx, batch),
      result: async (whole) => {
        const likely = await looking.likely.compare(run, services.secrets, looking.result.samples)
        return { ...looking.result, likely, whole }
      },
    },
    signal,
  )
}

interface Row {
  line: number | null
  change: ContactChange
  faults: ContactFault[]
  /** Null: refused as it was written. */
  standing: Standing | null
}

const NOTHING = { change: null, faults: [] }

class Looking {
  readonly result: Rehearsal = { rows: 0, whole: true, rejected: 0, counts: NO_COUNTS, samples: [], likely: null }
  readonly likely = new LikelySample()
  private readonly source: Source
  /** By identity: the row that would begin somebody, or bring them this. */
  private readonly told = new Map<string, { personId: string; isContact: boolean }>()
  private readonly said = new Map<string, string>()
  private readonly names = new Map<string, string>()

  constructor(source: Source) {
    this.source = source
  }

  async look(tx: WorkspaceTransaction, batch: readonly ReadContact[]): Promise<void> {
    const read = batch.map(({ line, row }) => ({
      line,
      row,
      ...(row.kind === 'contact' ? changeOf(row.told) : NOTHING),
    }))
    const told = read.flatMap(({ change, faults }) =>
      change && !faults.some(({ refuses }) => refuses) ? [change] : [],
    )
    const standings = await readStandings(tx, told, this.source)
    const unchanged = await this.unchanged(tx, standings)
    const byChange = new Map(standings.map((standing) => [standing.change, standing]))
    for (const { line, row, change, faults } of read) {
      this.result.rows++
      if (row.kind === 'rejected') this.note('refused', line, row.raw, [row.problem], null)
      if (change) await this.lookAt(tx, { line, change, faults, standing: byChange.get(change) ?? null }, unchanged)
    }
  }

  /** The known ones of which the database knows everything already. */
  private async unchanged(tx: WorkspaceTransaction, standings: readonly Standing[]): Promise<Set<ContactChange>> {
    const known = standings.flatMap(({ change, isRecorded, known: [anchor, ...others] }) =>
      isRecorded && anchor ? [{ change, anchor, others }] : [],
    )
    return new Set([...(await unchangedAmong(tx, known, this.source))].map(({ change }) => change))
  }

  private async lookAt(
    tx: WorkspaceTransaction,
    { line, change, faults, standing }: Row,
    unchanged: ReadonlySet<ContactChange>,
  ): Promise<void> {
    const judged = standing && judgeStanding(this.overlaid(standing), this.source.inUse)
    const all = [...faults, ...(judged?.faults ?? [])]
    const outcome = judged ? this.outcomeOf(change, judged, unchanged) : 'refused'
    if (judged) this.remember(judged, outcome, line, change)
    const name = all.some(({ code }) => code === 'suppressed') ? '' : calledIn(change)
    const problems = all.map(problemOf)
    const sample = this.note(outcome, line, name, problems, judged && (await this.candidates(tx, judged)))
    if (outcome === 'begun' && judged?.record)
      this.likely.add({ record: judged.record, line: line ?? 0, name, problems, sample })
  }

  /** As if the rows before had been taken in. */
  private overlaid(standing: Standing): Standing {
    const known = standing.known.map((identity): KnownIdentity => {
      const told = this.told.get(accountKey(identity))
      return told && !identity.personId ? { ...identity, personId: told.personId } : identity
    })
    const [anchor] = known
    const isContact = anchor !== undefined && this.told.get(accountKey(anchor))?.isContact
    return { ...standing, known, isRecorded: standing.isRecorded || isContact === true }
  }

  private outcomeOf(
    change: ContactChange,
    { record, decision, proposal }: Judged,
    unchanged: ReadonlySet<ContactChange>,
  ): ContactOutcome {
    if (!record || !decision) return 'refused'
    if (proposal === 'left-out') return 'left-out'
    if (decision.kind === 'update') {
      const before = this.said.get(accountKey(record.anchor))
      if (before !== undefined) return before === JSON.stringify(change) ? 'unchanged' : 'changed'
      return unchanged.has(change) ? 'unchanged' : 'changed'
    }
    if (proposal === 'waiting' || decision.kind === 'propose') return 'possible'
    return decision.kind === 'join' ? 'joined' : 'begun'
  }

  private remember({ record, decision }: Judged, outcome: ContactOutcome, line: number | null, change: ContactChange) {
    if (!record || outcome === 'refused' || outcome === 'possible' || outcome === 'left-out') return
    const key = accountKey(record.anchor)
    this.said.set(key, JSON.stringify(change))
    if (outcome !== 'begun' && outcome !== 'joined') return
    const personId = decision?.kind === 'join' ? decision.personId : `row ${line}`
    if (outcome === 'begun') this.names.set(personId, calledIn(change))
    this.told.set(key, { personId, isContact: true })
    for (const { personId: owner, ...other } of record.others)
      if (!owner) this.told.set(accountKey(other), { personId, isContact: false })
  }

  private async candidates(tx: WorkspaceTransaction, { decision }: Judged): Promise<RehearsalSample['candidates']> {
    if (decision?.kind !== 'propose') return []
    const known = decision.candidates.filter(({ personId }) => !personId.startsWith('row '))
    const names = await namesOf(
      tx,
      known.map(({ personId }) => personId),
    )
    return decision.candidates.map(({ personId, reasons }) => ({
      name: names.get(personId) ?? this.names.get(personId) ?? '',
      reasons,
    }))
  }

  private note(
    outcome: ContactOutcome,
    line: number | null,
    name: string,
    problems: ImportProblem[],
    candidates: RehearsalSample['candidates'] | null,
  ): RehearsalSample | null {
    const { result } = this
    if (outcome === 'refused') result.rejected++
    else result.counts = addOutcome(result.counts, outcome, problems.length > 0)
    const kind = outcome !== 'refused' && problems.length > 0 ? 'warned' : outcome
    const alike = result.samples.filter((sample) =>
      kind === 'warned' ? sample.outcome !== 'refused' && sample.problems.length > 0 : sample.outcome === outcome,
    )
    if (alike.length >= SAMPLES_EACH_MAX) return null
    const shown = {
      line: line ?? 0,
      outcome,
      name: name.slice(0, 100),
      problems,
      candidates: candidates ?? [],
      likely: [],
    }
    result.samples.push(shown)
    return shown
  }
}

/** A name to recognise a row by, on the screen of whoever brought the file. */
const calledIn = ({ fields, mails, phones, externalId }: ContactChange): string =>
  fields.name ??
  ([fields['given-name'], fields['family-name']].filter(Boolean).join(' ') ||
    mails?.[0] ||
    phones?.[0] ||
    externalId ||
    '')

const problemOf = ({ code, params }: ContactFault): ImportProblem => contactProblem(code, params)

async function namesOf(tx: WorkspaceTransaction, personIds: readonly string[]): Promise<Map<string, string>> {
  const { rows } = await sql<{ person_id: string; name: string }>`select person_id, name from person
    where workspace_id = ${tx.workspaceId} and person_id = any(${personIds}::uuid[])`.execute(tx.sql)
  return new Map(rows.map((row) => [row.person_id, row.name]))
}
