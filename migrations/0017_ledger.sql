-- What each source heard, kept, cost and missed. A source that used up its budget rests until the next month.
alter table source
  add column budget_posts bigint check (budget_posts > 0),
  add column budget_micros bigint check (budget_micros > 0),
  add column quota_limit bigint,
  add column quota_left bigint,
  add column quota_resets_at timestamptz,
  -- When the newest post that this source brought was published: whether it still speaks is seen from its posts.
  add column newest_at timestamptz,
  add column silent_since timestamptz,
  drop constraint source_state_check,
  add constraint source_state_check check (state in ('active', 'paused', 'failing', 'needs-credentials', 'gone', 'over-budget'));

-- A day (UTC) of a source. Costs are written as they arise, so that a new price changes no past.
create table source_day (
  workspace_id uuid not null,
  source_id uuid not null,
  day date not null,
  asked bigint not null default 0,
  failed bigint not null default 0,
  heard bigint not null default 0,
  kept bigint not null default 0,
  matched bigint not null default 0,
  usage_micros bigint not null default 0,
  fixed_micros bigint not null default 0,
  -- The longest time between two posts of which the later was published on this day.
  longest_silence_seconds bigint not null default 0,
  primary key (workspace_id, source_id, day)
);

-- A time in which a source could not be heard, and what became of it.
create table source_gap (
  workspace_id uuid not null,
  source_id uuid not null,
  gap_id uuid not null,
  from_at timestamptz not null,
  until_at timestamptz,
  because text not null check (because in ('failing', 'paused', 'over-budget', 'not-asked', 'stream-cut')),
  outcome text not null default 'open' check (outcome in ('open', 'filling', 'filled', 'unsure', 'lost')),
  kept bigint not null default 0,
  primary key (workspace_id, source_id, gap_id)
);
create unique index source_gap_open on source_gap (workspace_id, source_id) where outcome in ('open', 'filling');
create index source_gap_from on source_gap (workspace_id, source_id, from_at desc, gap_id desc);

-- What a network asks for; millionths of the currency's unit, because a post may cost less than a cent.
create table network_price (
  workspace_id uuid not null,
  network text not null,
  currency text not null check (currency ~ '^[A-Z]{3}$'),
  request_micros bigint not null default 0 check (request_micros >= 0),
  post_micros bigint not null default 0 check (post_micros >= 0),
  month_micros bigint not null default 0 check (month_micros >= 0),
  primary key (workspace_id, network)
);
call system.protect('source_day', 'source_gap', 'network_price');

-- Streams belong to the installation, and so does what they hear.
create table system.stream_day (
  stream text not null,
  day date not null,
  heard bigint not null default 0,
  primary key (stream, day)
);
grant select, insert, update, delete on system.stream_day to rapport_app;
