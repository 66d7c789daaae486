-- A thread is a place on a network; a conversation is one author's matter in it.
create table thread (
  workspace_id uuid not null,
  thread_id uuid not null,
  network text not null,
  scope text not null default '',
  root_external_id text not null,
  created_at timestamptz not null default now(),
  primary key (workspace_id, thread_id),
  unique (workspace_id, network, scope, root_external_id)
);
create table conversation (
  workspace_id uuid not null,
  conversation_id uuid not null,
  thread_id uuid not null,
  author_id uuid not null,
  -- Counts everything that was said: compare-and-set at send.
  version bigint not null default 0,
  -- Counts what came from the network only: an answer of ours that waits in the outbox is refused when this moves.
  heard_version bigint not null default 0,
  state text not null default 'open' check (state in ('open', 'snoozed', 'closed')),
  snoozed_until timestamptz,
  assigned_member_id uuid,
  assigned_team_id uuid,
  language text,
  network text not null,
  opened_because text not null check (opened_because in ('addressed', 'mention', 'agent')),
  opened_at timestamptz not null default now(),
  closed_at timestamptz,
  last_post_id uuid,
  last_post_at timestamptz(3) not null,
  post_count int not null default 0,
  -- The oldest post of the customer that has no answer yet; null when the ball is with them.
  waiting_since timestamptz(3),
  answered_at timestamptz,
  primary key (workspace_id, conversation_id),
  unique (workspace_id, thread_id, author_id),
  foreign key (workspace_id, thread_id) references thread
);
create index conversation_newest on conversation (workspace_id, last_post_at desc, conversation_id desc);
create index conversation_state on conversation (workspace_id, state, last_post_at desc, conversation_id desc);
create index conversation_member on conversation (workspace_id, assigned_member_id, state, last_post_at desc, conversation_id desc);
create index conversation_team on conversation (workspace_id, assigned_team_id, state, last_post_at desc, conversation_id desc);
create index conversation_network on conversation (workspace_id, network, state, last_post_at desc, conversation_id desc);
create index conversation_language on conversation (workspace_id, language, state, last_post_at desc, conversation_id desc);
create index conversation_author on conversation (workspace_id, author_id, last_post_at desc);
create index conversation_waiting on conversation (workspace_id, state, waiting_since, conversation_id) where waiting_since is not null;
create index conversation_snoozed on conversation (snoozed_until) where state = 'snoozed';
create table conversation_post (
  workspace_id uuid not null,
  conversation_id uuid not null,
  post_id uuid not null,
  published_at timestamptz not null,
  direction text not null check (direction in ('in', 'out')),
  -- As last taken into account: a difference to the post is an edit or a deletion that was not yet counted.
  content_hash text not null,
  deleted boolean not null default false,
  -- Version of the conversation that it made when it was last heard, edited or deleted.
  version bigint not null,
  -- Ours, sent from here; null for ours from the network's own app.
  delivery_id uuid,
  -- Known and laid aside when the conversation was closed without an answer.
  settled_at timestamptz,
  -- Known and answered by this delivery.
  answered_by uuid,
  primary key (workspace_id, conversation_id, post_id),
  foreign key (workspace_id, conversation_id) references conversation on delete cascade
);
create index conversation_post_post on conversation_post (workspace_id, post_id);
create index conversation_post_answer on conversation_post (workspace_id, answered_by) where answered_by is not null;
create table conversation_topic (
  workspace_id uuid not null,
  conversation_id uuid not null,
  topic_id uuid not null,
  primary key (workspace_id, conversation_id, topic_id),
  foreign key (workspace_id, conversation_id) references conversation on delete cascade
);
create index conversation_topic_topic on conversation_topic (workspace_id, topic_id, conversation_id);
create table lease (
  workspace_id uuid not null,
  conversation_id uuid not null,
  holder_kind text not null check (holder_kind in ('member', 'bot')),
  holder_id uuid not null,
  taken_at timestamptz not null default now(),
  expires_at timestamptz not null,
  primary key (workspace_id, conversation_id),
  foreign key (workspace_id, conversation_id) references conversation on delete cascade
);
create table draft (
  workspace_id uuid not null,
  conversation_id uuid not null,
  member_id uuid not null,
  text text not null,
  against_version bigint not null,
  attachments uuid[] not null default '{}',
  saved_at timestamptz not null default now(),
  primary key (workspace_id, conversation_id, member_id),
  foreign key (workspace_id, conversation_id) references conversation on delete cascade
);
-- An answer ties a delivery of publishing to the conversations that it answers.
create table answer (
  workspace_id uuid not null,
  delivery_id uuid not null,
  conversation_id uuid not null,
  -- What the writer had seen, and what the conversation became by the answer.
  against_version bigint not null,
  version bigint not null,
  heard_version bigint not null,
  closes boolean not null default false,
  -- As written, without the sign-off: given back as a draft when the answer does not go out.
  written text not null default '',
  failed_at timestamptz,
  created_at timestamptz not null default clock_timestamp(),
  primary key (workspace_id, delivery_id, conversation_id),
  foreign key (workspace_id, conversation_id) references conversation on delete cascade
);
create index answer_conversation on answer (workspace_id, conversation_id, version);
create table note (
  workspace_id uuid not null,
  note_id uuid not null,
  conversation_id uuid not null,
  member_id uuid not null,
  text text not null,
  mentions uuid[] not null default '{}',
  created_at timestamptz not null default now(),
  edited_at timestamptz,
  deleted_at timestamptz,
  primary key (workspace_id, note_id),
  foreign key (workspace_id, conversation_id) references conversation on delete cascade
);
create index note_conversation on note (workspace_id, conversation_id, created_at);
create table tag (
  workspace_id uuid not null,
  tag_id uuid not null,
  name text not null,
  colour text not null default 'gray',
  primary key (workspace_id, tag_id),
  unique (workspace_id, name)
);
create table conversation_tag (
  workspace_id uuid not null,
  conversation_id uuid not null,
  tag_id uuid not null,
  primary key (workspace_id, conversation_id, tag_id),
  foreign key (workspace_id, conversation_id) references conversation on delete cascade,
  foreign key (workspace_id, tag_id) references tag on delete cascade
);
create index conversation_tag_tag on conversation_tag (workspace_id, tag_id, conversation_id);
create table macro (
  workspace_id uuid not null,
  macro_id uuid not null,
  name text not null,
  text text not null default '',
  actions jsonb not null default '[]',
  language text,
  created_by uuid,
  created_at timestamptz not null default now(),
  primary key (workspace_id, macro_id),
  unique (workspace_id, name)
);
create table saved_view (
  workspace_id uuid not null,
  saved_view_id uuid not null,
  name text not null,
  filters jsonb not null,
  -- Null: shared with the workspace.
  member_id uuid,
  created_at timestamptz not null default now(),
  primary key (workspace_id, saved_view_id)
);
create index saved_view_member on saved_view (workspace_id, member_id, name);
create table notification (
  workspace_id uuid not null,
  notification_id uuid not null,
  member_id uuid not null,
  kind text not null check (kind in ('assignment', 'mention', 'newer-post', 'answer-failed')),
  conversation_id uuid not null,
  -- Several of one kind about one conversation are one, until it is read.
  times int not null default 1,
  at timestamptz(3) not null default clock_timestamp(),
  read_at timestamptz,
  mail_due_at timestamptz,
  mailed_at timestamptz,
  in_app boolean not null default true,
  primary key (workspace_id, notification_id),
  foreign key (workspace_id, conversation_id) references conversation on delete cascade
);
create index notification_member on notification (workspace_id, member_id, at desc, notification_id desc);
create unique index notification_unread on notification (workspace_id, member_id, kind, conversation_id) where read_at is null;
create index notification_mail on notification (mail_due_at) where mail_due_at is not null;
create table notification_setting (
  workspace_id uuid not null,
  member_id uuid not null,
  kind text not null check (kind in ('assignment', 'mention', 'newer-post', 'answer-failed')),
  in_app boolean not null default true,
  by_mail boolean not null default true,
  with_content boolean not null default false,
  primary key (workspace_id, member_id, kind)
);
call system.protect('thread', 'conversation', 'conversation_post', 'conversation_topic', 'lease', 'draft', 'answer', 'note', 'tag',
  'conversation_tag', 'macro', 'saved_view', 'notification', 'notification_setting');

