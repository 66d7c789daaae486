import pino from 'pino'

export type Log = pino.Logger

/** JSON lines on standard error, so that `--json` commands own standard output. Secrets and content are never logged. */
export const createLog = (level: string): Log =>
  pino(
    { level, base: null, redact: ['password', 'token', 'credentials', '*.password', '*.token', '*.credentials'] },
    pino.destination({ dest: 2, sync: true }),
  )
