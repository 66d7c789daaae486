-- Who gets what: rules over new posts of customers, in versions, and what each did on which conversation.
alter table conversation
  add column priority text not null default 'normal' check (priority in ('low', 'normal', 'high', 'urgent')),
  -- The rule that asked for a second person before anything is said here.
  add column four_eyes_rule_id uuid;
create index conversation_priority on conversation
  (workspace_id, priority, state, last_post_at desc, conversation_id desc);

-- The whole ordered list each time it was saved: what holds is the highest, and an older one can hold again.
create table routing_version (
  workspace_id uuid not null,
  version int not null check (version > 0),
  rules jsonb not null,
  note text not null default '',
  -- The older version that holds again by this one.
  returned_to int,
  made_at timestamptz not null,
  made_by uuid,
  primary key (workspace_id, version)
);

-- What a rule did on a conversation, and why: once for each event that set it off.
create table rule_run (
  workspace_id uuid not null,
  conversation_id uuid not null,
  -- Of the event that told of the post.
  position bigint not null,
  rule_id uuid not null,
  -- Place in the list, from 1.
  ordinal int not null,
  version int not null,
  at timestamptz not null,
  post_id uuid not null,
  -- As it was called then.
  name text not null,
  because jsonb not null,
  did jsonb not null,
  primary key (workspace_id, conversation_id, position, rule_id),
  foreign key (workspace_id, conversation_id) references conversation on delete cascade
);
create index rule_run_rule on rule_run (workspace_id, rule_id, at desc);
call system.protect('routing_version', 'rule_run');
