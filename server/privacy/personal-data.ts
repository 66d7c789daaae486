import { type SqlBool, sql } from 'kysely'
import { byPerson, type DataRegister, emptied, type Found, personal, plain } from '../platform/personal-data.ts'
import { oneAfterTheOther, wordsRemoved } from '../platform/personal-traces.ts'
import { archivesErased } from './access/archives.ts'

const entryOfRequest: Found = ({ personIds }, workspaceId) =>
  sql<SqlBool>`t.request_id in (select r.request_id from privacy_request r
    where r.workspace_id = ${workspaceId} and r.person_id = any(${personIds}::uuid[]))`

export const privacyData: DataRegister = [
  personal('privacy_request', {
    whose: 'person',
    purpose: 'protection',
    basis: 'legal-obligation',
    kept: 'requests',
    personal: 'requester details identity_how extended_because outcome_because kind',
    columns: {
      key: 'workspace_id request_id person_id assigned_member_id created_by',
      time: 'received_at due_at extended_at closed_at created_at reminded_soon_at reminded_overdue_at',
      state: 'channel language identity state outcome created_by_kind',
    },
    found: byPerson(),
    erase: oneAfterTheOther(
      emptied('privacy_request', byPerson(), {
        requester: "''",
        details: "''",
        identity_how: "''",
        extended_because: "case when t.extended_because is not null then '' end",
        outcome_because: "case when t.outcome_because is not null then '' end",
      }),
      // Written down before anybody knew for whom.
      wordsRemoved('privacy_request', ['requester', 'details']),
    ),
  }),
  personal('privacy_request_entry', {
    whose: 'person',
    purpose: 'protection',
    basis: 'legal-obligation',
    kept: 'requests',
    personal: 'note',
    columns: { key: 'workspace_id request_id entry_id by_id', time: 'at', state: 'what by_kind' },
    found: entryOfRequest,
    erase: oneAfterTheOther(
      emptied('privacy_request_entry', entryOfRequest, { note: "''" }),
      wordsRemoved('privacy_request_entry', ['note']),
    ),
  }),
  personal('access_archive', {
    whose: 'person',
    purpose: 'protection',
    basis: 'legal-obligation',
    kept: 'exports',
    personal: 'language',
    columns: {
      key: 'workspace_id archive_id person_id request_id created_by',
      time: 'lease_until created_at finished_at expires_at',
      state: 'state failure created_by_kind',
      count: 'steps steps_expected bytes downloads attempts',
    },
    found: byPerson(),
    erase: archivesErased,
  }),
  plain('erasure', {
    key: 'workspace_id erasure_id person_id request_id author_ids person_ids requested_by',
    time: 'lease_until requested_at finished_at',
    state: 'via state steps_done failure requested_by_kind',
    count: 'report attempts',
  }),
  plain('retention_rule', {
    key: 'workspace_id set_by',
    time: 'set_at',
    state: 'kind set_by_kind',
    count: 'days',
    ours: 'reason',
  }),
]