-- The timeline of a conversation is the audit trail read by conversation. As text, because only leakproof comparisons
-- of plain columns use an index under row-level security: `subjects ->> …` would not.
alter table event add column conversation_id text generated always as (subjects ->> 'conversationId') stored;
create index event_conversation on event (workspace_id, conversation_id, position) where conversation_id is not null;

-- Workspaces in which a snooze ends or a mail is due: the caller then works inside each workspace.
grant select (workspace_id, state, snoozed_until) on conversation to rapport_system;
create policy system_due on conversation for select to rapport_system using (true);
grant select (workspace_id, mail_due_at) on notification to rapport_system;
create policy system_due on notification for select to rapport_system using (true);
create function system.workspaces_with_ended_snoozes() returns setof uuid
  language sql stable security definer set search_path = public, pg_temp
  as $$ select distinct c.workspace_id from conversation c where c.state = 'snoozed' and c.snoozed_until <= now() limit 1000 $$;
create function system.workspaces_with_due_mail() returns setof uuid
  language sql stable security definer set search_path = public, pg_temp
  as $$ select distinct n.workspace_id from notification n where n.mail_due_at <= now() limit 1000 $$;
alter function system.workspaces_with_ended_snoozes() owner to rapport_system;
alter function system.workspaces_with_due_mail() owner to rapport_system;
revoke execute on function system.workspaces_with_ended_snoozes(), system.workspaces_with_due_mail() from public;
grant execute on function system.workspaces_with_ended_snoozes(), system.workspaces_with_due_mail() to rapport_app;
