import { type SqlBool, sql } from 'kysely'
import { byAuthor, type DataRegister, type Found, personal, plain } from '../../platform/personal-data.ts'

const suggested: Found = ({ authorIds }) =>
  sql<SqlBool>`(t.author_id = any(${authorIds}::uuid[]) or t.other_author_id = any(${authorIds}::uuid[]))`

const answered: Found = ({ authorIds }, workspaceId) =>
  sql<SqlBool>`t.suggestion_id in (select s.suggestion_id from suggestion s where s.workspace_id = ${workspaceId}
    and (s.author_id = any(${authorIds}::uuid[]) or s.other_author_id = any(${authorIds}::uuid[])))`

export const suggestionsData: DataRegister = [
  personal('identity_key', {
    whose: 'author',
    purpose: 'linking',
    basis: 'legitimate-interest',
    kept: 'persons',
    personal: 'key',
    columns: { key: 'workspace_id author_id' },
    found: byAuthor(),
    export: { within: 'author' },
  }),
  plain('identity_due', { key: 'workspace_id author_id', count: 'due_id' }),
  personal('suggestion', {
    whose: 'author',
    purpose: 'linking',
    basis: 'legitimate-interest',
    kept: 'suggestions',
    personal: 'reasons held_back evidence weight probability levels proof_level',
    columns: {
      key: 'workspace_id suggestion_id author_id other_author_id decided_by operation_id',
      time: 'found_at put_off_until decided_at',
      state: 'state decided_by_kind',
      count: 'model_version',
    },
    found: suggested,
  }),
  personal('suggestion_answer', {
    whose: 'author',
    purpose: 'linking',
    basis: 'legitimate-interest',
    kept: 'suggestions',
    personal: 'evidence levels probability',
    columns: {
      key: 'workspace_id answer_id suggestion_id',
      time: 'answered_at',
      state: 'confirmed',
      count: 'fields_version',
    },
    found: answered,
  }),
  plain('comparison_run', {
    key: 'workspace_id run_id after_author_id',
    time: 'started_at ended_at',
    state: 'state phase',
    count: 'identities_expected identities_done keys_version',
  }),
  plain('linkage_model', {
    key: 'workspace_id',
    time: 'learned_at',
    state: 'learned_from',
    count: 'version fields_version identities confirmations refusals',
    figure: 'sealed',
  }),
  plain('inference_policy', { key: 'workspace_id', time: 'changed_at', state: 'mode proof_level heard_too' }),
]
