-- What everybody who speaks for the brand has to know, who took note of it, and what a programme is for.
create table guideline_setting (
  workspace_id uuid primary key,
  -- Whether 'answers.speak' sleeps without acknowledgement and training; off for those who never asked for it.
  gate boolean not null default false,
  gate_since timestamptz,
  grace_days int not null default 14 check (grace_days between 0 and 365)
);
create table guideline (
  workspace_id uuid not null,
  guideline_id uuid not null,
  -- Everybody who may speak somewhere, by whatever role.
  for_speakers boolean not null default true,
  created_at timestamptz not null default now(),
  retired_at timestamptz,
  primary key (workspace_id, guideline_id)
);
-- A version never changes: what somebody acknowledged can be read as it was.
create table guideline_version (
  workspace_id uuid not null,
  guideline_id uuid not null,
  version int not null,
  -- By language: title and text (Markdown).
  texts jsonb not null,
  valid_from timestamptz not null,
  -- A corrected word asks nobody again.
  asks_again boolean not null,
  published_at timestamptz not null default now(),
  primary key (workspace_id, guideline_id, version),
  foreign key (workspace_id, guideline_id) references guideline on delete cascade
);
create table guideline_role (
  workspace_id uuid not null,
  guideline_id uuid not null,
  role text check (role in ('owner', 'admin', 'lead', 'agent', 'viewer')),
  role_id uuid,
  unique nulls not distinct (workspace_id, guideline_id, role, role_id),
  foreign key (workspace_id, guideline_id) references guideline on delete cascade,
  foreign key (workspace_id, role_id) references role (workspace_id, role_id) on delete cascade,
  check ((role is null) <> (role_id is null))
);
create index guideline_role_role on guideline_role (workspace_id, role_id) where role_id is not null;
create table acknowledgement (
  workspace_id uuid not null,
  member_id uuid not null,
  guideline_id uuid not null,
  version int not null,
  -- In which language it was read.
  language text not null,
  acknowledged_at timestamptz not null default now(),
  primary key (workspace_id, member_id, guideline_id, version),
  foreign key (workspace_id, member_id) references member on delete cascade,
  foreign key (workspace_id, guideline_id, version) references guideline_version on delete cascade
);
create index acknowledgement_guideline on acknowledgement (workspace_id, guideline_id, version);

create table training (
  workspace_id uuid not null,
  training_id uuid not null,
  -- Counts changes, for compare-and-set.
  version int not null default 1,
  -- The last version that a pass must be of: a corrected word asks nobody again.
  asked_version int not null default 1,
  asked_since timestamptz not null,
  -- By language: title, lesson (Markdown) and questions with options, right ones and explanation.
  texts jsonb not null,
  pass_percent int not null check (pass_percent between 1 and 100),
  attempts_max int not null check (attempts_max between 1 and 20),
  pause_hours int not null check (pause_hours between 1 and 720),
  validity_months int check (validity_months between 1 and 120),
  created_at timestamptz not null default now(),
  retired_at timestamptz,
  primary key (workspace_id, training_id)
);
-- Whether it is done, until when, and what is left of the attempts; no marks, and no history of attempts.
create table training_standing (
  workspace_id uuid not null,
  member_id uuid not null,
  training_id uuid not null,
  passed_version int,
  passed_at timestamptz,
  valid_until timestamptz,
  failed_since_pause int not null default 0,
  paused_until timestamptz,
  -- The version whose wrong answers of this member are counted: first tries only, once.
  counted_version int,
  primary key (workspace_id, member_id, training_id),
  foreign key (workspace_id, member_id) references member on delete cascade,
  foreign key (workspace_id, training_id) references training on delete cascade
);
create index training_standing_training on training_standing (workspace_id, training_id);
-- Wrong answers of people in groups of five: a group is shown when it is full, and never grows after, so that nobody's
-- answers come out by comparing before and after.
create table quiz_group (
  workspace_id uuid not null,
  training_id uuid not null,
  version int not null,
  ordinal int not null,
  people int not null default 0,
  wrong jsonb not null default '{}',
  primary key (workspace_id, training_id, version, ordinal),
  foreign key (workspace_id, training_id) references training on delete cascade
);

create table goal (
  workspace_id uuid not null,
  goal_id uuid not null,
  name text not null,
  reason text not null default '',
  -- What measures it; null: nobody but people can say.
  figure text,
  direction text check (direction in ('at-least', 'at-most')),
  target double precision,
  due_on date,
  -- What people say of it, where nothing measures it, or for good.
  state text not null default 'open' check (state in ('open', 'reached', 'dropped')),
  created_at timestamptz not null default now(),
  primary key (workspace_id, goal_id),
  check ((figure is null) = (direction is null) and (figure is null) = (target is null))
);
create table stakeholder (
  workspace_id uuid not null,
  stakeholder_id uuid not null,
  member_id uuid,
  name text,
  part text not null default '',
  needs text not null default '',
  decides_on text not null default '',
  speaks_about text not null default '',
  created_at timestamptz not null default now(),
  primary key (workspace_id, stakeholder_id),
  foreign key (workspace_id, member_id) references member on delete cascade,
  check ((member_id is null) <> (name is null))
);
create unique index stakeholder_member on stakeholder (workspace_id, member_id) where member_id is not null;
create table scenario (
  workspace_id uuid not null,
  scenario_id uuid not null,
  version int not null default 1,
  name text not null,
  situation text not null default '',
  template text,
  -- In order: id, what to do, who does it.
  steps jsonb not null,
  created_at timestamptz not null default now(),
  retired_at timestamptz,
  primary key (workspace_id, scenario_id)
);
create table walk (
  workspace_id uuid not null,
  walk_id uuid not null,
  scenario_id uuid not null,
  -- The steps as they were, each with what was found: ok, gap, and a note.
  steps jsonb not null,
  begun_at timestamptz not null default now(),
  ended_at timestamptz,
  outcome text check (outcome in ('ready', 'gaps', 'not-ready')),
  summary text not null default '',
  primary key (workspace_id, walk_id),
  foreign key (workspace_id, scenario_id) references scenario on delete cascade,
  check ((ended_at is null) = (outcome is null))
);
create index walk_scenario on walk (workspace_id, scenario_id, begun_at desc);
-- One at a time: two half walks are none.
create unique index walk_open on walk (workspace_id, scenario_id) where ended_at is null;
create table open_point (
  workspace_id uuid not null,
  open_point_id uuid not null,
  walk_id uuid not null,
  text text not null,
  created_at timestamptz not null default now(),
  settled_at timestamptz,
  primary key (workspace_id, open_point_id),
  foreign key (workspace_id, walk_id) references walk on delete cascade
);
create index open_point_walk on open_point (workspace_id, walk_id);
call system.protect('guideline_setting', 'guideline', 'guideline_version', 'guideline_role', 'acknowledgement', 'training',
  'training_standing', 'quiz_group', 'goal', 'stakeholder', 'scenario', 'walk', 'open_point');
