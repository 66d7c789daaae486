import { type SqlBool, sql } from 'kysely'
import type { WorkspaceTransaction } from '../platform/database.ts'
import {
  byAuthor,
  byPerson,
  byPersonOrAuthor,
  type DataRegister,
  type Eraser,
  type Found,
  personal,
  plain,
} from '../platform/personal-data.ts'
import type { Services } from '../platform/services.ts'
import { contactsData } from './contacts/personal-data.ts'
import { type Erased, eraseAuthorIdentity, erasePerson } from './graph/index.ts'
import { profileData } from './profile/personal-data.ts'
import { suggestionsData } from './suggestions/personal-data.ts'
import { suppress } from './suppression.ts'

/** The graph's own erasure, one after the other: a barrier that no undo crosses (graph/erasure.ts). */
const personsErased: Eraser = {
  how: 'emptied',
  count: async (tx, { personIds }) => (await standing(tx, 'person', personIds)).length,
  step: async (tx, { personIds }, services) => {
    const [next] = await standing(tx, 'person', personIds)
    if (next) await keepAway(tx, services, await erasePerson(tx, next, services.clock.now()))
    return next ? 1 : 0
  },
}

/** Those that left the person while the erasure was under way. */
const identitiesErased: Eraser = {
  how: 'emptied',
  count: async (tx, { authorIds }) => (await standing(tx, 'author', authorIds)).length,
  step: async (tx, { authorIds }, services) => {
    const [next] = await standing(tx, 'author', authorIds)
    if (next) await keepAway(tx, services, await eraseAuthorIdentity(tx, next, services.clock.now()))
    return next ? 1 : 0
  },
}

/** Whatever goes is not collected again, also what became theirs after the hashes were written down. */
async function keepAway(tx: WorkspaceTransaction, { secrets }: Services, { identities }: Erased): Promise<void> {
  for (const identity of identities) await suppress(tx, secrets, identity, 'erasure')
}

async function standing(tx: WorkspaceTransaction, table: 'author' | 'person', ids: string[]): Promise<string[]> {
  const key = sql.ref(`${table}_id`)
  const { rows } = await sql<{
    id: string
  }>`select ${key} as id from ${sql.table(table)} where workspace_id = ${tx.workspaceId}
    and ${key} = any(${ids}::uuid[]) and erased_at is null order by 1`.execute(tx.sql)
  return rows.map(({ id }) => id)
}

const merged: Found = ({ personIds }) =>
  sql<SqlBool>`(t.person_id = any(${personIds}::uuid[]) or t.same_as = any(${personIds}::uuid[]))`

const operatedOn: Found = ({ personIds }, workspaceId) =>
  sql<SqlBool>`t.operation_id in (select o.operation_id from graph_operation_person o
    where o.workspace_id = ${workspaceId} and o.person_id = any(${personIds}::uuid[]))`

