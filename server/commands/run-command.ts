import { type ParseArgsOptionsConfig, parseArgs } from 'node:util'
import { setFlagsFromString } from 'node:v8'
import { type Config, ConfigFault, readConfig } from '../platform/config.ts'
import { isKnownError } from '../platform/errors.ts'
import { PostgresFailure } from '../platform/postgres/index.ts'

/**
 * V8 lets a heap grow to about three times what is in use before it looks for what can go; an import or an audit then
 * takes 100 MB more than it needs. Looking sooner costs some percent of their time.
 */
const HEAP_GROWING_PERCENT = 40

export interface CommandInput {
  config: Config
  options: Record<string, string | boolean | (string | boolean)[] | undefined>
  words: string[]
  /** For people; silent under --json, whose one object is all that standard output carries. */
  say(line: string): void
}

export interface Command {
  name: string
  /** One sentence. */
  summary: string
  usage: string
  options?: ParseArgsOptionsConfig
  /** Returns what --json prints. Throws CommandFault for what the person at the terminal can mend. */
  run(input: CommandInput): Promise<Record<string, unknown>>
}

/** Something the person at the terminal can mend; shown without a stack. `result` is what --json prints beside the error. */
export class CommandFault extends Error {
  readonly code: string
  readonly result: Record<string, unknown>
  constructor(code: string, message: string, result: Record<string, unknown> = {}) {
    super(message)
    this.code = code
    this.result = result
  }
}

/** Parses, runs, prints; sets the exit code. Every command takes --json. */
export async function runCommand(command: Command, given: string[]): Promise<void> {
  setFlagsFromString(`--heap-growing-percent=${HEAP_GROWING_PERCENT}`)
  const json = given.includes('--json')
  try {
    const { values, positionals } = parse(command, given)
    if (values.help) return console.log(`${command.summary}\n\nUsage: ${command.usage}`)
    const say = json ? () => {} : (line: string) => console.log(line)
    const result = await command.run({ config: readConfig(process.env), options: values, words: positionals, say })
    if (json) console.log(JSON.stringify(result))
  } catch (error) {
    process.exitCode = 1
    if (json)
      console.log(
        JSON.stringify({
          ...(error instanceof CommandFault ? error.result : {}),
          error: codeOf(error),
          message: wordsOf(error),
        }),
      )
    console.error(wordsOf(error))
  }
}

function parse(command: Command, given: string[]) {
  try {
    return parseArgs({
      args: given,
      allowPositionals: true,
      options: { json: { type: 'boolean' }, help: { type: 'boolean', short: 'h' }, ...command.options },
    }) as { values: CommandInput['options']; positionals: string[] }
  } catch (error) {
    throw new CommandFault('usage', `${(error as Error).message}\nUsage: ${command.usage}`)
  }
}

const codeOf = (error: unknown): string =>
  error instanceof CommandFault || isKnownError(error)
    ? error.code
    : error instanceof PostgresFailure
      ? error.reason
      : 'failed'

function wordsOf(error: unknown): string {
  if (error instanceof CommandFault || error instanceof ConfigFault || error instanceof PostgresFailure)
    return error.message
  if (isKnownError(error)) return `${error.code} ${JSON.stringify(error.params)}`
  return error instanceof Error ? (error.stack ?? error.message) : String(error)
}

/** The option as text, or null. */
export const textOption = (input: CommandInput, name: string): string | null =>
  typeof input.options[name] === 'string' ? (input.options[name] as string) : null

export const textOptions = (input: CommandInput, name: string): string[] =>
  [input.options[name] ?? []].flat().filter((value): value is string => typeof value === 'string')
