import { type SqlBool, sql } from 'kysely'
import {
  byAuthor,
  byPersonOrAuthor,
  type DataRegister,
  deleted,
  type Eraser,
  emptied,
  type Found,
  personal,
  plain,
} from '../../platform/personal-data.ts'
import { deletedWhereNamed, oneAfterTheOther, wordsRemoved } from '../../platform/personal-traces.ts'

const contactIdentity: Found = ({ authorIds }) =>
  sql<SqlBool>`(t.author_id = any(${authorIds}::uuid[]) or t.contact_id = any(${authorIds}::uuid[]))`

const proposed: Found = ({ personIds, authorIds }, workspaceId) =>
  sql<SqlBool>`(t.person_id = any(${personIds}::uuid[]) or exists (select from author a
    where a.workspace_id = ${workspaceId} and a.author_id = any(${authorIds}::uuid[])
      and a.kind = t.identity_kind and a.scope = t.identity_scope and a.network_id = t.identity_id))`

/**
 * Handed out where the person is a member; what a note of an organisation, or the reason
 * of a merge, says of them is found by their names.
 */
const namedInNote: Found = () => sql<SqlBool>`false`

const bought: Found = ({ personIds, authorIds }, workspaceId) =>
  sql<SqlBool>`(t.person_id = any(${personIds}::uuid[]) or exists (select from author a
    where a.workspace_id = ${workspaceId} and a.author_id = any(${authorIds}::uuid[])
      and a.kind = t.customer_kind and a.scope = t.customer_scope and a.network_id = t.customer_id))`

/** Amounts and dates fall under the duty to keep records (§ 147 AO, art. 52 AWR): they stay, without whose they were. */
const purchasesEmptied: Eraser = {
  ...emptied('purchase', bought, {
    external_id: "'erased:' || t.purchase_id",
    customer_kind: "'customer-number'",
    customer_scope: "''",
    customer_id: "'erased:' || t.purchase_id",
    person_id: 'null::uuid',
    title: "''",
    items: "'[]'::jsonb",
    url: 'null',
    withdrawn_because: "case when t.withdrawn_because is not null then '' end",
  }),
  because: 'records',
}

export const contactsData: DataRegister = [
  personal('contact', {
    whose: 'customer',
    purpose: 'contract',
    basis: 'contract',
    kept: 'persons',
    personal: 'source',
    columns: {
      key: 'workspace_id author_id import_id',
      time: 'created_at updated_at deleted_at',
      state: 'legal_basis',
    },
    found: byAuthor(),
  }),
  personal('contact_identity', {
    whose: 'customer',
    purpose: 'contract',
    basis: 'contract',
    kept: 'persons',
    personal: 'part',
    columns: { key: 'workspace_id contact_id author_id link_id' },
    found: contactIdentity,
    export: { within: 'author' },
  }),
  personal('contact_proposal', {
    whose: 'customer',
    purpose: 'contract',
    basis: 'contract',
    kept: 'proposals',
    personal: 'identity_scope identity_id record source candidates',
    columns: {
      key: 'workspace_id proposal_id import_id person_id decided_by',
      time: 'proposed_at decided_at',
      state: 'identity_kind legal_basis state decided_by_kind',
      count: 'line',
    },
    found: proposed,
    erase: oneAfterTheOther(
      deleted('contact_proposal', proposed),
      deletedWhereNamed('contact_proposal', ['identity_id', 'record', 'candidates']),
    ),
  }),
  personal('organisation', {
    whose: 'person',
    purpose: 'contract',
    basis: 'legitimate-interest',
    kept: 'organisations',
    personal: 'note fields',
    columns: {
      key: 'workspace_id organisation_id current_id created_by',
      time: 'created_at',
      state: 'created_by_kind',
      ours: 'name name_key',
    },
    found: namedInNote,
    erase: wordsRemoved('organisation', ['note'], ['fields']),
    export: { within: 'organisation_membership' },
  }),
  personal('organisation_account', {
    whose: 'author',
    purpose: 'contract',
    basis: 'legitimate-interest',
    kept: 'persons',
    personal: 'reason withdrawn_because',
    columns: {
      key: 'workspace_id claim_id organisation_id author_id said_by withdrawn_by',
      time: 'said_at withdrawn_at',
      state: 'method said_by_kind withdrawn_by_kind',
    },
    found: byAuthor(),
  }),
  plain('organisation_key', {
    key: 'workspace_id organisation_id',
    time: 'added_at',
    state: 'kind scope',
    ours: 'value',
  }),
  personal('organisation_membership', {
    whose: 'person',
    purpose: 'contract',
    basis: 'legitimate-interest',
    kept: 'persons',
    personal: 'role evidence withdrawn_because speaks',
    columns: {
      key: 'workspace_id membership_id organisation_id person_id author_id said_by withdrawn_by',
      time: 'since until said_at withdrawn_at',
      state: 'method said_by_kind withdrawn_by_kind',
    },
    found: byPersonOrAuthor,
  }),
  personal('organisation_merge', {
    whose: 'person',
    purpose: 'contract',
    basis: 'legitimate-interest',
    kept: 'organisations',
    personal: 'reason withdrawn_because',
    columns: {
      key: 'workspace_id merge_id organisation_id same_as merged_by withdrawn_by',
      time: 'merged_at withdrawn_at',
      state: 'merged_by_kind withdrawn_by_kind',
    },
    found: namedInNote,
    erase: wordsRemoved('organisation_merge', ['reason', 'withdrawn_because']),
    export: { within: 'organisation_membership' },
  }),
  plain('organisation_refusal', {
    key: 'workspace_id organisation_id author_id refused_by',
    time: 'refused_at',
    state: 'refused_by_kind',
  }),
  personal('purchase', {
    whose: 'customer',
    purpose: 'contract',
    basis: 'legal-obligation',
    kept: 'purchases',
    personal: 'external_id customer_scope customer_id title items url withdrawn_because',
    columns: {
      key: 'workspace_id purchase_id person_id import_id withdrawn_by',
      time: 'happened_at runs_from runs_until created_at updated_at told_at withdrawn_at',
      state: 'kind customer_kind state currency withdrawn_by_kind',
      count: 'amount refunded',
      ours: 'system',
    },
    found: bought,
    erase: purchasesEmptied,
  }),
  plain('import_mapping', {
    key: 'workspace_id mapping_id',
    time: 'saved_at',
    state: 'kind',
    setting: 'name settings',
  }),
]
