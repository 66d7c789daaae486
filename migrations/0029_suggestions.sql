-- Suggested links: which identities are perhaps one person's. Nothing is computed and nothing lies in these tables unless
-- the workspace says so (docs/identity.md).

-- No row, or 'none': nothing is compared.
create table inference_policy (
  workspace_id uuid not null primary key references workspace,
  mode text not null check (mode in ('none', 'suggest', 'automatic')),
  -- The weakest proof that joins without being asked; only in 'automatic'.
  proof_level text check (proof_level in ('proved', 'mutual', 'named')),
  -- Whether accounts that were heard and are nobody's are compared with persons as well.
  heard_too boolean not null default false,
  changed_at timestamptz not null,
  check ((mode = 'automatic') = (proof_level is not null))
);

-- By what an identity is found among a million: keyed hashes of folded names, handles, numbers, addresses.
create table identity_key (
  workspace_id uuid not null,
  key bigint not null,
  author_id uuid not null,
  primary key (workspace_id, key, author_id),
  foreign key (workspace_id, author_id) references author on delete cascade
);
create index identity_key_author on identity_key (workspace_id, author_id);

-- Identities that changed, or may be compared from now on. Rows are added and never updated, so that nobody waits for the
-- one who works them off.
create table identity_due (
  workspace_id uuid not null,
  due_id bigint generated always as identity,
  author_id uuid not null,
  primary key (workspace_id, due_id),
  foreign key (workspace_id, author_id) references author on delete cascade
);
create index identity_due_author on identity_due (workspace_id, author_id);

-- What the workspace's own identities and answers have taught: counts and shares, encrypted, without a single record.
create table linkage_model (
  workspace_id uuid not null,
  version int not null,
  learned_at timestamptz not null,
  -- From the workspace's own pairs, or the values that are shipped.
  learned_from text not null check (learned_from in ('shipped', 'own-pairs', 'answers')),
  fields_version int not null,
  identities int not null,
  confirmations int not null,
  refusals int not null,
  sealed text[] not null,
  primary key (workspace_id, version)
);

-- A walk over all identities: keys, then comparisons. It goes on where it was after a crash.
create table comparison_run (
  workspace_id uuid not null,
  run_id uuid not null,
  state text not null check (state in ('running', 'done', 'stopped')),
  phase text not null check (phase in ('keys', 'learning', 'comparing')),
  after_author_id uuid,
  identities_expected int not null,
  identities_done int not null default 0,
  started_at timestamptz not null,
  ended_at timestamptz,
  primary key (workspace_id, run_id)
);
create unique index comparison_run_running on comparison_run (workspace_id) where state = 'running';
create index comparison_run_newest on comparison_run (workspace_id, started_at desc);

-- Two identities that are perhaps one person's; at least one of them is a person's. The lesser id stands first.
create table suggestion (
  workspace_id uuid not null,
  suggestion_id uuid not null,
  author_id uuid not null,
  other_author_id uuid not null,
  state text not null check (state in ('open', 'confirmed', 'refused', 'superseded', 'withdrawn')),
  -- Hundredths of a bit, the prior and all reasons together.
  weight int not null,
  probability real not null,
  -- [{code, field, weight, params}], the strongest first.
  reasons jsonb not null,
  levels smallint[] not null,
  -- Why no policy joins these two by itself: ['unstable', 'shared-contact-point', …].
  held_back text[] not null default '{}',
  proof_level text check (proof_level in ('proved', 'mutual', 'named')),
  -- A hash of each thing that spoke for it: a refused pair comes again only when there is another.
  evidence text[] not null,
  model_version int not null,
  found_at timestamptz not null,
  put_off_until timestamptz,
  decided_at timestamptz,
  decided_by_kind text,
  decided_by uuid,
  operation_id uuid,
  primary key (workspace_id, suggestion_id),
  unique (workspace_id, author_id, other_author_id),
  check (author_id < other_author_id),
  foreign key (workspace_id, author_id) references author on delete cascade,
  foreign key (workspace_id, other_author_id) references author on delete cascade,
  foreign key (workspace_id, operation_id) references graph_operation
);
create index suggestion_queue on suggestion (workspace_id, state, weight desc, suggestion_id desc);
create index suggestion_decided on suggestion (workspace_id, state, decided_at desc, suggestion_id desc) where decided_at is not null;
create index suggestion_other on suggestion (workspace_id, other_author_id);
create index suggestion_operation on suggestion (workspace_id, operation_id) where operation_id is not null;

-- What people said about a pair, as levels of comparisons and never as values: the model learns from it, and a refusal
-- speaks against.
create table suggestion_answer (
  workspace_id uuid not null,
  answer_id uuid not null,
  suggestion_id uuid not null,
  confirmed boolean not null,
  levels smallint[] not null,
  fields_version int not null,
  probability real not null,
  evidence text[] not null,
  answered_at timestamptz not null,
  primary key (workspace_id, answer_id),
  foreign key (workspace_id, suggestion_id) references suggestion on delete cascade
);
create index suggestion_answer_suggestion on suggestion_answer (workspace_id, suggestion_id, answered_at);
create index suggestion_answer_newest on suggestion_answer (workspace_id, answered_at desc);

call system.protect('inference_policy', 'identity_key', 'identity_due', 'linkage_model', 'comparison_run', 'suggestion', 'suggestion_answer');
