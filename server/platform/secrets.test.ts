import { execFile } from 'node:child_process'
import { chmodSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { promisify } from 'node:util'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { openSecrets, SecretUnreadable } from './secrets.ts'

let home: string
beforeEach(() => {
  home = mkdtempSync(path.join(tmpdir(), 'rapport-secrets-'))
})
afterEach(() => rmSync(home, { recursive: true, force: true }))

const reasonOf = (work: () => unknown): string => {
  try {
    work()
  } catch (error) {
    if (error instanceof SecretUnreadable) return error.reason
    throw error
  }
  return 'readable'
}

test('a secret comes back after the next start, and never encrypts to the same text twice', () => {
  const text = openSecrets(home).encrypt('app-passwörd', 'source:1')
  expect(openSecrets(home).decrypt(text, 'source:1')).toBe('app-passwörd')
  expect(openSecrets(home).encrypt('app-passwörd', 'source:1')).not.toBe(text)
  expect(text).not.toContain('app')
})

test('a secret moved to another row, or changed by one bit, is damaged', () => {
  const secrets = openSecrets(home)
  const text = secrets.encrypt('hunter2', 'source:1')
  expect(reasonOf(() => secrets.decrypt(text, 'source:2'))).toBe('damaged')
  const [format, name, payload] = text.split('.')
  const bytes = Buffer.from(payload ?? '', 'base64url')
  for (const position of [0, 12, bytes.length - 1]) {
    const changed = Buffer.from(bytes)
    changed[position] = (changed[position] ?? 0) ^ 1
    expect(reasonOf(() => secrets.decrypt(`${format}.${name}.${changed.toString('base64url')}`, 'source:1'))).toBe(
      'damaged',
    )
  }
  for (const nonsense of ['', 'v1', 'v1.1-00000000.', 'v2.1-00000000.AAAA', 'plain text'])
    expect(reasonOf(() => secrets.decrypt(nonsense, ''))).toBe('damaged')
})

test('without its key, a secret says which key is missing and where it belongs', () => {
  const text = openSecrets(home).encrypt('hunter2', 'c')
  rmSync(path.join(home, 'keys', 'encryption-1.key'))
  const secrets = openSecrets(home)
  expect(reasonOf(() => secrets.decrypt(text, 'c'))).toBe('key-missing')
  expect(() => secrets.decrypt(text, 'c')).toThrow(path.join(home, 'keys'))
})

test('rotation leaves old secrets readable, also in a process that was running, and renews them', () => {
  const running = openSecrets(home)
  const old = running.encrypt('hunter2', 'c')
  const rotating = openSecrets(home)
  const name = rotating.rotate()
  const renewed = rotating.renew(old, 'c')
  expect(renewed.split('.')[1]).toBe(name)
  expect(rotating.renew(renewed, 'c')).toBe(renewed)
  expect(running.decrypt(renewed, 'c')).toBe('hunter2')
  expect(running.encrypt('x', 'c').split('.')[1]).toBe(name)
})

test('derived secrets differ by label and installation, and survive rotation', () => {
  const secrets = openSecrets(home)
  const derived = secrets.derive('rapport_app')
  expect(derived).toMatch(/^[0-9a-f]{64}$/)
  expect(secrets.derive('session')).not.toBe(derived)
  secrets.rotate()
  expect(openSecrets(home).derive('rapport_app')).toBe(derived)
  expect(openSecrets(path.join(home, 'other')).derive('rapport_app')).not.toBe(derived)
})

test.skipIf(process.platform === 'win32')(
  'keys are readable by their owner only, also after someone loosened them',
  () => {
    openSecrets(home)
    const file = path.join(home, 'keys', 'encryption-1.key')
    chmodSync(file, 0o644)
    openSecrets(home)
    for (const name of readdirSync(path.join(home, 'keys')))
      expect(statSync(path.join(home, 'keys', name)).mode & 0o777).toBe(0o600)
  },
)

test('a key file that is no key stops the start instead of being replaced', () => {
  openSecrets(home)
  writeFileSync(path.join(home, 'keys', 'derivation.key'), 'half a k')
  expect(() => openSecrets(home)).toThrow('derivation.key is not a key')
})

test('first starts at once end with the same keys', async () => {
  const script = `import { openSecrets } from ${JSON.stringify(path.join(import.meta.dirname, 'secrets.ts'))}
    const s = openSecrets(${JSON.stringify(home)}); console.log(s.derive('x') + s.encrypt('', '').split('.')[1])`
  const runs = await Promise.all(
    [1, 2, 3, 4].map(() =>
      promisify(execFile)(process.execPath, ['--input-type=module', '-e', script], { timeout: 30_000 }),
    ),
  )
  expect(new Set(runs.map((run) => run.stdout)).size).toBe(1)
  expect(readdirSync(path.join(home, 'keys')).sort()).toEqual(['derivation.key', 'encryption-1.key'])
})
