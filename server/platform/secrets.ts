import { createCipheriv, createDecipheriv, createHash, hkdfSync, randomBytes } from 'node:crypto'
import {
  chmodSync,
  closeSync,
  fsyncSync,
  linkSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeSync,
} from 'node:fs'
import path from 'node:path'

const KEY_BYTES = 32
const NONCE_BYTES = 12
const TAG_BYTES = 16
const PLAIN_BYTES_MAX = 64 * 1024
const FORMAT = 'v1'
const ENCRYPTION_KEY = /^encryption-(\d{1,9})\.key$/

/**
 * The installation's keys, outside the database, so that a copy of the database alone opens nothing. Encryption is
 * AES-256-GCM (NIST SP 800-38D) with a random nonce; the context (whose secret, which field) is authenticated, so a
 * ciphertext cannot be moved to another row. Derived secrets come from a key of their own that never rotates.
 */
export interface Secrets {
  /** Text that names its key. `context` must be given again to read it. */
  encrypt(plain: string, context: string): string
  /** Throws SecretUnreadable. */
  decrypt(text: string, context: string): string
  /** The same text when it is under the newest key already, otherwise encrypted anew. */
  renew(text: string, context: string): string
  /** 64 hex digits that depend on this installation and the label only (HKDF, RFC 5869). */
  derive(label: string): string
  /** Makes a new key for everything encrypted from now on, and returns its name. Older keys stay readable. */
  rotate(): string
}

export class SecretUnreadable extends Error {
  readonly reason: 'key-missing' | 'damaged'
  constructor(reason: SecretUnreadable['reason'], message: string) {
    super(message)
    this.name = 'SecretUnreadable'
    this.reason = reason
  }
}

interface Key {
  /** Number and fingerprint: another installation's first key has another name. */
  name: string
  bytes: Buffer
}

/** Opens RAPPORT_HOME/keys, and makes the keys on the first start. Two starts at once end with the same keys. */
export function openSecrets(home: string): Secrets {
  const folder = path.join(home, 'keys')
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const root = readKey(folder, 'derivation.key') ?? createKey(folder, 'derivation.key')
  let keys = readEncryptionKeys(folder)
  if (keys.length === 0) {
    createKey(folder, 'encryption-1.key')
    keys = readEncryptionKeys(folder)
  }
  const newest = () => keys.at(-1) as Key
  const named = (name: string): Key | undefined => {
    const isNamed = (key: Key) => key.name === name
    // Another process may have rotated since we looked.
    if (!keys.some(isNamed)) keys = readEncryptionKeys(folder)
    return keys.find(isNamed)
  }

  const secrets: Secrets = {
    encrypt: (plain, context) => seal(newest(), plain, context),
    decrypt: (text, context) => {
      const { name, sealed } = parse(text)
      const key = named(name)
      if (!key)
        throw new SecretUnreadable(
          'key-missing',
          `This secret was encrypted with the key "${name}", which is not in ${folder}. Put the installation's keys back from a backup, or enter the secret again.`,
        )
      return open(key, sealed, context)
    },
    renew: (text, context) => {
      const plain = secrets.decrypt(text, context)
      return parse(text).name === newest().name ? text : secrets.encrypt(plain, context)
    },
    derive: (label) => Buffer.from(hkdfSync('sha256', root, Buffer.alloc(0), label, KEY_BYTES)).toString('hex'),
    rotate: () => {
      keys = readEncryptionKeys(folder)
      createKey(folder, `encryption-${Number.parseInt(newest().name, 10) + 1}.key`)
      keys = readEncryptionKeys(folder)
      return newest().name
    },
  }
  return secrets
}

function seal(key: Key, plain: string, context: string): string {
  if (Buffer.byteLength(plain) > PLAIN_BYTES_MAX) throw new Error(`a secret is at most ${PLAIN_BYTES_MAX} bytes long`)
  const nonce = randomBytes(NONCE_BYTES)
  const cipher = createCipheriv('aes-256-gcm', key.bytes, nonce)
  cipher.setAAD(Buffer.from(context))
  const sealed = Buffer.concat([nonce, cipher.update(plain, 'utf8'), cipher.final(), cipher.getAuthTag()])
  return `${FORMAT}.${key.name}.${sealed.toString('base64url')}`
}

function open(key: Key, sealed: Buffer, context: string): string {
  try {
    const decipher = createDecipheriv('aes-256-gcm', key.bytes, sealed.subarray(0, NONCE_BYTES), {
      authTagLength: TAG_BYTES,
    })
    decipher.setAAD(Buffer.from(context))
    decipher.setAuthTag(sealed.subarray(sealed.length - TAG_BYTES))
    return (
      decipher.update(sealed.subarray(NONCE_BYTES, sealed.length - TAG_BYTES), undefined, 'utf8') +
      decipher.final('utf8')
    )
  } catch (error) {
    throw new SecretUnreadable(
      'damaged',
      `A secret under the key "${key.name}" is damaged, or belongs elsewhere: ${(error as Error).message}`,
    )
  }
}

function parse(text: string): { name: string; sealed: Buffer } {
  const [format, name, payload, ...rest] = text.split('.')
  const sealed = Buffer.from(payload ?? '', 'base64url')
  if (format !== FORMAT || !name || rest.length > 0 || sealed.length < NONCE_BYTES + TAG_BYTES)
    throw new SecretUnreadable('damaged', 'A stored secret is not in a form that this version knows.')
  return { name, sealed }
}

function readEncryptionKeys(folder: string): Key[] {
  const numbers = readdirSync(folder).flatMap((file) => ENCRYPTION_KEY.exec(file)?.[1] ?? [])
  return numbers
    .map(Number)
    .sort((left, right) => left - right)
    .map((number) => {
      const bytes = readKey(folder, `encryption-${number}.key`) as Buffer
      return { name: `${number}-${createHash('sha256').update(bytes).digest('hex').slice(0, 8)}`, bytes }
    })
}

function readKey(folder: string, file: string): Buffer | null {
  const absolute = path.join(folder, file)
  const stat = statSync(absolute, { throwIfNoEntry: false })
  if (!stat) return null
  // Copied from a backup or unpacked by hand: nobody else may read it. Windows has no such modes.
  if (process.platform !== 'win32' && (stat.mode & 0o077) !== 0) chmodSync(absolute, 0o600)
  const text = readFileSync(absolute, 'utf8').trim()
  if (!/^[0-9a-f]{64}$/.test(text))
    throw new Error(
      `${absolute} is not a key of Rapport. Put it back from a backup; without it, stored secrets cannot be read.`,
    )
  return Buffer.from(text, 'hex')
}

/** Written whole under another name and linked into place: a link fails where a file is, so the first of two starts wins. */
function createKey(folder: string, file: string): Buffer {
  const unfinished = path.join(folder, `.${file}.${randomBytes(6).toString('hex')}`)
  const handle = openSync(unfinished, 'wx', 0o600)
  try {
    writeSync(handle, `${randomBytes(KEY_BYTES).toString('hex')}\n`)
    fsyncSync(handle)
    linkSync(unfinished, path.join(folder, file))
    syncFolder(folder)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
  } finally {
    closeSync(handle)
    rmSync(unfinished, { force: true })
  }
  return readKey(folder, file) as Buffer
}

/** Makes the new name survive a power failure; Windows cannot open a folder, and does not need it. */
function syncFolder(folder: string): void {
  if (process.platform === 'win32') return
  const handle = openSync(folder, 'r')
  fsyncSync(handle)
  closeSync(handle)
}
