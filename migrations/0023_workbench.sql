-- Tuning a query. Verdicts on posts that the topic has no mention of (its saved query does not match them, or nobody stored
-- them), and which posts were asked for because they were drawn at random: only those may be counted on for an estimate.
create table workbench_label (
  workspace_id uuid not null,
  topic_id uuid not null,
  -- A stored post, or a post of system.stream_sample.
  subject_id uuid not null,
  subject text not null check (subject in ('post', 'sampled')),
  -- Null: the verdict stands with the mention, here it only says that the post was drawn.
  side text check (side in ('for-us', 'not-for-us')),
  asked boolean not null default false,
  sorted_by uuid,
  sorted_at timestamptz not null,
  primary key (workspace_id, topic_id, subject_id),
  foreign key (workspace_id, topic_id) references topic on delete cascade
);
create index workbench_label_subject on workbench_label (workspace_id, subject_id);
create index workbench_label_by_hand on workbench_label (workspace_id, topic_id, sorted_at desc) where side = 'for-us' and not asked;
call system.protect('workbench_label');

-- A random sample of what streams brought and not everybody stored: the text alone, without author and without the id that
-- the network gave it. A salted hash of its address is kept so that a deletion on the network takes it away.
create table system.stream_sample (
  -- Random, so that the order of ids is a random order.
  sample_id uuid primary key,
  stream text not null,
  heard_at timestamptz not null,
  network text not null,
  title text,
  text text not null,
  language text,
  is_reply boolean not null,
  has_media boolean not null,
  published_at timestamptz not null,
  address_hash bytea not null unique,
  -- Workspaces that stored the post for themselves: it is not unmatched for them.
  kept_by uuid[] not null default '{}'
);
create index stream_sample_heard on system.stream_sample (heard_at);
create index stream_sample_drawn on system.stream_sample (stream, sample_id);
-- What the sample stands for.
create table system.stream_sample_hour (
  stream text not null,
  hour timestamptz not null,
  heard bigint not null,
  sampled int not null,
  primary key (stream, hour)
);
-- Workspaces that want no such sample. A stream that only they hear is not sampled at all.
create table system.stream_sample_refusal (
  workspace_id uuid primary key,
  refused_at timestamptz not null
);
grant select, insert, update, delete on system.stream_sample, system.stream_sample_hour, system.stream_sample_refusal to rapport_app;
