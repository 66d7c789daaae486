import { sql } from 'kysely'
import type { Services } from '../platform/services.ts'

export async function countUsers(services: Services): Promise<number> {
  const row = await services.database.system
    .selectFrom('system.auth_user')
    .select(sql<number>`count(*)::int`.as('count'))
    .executeTakeFirstOrThrow()
  return row.count
}

export interface User {
  userId: string
  name: string
  email: string
  emailVerified: boolean
  language: 'en' | 'de' | 'nl'
  timeZone: string
  theme: 'system' | 'light' | 'dark'
  installationAdmin: boolean
  twoFactor: boolean
}

export async function findUser(services: Services, by: { userId: string } | { email: string }): Promise<User | null> {
  const query = services.database.system.selectFrom('system.auth_user').selectAll()
  const row = await ('userId' in by
    ? query.where('id', '=', by.userId)
    : query.where('email', '=', by.email.toLowerCase())
  ).executeTakeFirst()
  if (!row) return null
  return {
    userId: row.id,
    name: row.name,
    email: row.email,
    emailVerified: row.emailVerified,
    language: row.language as User['language'],
    timeZone: row.timeZone,
    theme: row.theme as User['theme'],
    installationAdmin: row.installationAdmin,
    twoFactor: row.twoFactorEnabled ?? false,
  }
}

export type UserChange = Partial<Pick<User, 'name' | 'language' | 'timeZone' | 'theme'>>

export async function updateUser(services: Services, userId: string, change: UserChange): Promise<void> {
  await services.database.system
    .updateTable('system.auth_user')
    .set({ ...change, updatedAt: services.clock.now() })
    .where('id', '=', userId)
    .execute()
}

export async function confirmAddress(services: Services, userId: string): Promise<void> {
  await services.database.system
    .updateTable('system.auth_user')
    .set({ emailVerified: true })
    .where('id', '=', userId)
    .execute()
}

/** Sessions and one-time values that no longer open anything. */
export async function forgetExpiredSignIns(services: Services): Promise<void> {
  const now = services.clock.now()
  await services.database.system.deleteFrom('system.auth_session').where('expiresAt', '<', now).execute()
  await services.database.system.deleteFrom('system.auth_verification').where('expiresAt', '<', now).execute()
}
