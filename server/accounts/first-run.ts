import { randomBytes } from 'node:crypto'
import { Conflict, Forbidden } from '../platform/errors.ts'
import type { Services } from '../platform/services.ts'
import { createUser, type NewUser } from './passwords.ts'
import { takeSetting, writeSetting } from './settings.ts'
import { hashToken } from './tokens.ts'
import { countUsers } from './users.ts'

const SETTING = 'set-up'
const TOKEN_BYTES = 24

/** A fresh one-time link while nobody owns the installation; null afterwards. Each start makes the former link void. */
export async function prepareSetUpLink(services: Services): Promise<string | null> {
  if (!(await needsSetUp(services))) return null
  const token = randomBytes(TOKEN_BYTES).toString('base64url')
  await writeSetting(services, SETTING, { tokenHash: hashToken(token) })
  return `${services.config.publicUrl}/set-up?token=${token}`
}

export const needsSetUp = async (services: Services): Promise<boolean> => (await countUsers(services)) === 0

/** The first person owns the installation. Whoever takes the link's row has it: of two at the same time one is refused. */
export async function setUp(services: Services, token: string, user: NewUser): Promise<string> {
  if (!(await needsSetUp(services))) throw new Conflict('already-set-up')
  if (!(await takeSetting(services, SETTING, { tokenHash: hashToken(token) })))
    throw new Forbidden('set-up-link-invalid')
  return createUser(services, { ...user, installationAdmin: true })
}
