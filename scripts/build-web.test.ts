import { spawn } from 'node:child_process'
import { once } from 'node:events'
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'

const ours = join(import.meta.dirname, '..')
let project: string

beforeEach(() => {
  project = mkdtempSync(join(tmpdir(), 'rapport-build-'))
  for (const path of ['scripts/build-web.mjs', 'server/platform/postgres/process-lock.ts'])
    cpSync(join(ours, path), join(project, path))
  symlinkSync(join(ours, 'node_modules'), join(project, 'node_modules'))
  for (const folder of ['web', 'contract', 'shared']) mkdirSync(join(project, folder))
  write('package.json', '{ "type": "module" }')
  write('package-lock.json', '{}')
  write('vite.config.ts', "export default { root: 'web', build: { outDir: '../dist/web', emptyOutDir: true } }")
  write('web/index.html', '<script type="module" src="./main.ts"></script>')
  write('web/main.ts', "import { word } from '../shared/word.ts'\ndocument.title = 'first ' + word")
  write('shared/word.ts', "export const word = 'Guten Tag'")
})

afterEach(() => rmSync(project, { recursive: true, force: true }))

test('the app is built once, and the second run leaves it as it is', async () => {
  expect(await build()).toMatchObject({ code: 0, messages: expect.stringContaining('is built') })
  expect(builtScript()).toContain('Guten Tag')
  expect(await build()).toEqual({ code: 0, messages: '' })
})

test('a changed source is built', async () => {
  await build()
  write('web/main.ts', "document.title = 'second'")
  await build()
  expect(builtScript()).toContain('second')
  expect(builtScript()).not.toContain('first')
})

test('a source outside of the web folders is watched once the app uses it', async () => {
  await build()
  write('shared/word.ts', "export const word = 'Goedendag'")
  expect((await build()).messages).toContain('is built')
  expect(builtScript()).toContain('Goedendag')
})

test('a source that is new or gone is noticed', async () => {
  await build()
  write('contract/new.ts', 'export const added = 1')
  expect((await build()).messages).toContain('is built')
  rmSync(join(project, 'contract', 'new.ts'))
  expect((await build()).messages).toContain('is built')
})

test('a new time on the same content, as after a checkout, builds nothing', async () => {
  await build()
  utimesSync(join(project, 'web', 'main.ts'), new Date(), new Date(Date.now() + 5_000))
  expect(await build()).toEqual({ code: 0, messages: '' })
})

test('a test beside the sources is no reason to build', async () => {
  await build()
  write('web/main.test.ts', 'nothing')
  expect(await build()).toEqual({ code: 0, messages: '' })
})

test('a build that fails keeps the app of before and says why', async () => {
  await build()
  write('web/main.ts', "import './not-there.ts'")
  expect(await build()).toMatchObject({ code: 1, messages: expect.stringContaining('not-there.ts') })
  expect(builtScript()).toContain('first')
  expect(readdirSync(join(project, 'dist')).filter((name) => name.endsWith('.new'))).toEqual([])
})

test('a build that was killed is begun again', async () => {
  const child = begin()
  await once(child.stderr, 'data')
  child.kill('SIGKILL')
  await once(child, 'exit')
  mkdirSync(join(project, 'dist', 'web.1.new'), { recursive: true })
  expect((await build()).messages).toContain('is built')
  expect(builtScript()).toContain('first')
  expect(existsSync(join(project, 'dist', 'web.1.new'))).toBe(false)
})

test('of two builds that begin together one builds and the other waits for it', async () => {
  const runs = await Promise.all([build(), build()])
  expect(runs.map((run) => run.code)).toEqual([0, 0])
  expect(runs.filter((run) => run.messages.includes('Building'))).toHaveLength(1)
})

function write(path: string, text: string) {
  writeFileSync(join(project, path), text)
}

function begin() {
  const script = join(project, 'scripts', 'build-web.mjs')
  return spawn(process.execPath, [script], {
    stdio: ['ignore', 'ignore', 'pipe'],
    env: { ...process.env, NODE_ENV: 'production' },
  })
}

async function build(): Promise<{ code: number; messages: string }> {
  const child = begin()
  let messages = ''
  child.stderr.on('data', (chunk) => {
    messages += chunk
  })
  const [code] = await once(child, 'close')
  return { code, messages }
}

function builtScript(): string {
  const assets = join(project, 'dist', 'web', 'assets')
  const names = readdirSync(assets).filter((name) => name.endsWith('.js'))
  return names.map((name) => readFileSync(join(assets, name), 'utf8')).join('\n')
}
