import { type ChildProcess, fork } from 'node:child_process'
import { fetchOutside } from '../../platform/outbound.ts'
import type { Services } from '../../platform/services.ts'
import { bitsApart, SAME_BITS_MAX } from './picture-hash.ts'

const PICTURE_BYTES_MAX = 2 * 1024 * 1024
const FETCH_TIMEOUT_MS = 8_000
const HASH_MS_MAX = 10_000
/** Slow pictures of many accounts must not keep the other accounts, and workspaces, waiting. */
const LOOKING_MS_MAX = 30_000
const HASHES_REMEMBERED_MAX = 2_000

export type PictureComparison = 'compared' | 'none' | 'unreachable' | 'unreadable'

interface Seen {
  outcome: PictureComparison
  hash: string | null
}

/**
 * Compares pictures of accounts by how they look. Only those of accounts that resemble ours already are fetched; they are
 * decoded in a process of their own (docs/decisions/0011), which ends with the comparison. What an address showed is remembered.
 */
export class Pictures implements AsyncDisposable {
  readonly #services: Services
  readonly #seen: Map<string, Seen>
  #child: ChildProcess | null = null
  #leftMs = LOOKING_MS_MAX

  constructor(services: Services, seen: Map<string, Seen>) {
    this.#services = services
    this.#seen = seen
  }

  async compare(ours: string | null, theirs: string | null): Promise<{ outcome: PictureComparison; same: boolean }> {
    if (ours === null || theirs === null) return { outcome: 'none', same: false }
    const [our, their] = [await this.#look(ours), await this.#look(theirs)]
    const failed = [our, their].find(({ outcome }) => outcome !== 'compared')
    if (failed || our.hash === null || their.hash === null)
      return { outcome: failed?.outcome ?? 'unreadable', same: false }
    return { outcome: 'compared', same: bitsApart(our.hash, their.hash) <= SAME_BITS_MAX }
  }

  async #look(address: string): Promise<Seen> {
    const known = this.#seen.get(address)
    if (known) return known
    if (this.#leftMs <= 0) return { outcome: 'unreachable', hash: null }
    const begun = performance.now()
    const seen = await this.#fetchAndHash(address)
    this.#leftMs -= performance.now() - begun
    if (this.#seen.size >= HASHES_REMEMBERED_MAX) this.#seen.clear()
    this.#seen.set(address, seen)
    return seen
  }

  async #fetchAndHash(address: string): Promise<Seen> {
    const answer = await fetchOutside(address, {
      accept: 'image/*',
      bytesMax: PICTURE_BYTES_MAX,
      timeoutMs: FETCH_TIMEOUT_MS,
      allowPrivate: this.#services.config.allowPrivate,
    })
    if (!answer.ok || answer.value.status !== 200) return { outcome: 'unreachable', hash: null }
    const hash = await this.#hash(answer.value.body)
    return { outcome: hash === null ? 'unreadable' : 'compared', hash }
  }

  #hash(bytes: Uint8Array): Promise<string | null> {
    this.#child ??= startChild()
    const child = this.#child
    return new Promise((resolve) => {
      const settle = (hash: string | null, broken: boolean) => {
        clearTimeout(timer)
        for (const event of ['message', 'error', 'exit']) child.removeAllListeners(event)
        if (broken) this.#stop()
        resolve(hash)
      }
      const timer = setTimeout(() => settle(null, true), HASH_MS_MAX)
      child.once('message', (hash) => settle(hash as string | null, false))
      child.once('error', () => settle(null, true))
      child.once('exit', () => settle(null, true))
      child.send(bytes)
    })
  }

  #stop(): void {
    const child = this.#child
    this.#child = null
    child?.once('error', () => {})
    child?.kill('SIGKILL')
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#stop()
  }
}

/** Without our environment: passwords and keys are not that process's business. */
const startChild = (): ChildProcess =>
  fork(new URL('./picture-hash-process.ts', import.meta.url), {
    execArgv: [],
    env: {},
    serialization: 'advanced',
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  })
