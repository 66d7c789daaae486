import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { cpSync, existsSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'

const ours = join(import.meta.dirname, '..')
/** The system's Node, which may be an older one, as it is where people type `rapport`. */
const systemNode = ['/usr/bin/node', '/usr/local/bin/node'].find((path) => existsSync(path)) ?? process.execPath
let project: string

beforeEach(() => {
  project = mkdtempSync(join(tmpdir(), 'rapport-command-'))
  mkdirSync(join(project, 'server'))
  cpSync(join(ours, 'bin', 'rapport.mjs'), join(project, 'bin', 'rapport.mjs'))
  writeFileSync(join(project, 'package.json'), '{ "type": "module" }')
  symlinkSync(join(ours, 'node_modules'), join(project, 'node_modules'))
})

afterEach(() => rmSync(project, { recursive: true, force: true }))

test('the program gets the arguments, standard input and Node 24, whatever Node began', async () => {
  program(`const words: string[] = process.argv.slice(2)
    for await (const chunk of process.stdin) words.push(String(chunk))
    console.log(JSON.stringify({ words, node: process.versions.node.split('.')[0] }))`)
  const child = rapport(['import', 'a file.csv', '--json'])
  child.stdin.end('secret')
  expect(JSON.parse(await textOf(child))).toEqual({ words: ['import', 'a file.csv', '--json', 'secret'], node: '24' })
})

test('the exit code is the program’s', async () => {
  program('process.exit(7)')
  expect(await once(rapport([]), 'exit')).toEqual([7, null])
})

test('a link to the command, as npm makes it, finds the program too', async () => {
  program("console.log('found')")
  symlinkSync(join(project, 'bin', 'rapport.mjs'), join(project, 'rapport'))
  expect(await textOf(rapport([], join(project, 'rapport')))).toBe('found\n')
})

test('SIGTERM reaches the program, which may end in its own way', async () => {
  program(
    "process.on('SIGTERM', () => { console.log('ending'); process.exit(3) }); setInterval(() => {}, 1000); console.log('ready')",
  )
  const child = rapport([])
  await once(child.stdout, 'data')
  child.kill('SIGTERM')
  const [said] = await once(child.stdout, 'data')
  expect(String(said)).toBe('ending\n')
  expect(await once(child, 'exit')).toEqual([3, null])
})

test('a program that a signal ended is reported as a shell reports it', async () => {
  program("process.kill(process.pid, 'SIGKILL')")
  expect(await once(rapport([]), 'exit')).toEqual([137, null])
})

test.runIf(isOlder(systemNode))('without the installed Node and on an older one it says what to run', async () => {
  rmSync(join(project, 'node_modules'))
  const child = rapport([])
  let said = ''
  child.stderr.on('data', (chunk) => {
    said += chunk
  })
  expect(await once(child, 'close')).toEqual([1, null])
  expect(said).toContain('npm ci')
})

function program(text: string) {
  writeFileSync(join(project, 'server', 'cli.ts'), text)
}

function rapport(args: string[], command = join(project, 'bin', 'rapport.mjs')) {
  return spawn(systemNode, [command, ...args], { stdio: ['pipe', 'pipe', 'pipe'] })
}

async function textOf(child: ReturnType<typeof rapport>): Promise<string> {
  let text = ''
  for await (const chunk of child.stdout) text += chunk
  return text
}

function isOlder(node: string): boolean {
  return Number(execFileSync(node, ['-p', 'process.versions.node.split(".")[0]'], { encoding: 'utf8' })) < 24
}
