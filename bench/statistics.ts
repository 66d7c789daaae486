export const median = (values: readonly number[]): number => quantile(values, 0.5)

/** The value below which this share of the others lies, to two digits. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b)
  return round2(sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0)
}

export const round2 = (value: number): number => Math.round(value * 100) / 100

/** Time of the processor, not of the clock: what other processes take does not count. */
export function cpuSecondsSince(begun: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(begun)
  return (user + system) / 1e6
}
