-- Negative and unanswered: a post that was understood as negative stays so for its conversation until a person says
-- otherwise; a conversation is on the list from its oldest negative post that nobody dealt with.
alter table conversation_post no force row level security;
alter table conversation no force row level security;
alter table post no force row level security;
alter table conversation_post add column negative boolean not null default false;
alter table conversation add column negative_since timestamptz(3);
update conversation_post cp set negative = true from post p
  where p.workspace_id = cp.workspace_id and p.post_id = cp.post_id and cp.direction = 'in' and p.sentiment = 'negative';
-- What was published before waiting_since was dealt with.
update conversation c set negative_since = (
  select min(cp.published_at) from conversation_post cp
  where cp.workspace_id = c.workspace_id and cp.conversation_id = c.conversation_id and cp.direction = 'in' and cp.negative
    and not cp.deleted and cp.answered_by is null and cp.settled_at is null and cp.published_at >= c.waiting_since)
  where c.waiting_since is not null;
alter table conversation_post force row level security;
alter table conversation force row level security;
alter table post force row level security;
create index conversation_negative on conversation (workspace_id, negative_since, conversation_id)
  where negative_since is not null;

-- A macro's text in other languages; the one of the conversation is taken.
alter table macro add column variants jsonb not null default '[]';

-- What is done with posts and accounts of others on pages of ours, and taken back: each act is a row of its own.
create table moderation (
  workspace_id uuid not null,
  moderation_id uuid not null,
  -- What was asked for at once.
  batch_id uuid not null,
  action text not null check (action in ('like', 'hide', 'delete', 'block', 'mute', 'report')),
  -- The account of ours that does it.
  source_id uuid not null,
  -- The post that it is about, or that led to it; no key, because posts go and what was done stays to be taken back.
  post_id uuid,
  author_id uuid not null,
  reason text not null,
  note text not null default '',
  asked_by_kind text not null,
  asked_by uuid,
  asked_at timestamptz(3) not null,
  state text not null check (state in ('queued', 'doing', 'done', 'refused', 'unknown', 'undoing', 'undone')),
  -- Of the last try; a code of the network's failures or of ours.
  failure text,
  attempts int not null default 0,
  due_at timestamptz,
  lease_token uuid,
  done_at timestamptz,
  undone_at timestamptz,
  -- What the network needs to take it back; opaque but to the connector.
  undo_reference text,
  primary key (workspace_id, moderation_id),
  foreign key (workspace_id, source_id) references source on delete cascade
);
create index moderation_newest on moderation (workspace_id, asked_at desc, moderation_id desc);
create index moderation_author on moderation (workspace_id, author_id, asked_at desc, moderation_id desc);
create index moderation_post on moderation (workspace_id, post_id, asked_at desc) where post_id is not null;
create index moderation_source on moderation (workspace_id, source_id);
create index moderation_due on moderation (due_at) where due_at is not null;
-- Of one thing there is one standing act of a kind, however often it is asked for.
create unique index moderation_standing_post on moderation (workspace_id, source_id, action, post_id)
  where action in ('like', 'hide', 'delete', 'report') and state not in ('refused', 'undone');
create unique index moderation_standing_author on moderation (workspace_id, source_id, action, author_id)
  where action in ('block', 'mute') and state not in ('refused', 'undone');
-- Who may do what; an action without a row is open to everybody with 'posts.moderate'.
create table moderation_policy (
  workspace_id uuid not null,
  action text not null check (action in ('like', 'hide', 'delete', 'block', 'mute', 'report')),
  who text not null check (who in ('moderators', 'leads', 'nobody')),
  primary key (workspace_id, action)
);

-- Answers that went out and stood, found again by the words of what they answered. The texts stay where they are.
create table remembered_answer (
  workspace_id uuid not null,
  delivery_id uuid not null,
  -- The post that it answered.
  post_id uuid not null,
  conversation_id uuid not null,
  language text not null,
  -- Telling words of the question, each once.
  terms text[] not null,
  answered_at timestamptz(3) not null,
  primary key (workspace_id, delivery_id),
  foreign key (workspace_id, conversation_id) references conversation on delete cascade
);
create index remembered_answer_post on remembered_answer (workspace_id, post_id);
create index remembered_answer_conversation on remembered_answer (workspace_id, conversation_id);
create table remembered_term (
  workspace_id uuid not null,
  language text not null,
  term text not null,
  delivery_id uuid not null,
  primary key (workspace_id, language, term, delivery_id),
  foreign key (workspace_id, delivery_id) references remembered_answer on delete cascade
);
create index remembered_term_answer on remembered_term (workspace_id, delivery_id);
-- A language model outside, reached by the protocol that most of them speak. Nothing is asked of it until somebody says so.
create table drafting_model (
  workspace_id uuid primary key,
  switched_on boolean not null default false,
  address text not null default '',
  model text not null default '',
  -- Encrypted; null: none is needed.
  api_key text,
  -- Said to the model before every question, in the workspace's own words.
  instruction text not null default '',
  changed_by uuid,
  changed_at timestamptz(3) not null default now()
);
call system.protect('moderation', 'moderation_policy', 'remembered_answer', 'remembered_term', 'drafting_model');
call system.protect_by_source('moderation', 'inbox');

-- Acts that are due, taken with a short lease; the caller then works inside each workspace.
grant select (workspace_id, moderation_id, due_at, lease_token), update (due_at, lease_token) on moderation to rapport_system;
create policy system_due on moderation to rapport_system using (true) with check (true);
create function system.take_due_moderations(lease_seconds int, at_most int)
  returns table (workspace_id uuid, moderation_id uuid, lease_token uuid)
  language sql volatile security definer set search_path = public, pg_temp
  as $$ update moderation m set due_at = now() + make_interval(secs => lease_seconds), lease_token = gen_random_uuid()
        from (select d.workspace_id, d.moderation_id from moderation d where d.due_at <= now()
              order by d.due_at limit at_most for update skip locked) due
        where m.workspace_id = due.workspace_id and m.moderation_id = due.moderation_id
        returning m.workspace_id, m.moderation_id, m.lease_token $$;
alter function system.take_due_moderations(int, int) owner to rapport_system;
revoke execute on function system.take_due_moderations(int, int) from public;
grant execute on function system.take_due_moderations(int, int) to rapport_app;
