-- Erasure is a barrier in the graph, repeated requests do nothing twice, and a workspace says which system it believes.

-- What follows changes a table of every workspace; whoever owns it may be no superuser.
alter table author no force row level security;
alter table author
  -- Set by erasure: an empty row that keeps history in shape. It belongs to nobody, whatever is undone.
  add column erased_at timestamptz;
alter table author force row level security;

-- What a request in a row of many came to, so that sending it again answers and does nothing.
create table graph_request (
  workspace_id uuid not null,
  request_key text not null,
  -- Of what was asked: another request under the same key is refused.
  asked text not null,
  result jsonb not null,
  done_at timestamptz not null,
  primary key (workspace_id, request_key)
);
create index graph_request_done on graph_request (workspace_id, done_at);

create table people_settings (
  workspace_id uuid primary key,
  -- For phone numbers that are written without one; ISO 3166 alpha-2. Null: that of the workspace's time zone.
  default_country text check (default_country ~ '^[A-Z]{2}$'),
  -- Whose records are believed before others' for fields of persons; systems that are not named come after.
  field_sources text[] not null default '{}'
);

call system.protect('graph_request', 'people_settings');
