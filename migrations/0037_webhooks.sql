-- Programs of others that are told of events. Each has a position in the trail: what lies after it is still to be told, in
-- its order. due_at null: nobody is to be told; in the future: a try failed, or one is under way.
create table webhook (
  workspace_id uuid not null references workspace on delete cascade,
  webhook_id uuid not null,
  name text not null,
  url text not null,
  secret text not null,
  types text[] not null,
  state text not null check (state in ('on', 'off', 'stopped')),
  position bigint not null,
  due_at timestamptz,
  attempts int not null default 0,
  failing_since timestamptz,
  lease_id uuid,
  created_at timestamptz not null,
  primary key (workspace_id, webhook_id),
  check ((state = 'on') = (due_at is not null))
);
create index webhook_due on webhook (due_at) where due_at is not null;

-- What became of it. Kept for some weeks, for people who look why something did not arrive.
create table webhook_delivery (
  workspace_id uuid not null,
  webhook_id uuid not null,
  event_id uuid not null,
  type text not null,
  state text not null check (state in ('waiting', 'sent', 'skipped')),
  attempts int not null,
  status int,
  failure text,
  first_at timestamptz not null,
  last_at timestamptz not null,
  primary key (workspace_id, webhook_id, event_id),
  foreign key (workspace_id, webhook_id) references webhook on delete cascade
);
create index webhook_delivery_newest on webhook_delivery (workspace_id, webhook_id, last_at desc);
create index webhook_delivery_oldest on webhook_delivery (workspace_id, last_at);
call system.protect('webhook', 'webhook_delivery');

grant select (workspace_id, position, due_at) on webhook to rapport_system;
create policy system_due on webhook for select to rapport_system using (true);
create function system.workspaces_with_due_webhooks() returns setof uuid
  language sql stable security definer set search_path = public, pg_temp
  as $$ select distinct w.workspace_id from webhook w join event_counter c on c.workspace_id = w.workspace_id
    where w.due_at <= now() and c.position > w.position limit 1000 $$;
alter function system.workspaces_with_due_webhooks() owner to rapport_system;
revoke execute on function system.workspaces_with_due_webhooks() from public;
grant execute on function system.workspaces_with_due_webhooks() to rapport_app;
