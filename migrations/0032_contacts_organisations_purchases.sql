-- Contacts of other systems and files, organisations beside persons, orders and contracts. Nothing of it says who somebody
-- is: that do links alone (0028). What is told stays on the identity or on the person as it was named then.

-- The record of another system about somebody. Its identity is a customer number (scope: the system), or, where the record
-- has none, its first contact point. What it says lies in author_field and in links, and falls away with them.
create table contact (
  workspace_id uuid not null,
  author_id uuid not null,
  -- What told it: a system, or a file by its name.
  source text not null,
  legal_basis text not null check (legal_basis in ('consent', 'contract', 'legitimate-interest', 'legal-obligation')),
  import_id uuid,
  created_at timestamptz not null,
  -- When what it says changed last here.
  updated_at timestamptz not null,
  deleted_at timestamptz,
  primary key (workspace_id, author_id),
  foreign key (workspace_id, author_id) references author on delete cascade
);

-- Which contact points and accounts a record named, and the link that came of it (none: it was linked before).
create table contact_identity (
  workspace_id uuid not null,
  contact_id uuid not null,
  author_id uuid not null,
  part text not null check (part in ('mail', 'phone', 'site', 'customer-number', 'account')),
  link_id uuid,
  primary key (workspace_id, contact_id, author_id),
  foreign key (workspace_id, contact_id) references contact (workspace_id, author_id) on delete cascade,
  foreign key (workspace_id, author_id) references author on delete cascade
);
create index contact_identity_author on contact_identity (workspace_id, author_id);

-- Records that are perhaps somebody who is known: held back until a person decides. One for each identity of a record.
create table contact_proposal (
  workspace_id uuid not null,
  proposal_id uuid not null,
  identity_kind text not null,
  identity_scope text not null,
  identity_id text not null,
  import_id uuid,
  line bigint,
  record jsonb not null,
  source text not null,
  legal_basis text not null check (legal_basis in ('consent', 'contract', 'legitimate-interest', 'legal-obligation')),
  -- Whom it may be, and why: [{personId, reasons: [{kind, value}]}]; the most likely first.
  candidates jsonb not null,
  state text not null default 'waiting' check (state in ('waiting', 'same', 'another', 'left-out')),
  -- With whom it was joined, or who began by it.
  person_id uuid,
  proposed_at timestamptz not null,
  decided_at timestamptz,
  decided_by_kind text,
  decided_by uuid,
  primary key (workspace_id, proposal_id),
  unique (workspace_id, identity_kind, identity_scope, identity_id),
  foreign key (workspace_id, person_id) references person
);
create index contact_proposal_waiting on contact_proposal (workspace_id, proposed_at desc, proposal_id desc) where state = 'waiting';
create index contact_proposal_import on contact_proposal (workspace_id, import_id, line) where import_id is not null;

-- Which column of a kind of file means what, kept under a name.
create table import_mapping (
  workspace_id uuid not null,
  mapping_id uuid not null,
  kind text not null check (kind in ('contacts', 'purchases')),
  name text not null check (length(name) between 1 and 100),
  settings jsonb not null,
  saved_at timestamptz not null,
  primary key (workspace_id, mapping_id),
  unique (workspace_id, kind, name)
);

-- Files of contacts and of purchases are taken in by the machinery that takes in files of posts.
alter table import no force row level security;
alter table import
  add column kind text not null default 'posts' check (kind in ('posts', 'contacts', 'purchases')),
  -- It is only looked at what would become of it.
  add column rehearsed boolean not null default false,
  add column counts jsonb not null default '{}',
  add column rehearsal jsonb;
alter table import force row level security;
drop index import_newest;
create index import_newest on import (workspace_id, kind, created_at desc, import_id desc);

