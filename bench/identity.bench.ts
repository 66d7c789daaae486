import type { BenchOptions, Measured, Target } from './bench.ts'
import { measureCandidates } from './identity-candidates.ts'
import { measureSets, measureSocial } from './identity-quality.ts'
import { measureSpeed } from './identity-speed.ts'

/**
 * Which records are one, without labels and with one evaluator for all: pairwise and B³ on public sets and generated ones, Splink
 * in the same run, recall at a precision of 99.5 % on the social set, and the time and memory of a million records.
 */
export async function measure(options: BenchOptions): Promise<Measured> {
  // First what depends on a quiet machine.
  const figures = {
    ...(await measureSpeed(options)),
    ...(await measureCandidates(options)),
    ...(await measureSets(options)),
    ...(await measureSocial(options)),
  }
  return { figures, targets: targetsFor(figures) }
}

function targetsFor(figures: Record<string, number>): Target[] {
  const targets: Target[] = [
    { figure: 'batch: seconds', atMost: 10 },
    { figure: 'batch: MB', atMost: 1_024 },
    { figure: 'candidates: p99 ms', atMost: 20 },
  ]
  // Sets that are absent are said to be skipped, and are no miss.
  if ('FEBRL3: F1 %' in figures) targets.push({ figure: 'FEBRL3: F1 %', atLeast: 99.8 })
  if ('DBLP-ACM: F1 %' in figures) targets.push({ figure: 'DBLP-ACM: F1 %', atLeast: 97 })
  const splink = figures['fake_1000: splink best F1 %']
  if (splink !== undefined) targets.push({ figure: 'fake_1000: F1 %', atLeast: splink })
  return targets
}
