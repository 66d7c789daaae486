import { existsSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'

/**
 * The folder of public data that tests and benches measure against: RAPPORT_DATA, or `shared/data` beside the checkout.
 * Null where it is absent: what needs it then says that it was skipped.
 */
export function dataFolder(): string | null {
  const named = process.env.RAPPORT_DATA
  const checkout = dirname(dirname(fileURLToPath(import.meta.url)))
  const folder = named ? resolve(named) : join(dirname(checkout), 'shared', 'data')
  return existsSync(folder) ? folder : null
}
