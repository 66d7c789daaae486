// npm run bench NAME [--json] [--option=value …]: one figure, measured as ratios in one run, with the machine it ran on.
import { readdirSync } from 'node:fs'
import { availableParallelism, cpus, release, totalmem } from 'node:os'

export interface Target {
  figure: string
  atLeast?: number
  atMost?: number
}

export interface Measured {
  /** Name → number; the unit is the last word of the name. */
  figures: Record<string, number>
  targets: Target[]
}

export interface BenchOptions {
  /** Whole number given as --name=…, or the fallback. */
  number(name: string, fallback: number): number
  /** Says how far it is, on standard error. */
  say(words: string): void
}

async function main(words: string[]): Promise<void> {
  const known = readdirSync(import.meta.dirname).flatMap((file) => /^([a-z-]+)\.bench\.ts$/.exec(file)?.[1] ?? [])
  const [name] = words.filter((word) => !word.startsWith('--'))
  if (!name || !known.includes(name)) {
    console.error(`usage: npm run bench NAME [--json]\nNAME is one of: ${known.join(', ')}`)
    process.exit(2)
  }
  const { measure } = (await import(`./${name}.bench.ts`)) as { measure(options: BenchOptions): Promise<Measured> }
  const { figures, targets } = await measure(optionsOf(words))
  const report = { name, machine: machine(), figures, targets, met: targets.every((target) => isMet(figures, target)) }
  if (words.includes('--json')) console.log(JSON.stringify(report))
  else print(report)
  process.exitCode = report.met ? 0 : 1
}

function optionsOf(words: string[]): BenchOptions {
  const given = new Map(
    words.flatMap((word) => {
      const [, name, value] = /^--([a-z-]+)=(\d+)$/.exec(word) ?? []
      return name && value ? [[name, Number(value)] as const] : []
    }),
  )
  return {
    number: (name, fallback) => given.get(name) ?? fallback,
    say: (text) => console.error(text),
  }
}

const machine = () => ({
  cpu: cpus()[0]?.model.trim() ?? '',
  cores: availableParallelism(),
  memoryGb: Math.round(totalmem() / 2 ** 30),
  system: `${process.platform} ${release()}`,
  node: process.versions.node,
})

const isMet = (figures: Record<string, number>, { figure, atLeast, atMost }: Target): boolean => {
  const value = figures[figure] ?? Number.NaN
  return value >= (atLeast ?? Number.NEGATIVE_INFINITY) && value <= (atMost ?? Number.POSITIVE_INFINITY)
}

function print(report: { name: string; machine: object; met: boolean } & Measured): void {
  console.log(`${report.name} on ${Object.values(report.machine).join(', ')}`)
  for (const [figure, value] of Object.entries(report.figures)) {
    const target = report.targets.find((candidate) => candidate.figure === figure)
    const wanted = target
      ? `  wanted ${target.atLeast === undefined ? `≤ ${target.atMost}` : `≥ ${target.atLeast}`}: ${isMet(report.figures, target) ? 'met' : 'MISSED'}`
      : ''
    console.log(`  ${figure.padEnd(36)} ${String(value).padStart(12)}${wanted}`)
  }
}

if (import.meta.main) await main(process.argv.slice(2))
