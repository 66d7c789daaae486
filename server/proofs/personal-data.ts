import { type SqlBool, sql } from 'kysely'
import { byPerson, type DataRegister, type Found, personal, plain } from '../platform/personal-data.ts'

const proved: Found = ({ personIds, authorIds }, workspaceId) =>
  sql<SqlBool>`(t.author_id = any(${authorIds}::uuid[]) or t.customer_session_id in (
    select s.customer_session_id from customer_session s
    where s.workspace_id = ${workspaceId} and s.person_id = any(${personIds}::uuid[])))`

/**
 * Of what was proven of an identity, its owner is handed out what counts for it: an attempt that failed, or that a person
 * has not decided or left aside, was made by somebody else, for all that is known. It goes with the identity nevertheless.
 */
const provedBySubject: Found = ({ personIds, authorIds }, workspaceId) =>
  sql<SqlBool>`((t.author_id = any(${authorIds}::uuid[]) and (t.state = 'proven' or exists (
      select from proof_question q where q.workspace_id = ${workspaceId} and q.proof_id = t.proof_id
        and q.author_id = t.author_id and q.decision in ('join', 'move'))))
    or t.customer_session_id in (select s.customer_session_id from customer_session s
      where s.workspace_id = ${workspaceId} and s.person_id = any(${personIds}::uuid[])))`

const invited: Found = ({ authorIds }, workspaceId) =>
  sql<SqlBool>`(t.author_id = any(${authorIds}::uuid[]) or t.conversation_id in (
    select c.conversation_id from conversation c
    where c.workspace_id = ${workspaceId} and c.author_id = any(${authorIds}::uuid[])))`

const questioned: Found = ({ personIds, authorIds }) =>
  sql<SqlBool>`(t.author_id = any(${authorIds}::uuid[]) or t.person_id = any(${personIds}::uuid[])
    or t.other_person_id = any(${personIds}::uuid[]))`

export const proofsData: DataRegister = [
  personal('customer_session', {
    whose: 'person',
    purpose: 'proof',
    basis: 'contract',
    kept: 'proofs',
    personal: 'token_hash',
    columns: {
      key: 'workspace_id customer_session_id person_id proof_invitation_id',
      time: 'began_at used_at expires_at ended_at',
    },
    found: byPerson(),
  }),
  personal('proof', {
    whose: 'person',
    purpose: 'proof',
    basis: 'consent',
    kept: 'proofs',
    personal: 'network_id handle consent_text',
    columns: {
      key: 'workspace_id proof_id customer_session_id author_id proof_issuer_id',
      time: 'began_at expires_at ended_at',
      state: 'way network scope state sending language',
      count: 'tries',
      secret: 'code_hash sealed',
    },
    found: proved,
    handedOut: provedBySubject,
  }),
  personal('proof_invitation', {
    whose: 'author',
    purpose: 'proof',
    basis: 'legitimate-interest',
    kept: 'proofs',
    personal: 'token_hash',
    columns: {
      key: 'workspace_id proof_invitation_id conversation_id author_id invited_by',
      time: 'created_at expires_at opened_at part_proven_at proven_at revoked_at',
      state: 'asked language',
      count: 'openings',
    },
    found: invited,
  }),
  plain('proof_issuer', {
    key: 'workspace_id proof_issuer_id',
    time: 'created_at removed_at',
    state: 'takes_mail',
    ours: 'name issuer client_id system',
    secret: 'client_secret',
  }),
  personal('proof_question', {
    whose: 'person',
    purpose: 'proof',
    basis: 'legitimate-interest',
    kept: 'proofs',
    personal: 'because',
    columns: {
      key: 'workspace_id proof_question_id proof_id author_id person_id other_person_id proof_invitation_id decided_by',
      time: 'asked_at decided_at',
      state: 'decision',
    },
    found: questioned,
  }),
  plain('proof_setting', {
    key: 'workspace_id',
    state: 'open offered',
    count: 'invitation_days',
    setting: 'texts privacy_notice phone_countries gateway_address gateway_body gateway_header',
    secret: 'gateway_secret',
  }),
]
