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
  -- Counts what was said: a customer's post, an edit, a colleague's answer. Compare-and-set at send.
  version bigint not null default 1,
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
  last_post_at timestamptz not null,
  -- The oldest post of the customer that has no answer yet; null when the ball is with them.
  waiting_since timestamptz,
  answered_at timestamptz,
  primary key (workspace_id, conversation_id),
  unique (workspace_id, thread_id, author_id),
  foreign key (workspace_id, thread_id) references thread
);
create index conversation_newest on conversation (workspace_id, state, last_post_at desc, conversation_id desc);
create index conversation_member on conversation (workspace_id, assigned_member_id, state, last_post_at desc, conversation_id desc);
create index conversation_team on conversation (workspace_id, assigned_team_id, state, last_post_at desc, conversation_id desc);
create index conversation_author on conversation (workspace_id, author_id, last_post_at desc);
create index conversation_waiting on conversation (workspace_id, state, waiting_since, conversation_id) where waiting_since is not null;
create index conversation_snoozed on conversation (workspace_id, snoozed_until) where state = 'snoozed';
create table conversation_post (
  workspace_id uuid not null,
  conversation_id uuid not null,
  post_id uuid not null,
  published_at timestamptz not null,
  direction text not null check (direction in ('in', 'out')),
  primary key (workspace_id, conversation_id, post_id),
  foreign key (workspace_id, conversation_id) references conversation on delete cascade
);
create index conversation_post_post on conversation_post (workspace_id, post_id);
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
  against_version bigint not null,
  closes boolean not null default false,
  created_at timestamptz not null default now(),
  primary key (workspace_id, delivery_id, conversation_id),
  foreign key (workspace_id, conversation_id) references conversation on delete cascade
);
create index answer_conversation on answer (workspace_id, conversation_id);
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
create table attachment (
  workspace_id uuid not null,
  attachment_id uuid not null,
  name text not null,
  media_type text not null,
  bytes bigint not null,
  hash text not null,
  alt text not null default '',
  uploaded_by uuid,
  created_at timestamptz not null default now(),
  primary key (workspace_id, attachment_id)
);
create table notification (
  workspace_id uuid not null,
  notification_id uuid not null,
  member_id uuid not null,
  kind text not null check (kind in ('assignment', 'mention', 'newer-post')),
  conversation_id uuid not null,
  created_at timestamptz not null default now(),
  read_at timestamptz,
  mail_due_at timestamptz,
  mailed_at timestamptz,
  primary key (workspace_id, notification_id)
);
create index notification_member on notification (workspace_id, member_id, created_at desc);
create index notification_unread on notification (workspace_id, member_id, kind, conversation_id) where read_at is null;
create index notification_mail on notification (workspace_id, mail_due_at) where mail_due_at is not null;
create table notification_setting (
  workspace_id uuid not null,
  member_id uuid not null,
  kind text not null check (kind in ('assignment', 'mention', 'newer-post')),
  in_app boolean not null default true,
  by_mail boolean not null default true,
  with_content boolean not null default false,
  primary key (workspace_id, member_id, kind)
);
call system.protect('thread', 'conversation', 'conversation_post', 'lease', 'draft', 'answer', 'note', 'tag', 'conversation_tag',
  'macro', 'saved_view', 'attachment', 'notification', 'notification_setting');
