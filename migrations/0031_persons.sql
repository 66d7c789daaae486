-- What is kept of a person beside identities: notes, tags, figures with scores, segments; and keys to find persons by.

-- Earlier handles find an account too. As handleKey (server/people/name-keys.ts) for what networks take as handles.
alter table author_handle add column handle_key text collate "C"
  generated always as (left(lower(ltrim(handle, '@')), 120)) stored;
create index author_handle_key on author_handle (workspace_id, handle_key, author_id);
-- Mail, phone, customer number, whatever system gave it.
create index author_contact on author (workspace_id, (network_id collate "C"), author_id) where kind <> 'account';

-- Dated notes. They stay on the person on whom they were written, and are read over everyone who is the same.
create table person_note (
  workspace_id uuid not null,
  note_id uuid not null,
  person_id uuid not null,
  text text not null,
  written_at timestamptz not null,
  written_by_kind text not null,
  written_by uuid,
  edited_at timestamptz,
  primary key (workspace_id, note_id),
  foreign key (workspace_id, person_id) references person
);
create index person_note_person on person_note (workspace_id, person_id, written_at desc);

-- Words that colleagues put on a person.
create table person_tag (
  workspace_id uuid not null,
  person_id uuid not null,
  tag text not null,
  tagged_at timestamptz not null,
  tagged_by_kind text not null,
  tagged_by uuid,
  primary key (workspace_id, person_id, tag),
  foreign key (workspace_id, person_id) references person
);
create index person_tag_word on person_tag (workspace_id, tag, person_id);

-- Persons whose figures and keys have to be made anew, since when. Taken in small batches.
create table person_due (
  workspace_id uuid not null,
  person_id uuid not null,
  due_at timestamptz not null,
  primary key (workspace_id, person_id)
);
create index person_due_at on person_due (workspace_id, due_at, person_id);

-- One row for each current person: what scores are made of, the scores, and what segments ask. A cache of everything
-- else; narrow, because counting a segment reads all of them.
create table person_summary (
  workspace_id uuid not null,
  person_id uuid not null,
  made_at timestamptz not null,
  -- Whether the person may be profiled. Without it there are no scores.
  profiled boolean not null,
  -- The newest version of a formula that the scores know.
  scored_by integer not null,
  value real,
  influence real,
  advocate real,
  detractor real,
  followers bigint not null default 0,
  posts integer not null default 0,
  orders integer not null default 0,
  spent double precision not null default 0,
  contracts integer not null default 0,
  conversations integer not null default 0,
  known_since timestamptz not null,
  last_post_at timestamptz,
  last_contact_at timestamptz,
  language text,
  networks text[] not null default '{}',
  tags text[] not null default '{}',
  consents text[] not null default '{}',
  inputs jsonb not null default '{}',
  primary key (workspace_id, person_id),
  foreign key (workspace_id, person_id) references person
);
create index person_summary_value on person_summary (workspace_id, value desc nulls last, person_id);
create index person_summary_made on person_summary (workspace_id, made_at, person_id);
create index person_summary_scored on person_summary (workspace_id, scored_by, person_id);

-- Formulas of scores as people saved them; without any, the one that Rapport came with counts. Versions are counted
-- over all scores of a workspace.
create table score_formula (
  workspace_id uuid not null,
  version integer not null,
  score text not null check (score in ('value', 'influence', 'advocate', 'detractor')),
  -- Null: the one that Rapport came with, again.
  terms jsonb,
  because text not null,
  saved_at timestamptz not null,
  saved_by_kind text not null,
  saved_by uuid,
  primary key (workspace_id, version)
);
create index score_formula_score on score_formula (workspace_id, score, version desc);

-- Saved rules about persons.
create table segment (
  workspace_id uuid not null,
  segment_id uuid not null,
  name text not null,
  name_key text collate "C" not null,
  purpose text not null default '',
  rule jsonb not null,
  created_at timestamptz not null,
  created_by_kind text not null,
  created_by uuid,
  changed_at timestamptz not null,
  primary key (workspace_id, segment_id),
  unique (workspace_id, name_key)
);

-- Names: two words of one name in either order, or the only word. A name is found by any of its words, by their
-- beginnings, and in any order.
create table person_name_key (
  workspace_id uuid not null,
  key text collate "C" not null,
  person_id uuid not null,
  primary key (workspace_id, key, person_id),
  foreign key (workspace_id, person_id) references person
);
create index person_name_key_person on person_name_key (workspace_id, person_id);

-- Words of names under what typing errors leave of them: the word with letters left out, and how it sounds.
create table name_word_key (
  workspace_id uuid not null,
  key text collate "C" not null,
  word text collate "C" not null,
  primary key (workspace_id, key, word)
);
create index name_word_key_word on name_word_key (workspace_id, word);

-- Whoever is known already gets figures and keys soon.
alter table person no force row level security;
insert into person_due (workspace_id, person_id, due_at) select workspace_id, person_id, now() from person;
alter table person force row level security;

call system.protect('person_note', 'person_tag', 'person_due', 'person_summary', 'score_formula', 'segment', 'person_name_key',
  'name_word_key');
