// Packages of Debian that tests need. Plain JavaScript: asked before Node 24 is certain.
import { spawnSync } from 'node:child_process'
import { existsSync, rmSync, writeFileSync } from 'node:fs'

const APT_MS = 300_000
const POLICY = '/usr/sbin/policy-rc.d'
/** Two that install at once would find apt locked. */
const LOCK = '/tmp/rapport-apt.lock'

/** Whether packages can be installed at all: as root, where apt is. */
export const installsPackages = () => process.getuid?.() === 0 && existsSync('/usr/bin/apt-get')

/** Installs packages without starting any service of theirs. Returns what failed in words, or null. */
export function installPackages(packages) {
  const ours = !existsSync(POLICY)
  if (ours) writeFileSync(POLICY, '#!/bin/sh\nexit 101\n', { mode: 0o755 })
  try {
    for (const step of [
      ['update', '-qq'],
      ['install', '-y', '-qq', '--no-install-recommends', ...packages],
    ]) {
      const done = spawnSync('flock', [LOCK, 'apt-get', ...step], {
        // RUNLEVEL keeps services down where another installation has taken its policy away by then.
        env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive', RUNLEVEL: '1' },
        stdio: ['ignore', 'ignore', 'inherit'],
        timeout: APT_MS,
      })
      if (done.status !== 0) return `apt-get ${step[0]} failed`
    }
    return null
  } finally {
    if (ours) rmSync(POLICY, { force: true })
  }
}
