import { createHash } from 'node:crypto'

/** What an API key begins with, so that one that leaked is recognised. */
export const KEY_PREFIX = 'rk_'

/** As links and keys are stored. They are random and long: a plain hash cannot be guessed back. */
export const hashToken = (token: string): string => createHash('sha256').update(token).digest('hex')
