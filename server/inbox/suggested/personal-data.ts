import { type SqlBool, sql } from 'kysely'
import {
  byConversation,
  type DataRegister,
  deleted,
  type Found,
  personal,
  plain,
} from '../../platform/personal-data.ts'

const ofTheirAnswers: Found = ({ authorIds }, workspaceId) =>
  sql<SqlBool>`t.delivery_id in (select r.delivery_id from remembered_answer r
    join conversation c on c.workspace_id = r.workspace_id and c.conversation_id = r.conversation_id
    where r.workspace_id = ${workspaceId} and c.author_id = any(${authorIds}::uuid[]))`

/** Words of what somebody asked. The texts themselves are handed out with posts and answers. */
export const suggestedData: DataRegister = [
  personal('remembered_term', {
    whose: 'author',
    purpose: 'care',
    basis: 'legitimate-interest',
    kept: 'conversations',
    personal: 'term',
    columns: { key: 'workspace_id delivery_id', state: 'language' },
    found: ofTheirAnswers,
    export: { within: 'post' },
    erase: deleted('remembered_term', ofTheirAnswers),
  }),
  personal('remembered_answer', {
    whose: 'author',
    purpose: 'care',
    basis: 'legitimate-interest',
    kept: 'conversations',
    personal: 'terms',
    columns: { key: 'workspace_id delivery_id post_id conversation_id', state: 'language', time: 'answered_at' },
    found: byConversation,
    export: { within: 'post' },
    erase: deleted('remembered_answer', byConversation),
  }),
  plain('drafting_model', {
    key: 'workspace_id changed_by',
    time: 'changed_at',
    state: 'switched_on',
    setting: 'address model instruction',
    secret: 'api_key',
  }),
]
