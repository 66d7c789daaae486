import { type SqlBool, sql } from 'kysely'
import {
  byPerson,
  type DataRegister,
  deleted,
  type Eraser,
  type Found,
  personal,
  plain,
  withTheRowsOf,
} from '../../platform/personal-data.ts'
import { oneAfterTheOther, wordsRemoved } from '../../platform/personal-traces.ts'
import { removeNameKeys } from '../search/name-keys.ts'

const keyOf: Found = ({ personIds }, workspaceId) =>
  sql<SqlBool>`t.word in (select unnest(string_to_array(k.key, ' ')) from person_name_key k
    where k.workspace_id = ${workspaceId} and k.person_id = any(${personIds}::uuid[]))`

/** Keys of a name, and the words that nobody else is called. */
const nameKeysRemoved: Eraser = {
  ...deleted('person_name_key', byPerson()),
  step: async (tx, { personIds }) => {
    const rows = await deleted('person_name_key', byPerson()).count(tx, { personIds, authorIds: [], names: [] })
    if (rows > 0) await removeNameKeys(tx, personIds)
    return rows
  },
}

export const profileData: DataRegister = [
  personal('person_note', {
    whose: 'person',
    purpose: 'care',
    basis: 'legitimate-interest',
    kept: 'notes',
    personal: 'text',
    columns: {
      key: 'workspace_id note_id person_id written_by',
      time: 'written_at edited_at',
      state: 'written_by_kind',
    },
    found: byPerson(),
    erase: oneAfterTheOther(deleted('person_note', byPerson()), wordsRemoved('person_note', ['text'])),
  }),
  personal('person_tag', {
    whose: 'person',
    purpose: 'care',
    basis: 'legitimate-interest',
    kept: 'persons',
    personal: 'tag',
    columns: { key: 'workspace_id person_id tagged_by', time: 'tagged_at', state: 'tagged_by_kind' },
    found: byPerson(),
  }),
  personal('person_summary', {
    whose: 'person',
    purpose: 'scoring',
    basis: 'legitimate-interest',
    kept: 'persons',
    personal:
      'value influence advocate detractor followers posts orders spent contracts conversations language networks tags consents inputs',
    columns: {
      key: 'workspace_id person_id',
      time: 'made_at known_since last_post_at last_contact_at',
      state: 'profiled',
      count: 'scored_by',
    },
    found: byPerson(),
  }),
  plain('person_due', { key: 'workspace_id person_id', time: 'due_at' }),
  personal('person_name_key', {
    whose: 'person',
    purpose: 'care',
    basis: 'legitimate-interest',
    kept: 'persons',
    personal: 'key',
    columns: { key: 'workspace_id person_id' },
    found: byPerson(),
    erase: nameKeysRemoved,
    export: { within: 'person' },
  }),
  personal('name_word_key', {
    whose: 'person',
    purpose: 'care',
    basis: 'legitimate-interest',
    kept: 'persons',
    personal: 'key word',
    columns: { key: 'workspace_id' },
    found: keyOf,
    erase: withTheRowsOf(),
    export: { within: 'person' },
  }),
  plain('score_formula', {
    key: 'workspace_id saved_by',
    time: 'saved_at',
    state: 'score saved_by_kind',
    count: 'version',
    setting: 'terms because',
  }),
  plain('segment', {
    key: 'workspace_id segment_id created_by',
    time: 'created_at changed_at',
    state: 'created_by_kind',
    setting: 'name name_key purpose rule',
  }),
]
