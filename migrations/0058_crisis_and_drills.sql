-- Crises, what freezes in them, and drills: a storm in a sandbox that reaches no network.
create table playbook (
  workspace_id uuid not null,
  playbook_id uuid not null,
  version int not null default 1,
  name text not null,
  situation text not null default '',
  template text,
  -- In order: key, what to do, who does it.
  steps jsonb not null,
  created_at timestamptz not null default now(),
  removed_at timestamptz,
  primary key (workspace_id, playbook_id)
);
create table holding_statement (
  workspace_id uuid not null,
  statement_id uuid not null,
  -- Counts changes, for compare-and-set; an approval is of one version.
  version int not null default 1,
  name text not null,
  topic_id uuid,
  -- By language.
  texts jsonb not null,
  state text not null default 'draft' check (state in ('draft', 'waiting', 'approved')),
  -- Whoever wrote the words that stand there now.
  written_by uuid,
  approved_by uuid,
  approved_at timestamptz,
  created_at timestamptz not null default now(),
  removed_at timestamptz,
  primary key (workspace_id, statement_id),
  foreign key (workspace_id, topic_id) references topic,
  check ((state = 'approved') = (approved_at is not null))
);
create table crisis (
  workspace_id uuid not null,
  crisis_id uuid not null,
  name text not null,
  -- Null: the whole workspace.
  topic_id uuid,
  alarm_id uuid,
  team_id uuid,
  freezes_posts boolean not null,
  freezes_automatic boolean not null,
  freezes_macros boolean not null,
  -- The checklist as it was when the crisis began: key, text, who, doneAt, doneById.
  steps jsonb not null,
  declared_by uuid,
  declared_at timestamptz not null,
  ended_by uuid,
  ended_at timestamptz,
  lessons text not null default '',
  -- Kept at the all-clear: posts expire, the report stays.
  figures jsonb,
  primary key (workspace_id, crisis_id),
  foreign key (workspace_id, topic_id) references topic,
  foreign key (workspace_id, team_id) references team on delete set null (team_id)
);
-- Every delivery asks for it before it goes.
create unique index crisis_open on crisis (workspace_id, topic_id) nulls not distinct where ended_at is null;
create table crisis_entry (
  workspace_id uuid not null,
  entry_id uuid not null,
  crisis_id uuid not null,
  kind text not null check (kind in ('decision', 'fact', 'note')),
  text text not null,
  written_by uuid,
  written_at timestamptz not null,
  primary key (workspace_id, entry_id),
  foreign key (workspace_id, crisis_id) references crisis on delete cascade
);
create index crisis_entry_crisis on crisis_entry (workspace_id, crisis_id, written_at);
create table crisis_release (
  workspace_id uuid not null,
  crisis_id uuid not null,
  what text not null check (what in ('delivery', 'macro')),
  frozen_id uuid not null,
  reason text not null,
  released_by uuid,
  released_at timestamptz not null,
  primary key (workspace_id, crisis_id, what, frozen_id),
  foreign key (workspace_id, crisis_id) references crisis on delete cascade
);
-- What looks like a crisis: an alarm, or a conversation that a rule was set off by.
create table crisis_proposal (
  workspace_id uuid not null,
  proposal_id uuid not null,
  alarm_id uuid,
  conversation_id uuid,
  rule_id uuid,
  topic_id uuid,
  proposed_at timestamptz not null,
  state text not null default 'open' check (state in ('open', 'declared', 'dismissed', 'ended')),
  reason text not null default '',
  settled_by uuid,
  settled_at timestamptz,
  primary key (workspace_id, proposal_id),
  foreign key (workspace_id, alarm_id) references alarm on delete cascade,
  foreign key (workspace_id, conversation_id) references conversation on delete cascade,
  foreign key (workspace_id, topic_id) references topic,
  check ((alarm_id is null) <> (conversation_id is null) and (conversation_id is null) = (rule_id is null))
);
create unique index crisis_proposal_alarm on crisis_proposal (workspace_id, alarm_id) where alarm_id is not null;
-- One at a time for a topic: a rule may be set off by every post of a storm.
create unique index crisis_proposal_open on crisis_proposal (workspace_id, topic_id) nulls not distinct where state = 'open';
create index crisis_proposal_rule on crisis_proposal (workspace_id, rule_id, settled_at) where rule_id is not null;
create index crisis_proposal_conversation on crisis_proposal (workspace_id, conversation_id) where conversation_id is not null;

