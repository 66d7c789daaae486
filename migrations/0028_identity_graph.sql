-- Identities, and a ledger of what was said about whose they are. The state is a function of the rows that are not
-- withdrawn; everything named "current" is a cache of it, written in the same transaction (server/people/graph).

-- What follows changes rows of every workspace; whoever owns the tables may be no superuser.
alter table author no force row level security;
alter table person no force row level security;
alter table person_link no force row level security;

-- Contact points have the same standing as accounts: known by (network, scope, network_id), linked by the same ledger.
alter table author
  add column kind text not null default 'account' check (kind in ('account', 'mail', 'phone', 'site', 'customer-number')),
  -- To whom the identity belongs now: a representative person (person.current_id). A cache.
  add column person_id uuid;
create index author_person on author (workspace_id, person_id, author_id) where person_id is not null;
-- Lists and retention of what was heard walk accounts; contact points are told, not heard.
drop index author_last_heard;
create index author_last_heard on author (workspace_id, last_heard_at desc, author_id desc) where kind = 'account';

-- What an account showed before: name, avatar, bio, address. The present value stands in author.
create table author_past (
  workspace_id uuid not null,
  author_id uuid not null,
  attribute text not null check (attribute in ('name', 'avatar', 'bio', 'url')),
  value text not null,
  -- Null: since it was first heard.
  seen_from timestamptz,
  seen_until timestamptz not null,
  primary key (workspace_id, author_id, attribute, seen_until),
  foreign key (workspace_id, author_id) references author on delete cascade
);

-- One act on the graph, which is undone as a whole. Order among operations is `position`.
create table graph_operation (
  workspace_id uuid not null,
  operation_id uuid not null,
  position bigint generated always as identity,
  kind text not null check (kind in ('begin', 'link', 'cut', 'move', 'split', 'merge', 'field')),
  done_at timestamptz not null,
  done_by_kind text not null,
  done_by uuid,
  undone_at timestamptz,
  undone_by_kind text,
  undone_by uuid,
  undone_because text,
  primary key (workspace_id, operation_id)
);
create index graph_operation_position on graph_operation (workspace_id, position);

-- Which persons an operation concerned, as they were named then (original or representative): for a person's history.
create table graph_operation_person (
  workspace_id uuid not null,
  person_id uuid not null,
  operation_id uuid not null,
  primary key (workspace_id, person_id, operation_id),
  foreign key (workspace_id, operation_id) references graph_operation
);

