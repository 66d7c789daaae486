// A lock between processes for scripts that must run on Node 20, which has no locks of the operating system to offer
// (server/platform/postgres/process-lock.ts uses them from Node 24 on).
//
// Generations: the files `<name>.1`, `<name>.2`, … each name a process. The highest counts: while that process lives, it
// holds the lock; once it has ended or let go, whoever creates the next number holds it, and creating is exclusive. The
// highest file is never deleted, so a slow process that saw an older state finds a higher number and withdraws.

import { linkSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { basename, dirname } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'

const POLL_MS = 100

/**
 * Runs `work` while no other process holds the lock at `path`.
 * @template T
 * @param {string} path its folder is made when it is not there
 * @param {() => T | Promise<T>} work
 * @param {{ onWait?: (pid: number) => void }} [options]
 * @returns {Promise<T>}
 */
export async function withLock(path, work, { onWait } = {}) {
  mkdirSync(dirname(path), { recursive: true })
  const own = `${path}.${process.pid}.own`
  let told = false
  let generation = tryGeneration(path, own)
  while (generation === undefined) {
    const holder = holderOf(path, highest(path)) ?? 0
    if (!told && holder > 0) {
      told = true
      onWait?.(holder)
    }
    await sleep(POLL_MS)
    generation = tryGeneration(path, own)
  }
  try {
    return await work()
  } finally {
    writeFileSync(own, 'free')
    renameSync(own, `${path}.${generation}`)
  }
}

/** @returns {number | undefined} the generation that is ours now */
function tryGeneration(path, own) {
  const current = highest(path)
  if (holderOf(path, current) !== undefined) return undefined
  const next = current + 1
  writeFileSync(own, JSON.stringify({ pid: process.pid, started: startOf(process.pid) }))
  try {
    linkSync(own, `${path}.${next}`)
  } catch (error) {
    if (error.code === 'EEXIST') return undefined
    throw error
  } finally {
    rmSync(own, { force: true })
  }
  if (highest(path) !== next) {
    rmSync(`${path}.${next}`, { force: true })
    return undefined
  }
  for (const older of generations(path)) if (older < next) rmSync(`${path}.${older}`, { force: true })
  return next
}

function generations(path) {
  const prefix = `${basename(path)}.`
  const names = readdirSync(dirname(path)).filter((name) => name.startsWith(prefix))
  return names
    .map((name) => name.slice(prefix.length))
    .filter((rest) => /^\d+$/.test(rest))
    .map(Number)
}

function highest(path) {
  return Math.max(0, ...generations(path))
}

/** The living process that holds this generation. */
function holderOf(path, generation) {
  if (generation === 0) return undefined
  let text
  try {
    text = readFileSync(`${path}.${generation}`, 'utf8')
  } catch (error) {
    // Deleted since it was listed: then a higher one exists, and the next look sees it.
    if (error.code === 'ENOENT') return -1
    throw error
  }
  // A power cut may leave it empty.
  if (text === 'free' || text === '') return undefined
  const { pid, started } = JSON.parse(text)
  return startOf(pid) === started ? pid : undefined
}

/** When the process began, which tells it from a later one with the same number; `undefined` when it does not live. */
function startOf(pid) {
  if (process.platform === 'linux') {
    try {
      const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
      const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
      return fields[0] === 'Z' ? undefined : fields[19]
    } catch {
      return undefined
    }
  }
  try {
    process.kill(pid, 0)
    return 'alive'
  } catch (error) {
    return error.code === 'EPERM' ? 'alive' : undefined
  }
}
