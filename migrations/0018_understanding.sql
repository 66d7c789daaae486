-- What was understood of a post: by a model, or by a person who corrected it (post_label). Null in understood_by: nobody
-- read it yet. A post without like names itself in group_id.
alter table post
  add column sentiment text check (sentiment in ('negative', 'neutral', 'positive')),
  add column sentiment_probability real,
  add column intent text,
  add column offensive boolean,
  add column group_id uuid,
  add column understood_by text;
-- The first post of a group is found by its own id: a post that is alone costs this index nothing.
create index post_alike on post (workspace_id, group_id, published_at desc, post_id desc) where group_id <> post_id;

-- What a person says of a post. It wins over the model, and the two together are training data.
create table post_label (
  workspace_id uuid not null,
  post_id uuid not null,
  what text not null check (what in ('sentiment', 'intent', 'offensive')),
  value text not null,
  model_value text,
  understood_by text,
  labelled_by uuid,
  labelled_at timestamptz not null,
  primary key (workspace_id, post_id, what)
);
create index post_label_at on post_label (workspace_id, labelled_at desc, post_id desc, what);

-- How a mention was counted, so that it can be counted otherwise, or not at all, exactly. Null: not counted.
alter table mention
  add column counted_as text check (counted_as in ('unread', 'negative', 'neutral', 'positive')),
  add column counted_reach bigint;

-- Mentions by the minute in which they were published; of hours that are past correction minute by minute, one row each.
create table mention_count (
  workspace_id uuid not null,
  topic_id uuid not null,
  minute timestamptz not null,
  network text not null,
  posts int not null,
  negative int not null,
  neutral int not null,
  positive int not null,
  reach bigint not null,
  hourly boolean not null default false,
  primary key (workspace_id, topic_id, minute, network)
);
create index mention_count_by_minute on mention_count (workspace_id, minute) where not hourly;

-- How far the posts stored before have been read by which model.
create table understanding_walk (
  workspace_id uuid not null primary key,
  understood_by text not null,
  after_post_id uuid,
  done boolean not null
);
call system.protect('post_label', 'mention_count', 'understanding_walk');
