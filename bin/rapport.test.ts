import { spawnSync } from 'node:child_process'
import path from 'node:path'
import { expect, test } from 'vitest'

const command = path.join(import.meta.dirname, 'rapport.mjs')
const rapport = (...args: string[]) => spawnSync(process.execPath, [command, ...args], { encoding: 'utf8' })

test('the command starts its program, hands on what it was given, and says what there is', () => {
  const { status, stdout } = rapport('--help')
  expect(stdout).toContain('audit')
  expect(status).toBe(0)
})

test('the command ends as its program ended', () => {
  const { status, stderr } = rapport('no-such-command')
  expect(stderr).toContain('no-such-command')
  expect(status).not.toBe(0)
})