-- Links are a stack for each author: the topmost row that is not withdrawn decides. No person: it belongs to nobody.
alter table person_link
  add column operation_id uuid,
  add column position bigint,
  -- Contact data that several persons share (a family's phone): says nothing about who somebody is.
  add column shared boolean not null default false,
  alter column person_id drop not null;
drop index person_link_author;

-- Every link of before becomes an operation of its own; the ones that were withdrawn are undone.
update person_link set operation_id = link_id;
insert into graph_operation (workspace_id, operation_id, kind, done_at, done_by_kind, done_by, undone_at, undone_by_kind,
    undone_by, undone_because)
  select workspace_id, operation_id, 'link', linked_at, linked_by_kind, linked_by, withdrawn_at, withdrawn_by_kind,
    withdrawn_by, withdrawn_because
  from person_link order by linked_at, link_id;
update person_link l set position = o.position from graph_operation o
  where o.workspace_id = l.workspace_id and o.operation_id = l.operation_id;
insert into graph_operation_person (workspace_id, person_id, operation_id)
  select workspace_id, person_id, operation_id from person_link;
alter table person_link
  alter column operation_id set not null,
  alter column position set not null,
  add foreign key (workspace_id, operation_id) references graph_operation;
create index person_link_stack on person_link (workspace_id, author_id, position desc) where withdrawn_at is null;
create index person_link_author on person_link (workspace_id, author_id, linked_at);
create index person_link_operation on person_link (workspace_id, operation_id);

-- "These two are the same person." The current person is the oldest of all that rows not withdrawn tie together.
create table person_merge (
  workspace_id uuid not null,
  merge_id uuid not null,
  operation_id uuid not null,
  position bigint not null,
  person_id uuid not null,
  same_as uuid not null,
  method text not null check (method in ('customer-proved', 'customer-told', 'agent-confirmed', 'imported', 'suggested')),
  evidence jsonb not null default '{}',
  legal_basis text not null check (legal_basis in ('consent', 'contract', 'legitimate-interest', 'legal-obligation')),
  merged_at timestamptz not null,
  merged_by_kind text not null,
  merged_by uuid,
  withdrawn_at timestamptz,
  withdrawn_by_kind text,
  withdrawn_by uuid,
  withdrawn_because text,
  primary key (workspace_id, merge_id),
  check (person_id <> same_as),
  foreign key (workspace_id, operation_id) references graph_operation
);

alter table person
  -- The representative of everyone this person is the same as; itself when nobody. A cache.
  add column current_id uuid,
  -- Set by erasure: nothing brings the person back, and no undo crosses it.
  add column erased_at timestamptz;
update person set current_id = person_id;
alter table person alter column current_id set not null;
create index person_current on person (workspace_id, current_id, person_id);
drop index person_by_name;
create index person_by_name on person (workspace_id, name_key, person_id) where current_id = person_id and erased_at is null;
update author a set person_id = l.person_id from person_link l
  where l.workspace_id = a.workspace_id and l.author_id = a.author_id and l.withdrawn_at is null;

alter table person_merge
  add foreign key (workspace_id, person_id) references person,
  add foreign key (workspace_id, same_as) references person;
alter table graph_operation_person add foreign key (workspace_id, person_id) references person;
create index person_merge_person on person_merge (workspace_id, person_id) where withdrawn_at is null;
create index person_merge_same_as on person_merge (workspace_id, same_as) where withdrawn_at is null;
create index person_merge_operation on person_merge (workspace_id, operation_id);

-- What a record of another system, a file or the customer said of the holder of an identity: falls away with its link.
create table author_field (
  workspace_id uuid not null,
  author_id uuid not null,
  field text not null,
  -- Which system, file or form.
  source text not null,
  value text not null,
  told_at timestamptz not null,
  primary key (workspace_id, author_id, field, source),
  foreign key (workspace_id, author_id) references author on delete cascade
);

-- What a member wrote over it, on the person as it was then. The newest row not withdrawn of a component stands;
-- a null value takes an earlier override back.
create table person_override (
  workspace_id uuid not null,
  override_id uuid not null,
  operation_id uuid not null,
  position bigint not null,
  person_id uuid not null,
  field text not null,
  value text,
  set_at timestamptz not null,
  set_by_kind text not null,
  set_by uuid,
  withdrawn_at timestamptz,
  withdrawn_by_kind text,
  withdrawn_by uuid,
  withdrawn_because text,
  primary key (workspace_id, override_id),
  foreign key (workspace_id, person_id) references person,
  foreign key (workspace_id, operation_id) references graph_operation
);
create index person_override_person on person_override (workspace_id, person_id, field, position desc) where withdrawn_at is null;
create index person_override_operation on person_override (workspace_id, operation_id);

-- Names and languages that were set by hand stay so; others are resolved from the account they came from.
insert into graph_operation (workspace_id, operation_id, kind, done_at, done_by_kind, done_by)
  select workspace_id, person_id, 'field', created_at, created_by_kind, created_by from person
  where language is not null or not exists (select from author a where a.workspace_id = person.workspace_id
    and a.person_id = person.person_id and coalesce(a.name, a.handle, a.network_id) = person.name);
insert into person_override (workspace_id, override_id, operation_id, position, person_id, field, value, set_at, set_by_kind, set_by)
  select p.workspace_id, gen_random_uuid(), o.operation_id, o.position, p.person_id, f.field, f.value, p.created_at,
    p.created_by_kind, p.created_by
  from person p join graph_operation o on o.workspace_id = p.workspace_id and o.operation_id = p.person_id and o.kind = 'field'
    cross join lateral (values ('name', p.name), ('language', p.language)) f(field, value) where f.value is not null;
insert into graph_operation_person (workspace_id, person_id, operation_id)
  select workspace_id, operation_id, operation_id from graph_operation where kind = 'field';

alter table author force row level security;
alter table person force row level security;
alter table person_link force row level security;

call system.protect('author_past', 'graph_operation', 'graph_operation_person', 'person_merge', 'author_field', 'person_override');
