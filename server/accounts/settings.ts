import type { Services } from '../platform/services.ts'

/** Settings of the installation, one JSON value per name, in system.setting. */
export async function readSetting<T>(services: Services, name: string): Promise<T | null> {
  const row = await services.database.system
    .selectFrom('system.setting')
    .select('value')
    .where('name', '=', name)
    .executeTakeFirst()
  return row ? (row.value as T) : null
}

export async function writeSetting(services: Services, name: string, value: unknown): Promise<void> {
  const text = JSON.stringify(value)
  await services.database.system
    .insertInto('system.setting')
    .values({ name, value: text })
    .onConflict((conflict) => conflict.column('name').doUpdateSet({ value: text, changed_at: services.clock.now() }))
    .execute()
}

export async function removeSetting(services: Services, name: string): Promise<void> {
  await services.database.system.deleteFrom('system.setting').where('name', '=', name).execute()
}

/** Removes a setting if it holds this value, and says whether it did: of several callers at once one only. */
export async function takeSetting(services: Services, name: string, value: unknown): Promise<boolean> {
  const gone = await services.database.system
    .deleteFrom('system.setting')
    .where('name', '=', name)
    .where('value', '=', JSON.stringify(value))
    .returning('name')
    .executeTakeFirst()
  return gone !== undefined
}
