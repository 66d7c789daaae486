-- Noise that learns: what people say of a topic's posts, what the inbox hints at, and what was learned from both.
create table topic_relevance (
  workspace_id uuid not null,
  topic_id uuid not null,
  switched_on boolean not null default true,
  -- What happens to probable noise: nothing; it is sorted below; it is sorted below and kept out of the inbox.
  noise text not null default 'shown' check (noise in ('shown', 'below', 'kept-out')),
  -- Raised by whatever the model rests on: verdicts, hints, their posts, the background. A scorer of an older version is learned again.
  version bigint not null default 1,
  -- Hashes and numbers, no words: names are read again from the posts that are still here.
  background bytea,
  background_version bigint not null default 0,
  background_posts int not null default 0,
  background_query int not null default 0,
  background_learned_at timestamptz,
  -- When it is looked whether the background is to be learned again.
  background_due_at timestamptz not null default now(),
  -- The posts that the line between the sides is drawn on.
  line_posts uuid[] not null default '{}',
  scorer bytea,
  scorer_version bigint not null default 0,
  labels int not null default 0,
  hints int not null default 0,
  -- Posts that a change of the scorer has not reached yet are judged again, newest first; null: done.
  judging_from timestamptz,
  judging_post_id uuid,
  judging_left int not null default 0,
  begun_at timestamptz not null default now(),
  primary key (workspace_id, topic_id),
  foreign key (workspace_id, topic_id) references topic on delete cascade
);
-- Each is kept; the latest that was not taken back stands.
create table verdict (
  workspace_id uuid not null,
  verdict_id uuid not null,
  topic_id uuid not null,
  post_id uuid not null,
  -- The version that it made of topic_relevance: the order in which verdicts were given, whatever clocks say.
  version bigint not null,
  side text not null check (side in ('for-us', 'not-for-us')),
  reason text check (reason in ('other-meaning', 'other-place', 'advertising', 'press', 'job', 'spam', 'other')),
  words text,
  -- What the model had thought: the only fair test of it.
  thought_probability real,
  thought text check (thought in ('for-us', 'unsure', 'not-for-us')),
  sorted_by_kind text not null,
  sorted_by uuid,
  sorted_at timestamptz not null,
  taken_back_at timestamptz,
  primary key (workspace_id, verdict_id),
  foreign key (workspace_id, topic_id) references topic on delete cascade
);
create index verdict_newest on verdict (workspace_id, topic_id, version desc, post_id) where taken_back_at is null;
create index verdict_post on verdict (workspace_id, post_id, topic_id, version desc);
-- What became of a post in the inbox: answered, or closed without an answer.
create table relevance_hint (
  workspace_id uuid not null,
  topic_id uuid not null,
  post_id uuid not null,
  side text not null check (side in ('for-us', 'not-for-us')),
  hinted_at timestamptz not null,
  primary key (workspace_id, topic_id, post_id),
  foreign key (workspace_id, topic_id) references topic on delete cascade
);
create index relevance_hint_newest on relevance_hint (workspace_id, topic_id, hinted_at desc, post_id);
create index relevance_hint_post on relevance_hint (workspace_id, post_id);
call system.protect('topic_relevance', 'verdict', 'relevance_hint');
-- The probability that a mention is for us, and the side of the line on which it lies; null: not judged.
alter table mention
  add column relevance real,
  add column judged_as text check (judged_as in ('for-us', 'unsure', 'not-for-us'));
create index mention_useful on mention (workspace_id, topic_id, relevance desc, post_id desc) where relevance is not null;
-- Set aside: a person said so, or nobody said anything and the model thinks so.
create index mention_aside on mention (workspace_id, topic_id, published_at desc, post_id desc)
  where state = 'rejected' or (state = 'new' and judged_as = 'not-for-us');
