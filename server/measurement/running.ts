import { access } from 'node:fs/promises'
import { setTimeout as delay } from 'node:timers/promises'
import { inspectFile } from '../connectors/index.ts'
import type { WorkspaceTransaction } from '../platform/database.ts'
import { SYSTEM } from '../platform/events.ts'
import type { Loop } from '../platform/module.ts'
import type { Services } from '../platform/services.ts'
import type { ThreadSource } from './audit-messages.ts'
import { AuditFault } from './audit-post.ts'
import { type AuditSettings, readAudit } from './audits.ts'
import type { AuditReport, SourceFacts } from './figures.ts'
import { type Ending, endAudit, giveBack, type Run, renewLease, takeAudit } from './leases.ts'
import { storedPages } from './stored-pages.ts'
import type { StoredPages } from './stored-source.ts'
import { runAuditInThread } from './thread.ts'

/**
 * An audit is a row that waits for a worker. Whoever takes it holds a lease and renews it; a process that dies lets it
 * run out, and the next one begins anew. What ends it is written under the lease, so that two runs never both end it.
 */
export const ATTEMPTS_MAX = 3
const LOOK_MS = 1_000

export interface RunLimits {
  leaseSeconds: number
  renewMs: number
  /** After a failure, times the number of the attempt. */
  retrySeconds: number
}

const LIMITS: RunLimits = { leaseSeconds: 30, renewMs: 1_000, retrySeconds: 20 }

/** One after the other in each process: an audit may take half a gigabyte. */
export const auditLoop: Loop = {
  name: 'measurement.audits',
  async run(services, signal) {
    while (!signal.aborted) {
      const ran = await runNextAudit(services, signal).catch((error: unknown) => {
        services.log.error({ err: error }, 'an audit could not be taken or settled')
        return false
      })
      if (!ran) await delay(LOOK_MS, undefined, { signal }).catch(() => {})
    }
  },
}

/** Takes the next audit and runs it. False: none waits. */
export async function runNextAudit(
  services: Services,
  signal: AbortSignal,
  limits: RunLimits = LIMITS,
): Promise<boolean> {
  const run = await takeAudit(services, limits.leaseSeconds)
  if (!run) return false
  const inWorkspace: InWorkspace = (work) => services.database.inWorkspace(run.workspaceId, SYSTEM, work)
  const end = (ending: Ending) => inWorkspace((tx) => endAudit(tx, run, services.clock.now(), ending))
  // Its process died each time, and nobody was left to say so.
  if (run.attempt > ATTEMPTS_MAX) {
    await end(brokenOff())
    return true
  }
  const held = holdLease(inWorkspace, run, limits)
  try {
    const report = await count(services, inWorkspace, run, AbortSignal.any([signal, held.lost]), held.note)
    await end({ state: 'done', report })
  } catch (error) {
    if (held.lost.aborted) return true
    if (error instanceof AuditFault) {
      const { code, message, params } = error
      await end({ state: 'failed', failure: { code, message, params } })
    } else if (signal.aborted) await inWorkspace((tx) => giveBack(tx, run, { afterSeconds: 0, counts: false }))
    else {
      services.log.error({ err: error, auditId: run.auditId, attempt: run.attempt }, 'an audit broke off')
      const afterSeconds = limits.retrySeconds * run.attempt
      if (run.attempt === ATTEMPTS_MAX) await end(brokenOff())
      else await inWorkspace((tx) => giveBack(tx, run, { afterSeconds, counts: true }))
    }
  } finally {
    held.stop()
  }
  return true
}

const brokenOff = (): Ending => ({
  state: 'failed',
  failure: {
    code: 'broke-off',
    message: `The audit broke off ${ATTEMPTS_MAX} times and was given up. The log of the server says why.`,
    params: { attempts: ATTEMPTS_MAX },
  },
})

type InWorkspace = <T>(work: (tx: WorkspaceTransaction) => Promise<T>) => Promise<T>

