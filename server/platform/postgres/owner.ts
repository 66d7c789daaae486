import { execFileSync, spawnSync } from 'node:child_process'
import { lstatSync } from 'node:fs'
import { userInfo } from 'node:os'
import { PostgresFailure } from './failures.ts'

/** The system user that the database runs as. `switched`: we are root and become somebody else for it. */
export type Owner = { name: string; uid: number; gid: number; switched: boolean }

const SERVICE_USER = 'rapport'
const COMMAND_TIMEOUT_MS = 10_000

/**
 * PostgreSQL refuses to run as root. Started by root, it runs as whoever owns the existing database folder, else as
 * the user `rapport` (made when it is not there), else as one that every system has.
 */
export function databaseOwner(existingFolder: string | undefined): Owner {
  const uid = process.getuid?.() ?? -1
  if (uid !== 0) return { name: ownName(uid), uid, gid: process.getgid?.() ?? -1, switched: false }
  const present = existingFolder === undefined ? undefined : lstatSync(existingFolder)
  if (present && present.uid !== 0) {
    return { name: nameOf(present.uid), uid: present.uid, gid: present.gid, switched: true }
  }
  const owner = findUser(SERVICE_USER) ?? makeServiceUser() ?? findUser('postgres') ?? findUser('nobody')
  if (owner) return owner
  throw new PostgresFailure(
    'user-missing',
    'PostgreSQL does not run as root, and no other user was found. Add one: useradd --system rapport',
  )
}

/** What `spawn` needs in order to run something as the owner; never in a folder that the owner may not enter. */
export function runAs(owner: Owner) {
  return owner.switched ? { uid: owner.uid, gid: owner.gid, cwd: '/' } : { cwd: '/' }
}

/** Runs a one-line shell test as the owner: what it may do is asked of the system, not computed from mode bits. */
export function ownerCan(owner: Owner, test: string, path: string): boolean {
  if (process.platform === 'win32') return true
  const options = { ...runAs(owner), timeout: COMMAND_TIMEOUT_MS, stdio: 'ignore' as const }
  return spawnSync('/bin/sh', ['-c', test, 'sh', path], options).status === 0
}

function ownName(uid: number): string {
  try {
    return userInfo().username
  } catch {
    // A container may run under an id that has no name.
    return `user ${uid}`
  }
}

function nameOf(uid: number): string {
  return ask('id', ['-un', String(uid)]) ?? `user ${uid}`
}

function findUser(name: string): Owner | undefined {
  const uid = Number(ask('id', ['-u', name]) ?? 0)
  const gid = Number(ask('id', ['-g', name]) ?? 0)
  return uid > 0 && gid > 0 ? { name, uid, gid, switched: true } : undefined
}

function makeServiceUser(): Owner | undefined {
  const shape = ['--system', '--user-group', '--no-create-home', '--home-dir', '/nonexistent']
  ask('useradd', [...shape, '--shell', '/usr/sbin/nologin', SERVICE_USER])
  // A start beside ours may have made it in the same moment, so we look instead of asking useradd.
  return findUser(SERVICE_USER)
}

function ask(command: string, args: string[]): string | undefined {
  try {
    const stdio: ['ignore', 'pipe', 'ignore'] = ['ignore', 'pipe', 'ignore']
    return execFileSync(command, args, { encoding: 'utf8', stdio, timeout: COMMAND_TIMEOUT_MS }).trim()
  } catch {
    return undefined
  }
}
