-- By when somebody has to answer: hours and promises in versions, each valid from an instant on, and what clocks read of them.
create table calendar (
  workspace_id uuid not null,
  calendar_id uuid not null,
  name text not null,
  created_at timestamptz not null default now(),
  removed_at timestamptz,
  primary key (workspace_id, calendar_id)
);
create unique index calendar_name on calendar (workspace_id, name) where removed_at is null;
-- A version never changes: of those that are valid at an instant the last made holds.
create table calendar_version (
  workspace_id uuid not null,
  calendar_id uuid not null,
  version int not null check (version > 0),
  valid_from timestamptz(3) not null,
  -- Rules of server/clocks: time zone, week with split shifts, holidays, days that are other.
  rules jsonb not null,
  made_at timestamptz not null default now(),
  primary key (workspace_id, calendar_id, version),
  foreign key (workspace_id, calendar_id) references calendar on delete cascade
);
create table clock_policy (
  workspace_id uuid not null,
  clock_policy_id uuid not null,
  name text not null,
  created_at timestamptz not null default now(),
  -- No wait that begins later is read by it.
  removed_at timestamptz(3),
  primary key (workspace_id, clock_policy_id)
);
create unique index clock_policy_name on clock_policy (workspace_id, name) where removed_at is null;
create table clock_policy_version (
  workspace_id uuid not null,
  clock_policy_id uuid not null,
  version int not null check (version > 0),
  valid_from timestamptz(3) not null,
  calendar_id uuid not null,
  -- Of which conversations: sources, networks, languages; empty: of all.
  applies jsonb not null,
  -- Rules of server/clocks: targets, pauses, what counts as an answer, ladders.
  rules jsonb not null,
  made_at timestamptz not null default now(),
  primary key (workspace_id, clock_policy_id, version),
  foreign key (workspace_id, clock_policy_id) references clock_policy on delete cascade,
  foreign key (workspace_id, calendar_id) references calendar (workspace_id, calendar_id)
);
create index clock_policy_version_calendar on clock_policy_version (workspace_id, calendar_id);

-- A cache: every wait of every conversation, as the clocks read it last. It can be emptied and is read anew from the events.
create table clock (
  workspace_id uuid not null,
  conversation_id uuid not null,
  kind text not null check (kind in ('first-answer', 'next-answer', 'resolution')),
  -- Names the wait by what ended the one before it.
  epoch text not null,
  clock_policy_id uuid not null,
  policy_version int not null,
  started_at timestamptz(3) not null,
  ended_at timestamptz(3),
  ended_by text check (ended_by in ('answered', 'closed')),
  -- The delivery, post or event that ended it.
  ended_with uuid,
  state text not null check (state in ('running', 'paused', 'met', 'breached', 'void')),
  because text,
  -- Service minutes.
  target_minutes int,
  -- Service milliseconds until it ended, or until it was read.
  counted_ms bigint not null,
  due_at timestamptz(3),
  due_unknown text,
  -- As things stood when it ended, or stand now.
  priority text not null,
  team_id uuid,
  read_at timestamptz(3) not null,
  primary key (workspace_id, conversation_id, kind, epoch),
  foreign key (workspace_id, conversation_id) references conversation on delete cascade
);
create index clock_begun on clock (workspace_id, kind, started_at, conversation_id);

-- When a conversation's clocks have to be looked at though nothing happens in it. One row for each that has any.
create table clock_watch (
  workspace_id uuid not null,
  conversation_id uuid not null,
  look_at timestamptz(3),
  primary key (workspace_id, conversation_id),
  foreign key (workspace_id, conversation_id) references conversation on delete cascade
);
create index clock_watch_due on clock_watch (look_at) where look_at is not null;
create index clock_watch_next on clock_watch (workspace_id, look_at) where look_at is not null;

-- Steps of ladders that were done: no second time, whatever is read anew.
create table clock_step (
  workspace_id uuid not null,
  conversation_id uuid not null,
  kind text not null,
  epoch text not null,
  step text not null,
  done_at timestamptz not null,
  -- What came of it: done, or why there was nothing to do.
  outcome text not null,
  primary key (workspace_id, conversation_id, kind, epoch, step),
  foreign key (workspace_id, conversation_id) references conversation on delete cascade
);

-- Conversations whose clocks are read anew, some at a time, because hours or promises changed.
create table clock_recount (
  workspace_id uuid primary key,
  -- Waits that ended before it stay as they are.
  since timestamptz(3) not null,
  after_id uuid not null
);

create table reminder (
  workspace_id uuid not null,
  conversation_id uuid not null,
  member_id uuid not null,
  due_at timestamptz(3) not null,
  primary key (workspace_id, conversation_id, member_id),
  foreign key (workspace_id, conversation_id) references conversation on delete cascade,
  foreign key (workspace_id, member_id) references member on delete cascade
);
create index reminder_member on reminder (workspace_id, member_id);
create index reminder_due on reminder (due_at);

call system.protect('calendar', 'calendar_version', 'clock_policy', 'clock_policy_version', 'clock', 'clock_watch',
  'clock_step', 'clock_recount', 'reminder');

-- The soonest of its clocks that are not over; null: nothing is due.
alter table conversation add column due_at timestamptz(3);
create index conversation_due on conversation (workspace_id, state, due_at, conversation_id) where due_at is not null;

grant select (workspace_id, look_at) on clock_watch to rapport_system;
grant select (workspace_id) on clock_recount to rapport_system;
grant select (workspace_id, due_at) on reminder to rapport_system;
create policy system_due on clock_watch for select to rapport_system using (true);
create policy system_due on clock_recount for select to rapport_system using (true);
create policy system_due on reminder for select to rapport_system using (true);
-- The time is given: whoever asks says by which clock, and a test that it is tomorrow.
create function system.workspaces_with_due_clocks(by_then timestamptz) returns setof uuid
  language sql stable security definer set search_path = public, pg_temp
  as $$ select w.workspace_id from (
          select distinct c.workspace_id from clock_watch c where c.look_at <= by_then
          union select r.workspace_id from clock_recount r
          union select distinct m.workspace_id from reminder m where m.due_at <= by_then) w limit 1000 $$;
alter function system.workspaces_with_due_clocks(timestamptz) owner to rapport_system;
revoke execute on function system.workspaces_with_due_clocks(timestamptz) from public;
grant execute on function system.workspaces_with_due_clocks(timestamptz) to rapport_app;

-- Every wait that was promised something, with what its figures are told apart by. One row is one wait; each figure is counted
-- from here and from nothing else. Whose conversation it was stands nowhere in it.
create view response_wait with (security_invoker = true) as
  select k.workspace_id, k.conversation_id, k.kind, k.epoch, k.started_at, k.ended_at, k.ended_by, k.ended_with, k.state, k.target_minutes,
    k.due_at, k.priority, k.team_id, c.network, c.source_id, k.counted_ms as service_ms,
    (extract(epoch from k.ended_at - k.started_at) * 1000)::bigint as wall_ms
  from clock k join conversation c on c.workspace_id = k.workspace_id and c.conversation_id = k.conversation_id;
grant select on response_wait to rapport_app;