/** Renews the lease and writes how far it is; `lost` when somebody cancelled, removed or took the audit. */
function holdLease(inWorkspace: InWorkspace, run: Run, { renewMs, leaseSeconds }: RunLimits) {
  const lost = new AbortController()
  let progress = { reading: 1, rows: 0 }
  let renewing = false
  const timer = setInterval(() => {
    if (renewing) return
    renewing = true
    void inWorkspace((tx) => renewLease(tx, run, progress, leaseSeconds))
      // A database that is away for a moment: what is true is found at the next beat, or at the end.
      .then(
        (kept) => kept || lost.abort(),
        () => {},
      )
      .finally(() => {
        renewing = false
      })
  }, renewMs)
  return {
    lost: lost.signal,
    note: (reading: number, rows: number): void => {
      progress = { reading, rows }
    },
    stop: () => clearInterval(timer),
  }
}

async function count(
  services: Services,
  inWorkspace: InWorkspace,
  { auditId }: Run,
  signal: AbortSignal,
  onProgress: (reading: number, rows: number) => void,
): Promise<AuditReport> {
  const row = await inWorkspace((tx) => readAudit(tx, auditId))
  const settings = row.settings as unknown as AuditSettings
  const { source, pages, facts } = await sourceOf(settings, inWorkspace, services.clock.now())
  const { brand, query, own, competitors, languages, timeZone, anonymous } = settings
  const rivals = competitors.map((name) => ({ name, query: null, own: [] }))
  const brands = [{ name: brand, query: query ?? null, own }, ...rivals]
  const request = { brands, languages, timeZone, anonymous, facts }
  return withoutStoredNames(
    await runAuditInThread(source, request, { signal, onProgress, ...(pages ? { pages } : {}) }),
  )
}

async function sourceOf(
  settings: AuditSettings,
  inWorkspace: InWorkspace,
  asOf: Date,
): Promise<{ source: ThreadSource; pages?: StoredPages; facts: SourceFacts }> {
  const { source, file } = settings
  if (source.kind === 'stored') {
    // Dates went through JSON.
    const moment = (value: unknown) => (value ? new Date(value as string) : undefined)
    const [from, until] = [moment(source.from), moment(source.until)]
    const { topicId } = source
    const topic = topicId ? await inWorkspace((tx) => nameOf(tx, topicId)) : null
    return {
      source: { kind: 'stored' },
      pages: storedPages(inWorkspace, { topicId, from, until }, asOf),
      facts: { kind: 'stored', from: from?.toISOString() ?? null, until: until?.toISOString() ?? null, topic },
    }
  }
  if (!file) throw new Error('an audit over a file names none')
  await access(file.path).catch(() => {
    throw new AuditFault('file-gone', 'The uploaded file is no longer there. Upload it again.')
  })
  const { mapping, problems } = await inspectFile(file.path, file.choices)
  const notes = problems.flatMap(({ refuses, ...note }) => (refuses ? [] : [note]))
  return {
    source: { kind: 'file', path: file.path, choices: { ...file.choices, mapping } },
    facts: { kind: 'file', name: file.name, mapping, notes },
  }
}

async function nameOf(tx: WorkspaceTransaction, topicId: string): Promise<string | null> {
  const topic = await tx.sql
    .selectFrom('topic')
    .select('name')
    .where('workspace_id', '=', tx.workspaceId)
    .where('topic_id', '=', topicId)
    .executeTakeFirst()
  return topic?.name ?? null
}

/** Names of stored authors are read when the report is shown; handles of people whom we do not store are not kept. */
function withoutStoredNames(report: AuditReport): AuditReport {
  if (report.source.kind === 'file') return report
  const { voices } = report
  const unnamed = (list: AuditReport['voices']['active']) =>
    report.anonymous ? list : list.filter(({ authorId }) => authorId !== null).map((voice) => ({ ...voice, name: '' }))
  return { ...report, voices: { ...voices, active: unnamed(voices.active), heard: unnamed(voices.heard) } }
}
