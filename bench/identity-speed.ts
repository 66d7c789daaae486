import { execFile } from 'node:child_process'
import { closeSync, mkdtempSync, openSync, readFileSync, rmSync, writeSync } from 'node:fs'
import { availableParallelism, loadavg, tmpdir } from 'node:os'
import path from 'node:path'
import { promisify } from 'node:util'
import type { BenchOptions } from './bench.ts'
import { evaluate } from './identity-evaluator.ts'
import { PERSON_FIELDS, type PersonRows, personRows } from './identity-persons.ts'
import { round2 } from './statistics.ts'

const RECORDS = 1_000_000
const SEED = 11
const CORES = 2
const TIMEOUT_MS = 600_000
const run = promisify(execFile)

interface Told {
  seconds: number
  cpuSeconds: number
  megabytes: number
  comparedPairs: number
  stages: Record<string, number>
  processor: Record<string, number>
}

/** A million persons (--records=…) from a file to groups on two cores, in a process of its own. */
export async function measureSpeed(options: BenchOptions): Promise<Record<string, number>> {
  const count = options.number('records', RECORDS)
  const folder = mkdtempSync(path.join(tmpdir(), 'rapport-identity-'))
  try {
    const [file, labelsFile] = [path.join(folder, 'persons.tsv'), path.join(folder, 'labels')]
    options.say(`writing ${count} persons`)
    const rows = personRows(count, SEED)
    write(rows, count, file)
    const load = loadavg()[0] as number
    if (load > 0.5) options.say(`the machine is busy with other things (load ${round2(load)} before the start)`)
    options.say('linking them')
    const child = path.join(import.meta.dirname, 'identity-speed-child.ts')
    const cores = Math.min(CORES, availableParallelism())
    const { stdout } = await run(
      process.execPath,
      ['--max-semi-space-size=8', child, file, labelsFile, String(cores)],
      {
        timeout: TIMEOUT_MS,
      },
    )
    const told = JSON.parse(stdout) as Told
    options.say(
      `stages in seconds (of the processor): ${Object.entries(told.stages)
        .map(([stage, took]) => `${stage} ${round2(took)} (${round2(told.processor[stage] ?? 0)})`)
        .join(', ')}`,
    )
    const labels = new Int32Array(new Uint8Array(readFileSync(labelsFile)).buffer)
    const { pairwise, bCubed } = evaluate(Array.from(rows.truth), Array.from(labels))
    return {
      'batch: records': count,
      'batch: seconds': round2(told.seconds),
      'batch: seconds of processor': round2(told.cpuSeconds),
      'batch: load before the start': round2(load),
      'batch: MB': Math.round(told.megabytes),
      'batch: pairs compared': told.comparedPairs,
      'batch: F1 %': round2(pairwise.f1 * 100),
      'batch: B³ F1 %': round2(bCubed.f1 * 100),
    }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

const CHARACTERS_A_WRITE = 1 << 20

function write(rows: PersonRows, count: number, file: string): void {
  const to = openSync(file, 'w')
  let text = ''
  for (let row = 0; row < count; row++) {
    text += `${PERSON_FIELDS.map((field) => rows[field][row]?.replace(/\s+/g, ' ')).join('\t')}\n`
    if (text.length < CHARACTERS_A_WRITE && row < count - 1) continue
    writeSync(to, text)
    text = ''
  }
  closeSync(to)
}
