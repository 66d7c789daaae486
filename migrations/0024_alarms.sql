-- Alarms of topics: what is watched and who is told, what is usual, what was raised, and what goes out about it.
create table alarm_rule (
  workspace_id uuid not null,
  topic_id uuid not null,
  watching boolean not null,
  kinds text[] not null,
  sensitivity text not null check (sensitivity in ('high', 'medium', 'low')),
  -- Minutes since midnight in the workspace's time zone; may reach over midnight.
  quiet_from int check (quiet_from between 0 and 1439),
  quiet_until int check (quiet_until between 0 and 1439),
  member_ids uuid[] not null default '{}',
  webhook_url text,
  -- Encrypted.
  webhook_secret text,
  webhook_content boolean not null default false,
  looked_at timestamptz,
  primary key (workspace_id, topic_id),
  foreign key (workspace_id, topic_id) references topic on delete cascade
);
create index alarm_rule_watching on alarm_rule (workspace_id, looked_at) where watching;

-- What a topic usually does, as numbers. `level`: how the last days compare with it.
create table alarm_baseline (
  workspace_id uuid not null,
  topic_id uuid not null,
  counted_from timestamptz,
  learned_at timestamptz not null,
  baseline jsonb not null,
  level real not null,
  level_at timestamptz not null,
  primary key (workspace_id, topic_id),
  foreign key (workspace_id, topic_id) references topic on delete cascade
);

create table alarm (
  workspace_id uuid not null,
  alarm_id uuid not null,
  topic_id uuid not null,
  kinds text[] not null,
  strength text not null check (strength in ('unusual', 'crisis')),
  findings jsonb not null,
  began_at timestamptz not null,
  raised_at timestamptz not null,
  last_unusual_at timestamptz not null,
  quiet_minutes int not null,
  ended_at timestamptz,
  posts int not null,
  expected real not null,
  -- Ids, terms that several authors used, and counts; never texts or names.
  cause jsonb not null,
  told_posts int not null,
  told_at timestamptz not null,
  acknowledged_by uuid,
  acknowledged_at timestamptz,
  snoozed_until timestamptz,
  primary key (workspace_id, alarm_id),
  foreign key (workspace_id, topic_id) references topic on delete cascade
);
-- One burst is one alarm, whoever looks, and however often.
create unique index alarm_open on alarm (workspace_id, topic_id) where ended_at is null;
create index alarm_newest on alarm (workspace_id, raised_at desc, alarm_id desc);
create index alarm_of_topic on alarm (workspace_id, topic_id, raised_at desc, alarm_id desc);

-- What goes out about an alarm by mail or webhook, written with what it tells. due_at null: it is done.
create table alarm_message (
  workspace_id uuid not null,
  message_id uuid not null,
  topic_id uuid not null,
  alarm_id uuid,
  channel text not null check (channel in ('mail', 'webhook')),
  member_id uuid,
  because text not null check (because in ('raised', 'grew', 'ended', 'test')),
  state text not null default 'waiting' check (state in ('waiting', 'sent', 'failed')),
  due_at timestamptz,
  attempts int not null default 0,
  status int,
  failure text,
  created_at timestamptz not null,
  primary key (workspace_id, message_id),
  foreign key (workspace_id, topic_id) references topic on delete cascade,
  foreign key (workspace_id, alarm_id) references alarm on delete cascade
);
create index alarm_message_due on alarm_message (due_at) where due_at is not null;
create index alarm_message_of_topic on alarm_message (workspace_id, topic_id, channel, created_at desc);
create index alarm_message_of_alarm on alarm_message (workspace_id, alarm_id, channel);
call system.protect('alarm_rule', 'alarm_baseline', 'alarm', 'alarm_message');

-- The bell tells of alarms too.
alter table notification
  alter column conversation_id drop not null,
  add column topic_id uuid,
  add column alarm_id uuid,
  drop constraint notification_kind_check,
  add constraint notification_kind_check check (kind in ('assignment', 'mention', 'newer-post', 'answer-failed', 'alarm')),
  add constraint notification_about check ((kind = 'alarm') = (alarm_id is not null) and (kind = 'alarm') = (conversation_id is null)),
  add foreign key (workspace_id, alarm_id) references alarm on delete cascade;
create unique index notification_unread_alarm on notification (workspace_id, member_id, alarm_id) where read_at is null and alarm_id is not null;
create index notification_of_alarm on notification (workspace_id, alarm_id) where alarm_id is not null;
alter table notification_setting
  drop constraint notification_setting_kind_check,
  add constraint notification_setting_kind_check check (kind in ('assignment', 'mention', 'newer-post', 'answer-failed', 'alarm'));

grant select (workspace_id, watching) on alarm_rule to rapport_system;
create policy system_due on alarm_rule for select to rapport_system using (true);
grant select (workspace_id, due_at) on alarm_message to rapport_system;
create policy system_due on alarm_message for select to rapport_system using (true);
create function system.workspaces_with_alarm_rules() returns setof uuid
  language sql stable security definer set search_path = public, pg_temp
  as $$ select distinct r.workspace_id from alarm_rule r where r.watching $$;
create function system.workspaces_with_due_alarm_messages() returns setof uuid
  language sql stable security definer set search_path = public, pg_temp
  as $$ select distinct m.workspace_id from alarm_message m where m.due_at <= now() limit 1000 $$;
alter function system.workspaces_with_alarm_rules() owner to rapport_system;
alter function system.workspaces_with_due_alarm_messages() owner to rapport_system;
revoke execute on function system.workspaces_with_alarm_rules(), system.workspaces_with_due_alarm_messages() from public;
grant execute on function system.workspaces_with_alarm_rules(), system.workspaces_with_due_alarm_messages() to rapport_app;