create table drill (
  workspace_id uuid not null,
  drill_id uuid not null,
  storm text not null,
  size text not null,
  minutes int not null,
  languages text[] not null,
  state text not null default 'preparing'
    check (state in ('preparing', 'running', 'ending', 'over', 'failed')),
  -- Who takes part; empty as soon as the sandbox has its members.
  member_ids uuid[] not null,
  -- A workspace of its own, in mode drill.
  sandbox_id uuid,
  told int not null default 0,
  planned int not null,
  created_by uuid,
  created_at timestamptz not null,
  begun_at timestamptz,
  ended_at timestamptz,
  keep_days int not null,
  kept_until timestamptz,
  failure text,
  lessons text not null default '',
  card jsonb,
  lease_until timestamptz,
  primary key (workspace_id, drill_id)
);
create index drill_newest on drill (workspace_id, created_at desc, drill_id desc);
-- One at a time: two storms in two sandboxes would take the same team twice.
create unique index drill_running on drill (workspace_id) where state in ('preparing', 'running', 'ending');
create index drill_due on drill (lease_until nulls first) where state in ('preparing', 'running', 'ending');
-- What the storm said, and what a good team does with it.
create table drill_post (
  workspace_id uuid not null,
  drill_id uuid not null,
  external_id text not null,
  part text not null check (part in ('must', 'troll', 'crowd')),
  handle text not null,
  text text not null,
  said_at timestamptz not null,
  primary key (workspace_id, drill_id, external_id),
  foreign key (workspace_id, drill_id) references drill on delete cascade
);
call system.protect('playbook', 'holding_statement', 'crisis', 'crisis_entry', 'crisis_release', 'crisis_proposal', 'drill',
  'drill_post');
-- The log of decisions is worth what it is because nobody can change it.
revoke update on crisis_entry from rapport_app;

grant select, update (lease_until) on drill to rapport_system;
create policy system_due on drill to rapport_system using (true);
create function system.take_due_drills(lease_seconds int, at_most int) returns table (workspace_id uuid, drill_id uuid)
  language sql security definer set search_path = public, pg_temp
  as $$ update drill s set lease_until = now() + make_interval(secs => lease_seconds)
        from (select d.workspace_id, d.drill_id from drill d
              where d.state in ('preparing', 'running', 'ending') and (d.lease_until is null or d.lease_until < now())
              order by d.lease_until nulls first limit at_most for update skip locked) due
        where s.workspace_id = due.workspace_id and s.drill_id = due.drill_id
        returning s.workspace_id, s.drill_id $$;
alter function system.take_due_drills(int, int) owner to rapport_system;
revoke execute on function system.take_due_drills(int, int) from public;
grant execute on function system.take_due_drills(int, int) to rapport_app;

-- The one place (host:port) that a fenced workspace may reach; '' is none. Whoever practises is always fenced.
alter table system.workspace add column fence text;
create function system.fence_of(of_workspace uuid) returns text
  language sql stable security definer set search_path = public, pg_temp
  as $$ select case when w.mode = 'drill' then coalesce(s.fence, '') else s.fence end
        from workspace w left join system.workspace s on s.id = w.workspace_id where w.workspace_id = of_workspace $$;
alter function system.fence_of(uuid) owner to rapport_system;
revoke execute on function system.fence_of(uuid) from public;
grant execute on function system.fence_of(uuid) to rapport_app;
-- A sandbox goes without trace, with its trail; only a sandbox does.
grant select, delete on event, event_subject to rapport_eraser;
create policy sandbox on event to rapport_eraser
  using (workspace_id = nullif(current_setting('app.workspace_id', true), '')::uuid);
create policy sandbox on event_subject to rapport_eraser
  using (workspace_id = nullif(current_setting('app.workspace_id', true), '')::uuid);
grant select (workspace_id, mode) on workspace to rapport_eraser;
create policy sandbox on workspace for select to rapport_eraser
  using (workspace_id = nullif(current_setting('app.workspace_id', true), '')::uuid);
grant select, delete on system.workspace, system.listening_change to rapport_eraser;
create function system.forget_sandbox() returns void
  language plpgsql security definer set search_path = public, pg_temp as $$
declare
  here uuid := nullif(current_setting('app.workspace_id', true), '')::uuid;
begin
  if not exists (select from workspace w where w.workspace_id = here and w.mode = 'drill') then
    raise exception 'only a sandbox is forgotten';
  end if;
  delete from event_content where workspace_id = here;
  delete from event_subject where workspace_id = here;
  delete from event where workspace_id = here;
  delete from system.listening_change where workspace_id = here;
  delete from system.workspace where id = here;
end $$;
alter function system.forget_sandbox() owner to rapport_eraser;
revoke execute on function system.forget_sandbox() from public;
grant execute on function system.forget_sandbox() to rapport_app;
