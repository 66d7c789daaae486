-- Many live lists side by side: which there are, in which order, and how each member likes to look at them.
create table layout (
  workspace_id uuid not null,
  layout_id uuid not null,
  -- Null: shared with the workspace.
  member_id uuid,
  name text not null,
  -- For compare-and-set: two who move columns at once do not undo each other unseen.
  version int not null default 1,
  created_at timestamptz not null default now(),
  primary key (workspace_id, layout_id),
  foreign key (workspace_id, member_id) references member on delete cascade
);
create index layout_member on layout (workspace_id, member_id) where member_id is not null;
create table layout_column (
  workspace_id uuid not null,
  column_id uuid not null,
  layout_id uuid not null,
  place int not null,
  kind text not null check (kind in ('topic', 'search', 'mentions', 'person', 'queue', 'approvals')),
  -- Null: called after what it shows.
  name text,
  topic_id uuid,
  person_id uuid,
  query text,
  filters jsonb not null default '{}',
  ordered_by text not null check (ordered_by in ('newest', 'useful', 'oldest', 'waiting', 'negative', 'due')),
  primary key (workspace_id, column_id),
  foreign key (workspace_id, layout_id) references layout on delete cascade,
  foreign key (workspace_id, topic_id) references topic on delete cascade,
  foreign key (workspace_id, person_id) references person on delete cascade,
  check ((kind = 'topic') = (topic_id is not null)),
  check ((kind = 'person') = (person_id is not null)),
  check ((kind = 'search') = (query is not null))
);
create index layout_column_layout on layout_column (workspace_id, layout_id, place);
create index layout_column_topic on layout_column (workspace_id, topic_id) where topic_id is not null;
create index layout_column_person on layout_column (workspace_id, person_id) where person_id is not null;
-- How somebody looks at a column, whoever else does: it follows them to their other devices.
create table column_look (
  workspace_id uuid not null,
  member_id uuid not null,
  column_id uuid not null,
  width int not null check (width between 240 and 800),
  density text not null check (density in ('comfortable', 'compact')),
  collapsed boolean not null,
  muted boolean not null,
  paused boolean not null,
  sound boolean not null,
  -- New posts come in by themselves while the column stands at its top and nobody reads it.
  flows boolean not null,
  primary key (workspace_id, member_id, column_id),
  foreign key (workspace_id, member_id) references member on delete cascade,
  foreign key (workspace_id, column_id) references layout_column on delete cascade
);
create index column_look_column on column_look (workspace_id, column_id);
call system.protect('layout', 'layout_column', 'column_look');

-- What was said to us, newest first: a column of its own.
create index post_addressed on post (workspace_id, published_at desc, post_id desc) where addressed;
