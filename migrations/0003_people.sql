-- Author, person and link are three things. Nothing is ever re-pointed: a link ends and another begins.
create table author (
  workspace_id uuid not null,
  author_id uuid not null,
  network text not null,
  scope text not null default '',
  network_id text not null,
  handle text,
  name text,
  -- Folded by us (people/name-keys.ts), because lower() cannot use an index under row-level security.
  handle_key text collate "C",
  name_key text collate "C",
  avatar_url text,
  bio text,
  url text,
  followers bigint,
  stable boolean not null default true,
  own boolean not null default false,
  state text not null default 'active' check (state in ('active', 'deactivated', 'gone')),
  -- When the network said so: what was published before is not taken in again.
  state_since timestamptz,
  first_heard_at timestamptz not null,
  last_heard_at timestamptz not null,
  profile_read_at timestamptz,
  primary key (workspace_id, author_id),
  unique (workspace_id, network, scope, network_id)
);
create index author_by_handle on author (workspace_id, handle_key, author_id) where handle_key is not null;
create index author_by_name on author (workspace_id, name_key, author_id) where name_key is not null;
create index author_last_heard on author (workspace_id, last_heard_at desc, author_id desc);
-- Accounts that were heard by id alone, or whose handle changed: their profile is to be read.
create index author_profile_due on author (workspace_id, network, author_id) where profile_read_at is null and stable and state = 'active';
create index author_own on author (workspace_id, author_id) where own;
-- One row per period in which an account had a handle.
create table author_handle (
  workspace_id uuid not null,
  author_id uuid not null,
  handle text not null,
  name text,
  seen_from timestamptz not null,
  -- Null: the present one.
  seen_until timestamptz,
  primary key (workspace_id, author_id, handle, seen_from),
  foreign key (workspace_id, author_id) references author on delete cascade
);
create table person (
  workspace_id uuid not null,
  person_id uuid not null,
  name text not null,
  name_key text not null collate "C",
  language text,
  note text not null default '',
  began_because text not null check (began_because in ('wrote-to-us', 'answered', 'agent', 'imported')),
  reason text not null default '',
  created_at timestamptz not null default now(),
  created_by_kind text not null,
  created_by uuid,
  primary key (workspace_id, person_id)
);
create index person_by_name on person (workspace_id, name_key, person_id);
-- At most one unwithdrawn link per author.
create table person_link (
  workspace_id uuid not null,
  link_id uuid not null,
  person_id uuid not null,
  author_id uuid not null,
  method text not null check (method in ('customer-proved', 'customer-told', 'agent-confirmed', 'imported', 'suggested', 'wrote-to-us')),
  evidence jsonb not null default '{}',
  legal_basis text not null check (legal_basis in ('consent', 'contract', 'legitimate-interest', 'legal-obligation')),
  linked_at timestamptz not null default now(),
  linked_by_kind text not null,
  linked_by uuid,
  withdrawn_at timestamptz,
  withdrawn_by_kind text,
  withdrawn_by uuid,
  withdrawn_because text,
  primary key (workspace_id, link_id),
  foreign key (workspace_id, person_id) references person,
  foreign key (workspace_id, author_id) references author
);
create unique index person_link_author on person_link (workspace_id, author_id) where withdrawn_at is null;
create index person_link_person on person_link (workspace_id, person_id, linked_at);
-- What must not be collected again: a salted hash, never the account itself.
create table suppression (
  workspace_id uuid not null,
  identity_hash text not null,
  reason text not null check (reason in ('erasure', 'objection')),
  since timestamptz not null default now(),
  primary key (workspace_id, identity_hash)
);
call system.protect('author', 'author_handle', 'person', 'person_link', 'suppression');
