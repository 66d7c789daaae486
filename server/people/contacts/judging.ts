/** Who records are about and what would come of each. What the database knows is read for many records at once. */
import type { WorkspaceTransaction } from '../../platform/database.ts'
import type { Secrets } from '../../platform/secrets.ts'
import { accountKey, suppressedAmong } from '../suppression.ts'
import type { ContactChange, ContactFault } from './contact-change.ts'
import type { ContactRecord, Taking } from './contact-record.ts'
import { type Decision, decide, type InUse } from './decision.ts'
import { type JudgedIdentities, judgeIdentities, type KnownIdentity, knownIdentities } from './identities.ts'
import { type ProposalState, proposalsOf } from './proposals.ts'

export interface Source extends Taking {
  inUse: InUse
  secrets: Secrets
}

/** What is known of a record's identities. */
export interface Standing {
  change: ContactChange
  /** What it is known by first; empty: it is refused. */
  known: KnownIdentity[]
  /** A record of what it is known by was taken in, and not deleted since. */
  isRecorded: boolean
  faults: ContactFault[]
  proposal: ProposalState | null
}

export interface Judged {
  record: ContactRecord | null
  decision: Decision | null
  faults: ContactFault[]
  /** What a person said of this record when it was proposed. */
  proposal: ProposalState | null
}

/** Writes nothing. */
export async function judge(tx: WorkspaceTransaction, change: ContactChange, source: Source): Promise<Judged> {
  const [standing] = await readStandings(tx, [change], source)
  return judgeStanding(standing as Standing, source.inUse)
}

/** In the order given. The same number of questions whatever their number. */
export async function readStandings(
  tx: WorkspaceTransaction,
  changes: readonly ContactChange[],
  { system, secrets }: Pick<Source, 'system' | 'secrets'>,
): Promise<Standing[]> {
  const judged = await judgeIdentities(tx, changes, system)
  const named = judged.map(({ anchor, others }) => (anchor ? [anchor, ...others] : []))
  const suppressed = await suppressedAmong(tx, secrets, named.flat())
  const known = await knownIdentities(tx, named.flat())
  const proposals = await proposalsOf(
    tx,
    judged.flatMap(({ anchor }) => anchor ?? []),
  )
  let next = 0
  const standings = changes.map((change, index): Standing => {
    const { anchor, faults } = judged[index] as JudgedIdentities
    const first = next
    next += named[index]?.length ?? 0
    const identities = known.slice(first, next)
    const refusal = anchor ? suppression(identities, suppressed) : namesNothing(change)
    return {
      change,
      known: refusal ? [] : identities,
      isRecorded: false,
      faults: refusal ? [...faults, refusal] : faults,
      proposal: anchor ? (proposals.get(accountKey(anchor)) ?? null) : null,
    }
  })
  const recorded = await recordsAmong(
    tx,
    standings.flatMap(({ known: [anchor] }) => anchor?.authorId ?? []),
  )
  return standings.map((standing) => ({ ...standing, isRecorded: recorded.has(standing.known[0]?.authorId ?? '') }))
}

function namesNothing({ externalId }: ContactChange): ContactFault {
  if (externalId === null) return { code: 'no-identity', params: {}, refuses: true }
  return { code: 'number-damaged', params: { value: externalId.slice(0, 60) }, refuses: true }
}

const suppression = (identities: readonly KnownIdentity[], suppressed: ReadonlySet<string>): ContactFault | null =>
  identities[0]?.isErased || identities.some((identity) => suppressed.has(accountKey(identity)))
    ? { code: 'suppressed', params: {}, refuses: true }
    : null

async function recordsAmong(tx: WorkspaceTransaction, authorIds: readonly string[]): Promise<Set<string>> {
  const rows = await tx.sql
    .selectFrom('contact')
    .select('author_id')
    .where('workspace_id', '=', tx.workspaceId)
    .where(({ eb, fn, val }) => eb('author_id', '=', fn.any(val([...authorIds]))))
    .where('deleted_at', 'is', null)
    .execute()
  return new Set(rows.map((row) => row.author_id))
}

export function judgeStanding({ change, known, isRecorded, faults, proposal }: Standing, inUse: InUse): Judged {
  const [anchor, ...others] = known
  if (!anchor) return { record: null, decision: null, faults, proposal: null }
  return {
    record: { change, anchor, others },
    decision: decide({ anchor, others, isRecorded }, inUse),
    faults,
    proposal,
  }
}
