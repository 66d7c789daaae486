-- Those who look after sources are told when one fails, falls silent, has used up its budget or lost a part.
alter table notification
  add column source_id uuid,
  drop constraint notification_kind_check,
  add constraint notification_kind_check check (kind in ('assignment', 'mention', 'newer-post', 'answer-failed', 'alarm', 'source')),
  drop constraint notification_about,
  add constraint notification_about check (num_nonnulls(conversation_id, alarm_id, source_id) = 1
    and (kind = 'alarm') = (alarm_id is not null) and (kind = 'source') = (source_id is not null));
create unique index notification_unread_source on notification (workspace_id, member_id, source_id) where read_at is null and source_id is not null;
alter table notification_setting
  drop constraint notification_setting_kind_check,
  add constraint notification_setting_kind_check check (kind in ('assignment', 'mention', 'newer-post', 'answer-failed', 'alarm', 'source'));