const graphData: DataRegister = [
  personal('author', {
    whose: 'author',
    purpose: 'listening',
    basis: 'legitimate-interest',
    kept: 'authors',
    personal: 'network_id mail_domain handle name handle_key name_key avatar_url bio url followers',
    columns: {
      key: 'workspace_id author_id person_id',
      time: 'state_since first_heard_at last_heard_at profile_read_at erased_at',
      state: 'network scope stable own state kind',
    },
    found: byAuthor(),
    erase: identitiesErased,
  }),
  personal('author_handle', {
    whose: 'author',
    purpose: 'listening',
    basis: 'legitimate-interest',
    kept: 'authors',
    personal: 'handle handle_key name',
    columns: { key: 'workspace_id author_id', time: 'seen_from seen_until' },
    found: byAuthor(),
  }),
  personal('author_past', {
    whose: 'author',
    purpose: 'listening',
    basis: 'legitimate-interest',
    kept: 'authors',
    personal: 'value',
    columns: { key: 'workspace_id author_id', time: 'seen_from seen_until', state: 'attribute' },
    found: byAuthor(),
  }),
  personal('author_field', {
    whose: 'author',
    purpose: 'care',
    basis: 'legitimate-interest',
    kept: 'authors',
    personal: 'field source value',
    columns: { key: 'workspace_id author_id', time: 'told_at' },
    found: byAuthor(),
  }),
  personal('person', {
    whose: 'person',
    purpose: 'care',
    basis: 'legitimate-interest',
    kept: 'persons',
    personal: 'name name_key language note reason legal_basis purpose effective_basis effective_purpose',
    columns: {
      key: 'workspace_id person_id created_by current_id',
      time: 'created_at erased_at',
      state: 'began_because created_by_kind',
    },
    found: byPerson(),
    erase: personsErased,
  }),
  personal('person_link', {
    whose: 'person',
    purpose: 'linking',
    basis: 'legitimate-interest',
    kept: 'persons',
    personal: 'evidence withdrawn_because',
    columns: {
      key: 'workspace_id link_id person_id author_id linked_by withdrawn_by operation_id',
      time: 'linked_at withdrawn_at',
      state: 'method legal_basis linked_by_kind withdrawn_by_kind shared',
      count: 'position',
    },
    found: byPersonOrAuthor,
    erase: { evidence: "'{}'::jsonb", withdrawn_because: "case when t.withdrawn_because is not null then '' end" },
  }),
  personal('person_merge', {
    whose: 'person',
    purpose: 'linking',
    basis: 'legitimate-interest',
    kept: 'persons',
    personal: 'evidence withdrawn_because',
    columns: {
      key: 'workspace_id merge_id operation_id person_id same_as merged_by withdrawn_by',
      time: 'merged_at withdrawn_at',
      state: 'method legal_basis merged_by_kind withdrawn_by_kind',
      count: 'position',
    },
    found: merged,
    erase: { evidence: "'{}'::jsonb", withdrawn_because: "case when t.withdrawn_because is not null then '' end" },
  }),
  personal('person_override', {
    whose: 'person',
    purpose: 'care',
    basis: 'legitimate-interest',
    kept: 'persons',
    personal: 'field value withdrawn_because',
    columns: {
      key: 'workspace_id override_id operation_id person_id set_by withdrawn_by',
      time: 'set_at withdrawn_at',
      state: 'set_by_kind withdrawn_by_kind',
      count: 'position',
    },
    found: byPerson(),
  }),
  personal('graph_operation', {
    whose: 'person',
    purpose: 'linking',
    basis: 'legitimate-interest',
    kept: 'persons',
    personal: 'undone_because',
    columns: {
      key: 'workspace_id operation_id done_by undone_by',
      time: 'done_at undone_at',
      state: 'kind done_by_kind undone_by_kind',
      count: 'position',
    },
    found: operatedOn,
    erase: { undone_because: "case when t.undone_because is not null then '' end" },
  }),
  plain('graph_operation_person', { key: 'workspace_id person_id operation_id' }),
  plain('suppression', { key: 'workspace_id', time: 'since', state: 'reason', secret: 'identity_hash' }),
  personal('consent', {
    whose: 'person',
    purpose: 'protection',
    basis: 'legal-obligation',
    kept: 'consents',
    personal: 'purpose text withdrawn_because',
    columns: {
      key: 'workspace_id consent_id person_id author_id recorded_by withdrawn_by',
      time: 'stated_at withdrawn_at',
      state: 'given language channel recorded_by_kind withdrawn_channel withdrawn_by_kind',
    },
    found: byPersonOrAuthor,
    erase: { text: "''", withdrawn_because: "case when t.withdrawn_because is not null then '' end" },
  }),
  personal('objection', {
    whose: 'person',
    purpose: 'protection',
    basis: 'legal-obligation',
    kept: 'consents',
    personal: 'reason lifted_because',
    columns: {
      key: 'workspace_id objection_id person_id author_id recorded_by lifted_by',
      time: 'objected_at lifted_at',
      state: 'kind channel recorded_by_kind lifted_by_kind',
    },
    found: byPersonOrAuthor,
    erase: { reason: "''", lifted_because: "case when t.lifted_because is not null then '' end" },
  }),
]

const settingsData: DataRegister = [
  plain('graph_request', {
    key: 'workspace_id request_key',
    setting: 'asked result',
    time: 'done_at',
  }),
  plain('people_settings', { key: 'workspace_id', setting: 'default_country field_sources' }),
]

export const peopleData: DataRegister = [
  ...graphData,
  ...settingsData,
  ...profileData,
  ...suggestionsData,
  ...contactsData,
]
