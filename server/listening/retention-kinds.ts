import { sql } from 'kysely'
import { SETTINGS_DEFAULTS } from '../../contract/accounts-workspaces.ts'
import { type RetentionKind, rowsOlderThan } from '../platform/retention.ts'
import { AUTHOR_IS_SILENT, POST_IS_ONLY_HEARD } from './retention.ts'

/** By which rules listening forgets; it runs them itself (retention.ts), because days are counted before posts go. */
export const listeningRetention: RetentionKind[] = [
  {
    kind: 'heard-posts',
    defaultDays: SETTINGS_DEFAULTS.retentionDays,
    minDays: 1,
    maxDays: 3650,
    because: 'minimal',
    due: rowsOlderThan({ table: 'post', since: 't.heard_at', where: POST_IS_ONLY_HEARD, shown: 't.text' }).due,
  },
  {
    kind: 'authors',
    defaultDays: SETTINGS_DEFAULTS.retentionDays,
    minDays: 1,
    maxDays: 3650,
    because: 'minimal',
    due: rowsOlderThan({
      table: 'author',
      since: 't.last_heard_at',
      where: AUTHOR_IS_SILENT,
      shown: "t.network || ' ' || coalesce(t.handle, t.name, t.network_id)",
    }).due,
  },
  {
    kind: 'quarantine',
    defaultDays: 30,
    minDays: 1,
    maxDays: 90,
    because: 'repair',
    due: rowsOlderThan({ table: 'quarantine', since: 't.received_at', shown: 't.raw' }).due,
  },
  {
    kind: 'rejections',
    defaultDays: 30,
    minDays: 1,
    maxDays: 90,
    because: 'repair',
    due: rowsOlderThan({
      table: 'import_rejection',
      since: `(select i.finished_at from import i where i.workspace_id = t.workspace_id and i.import_id = t.import_id)`,
      shown: 't.raw',
    }).due,
  },
  {
    kind: 'uploads',
    defaultDays: 7,
    minDays: 1,
    maxDays: 30,
    because: 'hand-over',
    due: rowsOlderThan({
      table: 'import',
      since: 't.created_at',
      where: sql`t.state = 'uploaded'`,
      shown: 't.file_name',
    }).due,
  },
]
