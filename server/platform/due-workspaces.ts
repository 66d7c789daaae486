/** Workspaces with news, each in one lane at a time; news that come meanwhile bring it back afterwards. */
export class DueWorkspaces {
  readonly #due = new Set<string>()
  readonly #busy = new Set<string>()
  readonly #signal: AbortSignal
  #waiting: (() => void)[] = []

  constructor(signal: AbortSignal) {
    this.#signal = signal
    signal.addEventListener('abort', () => this.#wake(), { once: true })
  }

  add(workspaceId: string): void {
    this.#due.add(workspaceId)
    if (!this.#busy.has(workspaceId)) this.#wake()
  }

  release(workspaceId: string): void {
    this.#busy.delete(workspaceId)
    if (this.#due.has(workspaceId)) this.#wake()
  }

  /** Waits for one; null when the signal aborts. */
  async take(): Promise<string | null> {
    while (!this.#signal.aborted) {
      for (const workspaceId of this.#due) {
        if (this.#busy.has(workspaceId)) continue
        this.#due.delete(workspaceId)
        this.#busy.add(workspaceId)
        return workspaceId
      }
      await new Promise<void>((resolve) => this.#waiting.push(resolve))
    }
    return null
  }

  #wake(): void {
    const waiting = this.#waiting
    this.#waiting = []
    for (const resolve of waiting) resolve()
  }
}