drop function system.take_waiting_import(int);
create function system.take_waiting_import(lease_seconds int, kinds text[])
  returns table (workspace_id uuid, import_id uuid, kind text)
  language sql security definer set search_path = public, pg_temp
  as $$ update import i set lease_until = now() + make_interval(secs => lease_seconds)
        from (select d.workspace_id, d.import_id from import d
              where d.state = 'running' and d.kind = any(kinds) and (d.lease_until is null or d.lease_until < now())
                and not exists (select from import o where o.workspace_id = d.workspace_id and o.state = 'running'
                                  and o.kind = any(kinds) and o.lease_until > now())
              order by d.started_at nulls first, d.import_id
              limit 1 for update skip locked) due
        where i.workspace_id = due.workspace_id and i.import_id = due.import_id
        returning i.workspace_id, i.import_id, i.kind $$;
alter function system.take_waiting_import(int, text[]) owner to rapport_system;
revoke execute on function system.take_waiting_import(int, text[]) from public;
grant execute on function system.take_waiting_import(int, text[]) to rapport_app;

-- A company, an authority, a club. The current organisation is the oldest of all that merges not withdrawn tie together.
create table organisation (
  workspace_id uuid not null,
  organisation_id uuid not null,
  -- A cache of the merges.
  current_id uuid not null,
  name text not null,
  name_key text not null,
  fields jsonb not null default '{}',
  note text not null default '',
  created_at timestamptz not null,
  created_by_kind text not null,
  created_by uuid,
  primary key (workspace_id, organisation_id)
);
create index organisation_current on organisation (workspace_id, current_id, organisation_id);
create index organisation_by_name on organisation (workspace_id, name_key, organisation_id);

create table organisation_merge (
  workspace_id uuid not null,
  merge_id uuid not null,
  organisation_id uuid not null,
  same_as uuid not null,
  reason text not null,
  merged_at timestamptz not null,
  merged_by_kind text not null,
  merged_by uuid,
  withdrawn_at timestamptz,
  withdrawn_by_kind text,
  withdrawn_by uuid,
  withdrawn_because text,
  primary key (workspace_id, merge_id),
  check (organisation_id <> same_as),
  foreign key (workspace_id, organisation_id) references organisation,
  foreign key (workspace_id, same_as) references organisation
);
create index organisation_merge_one on organisation_merge (workspace_id, organisation_id) where withdrawn_at is null;
create index organisation_merge_other on organisation_merge (workspace_id, same_as) where withdrawn_at is null;

-- By what an organisation is known: registrable domains, and numbers that a system gave it (scope: the system).
create table organisation_key (
  workspace_id uuid not null,
  organisation_id uuid not null,
  kind text not null check (kind in ('domain', 'customer-number')),
  scope text not null default '',
  value text not null,
  added_at timestamptz not null,
  primary key (workspace_id, organisation_id, kind, scope, value),
  foreign key (workspace_id, organisation_id) references organisation on delete cascade
);
create index organisation_key_value on organisation_key (workspace_id, kind, scope, value, organisation_id);

-- Who speaks for it as itself: accounts and contact points that are no human being's (@klinkerlaut, info@).
create table organisation_account (
  workspace_id uuid not null,
  claim_id uuid not null,
  organisation_id uuid not null,
  author_id uuid not null,
  method text not null check (method in ('customer-proved', 'customer-told', 'agent-confirmed', 'imported')),
  reason text not null default '',
  said_at timestamptz not null,
  said_by_kind text not null,
  said_by uuid,
  withdrawn_at timestamptz,
  withdrawn_by_kind text,
  withdrawn_by uuid,
  withdrawn_because text,
  primary key (workspace_id, claim_id),
  foreign key (workspace_id, organisation_id) references organisation,
  foreign key (workspace_id, author_id) references author on delete cascade
);
create unique index organisation_account_now on organisation_account (workspace_id, author_id) where withdrawn_at is null;
create index organisation_account_of on organisation_account (workspace_id, organisation_id, author_id) where withdrawn_at is null;

