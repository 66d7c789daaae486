/** Reads what a client writes: a tag, a name, and words; of these quoted strings, lists in brackets as they stand, and literals. */
export interface Command {
  tag: string
  name: string
  words: (string | Buffer)[]
}

const COMMAND_BYTES_MAX = 30 * 1024 * 1024

export class CommandReader {
  #waiting: Buffer = Buffer.alloc(0)
  #line: (string | Buffer)[] = []
  readonly #give: (command: Command) => void
  readonly #goOn: () => void

  constructor(give: (command: Command) => void, goOn: () => void) {
    this.#give = give
    this.#goOn = goOn
  }

  #literalBytes = 0

  take(chunk: Buffer): void {
    this.#waiting = Buffer.concat([this.#waiting, chunk])
    if (this.#waiting.length > COMMAND_BYTES_MAX) throw new Error('a command without end')
    for (;;) {
      if (this.#literalBytes > 0) {
        if (this.#waiting.length < this.#literalBytes) return
        this.#line.push(Buffer.from(this.#waiting.subarray(0, this.#literalBytes)))
        this.#waiting = this.#waiting.subarray(this.#literalBytes)
        this.#literalBytes = 0
      }
      const end = this.#waiting.indexOf('\r\n')
      if (end < 0) return
      const text = this.#waiting.subarray(0, end).toString('latin1')
      this.#waiting = this.#waiting.subarray(end + 2)
      const literal = /\{(\d+)(\+?)\}$/.exec(text)
      this.#line.push(literal ? text.slice(0, literal.index) : text)
      if (literal) {
        this.#literalBytes = Number(literal[1])
        if (literal[2] === '') this.#goOn()
      } else this.#end()
    }
  }

  #end(): void {
    const words = this.#line.flatMap((part): (string | Buffer)[] => (typeof part === 'string' ? wordsOf(part) : [part]))
    this.#line = []
    const [tag, name, ...rest] = words
    if (tag !== undefined) this.#give({ tag: String(tag), name: String(name ?? '').toUpperCase(), words: rest })
  }
}

const wordsOf = (text: string): string[] =>
  [...text.matchAll(/"((?:[^"\\]|\\.)*)"|(\([^)]*\))|(\S+)/g)].map(
    ([, quoted, list, atom]) => quoted?.replace(/\\(.)/g, '$1') ?? list ?? atom ?? '',
  )
