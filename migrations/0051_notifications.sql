-- What members are told is about anything that a module names: one subject and its id instead of a column for each kind.
-- Kinds stand in the modules (server/platform/notification-kind.ts).
alter table notification no force row level security;
alter table notification
  add column subject_kind text,
  add column subject_id uuid,
  add column news text,
  -- Of what several are one until they are read.
  add column gathered_by text,
  add column push_due_at timestamptz,
  add column pushed_at timestamptz;
update notification set
  subject_kind = case when conversation_id is not null then 'conversation' when alarm_id is not null then 'alarm'
    when source_id is not null then 'source' when request_id is not null then 'request' else 'proof-question' end,
  subject_id = coalesce(conversation_id, alarm_id, source_id, request_id, proof_question_id),
  news = coalesce(source_news, request_news),
  gathered_by = case when proof_question_id is not null then ''
    else coalesce(conversation_id, alarm_id, source_id, request_id)::text end;
drop index notification_unread;
alter table notification
  drop constraint notification_kind_check,
  drop constraint notification_about,
  drop column conversation_id,
  drop column topic_id,
  drop column alarm_id,
  drop column source_id,
  drop column source_news,
  drop column request_id,
  drop column request_news,
  drop column proof_question_id,
  alter column subject_kind set not null,
  alter column subject_id set not null,
  alter column gathered_by set not null;
-- What goes takes along what was told of it.
alter table notification
  add column conversation_id uuid generated always as (case when subject_kind = 'conversation' then subject_id end) stored,
  add column alarm_id uuid generated always as (case when subject_kind = 'alarm' then subject_id end) stored,
  add column proof_question_id uuid generated always as (case when subject_kind = 'proof-question' then subject_id end) stored,
  add foreign key (workspace_id, conversation_id) references conversation on delete cascade,
  add foreign key (workspace_id, alarm_id) references alarm on delete cascade,
  add foreign key (workspace_id, proof_question_id) references proof_question (workspace_id, proof_question_id) on delete cascade;
create index notification_of_conversation on notification (workspace_id, conversation_id) where conversation_id is not null;
create index notification_of_alarm on notification (workspace_id, alarm_id) where alarm_id is not null;
create index notification_of_question on notification (workspace_id, proof_question_id) where proof_question_id is not null;
create unique index notification_unread on notification (workspace_id, member_id, kind, gathered_by) where read_at is null;
create index notification_push on notification (push_due_at) where push_due_at is not null;
alter table notification force row level security;

alter table notification_setting
  drop constraint notification_setting_kind_check,
  add column by_push boolean not null default true,
  -- Only of urgent kinds: also when one is not at work.
  add column off_shift boolean not null default false;

-- Browsers that a member lets us write to. What they gave us is encrypted: with it anybody could.
create table push_device (
  workspace_id uuid not null,
  device_id uuid not null,
  member_id uuid not null,
  name text not null,
  -- One browser, one device: of the address that its push service gave it.
  endpoint_hash text not null,
  subscription text not null,
  created_at timestamptz not null default now(),
  last_used_at timestamptz,
  primary key (workspace_id, device_id),
  unique (workspace_id, endpoint_hash),
  foreign key (workspace_id, member_id) references member on delete cascade
);
create index push_device_member on push_device (workspace_id, member_id, created_at);
call system.protect('push_device');

-- Subscribers that moved with what they tell of keep their place.
alter table subscription no force row level security;
update subscription set subscriber = case subscriber when 'inbox.sources' then 'listening.source-news'
  when 'inbox.requests' then 'privacy.request-news' else 'proofs.news' end
  where subscriber in ('inbox.sources', 'inbox.requests', 'inbox.proofs');
alter table subscription force row level security;

grant select (workspace_id, push_due_at) on notification to rapport_system;
create function system.workspaces_with_due_pushes() returns setof uuid
  language sql stable security definer set search_path = public, pg_temp
  as $$ select distinct n.workspace_id from notification n where n.push_due_at <= now() limit 1000 $$;
alter function system.workspaces_with_due_pushes() owner to rapport_system;
revoke execute on function system.workspaces_with_due_pushes() from public;
grant execute on function system.workspaces_with_due_pushes() to rapport_app;
