// Keeps migrations/schema.sql and the generated table types equal to what the migrations make.
//   node scripts/schema.ts --write    writes both
//   node scripts/schema.ts --check    fails when one of them is stale
import { readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { PROJECT_FOLDER } from '../server/platform/config.ts'
import { withMigratedDatabase } from '../server/platform/testing/template.ts'
import { dumpSchema } from './dump-schema.ts'
import { generateTypes } from './generate-types.ts'

const OUTPUTS = [
  { file: 'migrations/schema.sql', make: dumpSchema },
  { file: 'server/platform/database-types.generated.ts', make: generateTypes },
]

const mode = process.argv[2]
if (mode !== '--write' && mode !== '--check') {
  console.error('usage: node scripts/schema.ts --write | --check')
  process.exit(2)
}

const stale = await withMigratedDatabase(async (connection) => {
  const differing: string[] = []
  for (const { file, make } of OUTPUTS) {
    const absolute = path.join(PROJECT_FOLDER, file)
    const text = await make(connection)
    if (text === (await readFile(absolute, 'utf8').catch(() => ''))) continue
    differing.push(file)
    if (mode === '--write') await writeFile(absolute, text)
  }
  return differing
})

if (mode === '--write') console.log(stale.length > 0 ? `wrote ${stale.join(' and ')}` : 'nothing changed')
else if (stale.length > 0) {
  console.error(
    `${stale.join(' and ')} ${stale.length === 1 ? 'does' : 'do'} not match migrations/: run "node scripts/schema.ts --write".`,
  )
  process.exitCode = 1
}
