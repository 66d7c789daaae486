import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { removeHome, temporaryHome } from '../testing/cluster.ts'
import { tryLock, waitForLock } from './process-lock.ts'

let folder: string
let path: string

beforeEach(() => {
  folder = temporaryHome()
  path = join(folder, 'lock')
})

afterEach(() => removeHome(folder))

test('an exclusive lock is had alone, shared ones by many, and each is free again when it is let go', () => {
  const alone = tryLock(path, 'exclusive')
  expect(tryLock(path, 'exclusive')).toBeUndefined()
  alone?.release()
  const one = tryLock(path, 'shared')
  const two = tryLock(path, 'shared')
  expect([one, two]).not.toContain(undefined)
  expect(tryLock(path, 'exclusive')).toBeUndefined()
  one?.release()
  expect(tryLock(path, 'exclusive')).toBeUndefined()
  two?.release()
  expect(tryLock(path, 'exclusive')).toBeDefined()
})

test('the lock of another process is respected, and gone at once when that process is killed', async () => {
  const other = await lockElsewhere('exclusive')
  expect(tryLock(path, 'shared')).toBeUndefined()
  expect(await waitForLock(path, { timeoutMs: 50 })).toBeUndefined()
  const waiting = waitForLock(path, { timeoutMs: 5_000 })
  other.kill('SIGKILL')
  expect(await waiting).toBeDefined()
})

test('nothing lies beside the lock afterwards', async () => {
  const other = await lockElsewhere('shared')
  other.kill('SIGKILL')
  await once(other, 'exit')
  tryLock(path, 'exclusive')?.release()
  expect(readdirSync(folder)).toEqual(['lock'])
})

async function lockElsewhere(mode: 'shared' | 'exclusive') {
  const module = new URL('./process-lock.ts', import.meta.url).href
  const code = `const { tryLock } = await import(${JSON.stringify(module)})
    globalThis.lock = tryLock(${JSON.stringify(path)}, '${mode}'); setInterval(() => {}, 1000); console.log('held')`
  const child = spawn(process.execPath, ['--input-type=module', '-e', code], { stdio: ['ignore', 'pipe', 'inherit'] })
  await once(child.stdout, 'data')
  return child
}
