import { writeFile } from 'node:fs/promises'
import path from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { type ContactImportOutcome, importContacts } from '../server/people/contacts/import-run.ts'
import { lockGraph } from '../server/people/graph/index.ts'
import { SYSTEM } from '../server/platform/events.ts'
import type { Services } from '../server/platform/services.ts'
import type { BenchOptions, Measured } from './bench.ts'
import { openWorkspace, withInstallation } from './installation.ts'
import { quantile } from './statistics.ts'

/**
 * How fast a file of contacts is taken in, and how long somebody waits who links, merges or answers a person meanwhile. A
 * second run of the same file shows what a nightly file costs in which little is new. By the clock, on an idle machine.
 */
const ROWS = 50_000
const ACT_EVERY_MS = 50
/** One row in so many has an address that a row before it had: it waits for a person. */
const REPEATS_EACH = 50
const PERSONS_OF_A_COMPANY = 20

export async function measure(options: BenchOptions): Promise<Measured> {
  return withInstallation(async (started, home) => {
    const rows = options.number('rows', ROWS)
    const { services } = started
    const workspaceId = await openWorkspace(services, ['de', 'en'])
    const file = path.join(home, 'contacts.csv')
    await writeFile(file, contents(rows))
    const first = await measureRun(services, workspaceId, file)
    options.say(`taken in: ${JSON.stringify(first.outcome)}`)
    const again = await measureRun(services, workspaceId, file)
    options.say(`taken in again: ${JSON.stringify(again.outcome)}`)
    const figures = {
      rows,
      'new rows each second': rows / first.seconds,
      'processor time of the server: seconds': first.processorSeconds,
      'new: an act waits p50 ms': quantile(first.waitedMs, 0.5),
      'new: an act waits longest ms': Math.max(...first.waitedMs),
      'known rows each second': rows / again.seconds,
      'known: an act waits longest ms': Math.max(...again.waitedMs),
      'not as expected': unexpected(first.outcome, again.outcome, rows),
    }
    const targets = [
      { figure: 'new rows each second', atLeast: 500 },
      { figure: 'new: an act waits longest ms', atMost: 1_000 },
      { figure: 'known rows each second', atLeast: 500 },
      { figure: 'known: an act waits longest ms', atMost: 1_000 },
      { figure: 'not as expected', atMost: 0 },
    ]
    return { figures, targets }
  })
}

async function measureRun(services: Services, workspaceId: string, file: string) {
  const stopping = new AbortController()
  const waitedMs = actMeanwhile(services, workspaceId, stopping.signal)
  const [begun, processor] = [performance.now(), process.cpuUsage()]
  const outcome = await importContacts(services, {
    workspaceId,
    file,
    actor: SYSTEM,
    settings: { system: 'crm', legalBasis: 'contract', inUse: 'propose' },
  })
  const seconds = (performance.now() - begun) / 1_000
  const { user, system } = process.cpuUsage(processor)
  stopping.abort()
  return { outcome, seconds, processorSeconds: (user + system) / 1_000_000, waitedMs: await waitedMs }
}

/** What every link, merge and undo begins with: it holds the graph. */
async function actMeanwhile(services: Services, workspaceId: string, signal: AbortSignal): Promise<number[]> {
  const waitedMs: number[] = []
  while (!signal.aborted) {
    const begun = performance.now()
    await services.database.inWorkspace(workspaceId, SYSTEM, lockGraph)
    waitedMs.push(performance.now() - begun)
    await delay(ACT_EVERY_MS)
  }
  return waitedMs
}

function contents(rows: number): string {
  const line = (row: number) => {
    const mail = row > 0 && row % REPEATS_EACH === 0 ? row - 1 : row
    const phone = `+49 40 ${String(10_000_000 + row)}`
    const company = `Firma ${Math.floor(row / PERSONS_OF_A_COMPANY)} GmbH`
    return `K-${row};Vorname${row % 977};Nachname${row};k${mail}@bench.example;${phone};${company};Einkauf;Bremen\n`
  }
  return `Kundennummer;Vorname;Nachname;E-Mail;Telefon;Firma;Funktion;Ort\n${Array.from({ length: rows }, (_, row) => line(row)).join('')}`
}

/** Rows that became something else than the file says. */
function unexpected(first: ContactImportOutcome, again: ContactImportOutcome, rows: number): number {
  const possible = Math.floor((rows - 1) / REPEATS_EACH)
  const off = (is: number, expected: number) => Math.abs(is - expected)
  return (
    off(first.counts.begun, rows - possible) +
    off(first.counts.possible, possible) +
    off(again.counts.unchanged, rows - possible) +
    off(again.counts.possible, possible)
  )
}
