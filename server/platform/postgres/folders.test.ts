import {
  chmodSync,
  chownSync,
  cpSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
} from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { removeHome, temporaryHome } from '../testing/cluster.ts'
import { copyForOthers, holdPostgres } from '../testing/postgres-process.ts'
import { packagedBinaries, program, runnableBinaries } from './binaries.ts'
import { openOwnFile, placeFolders, privateFolder, socketFolder } from './folders.ts'
import { databaseOwner, ownerCan } from './owner.ts'
import { startPostgres } from './start-postgres.ts'

const root = process.getuid?.() === 0
const NOBODY = 65_534
let folder: string

beforeEach(() => {
  folder = temporaryHome()
  chmodSync(folder, 0o755)
})

afterEach(() => removeHome(folder))

test('a private folder is made for the owner alone, and closed again when it stands open', () => {
  const owner = databaseOwner(undefined)
  const made = privateFolder(join(folder, 'private'), owner)
  chmodSync(made, 0o777)
  privateFolder(made, owner)
  expect(statSync(made).mode & 0o777).toBe(0o700)
  expect(statSync(made).uid).toBe(owner.uid)
})

test('a link is never taken for a private folder or for our log file', () => {
  const owner = databaseOwner(undefined)
  mkdirSync(join(folder, 'elsewhere'))
  symlinkSync(join(folder, 'elsewhere'), join(folder, 'link'))
  expect(() => privateFolder(join(folder, 'link'), owner)).toThrow(
    expect.objectContaining({ reason: 'folder-foreign' }),
  )
  expect(() => openOwnFile(join(folder, 'link'), owner)).toThrow(/ELOOP/)
  expect(lstatSync(join(folder, 'elsewhere')).mode & 0o777).toBe(0o755)
})

test('a home with a long path has its socket below /tmp, within what the system allows', async () => {
  const home = join(folder, 'a-long-name-'.repeat(10))
  const running = await startPostgres({ home, log: () => undefined, durable: false })
  expect(running.socketFolder).toMatch(/^\/tmp\/rapport-[0-9a-f]{8}$/)
  expect(statSync(running.socketFolder).mode & 0o777).toBe(0o700)
  await running.stop()
  rmSync(running.socketFolder, { recursive: true })
})

test('binaries installed without install scripts get their links and their right to be run', () => {
  const packaged = packagedBinaries()
  const bare = { ...packaged, folder: join(folder, 'native') }
  cpSync(packaged.folder, bare.folder, { recursive: true, filter: (path) => !lstatSync(path).isSymbolicLink() })
  chmodSync(program(bare, 'postgres'), 0o644)
  const owner = databaseOwner(undefined)
  expect(runnableBinaries(bare, owner)).toEqual(bare)
  expect(ownerCan(owner, '"$1" --version', program(bare, 'postgres'))).toBe(true)
})

