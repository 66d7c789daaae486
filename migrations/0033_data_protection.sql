-- What persons said about the use of their data, what they asked for, and what became of it. Statements stay on the
-- identity or the person on whom they were made and are read over everyone who is the same: on a merge the strictest
-- holds, after an undo each has its own again.

alter table person
  -- Why they are kept. Null: what follows from how the person began.
  add column legal_basis text check (legal_basis in ('consent', 'contract', 'legitimate-interest', 'legal-obligation')),
  add column purpose text check (purpose in ('care', 'contract', 'research', 'programme'));
create index person_legal_basis on person (workspace_id, legal_basis, person_id) where legal_basis is not null;

create table consent (
  workspace_id uuid not null,
  consent_id uuid not null,
  person_id uuid,
  author_id uuid,
  purpose text not null,
  -- False: asked, and refused.
  given boolean not null,
  -- Word for word what was shown, and in which language.
  text text not null,
  language text not null,
  channel text not null,
  stated_at timestamptz not null,
  recorded_by_kind text not null,
  recorded_by uuid,
  withdrawn_at timestamptz,
  withdrawn_channel text,
  withdrawn_because text,
  withdrawn_by_kind text,
  withdrawn_by uuid,
  primary key (workspace_id, consent_id),
  check (num_nonnulls(person_id, author_id) = 1),
  foreign key (workspace_id, person_id) references person,
  foreign key (workspace_id, author_id) references author
);
create index consent_person on consent (workspace_id, person_id, stated_at) where person_id is not null;
create index consent_author on consent (workspace_id, author_id, stated_at) where author_id is not null;
create index consent_newest on consent (workspace_id, stated_at desc, consent_id desc);

create table objection (
  workspace_id uuid not null,
  objection_id uuid not null,
  person_id uuid,
  author_id uuid,
  kind text not null check (kind in ('contact', 'profiling')),
  reason text not null,
  channel text not null,
  objected_at timestamptz not null,
  recorded_by_kind text not null,
  recorded_by uuid,
  lifted_at timestamptz,
  lifted_because text,
  lifted_by_kind text,
  lifted_by uuid,
  primary key (workspace_id, objection_id),
  check (num_nonnulls(person_id, author_id) = 1),
  foreign key (workspace_id, person_id) references person,
  foreign key (workspace_id, author_id) references author
);
create index objection_person on objection (workspace_id, person_id, kind) where person_id is not null and lifted_at is null;
create index objection_author on objection (workspace_id, author_id, kind) where author_id is not null and lifted_at is null;
create index objection_newest on objection (workspace_id, objected_at desc, objection_id desc);

-- What somebody asked for under Art. 15 to 21 GDPR, and the clock of Art. 12(3).
create table privacy_request (
  workspace_id uuid not null,
  request_id uuid not null,
  kind text not null check (kind in ('access', 'erasure', 'rectification', 'objection', 'portability')),
  -- As it was when asked. Null while nobody was found for it.
  person_id uuid,
  -- Who asks and for what, in the words of whoever wrote it down.
  requester text not null,
  details text not null,
  channel text not null check (channel in ('portal', 'network', 'mail', 'phone', 'letter', 'in-person')),
  language text not null,
  received_at timestamptz not null,
  due_at timestamptz not null,
  extended_at timestamptz,
  extended_because text,
  identity text not null default 'open' check (identity in ('open', 'confirmed', 'failed')),
  identity_how text not null default '',
  state text not null default 'open' check (state in ('open', 'closed')),
  assigned_member_id uuid,
  outcome text check (outcome in ('fulfilled', 'partly', 'refused', 'withdrawn', 'not-found')),
  outcome_because text,
  closed_at timestamptz,
  created_at timestamptz not null,
  created_by_kind text not null,
  created_by uuid,
  primary key (workspace_id, request_id),
  check ((state = 'closed') = (outcome is not null)),
  foreign key (workspace_id, person_id) references person
);
create index privacy_request_due on privacy_request (workspace_id, state, due_at, request_id);
create index privacy_request_person on privacy_request (workspace_id, person_id) where person_id is not null;

