import { execFile } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import type { ScoredPairs } from '../identity-evaluator.ts'
import type { Say } from './peer.ts'

const run = promisify(execFile)

const HOME = join(import.meta.dirname, 'splink')
const VENV = join(HOME, 'target', 'venv')
const PYTHON = join(VENV, 'bin', 'python')
/** What its settings were written for. */
const PACKAGES = ['splink==5.0.0', 'duckdb==2.0.0']
const INSTALL_MS_MAX = 300_000
const RUN_MS_MAX = 1_800_000
const OUTPUT_BYTES_MAX = 16_000_000

/** A list to be linked: names of columns and their values, '' for what is missing. */
export interface SplinkTask {
  /** Which of bench/peers/splink/settings.py: the set's name up to the first blank, or "persons". */
  set: string
  columns: readonly string[]
  count: number
  value(row: number, column: string): string
  /** Of each record its list, where two without duplicates are linked. */
  tables?: Uint8Array
}

export interface SplinkRun {
  /** From the read table to groups, with learning. */
  seconds: number
  megabytes: number
  /** Threshold in bits → label of each record; the first is the one that its documentation groups at. */
  labels: Map<number, string[]>
  /** Pairs it weighed, told apart by a labeling. */
  pairs(truth: readonly string[]): ScoredPairs
}

export interface Splink {
  /** Null for a set that it has no settings for. */
  link(task: SplinkTask): Promise<SplinkRun | null>
}

/** Installed from PyPI into a folder of its own on first use; null, with a reason, where that cannot be. */
export async function openSplink(say: Say): Promise<Splink | null> {
  const missing = await install(say)
  if (missing) say(`Splink is skipped: ${missing}`)
  return missing ? null : { link }
}

async function install(say: Say): Promise<string | null> {
  try {
    if (!existsSync(PYTHON)) await run('python3', ['-m', 'venv', VENV], { timeout: INSTALL_MS_MAX })
    const wanted = `from importlib.metadata import version as v; assert [v('splink'), v('duckdb')] == ${JSON.stringify(PACKAGES.map((name) => name.split('==')[1]))}`
    const there = await run(PYTHON, ['-c', wanted]).then(
      () => true,
      () => false,
    )
    if (there) return null
    say('installing Splink from PyPI')
    await run(PYTHON, ['-m', 'pip', 'install', '--quiet', ...PACKAGES], { timeout: INSTALL_MS_MAX })
    return null
  } catch (error) {
    const { code, message, stderr } = error as NodeJS.ErrnoException & { stderr?: string }
    if (code === 'ENOENT') return 'it needs python3 (3.10 or later, with venv).'
    return `${PACKAGES.join(', ')} could not be installed: ${(stderr || message).trim().split('\n').at(-1)}`
  }
}

async function link(task: SplinkTask): Promise<SplinkRun | null> {
  const known = readFileSync(join(HOME, 'settings.py'), 'utf8').includes(`"${task.set}":`)
  if (!known) return null
  const folder = mkdtempSync(join(tmpdir(), 'bench-splink-'))
  try {
    writeRecords(join(folder, 'records.csv'), task)
    const { stdout } = await run(PYTHON, ['-B', join(HOME, 'link.py'), task.set, folder], {
      timeout: RUN_MS_MAX,
      maxBuffer: OUTPUT_BYTES_MAX,
    })
    // Splink tells of its progress on standard output too.
    const { seconds, megabytes } = JSON.parse(stdout.trimEnd().split('\n').at(-1) as string) as SplinkRun
    const pairs = readPairs(join(folder, 'pairs.csv'))
    return { seconds, megabytes, labels: readLabels(join(folder, 'labels.csv')), pairs }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

function writeRecords(file: string, { columns, count, value, tables }: SplinkTask): void {
  const lines = [['unique_id', 'source_dataset', ...columns].map(quoted).join(',')]
  for (let row = 0; row < count; row++) {
    const table = tables ? 'ab'[tables[row] as number] : ''
    lines.push([String(row), table, ...columns.map((column) => quoted(value(row, column)))].join(','))
  }
  writeFileSync(file, `${lines.join('\n')}\n`)
}

const quoted = (text: string): string => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text)

function readLabels(file: string): Map<number, string[]> {
  const [header = '', ...lines] = readFileSync(file, 'utf8').trimEnd().split('\n')
  const rows = lines.map((line) => line.split(','))
  return new Map(
    header
      .split(',')
      .slice(1)
      .map((threshold, at) => [Number(threshold), rows.map((row) => row[at + 1] as string)]),
  )
}

function readPairs(file: string): SplinkRun['pairs'] {
  const lines = readFileSync(file, 'utf8').trimEnd().split('\n').slice(1)
  const pairs = lines.map((line) => line.split(',').map(Number) as [number, number, number])
  return (truth) => ({
    weights: Float64Array.from(pairs, ([, , weight]) => weight),
    same: Uint8Array.from(pairs, ([one, other]) => Number(truth[one] === truth[other])),
  })
}
