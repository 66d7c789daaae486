import pino from 'pino'

export type Log = pino.Logger

/** JSON lines on standard error, so that `--json` commands own standard output. Secrets and content are never logged. */
export const createLog = (level: string, destination: pino.DestinationStream = standardError()): Log =>
  pino(
    {
      level,
      base: null,
      redact: ['password', 'token', 'credentials', '*.password', '*.token', '*.credentials'],
      serializers: { err: withoutContent },
    },
    destination,
  )

const standardError = () => pino.destination({ dest: 2, sync: true })

/** What errors carry besides is left out: PostgreSQL's `detail` quotes whole rows, other libraries' keep requests and answers. */
function withoutContent(error: unknown): unknown {
  if (!(error instanceof Error)) return { message: typeof error }
  const { name, message, stack, cause } = error
  const { code, constraint, table } = error as { code?: unknown; constraint?: unknown; table?: unknown }
  const below = cause instanceof Error ? withoutContent(cause) : undefined
  return { type: name, message, stack, code, constraint, table, cause: below }
}