-- Who belongs to it: said of a person as it was then, or of an identity, with which it moves. Withdrawn, never deleted.
create table organisation_membership (
  workspace_id uuid not null,
  membership_id uuid not null,
  organisation_id uuid not null,
  person_id uuid,
  author_id uuid,
  role text not null default '',
  speaks boolean not null default false,
  since date,
  until date,
  method text not null check (method in ('customer-proved', 'customer-told', 'agent-confirmed', 'imported', 'suggested')),
  evidence jsonb not null default '{}',
  said_at timestamptz not null,
  said_by_kind text not null,
  said_by uuid,
  withdrawn_at timestamptz,
  withdrawn_by_kind text,
  withdrawn_by uuid,
  withdrawn_because text,
  primary key (workspace_id, membership_id),
  check ((person_id is null) <> (author_id is null)),
  foreign key (workspace_id, organisation_id) references organisation,
  foreign key (workspace_id, person_id) references person,
  foreign key (workspace_id, author_id) references author on delete cascade
);
create index organisation_membership_of on organisation_membership (workspace_id, organisation_id, said_at desc, membership_id desc);
create index organisation_membership_person on organisation_membership (workspace_id, person_id) where person_id is not null;
create index organisation_membership_author on organisation_membership (workspace_id, author_id) where author_id is not null;

-- A proposed membership that somebody refused is not proposed again.
create table organisation_refusal (
  workspace_id uuid not null,
  organisation_id uuid not null,
  author_id uuid not null,
  refused_at timestamptz not null,
  refused_by_kind text not null,
  refused_by uuid,
  primary key (workspace_id, author_id, organisation_id),
  foreign key (workspace_id, organisation_id) references organisation on delete cascade,
  foreign key (workspace_id, author_id) references author on delete cascade
);

-- An order or a contract, as a system tells it. The customer is named by an identity's key (kind, scope, id), whether that
-- identity is known yet or not, or is a person as it was then: nothing has to be attached later.
create table purchase (
  workspace_id uuid not null,
  purchase_id uuid not null,
  kind text not null check (kind in ('order', 'contract')),
  system text not null,
  external_id text not null,
  customer_kind text check (customer_kind in ('customer-number', 'mail', 'phone')),
  customer_scope text,
  customer_id text,
  person_id uuid,
  state text not null check (state in ('open', 'completed', 'cancelled', 'refunded', 'active', 'ended')),
  title text not null default '',
  -- When it was placed or signed; a contract runs from … until.
  happened_at timestamptz not null,
  runs_from date,
  runs_until date,
  -- Minor units of the currency; null: the system does not say.
  amount bigint,
  refunded bigint not null default 0 check (refunded >= 0),
  currency text check (currency ~ '^[A-Z]{3}$'),
  items jsonb not null default '[]',
  url text,
  import_id uuid,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  -- Of which moment the system spoke; older news change nothing.
  told_at timestamptz not null,
  withdrawn_at timestamptz,
  withdrawn_by_kind text,
  withdrawn_by uuid,
  withdrawn_because text,
  primary key (workspace_id, purchase_id),
  unique (workspace_id, system, external_id),
  check ((customer_id is null) <> (person_id is null)),
  check ((customer_id is null) = (customer_kind is null) and (customer_id is null) = (customer_scope is null)),
  check (amount is null or currency is not null),
  foreign key (workspace_id, person_id) references person
);
create index purchase_customer on purchase (workspace_id, customer_kind, customer_scope, customer_id, happened_at desc, purchase_id desc)
  where customer_id is not null;
create index purchase_person on purchase (workspace_id, person_id, happened_at desc, purchase_id desc) where person_id is not null;
create index purchase_newest on purchase (workspace_id, happened_at desc, purchase_id desc);

call system.protect('contact', 'contact_identity', 'contact_proposal', 'import_mapping', 'organisation', 'organisation_merge',
  'organisation_key', 'organisation_account', 'organisation_membership', 'organisation_refusal', 'purchase');
