-- Roles, the schema for what has no workspace, and the event log.
-- rapport_app: what the application connects as; owns nothing, sees one workspace at a time.
-- rapport_system: owns the few security-definer functions that look across workspaces.
-- rapport_eraser: may delete event content and nothing else.
do $$
begin
  if not exists (select from pg_roles where rolname = 'rapport_app') then
    create role rapport_app login nosuperuser nocreatedb nocreaterole noreplication nobypassrls;
  end if;
  if not exists (select from pg_roles where rolname = 'rapport_system') then
    create role rapport_system nologin nosuperuser nobypassrls;
  end if;
  if not exists (select from pg_roles where rolname = 'rapport_eraser') then
    create role rapport_eraser nologin nosuperuser nobypassrls;
  end if;
  execute format('grant rapport_system, rapport_eraser to %I', current_user);
end $$;

create schema system;
grant usage on schema system to rapport_app, rapport_system, rapport_eraser;
grant usage on schema public to rapport_app, rapport_system, rapport_eraser;
revoke create on schema public from public;
grant create on schema system to rapport_system, rapport_eraser;

-- The workspace of the transaction; null outside one, so that a forgotten SET LOCAL sees nothing.
create function system.current_workspace() returns uuid language sql stable
  as $$ select nullif(current_setting('app.workspace_id', true), '')::uuid $$;

-- Puts a table under row-level security. Each migration calls it once for each table with a workspace_id.
create procedure system.protect(tables variadic text[]) language plpgsql as $$
declare name text;
begin
  foreach name in array tables loop
    execute format('alter table %I enable row level security', name);
    execute format('alter table %I force row level security', name);
    execute format($p$create policy workspace on %I to rapport_app
      using (workspace_id = nullif(current_setting('app.workspace_id', true), '')::uuid)
      with check (workspace_id = nullif(current_setting('app.workspace_id', true), '')::uuid)$p$, name);
    execute format('grant select, insert, update, delete on %I to rapport_app', name);
  end loop;
end $$;

-- Directory of workspaces: what has to be known before a workspace is chosen.
create table system.workspace (
  id uuid primary key,
  slug text not null unique check (slug ~ '^[a-z0-9]([a-z0-9-]{0,46}[a-z0-9])?$'),
  created_at timestamptz not null default now()
);
grant select, insert, update on system.workspace to rapport_app;

-- Settings of the installation (mail server, sign-in providers, set-up link). Secrets are encrypted before they come here.
create table system.setting (
  name text primary key,
  value jsonb not null,
  changed_at timestamptz not null default now()
);
grant select, insert, update, delete on system.setting to rapport_app;

-- One counter row per workspace, incremented by the transaction's last statement: commit order is reading order.
create table event_counter (
  workspace_id uuid primary key,
  position bigint not null default 0
);
create table event (
  workspace_id uuid not null,
  position bigint not null,
  event_id uuid not null,
  at timestamptz not null,
  type text not null,
  actor_kind text not null check (actor_kind in ('member', 'rule', 'bot', 'system', 'customer')),
  actor_id uuid,
  subjects jsonb not null default '{}',
  codes jsonb not null default '{}',
  primary key (workspace_id, position)
);
create unique index event_id on event (workspace_id, event_id);
create index event_type on event (workspace_id, type, position);
create index event_actor on event (workspace_id, actor_id, position);
create table event_content (
  workspace_id uuid not null,
  event_id uuid not null,
  content jsonb not null,
  primary key (workspace_id, event_id)
);
-- What happened to one subject: a conversation's or a person's part of the trail. Subjects in lists are not entered.
create table event_subject (
  workspace_id uuid not null,
  subject_id uuid not null,
  position bigint not null,
  primary key (workspace_id, subject_id, position)
);
-- Where each durable subscriber stands.
create table subscription (
  workspace_id uuid not null,
  subscriber text not null,
  position bigint not null default 0,
  attempts int not null default 0,
  retry_at timestamptz,
  last_error text,
  primary key (workspace_id, subscriber)
);
call system.protect('event_counter', 'event', 'event_content', 'event_subject', 'subscription');
-- Append only for the application: the shape is never changed, content goes only through system.erase_event_content.
revoke update, delete on event, event_content, event_subject from rapport_app;
grant select, delete on event_content to rapport_eraser;
create policy eraser on event_content to rapport_eraser
  using (workspace_id = nullif(current_setting('app.workspace_id', true), '')::uuid);

create function system.erase_event_content(event_ids uuid[]) returns bigint
  language sql security definer set search_path = public, pg_temp
  as $$ with gone as (delete from event_content where event_id = any(event_ids) returning 1) select count(*) from gone $$;
alter function system.erase_event_content(uuid[]) owner to rapport_eraser;
revoke execute on function system.erase_event_content(uuid[]) from public;
grant execute on function system.erase_event_content(uuid[]) to rapport_app;

-- Cursors of streams that belong to the installation.
create table system.stream (
  name text primary key,
  cursor jsonb,
  connected_at timestamptz,
  last_item_at timestamptz,
  heard_count bigint not null default 0,
  kept_count bigint not null default 0,
  last_failure text,
  last_failure_at timestamptz,
  lease_owner text,
  lease_until timestamptz
);
grant select, insert, update on system.stream to rapport_app;
