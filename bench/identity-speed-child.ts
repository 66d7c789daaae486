import { createReadStream, writeFileSync } from 'node:fs'
import { Batch, declareSchema } from '../server/linkage/index.ts'
import { PERSON_SCHEMA } from './identity-data.ts'

/**
 * A process of its own, so that its memory is that of the linkage alone: reads persons from a file of tab-separated columns,
 * learns from them, groups them, and tells seconds and megabytes. The labels go to the file named second, for who knows the truth.
 */
const [file = '', labelsFile = '', threads = '2'] = process.argv.slice(2)

const begun = performance.now()
const cpu = process.cpuUsage()
const batch = new Batch(declareSchema(PERSON_SCHEMA))
const names = PERSON_SCHEMA.map(({ name }) => name)
const record: Record<string, string> = {}
let rest = ''
for await (const chunk of createReadStream(file, { encoding: 'utf8', highWaterMark: 1 << 18 })) {
  const lines = `${rest}${chunk}`.split('\n')
  rest = lines.pop() ?? ''
  for (const line of lines) {
    const cells = line.split('\t')
    for (let at = 0; at < names.length; at++) record[names[at] as string] = cells[at] ?? ''
    batch.add(record)
  }
}
const { labels, comparedPairs, seconds, processorSeconds } = await batch.link({ threads: Number(threads) })
const all = (performance.now() - begun) / 1_000
const { user, system } = process.cpuUsage(cpu)
writeFileSync(labelsFile, new Uint8Array(labels.buffer, labels.byteOffset, labels.byteLength))
console.log(
  JSON.stringify({
    seconds: all,
    cpuSeconds: (user + system) / 1e6,
    megabytes: process.resourceUsage().maxRSS / 1024,
    comparedPairs,
    stages: seconds,
    processor: processorSeconds,
  }),
)
