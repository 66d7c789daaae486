-- Those who answer for the data are told once five days before a request is due, and once when it is overdue.
alter table privacy_request
  add column reminded_soon_at timestamptz,
  add column reminded_overdue_at timestamptz;
alter table notification
  add column request_id uuid,
  add column request_news text check (request_news in ('due-soon', 'overdue')),
  drop constraint notification_kind_check,
  add constraint notification_kind_check
    check (kind in ('assignment', 'mention', 'newer-post', 'answer-failed', 'alarm', 'source', 'proof', 'request')),
  drop constraint notification_about,
  add constraint notification_about check (num_nonnulls(conversation_id, alarm_id, source_id, request_id) = 1
    and (kind = 'alarm') = (alarm_id is not null) and (kind = 'source') = (source_id is not null)
    and (kind = 'request') = (request_id is not null)),
  add constraint notification_request_news check ((request_id is null) = (request_news is null));
create unique index notification_unread_request on notification (workspace_id, member_id, request_id)
  where read_at is null and request_id is not null;
alter table notification_setting
  drop constraint notification_setting_kind_check,
  add constraint notification_setting_kind_check
    check (kind in ('assignment', 'mention', 'newer-post', 'answer-failed', 'alarm', 'source', 'proof', 'request'));
