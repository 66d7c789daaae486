-- A proof that somebody has to decide on is told to those who may, also where nobody invited the customer. Several are one until they are read.
alter table notification
  add column proof_question_id uuid,
  add foreign key (workspace_id, proof_question_id) references proof_question (workspace_id, proof_question_id) on delete cascade,
  drop constraint notification_kind_check,
  add constraint notification_kind_check
    check (kind in ('assignment', 'mention', 'newer-post', 'answer-failed', 'alarm', 'source', 'proof', 'request', 'question')),
  drop constraint notification_about,
  add constraint notification_about check (
    num_nonnulls(conversation_id, alarm_id, source_id, request_id, proof_question_id) = 1
    and (kind = 'alarm') = (alarm_id is not null) and (kind = 'source') = (source_id is not null)
    and (kind = 'request') = (request_id is not null) and (kind = 'question') = (proof_question_id is not null));
create unique index notification_unread_question on notification (workspace_id, member_id)
  where read_at is null and proof_question_id is not null;
create index notification_of_question on notification (workspace_id, proof_question_id)
  where proof_question_id is not null;
alter table notification_setting
  drop constraint notification_setting_kind_check,
  add constraint notification_setting_kind_check
    check (kind in ('assignment', 'mention', 'newer-post', 'answer-failed', 'alarm', 'source', 'proof', 'request', 'question'));
