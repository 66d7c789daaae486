create table source (
  workspace_id uuid not null,
  source_id uuid not null,
  network text not null,
  name text not null,
  settings jsonb not null default '{}',
  -- Network and settings in one canonical text: a workspace has each source once.
  identity text not null,
  credentials text,
  keeps text not null default 'matches' check (keeps in ('matches', 'everything')),
  own_author_id uuid,
  -- Heard through the installation's stream of the network instead of being polled.
  hears_stream boolean not null default false,
  state text not null default 'active' check (state in ('active', 'paused', 'failing', 'needs-credentials', 'gone')),
  cursor jsonb,
  due_at timestamptz,
  lease_until timestamptz,
  failures int not null default 0,
  last_success_at timestamptz,
  last_heard_at timestamptz,
  last_failure text,
  last_failure_detail text,
  last_failure_at timestamptz,
  -- When a rate-limited network will answer again, as it said.
  failure_until timestamptz,
  heard_count bigint not null default 0,
  kept_count bigint not null default 0,
  created_at timestamptz not null default now(),
  removed_at timestamptz,
  primary key (workspace_id, source_id)
);
create index source_due on source (due_at) where due_at is not null;
create unique index source_identity on source (workspace_id, identity) where removed_at is null;
create table topic (
  workspace_id uuid not null,
  topic_id uuid not null,
  name text not null,
  kind text not null default 'brand' check (kind in ('brand', 'competitor', 'category', 'campaign', 'people')),
  query text not null,
  languages text[] not null,
  version int not null default 1,
  state text not null default 'active' check (state in ('active', 'paused')),
  -- Whether a mention opens a conversation in the inbox, or is only listened to.
  opens_conversations boolean not null default true,
  -- Search for mentions among older stored posts: how far back it has come; null: done.
  lookback_from timestamptz,
  lookback_post_id uuid,
  lookback_found int not null default 0,
  created_at timestamptz not null default now(),
  removed_at timestamptz,
  primary key (workspace_id, topic_id)
);
create unique index topic_name on topic (workspace_id, name) where removed_at is null;
create table topic_version (
  workspace_id uuid not null,
  topic_id uuid not null,
  version int not null,
  query text not null,
  languages text[] not null,
  reason text not null default '',
  changed_by uuid,
  changed_at timestamptz not null default now(),
  primary key (workspace_id, topic_id, version),
  foreign key (workspace_id, topic_id) references topic on delete cascade
);
create table post (
  workspace_id uuid not null,
  post_id uuid not null,
  network text not null,
  scope text not null default '',
  external_id text not null,
  reference text,
  source_id uuid,
  import_id uuid,
  author_id uuid not null,
  direction text not null default 'in' check (direction in ('in', 'out')),
  addressed boolean not null default false,
  title text,
  text text not null,
  language text,
  url text,
  site text,
  published_at timestamptz not null,
  heard_at timestamptz not null,
  edited_at timestamptz,
  content_hash text not null,
  parent_external_id text,
  parent_reference text,
  root_external_id text,
  root_reference text,
  media jsonb not null default '[]',
  links text[] not null default '{}',
  mentions text[] not null default '{}',
  -- A tombstone keeps the row without content.
  deleted_at timestamptz,
  deleted_because text check (deleted_because in ('upstream', 'author-gone', 'erasure', 'retention')),
  -- Set when there is a reason to keep beyond the short retention (a conversation, a person, a label).
  kept_because text,
  -- False after every insert and content change, until the search index has followed.
  indexed boolean not null default false,
  primary key (workspace_id, post_id),
  unique (workspace_id, network, scope, external_id)
);
create index post_published on post (workspace_id, published_at desc, post_id desc);
create index post_author on post (workspace_id, author_id, published_at desc, post_id desc);
create index post_root on post (workspace_id, network, scope, root_external_id) where root_external_id is not null;
create index post_parent on post (workspace_id, network, scope, parent_external_id) where parent_external_id is not null;
create index post_to_index on post (workspace_id, post_id) where not indexed;
create index post_expiring on post (workspace_id, heard_at, post_id) where kept_because is null;
create index post_import on post (workspace_id, import_id) where import_id is not null;
-- Search: term -> post, newest first. A plain btree, because full-text conditions cannot use an index under row-level security.
create table post_term (
  workspace_id uuid not null,
  term text not null collate "C",
  published_at timestamptz not null,
  post_id uuid not null,
  primary key (workspace_id, term, published_at, post_id)
);
create index post_term_post on post_term (workspace_id, post_id);
create table mention (
  workspace_id uuid not null,
  topic_id uuid not null,
  post_id uuid not null,
  topic_version int not null,
  published_at timestamptz not null,
  state text not null default 'new' check (state in ('new', 'kept', 'rejected')),
  primary key (workspace_id, topic_id, post_id)
);
create index mention_topic on mention (workspace_id, topic_id, published_at desc, post_id desc);
create index mention_post on mention (workspace_id, post_id);
create table quarantine (
  workspace_id uuid not null,
  quarantine_id uuid not null,
  source_id uuid,
  received_at timestamptz not null default now(),
  reason text not null,
  detail text not null default '',
  raw text not null,
  primary key (workspace_id, quarantine_id)
);
create index quarantine_received on quarantine (workspace_id, received_at desc);
create table import (
  workspace_id uuid not null,
  import_id uuid not null,
  file_name text not null,
  file_path text not null,
  file_bytes bigint not null,
  file_hash text not null,
  settings jsonb not null default '{}',
  state text not null default 'uploaded' check (state in ('uploaded', 'running', 'done', 'cancelled', 'failed')),
  failure jsonb,
  position jsonb,
  rows bigint not null default 0,
  posts bigint not null default 0,
  duplicates bigint not null default 0,
  rejected bigint not null default 0,
  authors bigint not null default 0,
  bytes_read bigint not null default 0,
  cancel_requested boolean not null default false,
  created_by uuid,
  created_at timestamptz not null default now(),
  finished_at timestamptz,
  lease_until timestamptz,
  primary key (workspace_id, import_id)
);
create table import_rejection (
  workspace_id uuid not null,
  import_id uuid not null,
  line bigint not null,
  code text not null,
  params jsonb not null default '{}',
  message text not null default '',
  "column" text,
  raw text not null default '',
  primary key (workspace_id, import_id, line),
  foreign key (workspace_id, import_id) references import on delete cascade
);
create index import_newest on import (workspace_id, created_at desc, import_id desc);
create index import_running on import (lease_until) where state = 'running';
-- Anonymous daily counts, sealed before retention deletes the posts they count. The nil topic counts all posts; authors
-- are added up over the seals of a day, and most days have one.
create table daily_count (
  workspace_id uuid not null,
  day date not null,
  topic_id uuid not null,
  network text not null,
  language text not null,
  posts bigint not null,
  authors bigint not null,
  primary key (workspace_id, day, topic_id, network, language)
);
-- Posts of a day that were heard up to sealed_until are in daily_count; only those may be deleted by retention.
create table daily_seal (
  workspace_id uuid not null,
  day date not null,
  sealed_until timestamptz not null,
  primary key (workspace_id, day)
);
call system.protect('source', 'topic', 'topic_version', 'post', 'post_term', 'mention', 'quarantine', 'import', 'import_rejection', 'daily_count', 'daily_seal');