describe.runIf(root)('started by root', () => {
  test('binaries are copied once for an owner who cannot reach them, without what only compilers need', () => {
    const owner = databaseOwner(undefined)
    const packaged = packagedBinaries()
    const closed = join(folder, 'closed', 'native')
    cpSync(packaged.folder, closed, { recursive: true, verbatimSymlinks: true })
    chmodSync(join(folder, 'closed'), 0o700)
    const store = join(folder, 'store')
    const copied = runnableBinaries({ ...packaged, folder: closed }, owner, store)
    expect(copied.folder).toBe(join(store, `postgresql-${packaged.packageVersion}`))
    expect(ownerCan(owner, '"$1" --version', program(copied, 'postgres'))).toBe(true)
    expect(existsSync(join(copied.folder, 'lib', 'libpgport.a'))).toBe(false)
    expect(runnableBinaries({ ...packaged, folder: closed }, owner, store)).toEqual(copied)
  })

  test('the database runs as a service user who alone can read its files', async () => {
    const running = await startPostgres({ home: join(folder, 'home'), log: () => undefined, durable: false })
    const pid = readFileSync(join(running.dataFolder, 'postmaster.pid'), 'utf8').split('\n')[0]
    const owner = statSync(running.dataFolder)
    expect(owner.uid).not.toBe(0)
    expect(statSync(`/proc/${pid}`).uid).toBe(owner.uid)
    expect(statSync(running.dataFolder).mode & 0o077).toBe(0)
    expect(statSync(join(folder, 'home')).mode & 0o007).toBe(0)
    await running.stop()
  })

  test('a home below a closed folder has its database outside, is told so, and finds it again', async () => {
    const home = join(folder, 'closed', 'home')
    mkdirSync(join(folder, 'closed'), { mode: 0o700 })
    const messages: string[] = []
    const first = await startPostgres({ home, log: (message) => messages.push(message), durable: false })
    const outside = readFileSync(join(home, 'postgres-folder'), 'utf8').trim()
    try {
      expect(outside).toMatch(/^\/var\/lib\/rapport-[0-9a-f]{8}/)
      expect(first.dataFolder).toBe(join(outside, 'postgres'))
      expect(messages.join(' ')).toContain(outside)
      await first.stop()
      const second = await startPostgres({ home, log: () => undefined, durable: false })
      expect(second.dataFolder).toBe(first.dataFolder)
      await second.stop()
    } finally {
      rmSync(outside, { recursive: true, force: true })
    }
    await expect(startPostgres({ home, log: () => undefined })).rejects.toMatchObject({ reason: 'folder-gone' })
  })

  test('a home that was deleted and made anew does not get the database of the old one', () => {
    const home = join(folder, 'closed', 'home')
    mkdirSync(home, { recursive: true })
    chmodSync(join(folder, 'closed'), 0o700)
    const outside = mkdtempSync('/tmp/rapport-test-outside-')
    chmodSync(outside, 0o755)
    const old = placeFolders(home, outside)
    mkdirSync(old.data)
    rmSync(home, { recursive: true })
    const anew = placeFolders(home, outside)
    expect(anew.base).toBe(`${old.base}-2`)
    expect(existsSync(old.data)).toBe(true)
    rmSync(outside, { recursive: true })
  })

  test('a database whose folder was closed later is not silently replaced by an empty one', async () => {
    const home = join(folder, 'open', 'home')
    const running = await startPostgres({ home, log: () => undefined, durable: false })
    await running.stop()
    chmodSync(join(folder, 'open'), 0o700)
    await expect(startPostgres({ home, log: () => undefined })).rejects.toMatchObject({ reason: 'folder-closed' })
  })

  test('a socket name that somebody else took in /tmp is left to them', () => {
    const folders = { ...placeFolders(join(folder, 'home')), base: join(folder, 'x'.repeat(120)) }
    const first = socketFolder(folders)
    chownSync(first, NOBODY, NOBODY)
    expect(socketFolder(folders)).toBe(`${first}-2`)
    rmSync(first, { recursive: true })
    rmSync(`${first}-2`, { recursive: true })
  })

  test('an ordinary user starts it too, twice, and root joins as that user', async () => {
    const project = readableProject()
    const home = join(folder, 'home')
    chmodSync(folder, 0o777)
    for (const _ of [1, 2]) {
      const theirs = await holdPostgres(home, { uid: NOBODY, project })
      expect(statSync(`/proc/${theirs.postmaster}`).uid).toBe(NOBODY)
      expect(theirs.adopted).toBe(false)
      const ours = await startPostgres({ home, log: () => undefined, durable: false })
      expect(ours.adopted).toBe(true)
      await theirs.end()
      await ours.stop()
    }
    expect(statSync(join(home, 'postgres')).uid).toBe(NOBODY)
  })

  test('an ordinary user is told which folder is closed to them', async () => {
    const project = readableProject()
    const home = join(folder, 'home')
    await expect(holdPostgres(home, { uid: NOBODY, project })).rejects.toMatchObject({
      reason: 'permission',
      message: expect.stringContaining(home),
    })
  })
})

/** The project itself where everybody may read it, else a copy. */
function readableProject(): string | undefined {
  const nobody = { name: 'nobody', uid: NOBODY, gid: NOBODY, switched: true }
  if (ownerCan(nobody, '[ -r "$1" ]', import.meta.filename) && ownerCan(nobody, '[ -x "$1" ]', process.execPath))
    return undefined
  return copyForOthers(join(folder, 'project'))
}
