import { parseArgs } from 'node:util'
import { sites } from '../seeds/index.ts'
import { startTwin } from './twin.ts'

const USAGE =
  'node twin/main.ts [--port 3999] [--speed 1] [--seed 1] [--folder FOLDER] [--empty] [--json] [--until-stdin-ends]'

const { values } = parseArgs({
  options: {
    port: { type: 'string', default: '3999' },
    speed: { type: 'string', default: '1' },
    seed: { type: 'string', default: '1' },
    folder: { type: 'string' },
    empty: { type: 'boolean', default: false },
    json: { type: 'boolean', default: false },
    'until-stdin-ends': { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
})

if (values.help) {
  process.stdout.write(`${USAGE}\n`)
  process.exit(0)
}

const [port, speed, seed] = [values.port, values.speed, values.seed].map(Number) as [number, number, number]
if (![port, speed, seed].every((value) => Number.isFinite(value) && value >= 0)) {
  process.stderr.write(`port, speed and seed are numbers from 0.\n${USAGE}\n`)
  process.exit(2)
}

const twin = await startTwin({
  port,
  speed,
  seed,
  story: !values.empty,
  ...(values.folder ? { folder: values.folder } : {}),
})
const feeds = sites.map((site) => twin.urls.feed(site.key, site.feed))
if (values.json)
  process.stdout.write(`${JSON.stringify({ base: twin.urls.base, bluesky: twin.urls.bluesky, feeds })}\n`)
else process.stdout.write(`The twin plays at ${twin.urls.base}\nFeeds: ${feeds.join('\n       ')}\n`)

// Whoever started it for a while holds its standard input: when they die, however they die, it goes too.
if (values['until-stdin-ends']) process.stdin.resume().once('close', () => process.exit(0))

for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.on(signal, () => {
    void twin.stop().then(() => process.exit(0))
  })
}