create table privacy_request_entry (
  workspace_id uuid not null,
  request_id uuid not null,
  entry_id uuid not null,
  at timestamptz not null,
  what text not null,
  note text not null,
  by_kind text not null,
  by_id uuid,
  primary key (workspace_id, request_id, entry_id),
  foreign key (workspace_id, request_id) references privacy_request on delete cascade
);

-- Everything that is held of one person, as a file that lies in the data folder until it expires.
create table access_archive (
  workspace_id uuid not null,
  archive_id uuid not null,
  person_id uuid not null,
  request_id uuid,
  language text not null,
  state text not null check (state in ('waiting', 'running', 'done', 'failed', 'deleted')),
  steps int not null default 0,
  steps_expected int not null default 0,
  bytes bigint,
  downloads int not null default 0,
  failure text,
  attempts int not null default 0,
  lease_until timestamptz,
  created_at timestamptz not null,
  created_by_kind text not null,
  created_by uuid,
  finished_at timestamptz,
  expires_at timestamptz not null,
  primary key (workspace_id, archive_id),
  foreign key (workspace_id, person_id) references person
);
create index access_archive_newest on access_archive (workspace_id, created_at desc, archive_id desc);
create index access_archive_person on access_archive (workspace_id, person_id);
create index access_archive_waiting on access_archive (created_at) where state in ('waiting', 'running');

-- An erasure is walked step by step, each its own transaction. It keeps ids and counts, nothing that was erased.
create table erasure (
  workspace_id uuid not null,
  erasure_id uuid not null,
  person_id uuid not null,
  request_id uuid,
  via text not null check (via in ('screen', 'portal', 'manifest')),
  state text not null check (state in ('waiting', 'running', 'done')),
  -- The identities and persons that were one when it began.
  author_ids uuid[] not null,
  person_ids uuid[] not null,
  -- Which steps are over; counts by step.
  steps_done text[] not null default '{}',
  report jsonb not null default '{}',
  attempts int not null default 0,
  failure text,
  lease_until timestamptz,
  requested_at timestamptz not null,
  requested_by_kind text not null,
  requested_by uuid,
  finished_at timestamptz,
  primary key (workspace_id, erasure_id),
  foreign key (workspace_id, person_id) references person
);
create index erasure_newest on erasure (workspace_id, requested_at desc, erasure_id desc);
create index erasure_person on erasure (workspace_id, person_id);
create index erasure_waiting on erasure (requested_at) where state <> 'done';

-- How long each kind of data is kept where it differs from the default.
create table retention_rule (
  workspace_id uuid not null,
  kind text not null,
  days int not null check (days between 1 and 36500),
  reason text not null,
  set_at timestamptz not null,
  set_by_kind text not null,
  set_by uuid,
  primary key (workspace_id, kind)
);

call system.protect('consent', 'objection', 'privacy_request', 'privacy_request_entry', 'access_archive', 'erasure',
  'retention_rule');

-- Work that has to go on after a crash, over all workspaces.
create policy system_due on access_archive for select to rapport_system using (true);
create policy system_due on erasure for select to rapport_system using (true);
grant select on access_archive, erasure to rapport_system;
create function system.workspaces_with_privacy_work() returns setof uuid language sql stable security definer
  set search_path = public, pg_temp
  as $$ select distinct w.workspace_id from (
          select a.workspace_id from access_archive a where a.state in ('waiting', 'running') and (a.lease_until is null or a.lease_until < now())
          union all
          select e.workspace_id from erasure e where e.state <> 'done' and (e.lease_until is null or e.lease_until < now())) w limit 1000 $$;
alter function system.workspaces_with_privacy_work() owner to rapport_system;
revoke all on function system.workspaces_with_privacy_work() from public;
grant execute on function system.workspaces_with_privacy_work() to rapport_app;
