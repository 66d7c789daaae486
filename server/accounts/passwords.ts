import { Conflict } from '../platform/errors.ts'
import type { Services } from '../platform/services.ts'
import { signInOf } from './sign-in.ts'

export interface NewUser {
  name: string
  email: string
  password: string
  language: 'en' | 'de' | 'nl'
  installationAdmin?: boolean
}

/**
 * An account with a password, hashed by the sign-in library. Throws Conflict when the address is taken. `emailVerified`:
 * somebody who reads the mail of that address, or whoever runs the installation, stands for it.
 */
export async function createUser(services: Services, user: NewUser, { emailVerified = true } = {}): Promise<string> {
  const context = await (await signInOf(services)).$context
  const email = user.email.toLowerCase()
  if (await context.internalAdapter.findUserByEmail(email)) throw new Conflict('email-taken', { email })
  const hash = await context.password.hash(user.password)
  const created = await services.database.system
    .insertInto('system.auth_user')
    .values({
      id: context.generateId({ model: 'user' }) || crypto.randomUUID(),
      name: user.name,
      email,
      emailVerified,
      language: user.language,
      installationAdmin: user.installationAdmin ?? false,
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  await context.internalAdapter.linkAccount({
    userId: created.id,
    providerId: 'credential',
    accountId: created.id,
    password: hash,
  })
  return created.id
}

/** A new password from the command line: for the person who locked themselves out. Ends every session. */
export async function setPassword(services: Services, userId: string, password: string): Promise<void> {
  const context = await (await signInOf(services)).$context
  await context.internalAdapter.updatePassword(userId, await context.password.hash(password))
  await services.database.system.deleteFrom('system.auth_session').where('userId', '=', userId).execute()
}

/** For the person who lost the phone and the backup codes. Passkeys stay; every session ends. */
export async function resetSecondFactor(services: Services, userId: string): Promise<void> {
  const { system } = services.database
  await system.updateTable('system.auth_user').set({ twoFactorEnabled: false }).where('id', '=', userId).execute()
  await system.deleteFrom('system.auth_two_factor').where('userId', '=', userId).execute()
  await system.deleteFrom('system.auth_session').where('userId', '=', userId).execute()
}
