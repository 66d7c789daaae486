-- Discovery: what a batch of posts brings to the counts of a topic's hour, written by intake and never updated, so that
-- workers that take posts in never wait for each other. Folded into tallies within seconds.
create table tally_entry (
  workspace_id uuid not null,
  entry_id uuid not null,
  -- The nil topic counts all posts.
  topic_id uuid not null,
  topic_version int not null,
  hour timestamptz not null,
  -- Posts that were deleted: taken out again.
  removes boolean not null,
  posts int not null,
  terms text not null,
  links text not null,
  threads text not null,
  waves text not null,
  voices text not null,
  primary key (workspace_id, entry_id)
);
-- What was said about a topic in an hour or a day, as bounded counts (server/listening/discovery/tally.ts).
create table tally (
  workspace_id uuid not null,
  topic_id uuid not null,
  topic_version int not null,
  span text not null check (span in ('hour', 'day')),
  starts_at timestamptz not null,
  posts int not null default 0,
  terms text not null default '[0]',
  links text not null default '[0]',
  threads text not null default '[0]',
  waves text not null default '[0]',
  voices text not null default '[0]',
  -- The hour is over, and counted in its day as well.
  closed boolean not null default false,
  -- Nothing is left that a single person said.
  anonymous boolean not null default false,
  primary key (workspace_id, topic_id, topic_version, span, starts_at)
);
create index tally_open on tally (workspace_id, starts_at) where span = 'hour' and not closed;
create index tally_ageing on tally (workspace_id, starts_at) where not anonymous;
create index tally_expiring on tally (workspace_id, starts_at);
-- Posts that people sorted, newest first: what suggestions are measured on.
create index mention_sorted on mention (workspace_id, topic_id, state, published_at desc, post_id desc) where state <> 'new';

-- Accounts that resemble one of ours. Kept with the account and gone with it.
create table impersonation (
  workspace_id uuid not null,
  author_id uuid not null,
  own_author_id uuid not null,
  strength real not null,
  reasons jsonb not null,
  -- Whether the pictures were compared, and if not, why.
  picture text not null check (picture in ('compared', 'none', 'unreachable', 'unreadable')),
  state text not null default 'open' check (state in ('open', 'dismissed', 'confirmed')),
  -- What it was decided on: a flag that was dismissed comes back only with other reasons.
  decided_on jsonb,
  decided_because text,
  decided_by uuid,
  decided_at timestamptz,
  found_at timestamptz not null,
  primary key (workspace_id, author_id),
  foreign key (workspace_id, author_id) references author on delete cascade,
  foreign key (workspace_id, own_author_id) references author on delete cascade
);
create index impersonation_list on impersonation (workspace_id, state, found_at desc, author_id desc);
create index impersonation_own on impersonation (workspace_id, own_author_id);
-- How far the authors have been looked at, and which accounts of ours they were compared with.
create table impersonation_walk (
  workspace_id uuid not null primary key,
  compared_with text not null,
  heard_until timestamptz not null,
  after_author_id uuid not null
);
call system.protect('tally_entry', 'tally', 'impersonation', 'impersonation_walk');