-- Sources that are due, over all workspaces: ids only; the caller then works inside each workspace.
grant select, update (lease_until) on source to rapport_system;
create policy system_due on source to rapport_system using (true);
create function system.take_due_sources(lease_seconds int, at_most int)
  returns table (workspace_id uuid, source_id uuid)
  language sql security definer set search_path = public, pg_temp
  as $$ update source s set lease_until = now() + make_interval(secs => lease_seconds)
        from (select d.workspace_id, d.source_id from source d
              where d.due_at <= now() and d.state in ('active', 'failing') and d.removed_at is null
                and (d.lease_until is null or d.lease_until < now())
              order by d.due_at limit at_most for update skip locked) due
        where s.workspace_id = due.workspace_id and s.source_id = due.source_id
        returning s.workspace_id, s.source_id $$;
alter function system.take_due_sources(int, int) owner to rapport_system;
revoke execute on function system.take_due_sources(int, int) from public;
grant execute on function system.take_due_sources(int, int) to rapport_app;

-- Imports that run without a worker (never taken, or its process died), over all workspaces: ids only.
grant select, update (lease_until) on import to rapport_system;
create policy system_due on import to rapport_system using (true);
create function system.take_waiting_import(lease_seconds int) returns table (workspace_id uuid, import_id uuid)
  language sql security definer set search_path = public, pg_temp
  as $$ update import i set lease_until = now() + make_interval(secs => lease_seconds)
        from (select d.workspace_id, d.import_id from import d
              where d.state = 'running' and (d.lease_until is null or d.lease_until < now())
              limit 1 for update skip locked) due
        where i.workspace_id = due.workspace_id and i.import_id = due.import_id
        returning i.workspace_id, i.import_id $$;
alter function system.take_waiting_import(int) owner to rapport_system;
revoke execute on function system.take_waiting_import(int) from public;
grant execute on function system.take_waiting_import(int) to rapport_app;

-- What changed in a workspace's topics, own accounts or stream sources: intake reloads where the version moved.
create table system.listening_change (
  workspace_id uuid primary key,
  version bigint not null default 1,
  -- Connectors whose stream the workspace hears.
  streams text[] not null default '{}'
);
grant select, insert, update on system.listening_change to rapport_app;

-- Deletions and departures told by streams, which belong to no workspace: kept for a day and applied to each workspace
-- every few seconds, because most of them concern posts that nobody stored.
create table system.stream_withdrawal (
  network text not null,
  scope text not null,
  kind text not null check (kind in ('post-deleted', 'author-gone', 'author-deactivated', 'author-back')),
  subject text not null,
  at timestamptz not null,
  received_at timestamptz not null,
  primary key (network, scope, kind, subject)
);
create index stream_withdrawal_received on system.stream_withdrawal (received_at);
grant select, insert, update, delete on system.stream_withdrawal to rapport_app;

-- Input of streams that could not be read.
create table system.stream_quarantine (
  stream_quarantine_id uuid primary key,
  stream text not null,
  received_at timestamptz not null,
  reason text not null,
  raw text not null
);
create index stream_quarantine_received on system.stream_quarantine (received_at);
grant select, insert, delete on system.stream_quarantine to rapport_app;
