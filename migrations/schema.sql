-- Written by scripts/schema.ts from a freshly migrated database. Do not edit: write a migration.
set check_function_bodies = off;

create schema if not exists public;
create schema if not exists system;

CREATE OR REPLACE FUNCTION system.add_job(task text, payload jsonb, run_at timestamp with time zone, job_key text, attempts_max integer)
 RETURNS bigint
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
  begin
    if not exists (select from system.job_task t where t.name = task) then
      raise exception 'unknown job task: %', task using errcode = 'invalid_parameter_value';
    end if;
    -- Inside a workspace, jobs are added for that workspace only.
    if payload->>'workspaceId' is distinct from coalesce(nullif(current_setting('app.workspace_id', true), ''), payload->>'workspaceId') then
      raise exception 'a job of another workspace' using errcode = 'insufficient_privilege';
    end if;
    if attempts_max not between 1 and 25 or octet_length(payload::text) > 16384 then
      raise exception 'a job has 1 to 25 attempts and at most 16384 bytes of payload' using errcode = 'invalid_parameter_value';
    end if;
    return (graphile_worker.add_job(identifier => task, payload => payload::json, run_at => run_at, max_attempts => attempts_max, job_key => job_key)).id;
  end $function$
;
alter function system.add_job(text,jsonb,timestamp with time zone,text,integer) owner to rapport_jobs;

CREATE OR REPLACE FUNCTION system.closed_sources(kind text)
 RETURNS uuid[]
 LANGUAGE sql
 STABLE
AS $function$ select coalesce(nullif(current_setting('app.closed_' || kind, true), '')::uuid[], '{}') $function$
;

CREATE OR REPLACE FUNCTION system.current_workspace()
 RETURNS uuid
 LANGUAGE sql
 STABLE
AS $function$ select nullif(current_setting('app.workspace_id', true), '')::uuid $function$
;

CREATE OR REPLACE FUNCTION system.erase_event_content(event_ids uuid[])
 RETURNS bigint
 LANGUAGE sql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$ with gone as (delete from event_content where event_id = any(event_ids) returning 1) select count(*) from gone $function$
;
alter function system.erase_event_content(uuid[]) owner to rapport_eraser;

CREATE OR REPLACE FUNCTION system.event_count()
 RETURNS bigint
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$ select coalesce(sum(c.position), 0)::bigint from event_counter c $function$
;
alter function system.event_count() owner to rapport_system;

CREATE OR REPLACE FUNCTION system.fence_of(of_workspace uuid)
 RETURNS text
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$ select case when w.mode = 'drill' then coalesce(s.fence, '') else s.fence end
        from workspace w left join system.workspace s on s.id = w.workspace_id where w.workspace_id = of_workspace $function$
;
alter function system.fence_of(uuid) owner to rapport_system;

CREATE OR REPLACE FUNCTION system.forget_sandbox()
 RETURNS void
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
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
end $function$
;
alter function system.forget_sandbox() owner to rapport_eraser;

CREATE OR REPLACE FUNCTION system.invitations_for(address text)
 RETURNS TABLE(workspace_id uuid, invitation_id uuid, role text, role_id uuid)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$ select i.workspace_id, i.invitation_id, i.role, i.role_id from invitation i
        where i.email = address and i.accepted_at is null and i.revoked_at is null and i.expires_at > now() limit 100 $function$
;
alter function system.invitations_for(text) owner to rapport_system;

CREATE OR REPLACE FUNCTION system.job_counts()
 RETURNS TABLE(task text, due bigint, running bigint, failed bigint, oldest_due_at timestamp with time zone, last_error text)
 LANGUAGE plpgsql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
  begin
    return query
      select t.identifier,
        count(*) filter (where j.locked_at is null and j.attempts < j.max_attempts and j.run_at <= now()),
        count(*) filter (where j.locked_at is not null),
        count(*) filter (where j.locked_at is null and j.attempts >= j.max_attempts),
        min(j.run_at) filter (where j.locked_at is null and j.attempts < j.max_attempts and j.run_at <= now()),
        (array_agg(j.last_error order by j.updated_at desc) filter (where j.last_error is not null))[1]
      from graphile_worker._private_jobs j join graphile_worker._private_tasks t on t.id = j.task_id
      group by t.identifier order by t.identifier;
  end $function$
;
alter function system.job_counts() owner to rapport_jobs;

CREATE OR REPLACE FUNCTION system.memberships_of(of_user text)
 RETURNS TABLE(workspace_id uuid, slug text, name text, member_id uuid, role text, role_id uuid, role_name text, permissions text[], source_roles boolean, mode text, second_factor boolean, colour text)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$ select m.workspace_id, s.slug, w.name, m.member_id, m.role, m.role_id, r.name, r.permissions,
          exists (select from member_source_role x where x.workspace_id = m.workspace_id and x.member_id = m.member_id),
          w.mode, coalesce((w.settings ->> 'secondFactor')::boolean, false), w.settings ->> 'colour'
        from member m join workspace w using (workspace_id) join system.workspace s on s.id = m.workspace_id
          left join role r on r.workspace_id = m.workspace_id and r.role_id = m.role_id
        where m.user_id = of_user and m.state = 'active' order by w.name limit 500 $function$
;
alter function system.memberships_of(text) owner to rapport_system;

CREATE OR REPLACE FUNCTION system.only_sources(kind text)
 RETURNS uuid[]
 LANGUAGE sql
 STABLE
AS $function$ select nullif(current_setting('app.only_' || kind, true), '')::uuid[] $function$
;

CREATE OR REPLACE FUNCTION system.other_brands_of(here uuid, of_member uuid)
 RETURNS TABLE(brand text, accounts text[])
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$ select w.brand, array(select s.name from source s where s.workspace_id = w.workspace_id
            and s.own_author_id is not null and s.removed_at is null order by s.created_at limit 20)
        from member me join member m on m.user_id = me.user_id and m.workspace_id <> here and m.state = 'active'
          join workspace w on w.workspace_id = m.workspace_id
        where me.workspace_id = here and me.member_id = of_member limit 50 $function$
;
alter function system.other_brands_of(uuid,uuid) owner to rapport_system;

CREATE OR REPLACE FUNCTION system.pending_subscriptions(names text[])
 RETURNS TABLE(workspace_id uuid, subscriber text, pending bigint, attempts integer, retry_at timestamp with time zone, last_error text)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$ select c.workspace_id, n.name, c.position - coalesce(s.position, 0), coalesce(s.attempts, 0), s.retry_at, s.last_error
        from event_counter c cross join unnest(names) as n (name)
          left join subscription s on s.workspace_id = c.workspace_id and s.subscriber = n.name
        where c.position > coalesce(s.position, 0) $function$
;
alter function system.pending_subscriptions(text[]) owner to rapport_system;

CREATE OR REPLACE PROCEDURE system.protect(VARIADIC tables text[])
 LANGUAGE plpgsql
AS $procedure$
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
end $procedure$
;

CREATE OR REPLACE PROCEDURE system.protect_by_source(IN name text, IN kind text)
 LANGUAGE plpgsql
AS $procedure$
begin
  execute format($p$create policy source on %1$I as restrictive to rapport_app using (
    (source_id is null or source_id <> all ((select system.closed_sources(%2$L))::uuid[]))
    and ((select system.only_sources(%2$L)) is null or source_id = any ((select system.only_sources(%2$L))::uuid[])))$p$,
    name, kind);
end $procedure$
;

CREATE OR REPLACE FUNCTION system.pseudonymise_staff(after_position bigint, until_position bigint, member_ids uuid[], pseudonyms uuid[])
 RETURNS bigint
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
declare
  here uuid := nullif(current_setting('app.workspace_id', true), '')::uuid;
  one record;
  known uuid;
  changed bigint := 0;
  shape text;
begin
  for one in
    select e.position, e.actor_kind, e.actor_id, e.subjects from event e
    where e.workspace_id = here and e.position > after_position and e.position <= until_position
      and e.at < now() - interval '30 days'
  loop
    shape := one.subjects::text;
    for known in select m from unnest(member_ids) as m
      where m = one.actor_id and one.actor_kind = 'member' or position(m::text in shape) > 0
    loop
      shape := replace(shape, known::text, pseudonyms[array_position(member_ids, known)]::text);
    end loop;
    if shape = one.subjects::text and not (one.actor_kind = 'member' and one.actor_id = any (member_ids)) then continue; end if;
    update event e set subjects = shape::jsonb,
        actor_id = case when one.actor_kind = 'member' and one.actor_id = any (member_ids)
          then pseudonyms[array_position(member_ids, one.actor_id)] else one.actor_id end
      where e.workspace_id = here and e.position = one.position;
    insert into event_subject (workspace_id, subject_id, position)
      select here, pseudonyms[array_position(member_ids, s.subject_id)], s.position from event_subject s
      where s.workspace_id = here and s.position = one.position and s.subject_id = any (member_ids)
      on conflict do nothing;
    delete from event_subject s
      where s.workspace_id = here and s.position = one.position and s.subject_id = any (member_ids);
    changed := changed + 1;
  end loop;
  return changed;
end $function$
;
alter function system.pseudonymise_staff(bigint,bigint,uuid[],uuid[]) owner to rapport_eraser;

CREATE OR REPLACE FUNCTION system.remove_failed_jobs(before timestamp with time zone, at_most integer)
 RETURNS bigint
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
  declare removed bigint;
  begin
    delete from graphile_worker._private_jobs j where j.id in (
      select f.id from graphile_worker._private_jobs f
      where f.locked_at is null and f.attempts >= f.max_attempts and f.updated_at < before limit at_most);
    get diagnostics removed = row_count;
    return removed;
  end $function$
;
alter function system.remove_failed_jobs(timestamp with time zone,integer) owner to rapport_jobs;

CREATE OR REPLACE FUNCTION system.source_roles_of(of_workspace uuid, of_member uuid)
 RETURNS TABLE(source_id uuid, role text, permissions text[])
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$ select s.source_id, s.role, r.permissions from member_source_role s
          left join role r on r.workspace_id = s.workspace_id and r.role_id = s.role_id
        where s.workspace_id = of_workspace and s.member_id = of_member limit 2000 $function$
;
alter function system.source_roles_of(uuid,uuid) owner to rapport_system;

CREATE OR REPLACE FUNCTION system.take_due_deliveries(lease_seconds integer, at_most integer)
 RETURNS TABLE(workspace_id uuid, delivery_id uuid, lease_token uuid)
 LANGUAGE sql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$ update delivery s set lease_until = clock_timestamp() + make_interval(secs => lease_seconds), lease_token = gen_random_uuid()
        from (select d.workspace_id, d.delivery_id from delivery d
              where d.due_at <= clock_timestamp() and d.state in ('queued', 'sending', 'unknown')
                and (d.lease_until is null or d.lease_until < clock_timestamp())
              order by d.due_at limit at_most for update skip locked) due
        where s.workspace_id = due.workspace_id and s.delivery_id = due.delivery_id
        returning s.workspace_id, s.delivery_id, s.lease_token $function$
;
alter function system.take_due_deliveries(integer,integer) owner to rapport_system;

CREATE OR REPLACE FUNCTION system.take_due_drills(lease_seconds integer, at_most integer)
 RETURNS TABLE(workspace_id uuid, drill_id uuid)
 LANGUAGE sql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$ update drill s set lease_until = now() + make_interval(secs => lease_seconds)
        from (select d.workspace_id, d.drill_id from drill d
              where d.state in ('preparing', 'running', 'ending') and (d.lease_until is null or d.lease_until < now())
              order by d.lease_until nulls first limit at_most for update skip locked) due
        where s.workspace_id = due.workspace_id and s.drill_id = due.drill_id
        returning s.workspace_id, s.drill_id $function$
;
alter function system.take_due_drills(integer,integer) owner to rapport_system;

CREATE OR REPLACE FUNCTION system.take_due_moderations(lease_seconds integer, at_most integer)
 RETURNS TABLE(workspace_id uuid, moderation_id uuid, lease_token uuid)
 LANGUAGE sql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$ update moderation m set due_at = now() + make_interval(secs => lease_seconds), lease_token = gen_random_uuid()
        from (select d.workspace_id, d.moderation_id from moderation d where d.due_at <= now()
              order by d.due_at limit at_most for update skip locked) due
        where m.workspace_id = due.workspace_id and m.moderation_id = due.moderation_id
        returning m.workspace_id, m.moderation_id, m.lease_token $function$
;
alter function system.take_due_moderations(integer,integer) owner to rapport_system;

CREATE OR REPLACE FUNCTION system.take_due_sources(lease_seconds integer, at_most integer)
 RETURNS TABLE(workspace_id uuid, source_id uuid)
 LANGUAGE sql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$ update source s set lease_until = now() + make_interval(secs => lease_seconds)
        from (select d.workspace_id, d.source_id from source d
              where d.due_at <= now() and d.state in ('active', 'failing') and d.removed_at is null
                and (d.lease_until is null or d.lease_until < now())
              order by d.due_at limit at_most for update skip locked) due
        where s.workspace_id = due.workspace_id and s.source_id = due.source_id
        returning s.workspace_id, s.source_id $function$
;
alter function system.take_due_sources(integer,integer) owner to rapport_system;

CREATE OR REPLACE FUNCTION system.take_waiting_audit(lease_seconds integer)
 RETURNS TABLE(workspace_id uuid, audit_id uuid, lease_id uuid, attempt integer)
 LANGUAGE sql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$ update audit a set state = 'running', attempts = a.attempts + 1, lease_id = gen_random_uuid(),
          lease_until = now() + make_interval(secs => lease_seconds)
        from (select d.workspace_id, d.audit_id from audit d
              where d.state in ('queued', 'running') and (d.lease_until is null or d.lease_until < now())
              order by exists (select from audit o where o.workspace_id = d.workspace_id and o.state = 'running'
                                 and o.lease_until > now()), d.created_at, d.audit_id
              limit 1 for update skip locked) due
        where a.workspace_id = due.workspace_id and a.audit_id = due.audit_id
        returning a.workspace_id, a.audit_id, a.lease_id, a.attempts $function$
;
alter function system.take_waiting_audit(integer) owner to rapport_system;

CREATE OR REPLACE FUNCTION system.take_waiting_import(lease_seconds integer, kinds text[])
 RETURNS TABLE(workspace_id uuid, import_id uuid, kind text)
 LANGUAGE sql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$ update import i set lease_until = now() + make_interval(secs => lease_seconds)
        from (select d.workspace_id, d.import_id from import d
              where d.state = 'running' and d.kind = any(kinds) and (d.lease_until is null or d.lease_until < now())
                and not exists (select from import o where o.workspace_id = d.workspace_id and o.state = 'running'
                                  and o.kind = any(kinds) and o.lease_until > now())
              order by d.started_at nulls first, d.import_id
              limit 1 for update skip locked) due
        where i.workspace_id = due.workspace_id and i.import_id = due.import_id
        returning i.workspace_id, i.import_id, i.kind $function$
;
alter function system.take_waiting_import(integer,text[]) owner to rapport_system;

CREATE OR REPLACE FUNCTION system.workspace_of_guest(hash text)
 RETURNS TABLE(workspace_id uuid, guest_id uuid)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$ select g.workspace_id, g.guest_id from approval_guest g where g.token_hash = hash $function$
;
alter function system.workspace_of_guest(text) owner to rapport_system;

CREATE OR REPLACE FUNCTION system.workspace_of_invitation(hash text)
 RETURNS TABLE(workspace_id uuid, invitation_id uuid)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$ select i.workspace_id, i.invitation_id from invitation i
        where i.token_hash = hash and i.accepted_at is null and i.revoked_at is null and i.expires_at > now() $function$
;
alter function system.workspace_of_invitation(text) owner to rapport_system;

CREATE OR REPLACE FUNCTION system.workspace_of_key(hash text)
 RETURNS TABLE(workspace_id uuid, api_key_id uuid, scopes text[], maker_id uuid, maker_role text, maker_permissions text[], source_roles boolean)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$ select k.workspace_id, k.api_key_id, k.scopes, m.member_id, m.role, r.permissions,
          exists (select from member_source_role x where x.workspace_id = m.workspace_id and x.member_id = m.member_id)
        from api_key k
          join member m on m.workspace_id = k.workspace_id and m.member_id = k.created_by and m.state = 'active'
          left join role r on r.workspace_id = m.workspace_id and r.role_id = m.role_id
        where k.key_hash = hash and k.revoked_at is null and (k.expires_at is null or k.expires_at > now()) $function$
;
alter function system.workspace_of_key(text) owner to rapport_system;

CREATE OR REPLACE FUNCTION system.workspaces_with_alarm_rules()
 RETURNS SETOF uuid
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$ select distinct r.workspace_id from alarm_rule r where r.watching $function$
;
alter function system.workspaces_with_alarm_rules() owner to rapport_system;

CREATE OR REPLACE FUNCTION system.workspaces_with_due_alarm_messages()
 RETURNS SETOF uuid
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$ select distinct m.workspace_id from alarm_message m where m.due_at <= now() limit 1000 $function$
;
alter function system.workspaces_with_due_alarm_messages() owner to rapport_system;

CREATE OR REPLACE FUNCTION system.workspaces_with_due_clocks(by_then timestamp with time zone)
 RETURNS SETOF uuid
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$ select w.workspace_id from (
          select distinct c.workspace_id from clock_watch c where c.look_at <= by_then
          union select r.workspace_id from clock_recount r
          union select distinct m.workspace_id from reminder m where m.due_at <= by_then) w limit 1000 $function$
;
alter function system.workspaces_with_due_clocks(timestamp with time zone) owner to rapport_system;

CREATE OR REPLACE FUNCTION system.workspaces_with_due_mail()
 RETURNS SETOF uuid
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$ select distinct n.workspace_id from notification n where n.mail_due_at <= now() limit 1000 $function$
;
alter function system.workspaces_with_due_mail() owner to rapport_system;

CREATE OR REPLACE FUNCTION system.workspaces_with_due_pushes()
 RETURNS SETOF uuid
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$ select distinct n.workspace_id from notification n where n.push_due_at <= now() limit 1000 $function$
;
alter function system.workspaces_with_due_pushes() owner to rapport_system;

CREATE OR REPLACE FUNCTION system.workspaces_with_due_webhooks()
 RETURNS SETOF uuid
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$ select distinct w.workspace_id from webhook w join event_counter c on c.workspace_id = w.workspace_id
    where w.due_at <= now() and c.position > w.position limit 1000 $function$
;
alter function system.workspaces_with_due_webhooks() owner to rapport_system;

CREATE OR REPLACE FUNCTION system.workspaces_with_ended_snoozes()
 RETURNS SETOF uuid
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$ select distinct c.workspace_id from conversation c where c.state = 'snoozed' and c.snoozed_until <= now() limit 1000 $function$
;
alter function system.workspaces_with_ended_snoozes() owner to rapport_system;

CREATE OR REPLACE FUNCTION system.workspaces_with_expired_approvals()
 RETURNS SETOF uuid
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$ select distinct a.workspace_id from approval a where a.state = 'open' and a.expires_at <= now() limit 1000 $function$
;
alter function system.workspaces_with_expired_approvals() owner to rapport_system;

CREATE OR REPLACE FUNCTION system.workspaces_with_privacy_work()
 RETURNS SETOF uuid
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$ select distinct w.workspace_id from (
          select a.workspace_id from access_archive a where a.state in ('waiting', 'running') and (a.lease_until is null or a.lease_until < now())
          union all
          select e.workspace_id from erasure e where e.state <> 'done' and (e.lease_until is null or e.lease_until < now())) w limit 1000 $function$
;
alter function system.workspaces_with_privacy_work() owner to rapport_system;


create table public.access_archive (
  workspace_id uuid not null,
  archive_id uuid not null,
  person_id uuid not null,
  request_id uuid,
  language text not null,
  state text not null,
  steps integer default 0 not null,
  steps_expected integer default 0 not null,
  bytes bigint,
  downloads integer default 0 not null,
  failure text,
  attempts integer default 0 not null,
  lease_until timestamp with time zone,
  created_at timestamp with time zone not null,
  created_by_kind text not null,
  created_by uuid,
  finished_at timestamp with time zone,
  expires_at timestamp with time zone not null,
  constraint access_archive_pkey PRIMARY KEY (workspace_id, archive_id),
  constraint access_archive_state_check CHECK ((state = ANY (ARRAY['waiting'::text, 'running'::text, 'done'::text, 'failed'::text, 'deleted'::text])))
);
alter table public.access_archive enable row level security;
alter table public.access_archive force row level security;
CREATE INDEX access_archive_newest ON public.access_archive USING btree (workspace_id, created_at DESC, archive_id DESC);
CREATE INDEX access_archive_person ON public.access_archive USING btree (workspace_id, person_id);
CREATE INDEX access_archive_waiting ON public.access_archive USING btree (created_at) WHERE (state = ANY (ARRAY['waiting'::text, 'running'::text]));
create policy system_due on public.access_archive as permissive for select to rapport_system
  using (true);
create policy workspace on public.access_archive as permissive for all to rapport_app
  using ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid))
  with check ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid));

create table public.acknowledgement (
  workspace_id uuid not null,
  member_id uuid not null,
  guideline_id uuid not null,
  version integer not null,
  language text not null,
  acknowledged_at timestamp with time zone default now() not null,
  constraint acknowledgement_pkey PRIMARY KEY (workspace_id, member_id, guideline_id, version)
);
alter table public.acknowledgement enable row level security;
alter table public.acknowledgement force row level security;
CREATE INDEX acknowledgement_guideline ON public.acknowledgement USING btree (workspace_id, guideline_id, version);
create policy workspace on public.acknowledgement as permissive for all to rapport_app
  using ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid))
  with check ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid));

create table public.alarm (
  workspace_id uuid not null,
  alarm_id uuid not null,
  topic_id uuid not null,
  kinds text[] not null,
  strength text not null,
  findings jsonb not null,
  began_at timestamp with time zone not null,
  raised_at timestamp with time zone not null,
  last_unusual_at timestamp with time zone not null,
  quiet_minutes integer not null,
  ended_at timestamp with time zone,
  posts integer not null,
  expected real not null,
  cause jsonb not null,
  told_posts integer not null,
  told_at timestamp with time zone not null,
  acknowledged_by uuid,
  acknowledged_at timestamp with time zone,
  snoozed_until timestamp with time zone,
  constraint alarm_pkey PRIMARY KEY (workspace_id, alarm_id),
  constraint alarm_strength_check CHECK ((strength = ANY (ARRAY['unusual'::text, 'crisis'::text])))
);
alter table public.alarm enable row level security;
alter table public.alarm force row level security;
CREATE INDEX alarm_newest ON public.alarm USING btree (workspace_id, raised_at DESC, alarm_id DESC);
CREATE INDEX alarm_of_topic ON public.alarm USING btree (workspace_id, topic_id, raised_at DESC, alarm_id DESC);
CREATE UNIQUE INDEX alarm_open ON public.alarm USING btree (workspace_id, topic_id) WHERE (ended_at IS NULL);
create policy workspace on public.alarm as permissive for all to rapport_app
  using ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid))
  with check ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid));

create table public.alarm_baseline (
  workspace_id uuid not null,
  topic_id uuid not null,
  counted_from timestamp with time zone,
  learned_at timestamp with time zone not null,
  baseline jsonb not null,
  level real not null,
  level_at timestamp with time zone not null,
  constraint alarm_baseline_pkey PRIMARY KEY (workspace_id, topic_id)
);
alter table public.alarm_baseline enable row level security;
alter table public.alarm_baseline force row level security;
create policy workspace on public.alarm_baseline as permissive for all to rapport_app
  using ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid))
  with check ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid));

create table public.alarm_message (
  workspace_id uuid not null,
  message_id uuid not null,
  topic_id uuid not null,
  alarm_id uuid,
  channel text not null,
  member_id uuid,
  because text not null,
  state text default 'waiting'::text not null,
  due_at timestamp with time zone,
  attempts integer default 0 not null,
  status integer,
  failure text,
  created_at timestamp with time zone not null,
  constraint alarm_message_pkey PRIMARY KEY (workspace_id, message_id),
  constraint alarm_message_because_check CHECK ((because = ANY (ARRAY['raised'::text, 'grew'::text, 'ended'::text, 'test'::text]))),
  constraint alarm_message_channel_check CHECK ((channel = ANY (ARRAY['mail'::text, 'webhook'::text]))),
  constraint alarm_message_state_check CHECK ((state = ANY (ARRAY['waiting'::text, 'sent'::text, 'failed'::text])))
);
alter table public.alarm_message enable row level security;
alter table public.alarm_message force row level security;
CREATE INDEX alarm_message_due ON public.alarm_message USING btree (due_at) WHERE (due_at IS NOT NULL);
CREATE INDEX alarm_message_of_alarm ON public.alarm_message USING btree (workspace_id, alarm_id, channel);
CREATE INDEX alarm_message_of_topic ON public.alarm_message USING btree (workspace_id, topic_id, channel, created_at DESC);
create policy system_due on public.alarm_message as permissive for select to rapport_system
  using (true);
create policy workspace on public.alarm_message as permissive for all to rapport_app
  using ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid))
  with check ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid));

create table public.alarm_rule (
  workspace_id uuid not null,
  topic_id uuid not null,
  watching boolean not null,
  kinds text[] not null,
  sensitivity text not null,
  quiet_from integer,
  quiet_until integer,
  member_ids uuid[] default '{}'::uuid[] not null,
  webhook_url text,
  webhook_secret text,
  webhook_content boolean default false not null,
  looked_at timestamp with time zone,
  constraint alarm_rule_pkey PRIMARY KEY (workspace_id, topic_id),
  constraint alarm_rule_quiet_from_check CHECK (((quiet_from >= 0) AND (quiet_from <= 1439))),
  constraint alarm_rule_quiet_until_check CHECK (((quiet_until >= 0) AND (quiet_until <= 1439))),
  constraint alarm_rule_sensitivity_check CHECK ((sensitivity = ANY (ARRAY['high'::text, 'medium'::text, 'low'::text])))
);
alter table public.alarm_rule enable row level security;
alter table public.alarm_rule force row level security;
CREATE INDEX alarm_rule_watching ON public.alarm_rule USING btree (workspace_id, looked_at) WHERE watching;
create policy system_due on public.alarm_rule as permissive for select to rapport_system
  using (true);
create policy workspace on public.alarm_rule as permissive for all to rapport_app
  using ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid))
  with check ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid));

create table public.answer (
  workspace_id uuid not null,
  delivery_id uuid not null,
  conversation_id uuid not null,
  against_version bigint not null,
  version bigint not null,
  heard_version bigint not null,
  closes boolean default false not null,
  written text default ''::text not null,
  failed_at timestamp with time zone,
  created_at timestamp with time zone default clock_timestamp() not null,
  constraint answer_pkey PRIMARY KEY (workspace_id, delivery_id, conversation_id)
);
alter table public.answer enable row level security;
alter table public.answer force row level security;
CREATE INDEX answer_conversation ON public.answer USING btree (workspace_id, conversation_id, version);
create policy workspace on public.answer as permissive for all to rapport_app
  using ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid))
  with check ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid));

create table public.api_key (
  workspace_id uuid not null,
  api_key_id uuid not null,
  name text not null,
  prefix text not null,
  key_hash text not null,
  scopes text[] not null,
  created_by uuid not null,
  created_at timestamp with time zone default now() not null,
  last_used_at timestamp with time zone,
  expires_at timestamp with time zone,
  revoked_at timestamp with time zone,
  constraint api_key_pkey PRIMARY KEY (workspace_id, api_key_id)
);
alter table public.api_key enable row level security;
alter table public.api_key force row level security;
CREATE UNIQUE INDEX api_key_hash ON public.api_key USING btree (key_hash);
create policy system_read on public.api_key as permissive for select to rapport_system
  using (true);
create policy workspace on public.api_key as permissive for all to rapport_app
  using ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid))
  with check ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid));

create table public.approval (
  workspace_id uuid not null,
  approval_id uuid not null,
  source_id uuid not null,
  judgement_id uuid not null,
  reply_to_post_id uuid,
  kind text not null,
  recipient_author_id uuid,
  title text,
  written text not null,
  text text not null,
  language text,
  attachments jsonb default '[]'::jsonb not null,
  closes boolean default false not null,
  undo_seconds integer default 0 not null,
  author_kind text not null,
  author_id uuid not null,
  written_by uuid not null,
  asked_member_id uuid,
  edited_from uuid,
  state text default 'open'::text not null,
  asked_at timestamp(3) with time zone default clock_timestamp() not null,
  expires_at timestamp(3) with time zone not null,
  decided_at timestamp with time zone,
  decided_by_kind text,
  decided_by uuid,
  delivery_id uuid,
  constraint approval_pkey PRIMARY KEY (workspace_id, approval_id),
  constraint approval_author_kind_check CHECK ((author_kind = ANY (ARRAY['member'::text, 'bot'::text]))),
  constraint approval_check CHECK (((state = 'open'::text) = (decided_at IS NULL))),
  constraint approval_check1 CHECK (((state = 'approved'::text) = (delivery_id IS NOT NULL))),
  constraint approval_check2 CHECK (((state <> 'approved'::text) OR (decided_by IS DISTINCT FROM written_by))),
  constraint approval_decided_by_kind_check CHECK ((decided_by_kind = ANY (ARRAY['member'::text, 'guest'::text, 'system'::text]))),
  constraint approval_kind_check CHECK ((kind = ANY (ARRAY['reply'::text, 'post'::text, 'private'::text]))),
  constraint approval_state_check CHECK ((state = ANY (ARRAY['open'::text, 'approved'::text, 'declined'::text, 'edited'::text, 'withdrawn'::text, 'stale'::text, 'expired'::text])))
);
alter table public.approval enable row level security;
alter table public.approval force row level security;
CREATE INDEX approval_expiring ON public.approval USING btree (expires_at) WHERE (state = 'open'::text);
CREATE INDEX approval_newest ON public.approval USING btree (workspace_id, asked_at DESC, approval_id DESC);
CREATE INDEX approval_open ON public.approval USING btree (workspace_id, expires_at, approval_id) WHERE (state = 'open'::text);
create policy private on public.approval as restrictive for all to rapport_app
  using (((kind <> 'private'::text) OR (( SELECT current_setting('app.private_posts'::text, true) AS current_setting) IS DISTINCT FROM 'hidden'::text)));
create policy source on public.approval as restrictive for all to rapport_app
  using ((((source_id IS NULL) OR (source_id <> ALL (( SELECT system.closed_sources('inbox'::text) AS closed_sources)::uuid[]))) AND ((( SELECT system.only_sources('inbox'::text) AS only_sources) IS NULL) OR (source_id = ANY (( SELECT system.only_sources('inbox'::text) AS only_sources)::uuid[])))));
create policy system_due on public.approval as permissive for select to rapport_system
  using (true);
create policy workspace on public.approval as permissive for all to rapport_app
  using ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid))
  with check ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid));

create table public.approval_conversation (
  workspace_id uuid not null,
  approval_id uuid not null,
  conversation_id uuid not null,
  ordinal integer not null,
  against_version bigint not null,
  constraint approval_conversation_pkey PRIMARY KEY (workspace_id, approval_id, conversation_id)
);
alter table public.approval_conversation enable row level security;
alter table public.approval_conversation force row level security;
CREATE INDEX approval_conversation_conversation ON public.approval_conversation USING btree (workspace_id, conversation_id);
create policy workspace on public.approval_conversation as permissive for all to rapport_app
  using ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid))
  with check ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid));

create table public.approval_guest (
  workspace_id uuid not null,
  guest_id uuid not null,
  approval_id uuid not null,
  name text not null,
  token_hash text not null,
  invited_by uuid not null,
  created_at timestamp with time zone default now() not null,
  expires_at timestamp with time zone not null,
  revoked_at timestamp with time zone,
  opened_at timestamp with time zone,
  constraint approval_guest_pkey PRIMARY KEY (workspace_id, guest_id),
  constraint approval_guest_token_hash_key UNIQUE (token_hash)
);
alter table public.approval_guest enable row level security;
alter table public.approval_guest force row level security;
CREATE INDEX approval_guest_approval ON public.approval_guest USING btree (workspace_id, approval_id, created_at);
create policy system_read on public.approval_guest as permissive for select to rapport_system
  using (true);
create policy workspace on public.approval_guest as permissive for all to rapport_app
  using ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid))
  with check ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid));

create table public.approval_remark (
  workspace_id uuid not null,
  remark_id uuid not null,
  approval_id uuid not null,
  text text not null,
  by_kind text not null,
  by_id uuid not null,
  remarked_at timestamp with time zone default clock_timestamp() not null,
  constraint approval_remark_pkey PRIMARY KEY (workspace_id, remark_id),
  constraint approval_remark_by_kind_check CHECK ((by_kind = ANY (ARRAY['member'::text, 'bot'::text, 'guest'::text])))
);
alter table public.approval_remark enable row level security;
alter table public.approval_remark force row level security;
CREATE INDEX approval_remark_approval ON public.approval_remark USING btree (workspace_id, approval_id, remarked_at);
create policy workspace on public.approval_remark as permissive for all to rapport_app
  using ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid))
  with check ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid));

create table public.attachment (
  workspace_id uuid not null,
  attachment_id uuid not null,
  name text not null,
  media_type text not null,
  bytes bigint not null,
  hash text not null,
  alt text default ''::text not null,
  uploaded_by uuid,
  created_at timestamp with time zone default now() not null,
  constraint attachment_pkey PRIMARY KEY (workspace_id, attachment_id)
);
alter table public.attachment enable row level security;
alter table public.attachment force row level security;
CREATE INDEX attachment_hash ON public.attachment USING btree (workspace_id, hash);
create policy workspace on public.attachment as permissive for all to rapport_app
  using ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid))
  with check ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid));

create table public.audit (
  workspace_id uuid not null,
  audit_id uuid not null,
  brand text not null,
  settings jsonb not null,
  source_name text,
  state text default 'queued'::text not null,
  reading integer default 1 not null,
  rows bigint default 0 not null,
  rows_expected bigint,
  failure jsonb,
  report jsonb,
  created_by uuid,
  created_at timestamp with time zone not null,
  finished_at timestamp with time zone,
  expires_at timestamp with time zone not null,
  attempts integer default 0 not null,
  lease_id uuid,
  lease_until timestamp with time zone,
  constraint audit_pkey PRIMARY KEY (workspace_id, audit_id),
  constraint audit_state_check CHECK ((state = ANY (ARRAY['queued'::text, 'running'::text, 'done'::text, 'cancelled'::text, 'failed'::text])))
);
alter table public.audit enable row level security;
alter table public.audit force row level security;
CREATE INDEX audit_expiring ON public.audit USING btree (workspace_id, expires_at);
CREATE INDEX audit_newest ON public.audit USING btree (workspace_id, created_at DESC, audit_id DESC);
CREATE INDEX audit_waiting ON public.audit USING btree (created_at) WHERE (state = ANY (ARRAY['queued'::text, 'running'::text]));
create policy system_due on public.audit as permissive for all to rapport_system
  using (true);
create policy workspace on public.audit as permissive for all to rapport_app
  using ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid))
  with check ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid));

create table public.author (
  workspace_id uuid not null,
  author_id uuid not null,
  network text not null,
  scope text default ''::text not null,
  network_id text not null,
  handle text,
  name text,
  handle_key text collate "C",
  name_key text collate "C",
  avatar_url text,
  bio text,
  url text,
  followers bigint,
  stable boolean default true not null,
  own boolean default false not null,
  state text default 'active'::text not null,
  state_since timestamp with time zone,
  first_heard_at timestamp with time zone not null,
  last_heard_at timestamp with time zone not null,
  profile_read_at timestamp with time zone,
  kind text default 'account'::text not null,
  person_id uuid,
  erased_at timestamp with time zone,
  mail_domain text collate "C" generated always as (
CASE
    WHEN (kind = 'mail'::text) THEN split_part(network_id, '@'::text, 2)
    ELSE NULL::text
END) stored,
  constraint author_pkey PRIMARY KEY (workspace_id, author_id),
  constraint author_workspace_id_network_scope_network_id_key UNIQUE (workspace_id, network, scope, network_id),
  constraint author_kind_check CHECK ((kind = ANY (ARRAY['account'::text, 'mail'::text, 'phone'::text, 'site'::text, 'customer-number'::text]))),
  constraint author_state_check CHECK ((state = ANY (ARRAY['active'::text, 'deactivated'::text, 'gone'::text])))
);
alter table public.author enable row level security;
alter table public.author force row level security;
CREATE INDEX author_by_handle ON public.author USING btree (workspace_id, handle_key, author_id) WHERE (handle_key IS NOT NULL);
CREATE INDEX author_by_name ON public.author USING btree (workspace_id, name_key, author_id) WHERE (name_key IS NOT NULL);
CREATE INDEX author_contact ON public.author USING btree (workspace_id, network_id COLLATE "C", author_id) WHERE (kind <> 'account'::text);
CREATE INDEX author_last_heard ON public.author USING btree (workspace_id, last_heard_at DESC, author_id DESC) WHERE (kind = 'account'::text);
CREATE INDEX author_mail_domain ON public.author USING btree (workspace_id, mail_domain, author_id) WHERE (mail_domain IS NOT NULL);
CREATE INDEX author_own ON public.author USING btree (workspace_id, author_id) WHERE own;
CREATE INDEX author_person ON public.author USING btree (workspace_id, person_id, author_id) WHERE (person_id IS NOT NULL);
CREATE INDEX author_profile_due ON public.author USING btree (workspace_id, network, author_id) WHERE ((profile_read_at IS NULL) AND stable AND (state = 'active'::text));
create policy workspace on public.author as permissive for all to rapport_app
  using ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid))
  with check ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid));

create table public.author_field (
  workspace_id uuid not null,
  author_id uuid not null,
  field text not null,
  source text not null,
  value text not null,
  told_at timestamp with time zone not null,
  constraint author_field_pkey PRIMARY KEY (workspace_id, author_id, field, source)
);
alter table public.author_field enable row level security;
alter table public.author_field force row level security;
CREATE INDEX author_field_source ON public.author_field USING btree (workspace_id, source);
create policy workspace on public.author_field as permissive for all to rapport_app
  using ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid))
  with check ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid));

create table public.author_handle (
  workspace_id uuid not null,
  author_id uuid not null,
  handle text not null,
  name text,
  seen_from timestamp with time zone not null,
  seen_until timestamp with time zone,
  handle_key text collate "C" generated always as ("left"(lower(ltrim(handle, '@'::text)), 120)) stored,
  constraint author_handle_pkey PRIMARY KEY (workspace_id, author_id, handle, seen_from)
);
alter table public.author_handle enable row level security;
alter table public.author_handle force row level security;
CREATE INDEX author_handle_key ON public.author_handle USING btree (workspace_id, handle_key, author_id);
create policy workspace on public.author_handle as permissive for all to rapport_app
  using ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid))
  with check ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid));

create table public.author_past (
  workspace_id uuid not null,
  author_id uuid not null,
  attribute text not null,
  value text not null,
  seen_from timestamp with time zone,
  seen_until timestamp with time zone not null,
  constraint author_past_pkey PRIMARY KEY (workspace_id, author_id, attribute, seen_until),
  constraint author_past_attribute_check CHECK ((attribute = ANY (ARRAY['name'::text, 'avatar'::text, 'bio'::text, 'url'::text])))
);
alter table public.author_past enable row level security;
alter table public.author_past force row level security;
create policy workspace on public.author_past as permissive for all to rapport_app
  using ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid))
  with check ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid));

create table public.calendar (
  workspace_id uuid not null,
  calendar_id uuid not null,
  name text not null,
  created_at timestamp with time zone default now() not null,
  removed_at timestamp with time zone,
  constraint calendar_pkey PRIMARY KEY (workspace_id, calendar_id)
);
alter table public.calendar enable row level security;
alter table public.calendar force row level security;
CREATE UNIQUE INDEX calendar_name ON public.calendar USING btree (workspace_id, name) WHERE (removed_at IS NULL);
create policy workspace on public.calendar as permissive for all to rapport_app
  using ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid))
  with check ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid));

create table public.calendar_version (
  workspace_id uuid not null,
  calendar_id uuid not null,
  version integer not null,
  valid_from timestamp(3) with time zone not null,
  rules jsonb not null,
  made_at timestamp with time zone default now() not null,
  constraint calendar_version_pkey PRIMARY KEY (workspace_id, calendar_id, version),
  constraint calendar_version_version_check CHECK ((version > 0))
);
alter table public.calendar_version enable row level security;
alter table public.calendar_version force row level security;
create policy workspace on public.calendar_version as permissive for all to rapport_app
  using ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid))
  with check ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid));

create table public.clock (
  workspace_id uuid not null,
  conversation_id uuid not null,
  kind text not null,
  epoch text not null,
  clock_policy_id uuid not null,
  policy_version integer not null,
  started_at timestamp(3) with time zone not null,
  ended_at timestamp(3) with time zone,
  ended_by text,
  ended_with uuid,
  state text not null,
  because text,
  target_minutes integer,
  counted_ms bigint not null,
  due_at timestamp(3) with time zone,
  due_unknown text,
  priority text not null,
  team_id uuid,
  read_at timestamp(3) with time zone not null,
  constraint clock_pkey PRIMARY KEY (workspace_id, conversation_id, kind, epoch),
  constraint clock_ended_by_check CHECK ((ended_by = ANY (ARRAY['answered'::text, 'closed'::text]))),
  constraint clock_kind_check CHECK ((kind = ANY (ARRAY['first-answer'::text, 'next-answer'::text, 'resolution'::text]))),
  constraint clock_state_check CHECK ((state = ANY (ARRAY['running'::text, 'paused'::text, 'met'::text, 'breached'::text, 'void'::text])))
);
alter table public.clock enable row level security;
alter table public.clock force row level security;
CREATE INDEX clock_begun ON public.clock USING btree (workspace_id, kind, started_at, conversation_id);
create policy workspace on public.clock as permissive for all to rapport_app
  using ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid))
  with check ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid));

create table public.clock_policy (
  workspace_id uuid not null,
  clock_policy_id uuid not null,
  name text not null,
  created_at timestamp with time zone default now() not null,
  removed_at timestamp(3) with time zone,
  constraint clock_policy_pkey PRIMARY KEY (workspace_id, clock_policy_id)
);
alter table public.clock_policy enable row level security;
alter table public.clock_policy force row level security;
CREATE UNIQUE INDEX clock_policy_name ON public.clock_policy USING btree (workspace_id, name) WHERE (removed_at IS NULL);
create policy workspace on public.clock_policy as permissive for all to rapport_app
  using ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid))
  with check ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid));

create table public.clock_policy_version (
  workspace_id uuid not null,
  clock_policy_id uuid not null,
  version integer not null,
  valid_from timestamp(3) with time zone not null,
  calendar_id uuid not null,
  applies jsonb not null,
  rules jsonb not null,
  made_at timestamp with time zone default now() not null,
  constraint clock_policy_version_pkey PRIMARY KEY (workspace_id, clock_policy_id, version),
  constraint clock_policy_version_version_check CHECK ((version > 0))
);
alter table public.clock_policy_version enable row level security;
alter table public.clock_policy_version force row level security;
CREATE INDEX clock_policy_version_calendar ON public.clock_policy_version USING btree (workspace_id, calendar_id);
create policy workspace on public.clock_policy_version as permissive for all to rapport_app
  using ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid))
  with check ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid));

create table public.clock_recount (
  workspace_id uuid not null,
  since timestamp(3) with time zone not null,
  after_id uuid not null,
  constraint clock_recount_pkey PRIMARY KEY (workspace_id)
);
alter table public.clock_recount enable row level security;
alter table public.clock_recount force row level security;
create policy system_due on public.clock_recount as permissive for select to rapport_system
  using (true);
create policy workspace on public.clock_recount as permissive for all to rapport_app
  using ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid))
  with check ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid));

create table public.clock_step (
  workspace_id uuid not null,
  conversation_id uuid not null,
  kind text not null,
  epoch text not null,
  step text not null,
  done_at timestamp with time zone not null,
  outcome text not null,
  constraint clock_step_pkey PRIMARY KEY (workspace_id, conversation_id, kind, epoch, step)
);
alter table public.clock_step enable row level security;
alter table public.clock_step force row level security;
create policy workspace on public.clock_step as permissive for all to rapport_app
  using ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid))
  with check ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid));

create table public.clock_watch (
  workspace_id uuid not null,
  conversation_id uuid not null,
  look_at timestamp(3) with time zone,
  constraint clock_watch_pkey PRIMARY KEY (workspace_id, conversation_id)
);
alter table public.clock_watch enable row level security;
alter table public.clock_watch force row level security;
CREATE INDEX clock_watch_due ON public.clock_watch USING btree (look_at) WHERE (look_at IS NOT NULL);
CREATE INDEX clock_watch_next ON public.clock_watch USING btree (workspace_id, look_at) WHERE (look_at IS NOT NULL);
create policy system_due on public.clock_watch as permissive for select to rapport_system
  using (true);
create policy workspace on public.clock_watch as permissive for all to rapport_app
  using ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid))
  with check ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid));

create table public.column_look (
  workspace_id uuid not null,
  member_id uuid not null,
  column_id uuid not null,
  width integer not null,
  density text not null,
  collapsed boolean not null,
  muted boolean not null,
  paused boolean not null,
  sound boolean not null,
  flows boolean not null,
  constraint column_look_pkey PRIMARY KEY (workspace_id, member_id, column_id),
  constraint column_look_density_check CHECK ((density = ANY (ARRAY['comfortable'::text, 'compact'::text]))),
  constraint column_look_width_check CHECK (((width >= 240) AND (width <= 800)))
);
alter table public.column_look enable row level security;
alter table public.column_look force row level security;
CREATE INDEX column_look_column ON public.column_look USING btree (workspace_id, column_id);
create policy workspace on public.column_look as permissive for all to rapport_app
  using ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid))
  with check ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid));

create table public.comparison_run (
  workspace_id uuid not null,
  run_id uuid not null,
  state text not null,
  phase text not null,
  after_author_id uuid,
  identities_expected integer not null,
  identities_done integer default 0 not null,
  started_at timestamp with time zone not null,
  ended_at timestamp with time zone,
  keys_version integer default 0 not null,
  constraint comparison_run_pkey PRIMARY KEY (workspace_id, run_id),
  constraint comparison_run_phase_check CHECK ((phase = ANY (ARRAY['keys'::text, 'learning'::text, 'comparing'::text]))),
  constraint comparison_run_state_check CHECK ((state = ANY (ARRAY['running'::text, 'done'::text, 'stopped'::text])))
);
alter table public.comparison_run enable row level security;
alter table public.comparison_run force row level security;
CREATE INDEX comparison_run_newest ON public.comparison_run USING btree (workspace_id, started_at DESC);
CREATE UNIQUE INDEX comparison_run_running ON public.comparison_run USING btree (workspace_id) WHERE (state = 'running'::text);
create policy workspace on public.comparison_run as permissive for all to rapport_app
  using ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid))
  with check ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid));

create table public.consent (
  workspace_id uuid not null,
  consent_id uuid not null,
  person_id uuid,
  author_id uuid,
  purpose text not null,
  given boolean not null,
  text text not null,
  language text not null,
  channel text not null,
  stated_at timestamp with time zone not null,
  recorded_by_kind text not null,
  recorded_by uuid,
  withdrawn_at timestamp with time zone,
  withdrawn_channel text,
  withdrawn_because text,
  withdrawn_by_kind text,
  withdrawn_by uuid,
  constraint consent_pkey PRIMARY KEY (workspace_id, consent_id),
  constraint consent_check CHECK ((num_nonnulls(person_id, author_id) = 1))
);
alter table public.consent enable row level security;
alter table public.consent force row level security;
CREATE INDEX consent_author ON public.consent USING btree (workspace_id, author_id, stated_at) WHERE (author_id IS NOT NULL);
CREATE INDEX consent_given ON public.consent USING btree (workspace_id, purpose, stated_at DESC, consent_id DESC) WHERE (given AND (withdrawn_at IS NULL));
CREATE INDEX consent_newest ON public.consent USING btree (workspace_id, stated_at DESC, consent_id DESC);
CREATE INDEX consent_person ON public.consent USING btree (workspace_id, person_id, stated_at) WHERE (person_id IS NOT NULL);
CREATE INDEX consent_refused ON public.consent USING btree (workspace_id, purpose, stated_at DESC, consent_id DESC) WHERE (NOT given);
CREATE INDEX consent_withdrawn ON public.consent USING btree (workspace_id, purpose, stated_at DESC, consent_id DESC) WHERE (given AND (withdrawn_at IS NOT NULL));
create policy workspace on public.consent as permissive for all to rapport_app
  using ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid))
  with check ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid));

create table public.contact (
  workspace_id uuid not null,
  author_id uuid not null,
  source text not null,
  legal_basis text not null,
  import_id uuid,
  created_at timestamp with time zone not null,
  updated_at timestamp with time zone not null,
  deleted_at timestamp with time zone,
  constraint contact_pkey PRIMARY KEY (workspace_id, author_id),
  constraint contact_legal_basis_check CHECK ((legal_basis = ANY (ARRAY['consent'::text, 'contract'::text, 'legitimate-interest'::text, 'legal-obligation'::text])))
);
alter table public.contact enable row level security;
alter table public.contact force row level security;
create policy workspace on public.contact as permissive for all to rapport_app
  using ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid))
  with check ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid));

create table public.contact_identity (
  workspace_id uuid not null,
  contact_id uuid not null,
  author_id uuid not null,
  part text not null,
  link_id uuid,
  constraint contact_identity_pkey PRIMARY KEY (workspace_id, contact_id, author_id),
  constraint contact_identity_part_check CHECK ((part = ANY (ARRAY['mail'::text, 'phone'::text, 'site'::text, 'customer-number'::text, 'account'::text])))
);
alter table public.contact_identity enable row level security;
alter table public.contact_identity force row level security;
CREATE INDEX contact_identity_author ON public.contact_identity USING btree (workspace_id, author_id);
create policy workspace on public.contact_identity as permissive for all to rapport_app
  using ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid))
  with check ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid));

create table public.contact_proposal (
  workspace_id uuid not null,
  proposal_id uuid not null,
  identity_kind text not null,
  identity_scope text not null,
  identity_id text not null,
  import_id uuid,
  line bigint,
  record jsonb not null,
  source text not null,
  legal_basis text not null,
  candidates jsonb not null,
  state text default 'waiting'::text not null,
  person_id uuid,
  proposed_at timestamp with time zone not null,
  decided_at timestamp with time zone,
  decided_by_kind text,
  decided_by uuid,
  constraint contact_proposal_pkey PRIMARY KEY (workspace_id, proposal_id),
  constraint contact_proposal_workspace_id_identity_kind_identity_scope__key UNIQUE (workspace_id, identity_kind, identity_scope, identity_id),
  constraint contact_proposal_legal_basis_check CHECK ((legal_basis = ANY (ARRAY['consent'::text, 'contract'::text, 'legitimate-interest'::text, 'legal-obligation'::text]))),
  constraint contact_proposal_state_check CHECK ((state = ANY (ARRAY['waiting'::text, 'same'::text, 'another'::text, 'left-out'::text])))
);
alter table public.contact_proposal enable row level security;
alter table public.contact_proposal force row level security;
CREATE INDEX contact_proposal_import ON public.contact_proposal USING btree (workspace_id, import_id, line) WHERE (import_id IS NOT NULL);
CREATE INDEX contact_proposal_waiting ON public.contact_proposal USING btree (workspace_id, proposed_at DESC, proposal_id DESC) WHERE (state = 'waiting'::text);
create policy workspace on public.contact_proposal as permissive for all to rapport_app
  using ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid))
  with check ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid));

create table public.conversation (
  workspace_id uuid not null,
  conversation_id uuid not null,
  thread_id uuid not null,
  author_id uuid not null,
  version bigint default 0 not null,
  heard_version bigint default 0 not null,
  state text default 'open'::text not null,
  snoozed_until timestamp with time zone,
  assigned_member_id uuid,
  assigned_team_id uuid,
  language text,
  network text not null,
  opened_because text not null,
  opened_at timestamp with time zone default now() not null,
  closed_at timestamp with time zone,
  last_post_id uuid,
  last_post_at timestamp(3) with time zone not null,
  post_count integer default 0 not null,
  waiting_since timestamp(3) with time zone,
  answered_at timestamp with time zone,
  source_id uuid,
  priority text default 'normal'::text not null,
  four_eyes_rule_id uuid,
  due_at timestamp(3) with time zone,
  negative_since timestamp(3) with time zone,
  constraint conversation_pkey PRIMARY KEY (workspace_id, conversation_id),
  constraint conversation_workspace_id_thread_id_author_id_key UNIQUE (workspace_id, thread_id, author_id),
  constraint conversation_opened_because_check CHECK ((opened_because = ANY (ARRAY['addressed'::text, 'mention'::text, 'agent'::text]))),
  constraint conversation_priority_check CHECK ((priority = ANY (ARRAY['low'::text, 'normal'::text, 'high'::text, 'urgent'::text]))),
  constraint conversation_state_check CHECK ((state = ANY (ARRAY['open'::text, 'snoozed'::text, 'closed'::text])))
);
alter table public.conversation enable row level security;
alter table public.conversation force row level security;
CREATE INDEX conversation_author ON public.conversation USING btree (workspace_id, author_id, last_post_at DESC, conversation_id DESC);
CREATE INDEX conversation_due ON public.conversation USING btree (workspace_id, state, due_at, conversation_id) WHERE (due_at IS NOT NULL);
CREATE INDEX conversation_language ON public.conversation USING btree (workspace_id, language, state, last_post_at DESC, conversation_id DESC);
CREATE INDEX conversation_member ON public.conversation USING btree (workspace_id, assigned_member_id, state, last_post_at DESC, conversation_id DESC);
CREATE INDEX conversation_negative ON public.conversation USING btree (workspace_id, negative_since, conversation_id) WHERE (negative_since IS NOT NULL);
CREATE INDEX conversation_network ON public.conversation USING btree (workspace_id, network, state, last_post_at DESC, conversation_id DESC);
CREATE INDEX conversation_newest ON public.conversation USING btree (workspace_id, last_post_at DESC, conversation_id DESC);
CREATE INDEX conversation_priority ON public.conversation USING btree (workspace_id, priority, state, last_post_at DESC, conversation_id DESC);
CREATE INDEX conversation_snoozed ON public.conversation USING btree (snoozed_until) WHERE (state = 'snoozed'::text);
CREATE INDEX conversation_state ON public.conversation USING btree (workspace_id, state, last_post_at DESC, conversation_id DESC);
CREATE INDEX conversation_team ON public.conversation USING btree (workspace_id, assigned_team_id, state, last_post_at DESC, conversation_id DESC);
CREATE INDEX conversation_waiting ON public.conversation USING btree (workspace_id, state, waiting_since, conversation_id) WHERE (waiting_since IS NOT NULL);
create policy source on public.conversation as restrictive for all to rapport_app
  using ((((source_id IS NULL) OR (source_id <> ALL (( SELECT system.closed_sources('inbox'::text) AS closed_sources)::uuid[]))) AND ((( SELECT system.only_sources('inbox'::text) AS only_sources) IS NULL) OR (source_id = ANY (( SELECT system.only_sources('inbox'::text) AS only_sources)::uuid[])))));
create policy system_due on public.conversation as permissive for select to rapport_system
  using (true);
create policy workspace on public.conversation as permissive for all to rapport_app
  using ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid))
  with check ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid));

create table public.conversation_post (
  workspace_id uuid not null,
  conversation_id uuid not null,
  post_id uuid not null,
  published_at timestamp with time zone not null,
  direction text not null,
  content_hash text not null,
  deleted boolean default false not null,
  version bigint not null,
  delivery_id uuid,
  settled_at timestamp with time zone,
  answered_by uuid,
  negative boolean default false not null,
  turned_negative_at timestamp with time zone,
  constraint conversation_post_pkey PRIMARY KEY (workspace_id, conversation_id, post_id),
  constraint conversation_post_direction_check CHECK ((direction = ANY (ARRAY['in'::text, 'out'::text])))
);
alter table public.conversation_post enable row level security;
alter table public.conversation_post force row level security;
CREATE INDEX conversation_post_answer ON public.conversation_post USING btree (workspace_id, answered_by) WHERE (answered_by IS NOT NULL);
CREATE INDEX conversation_post_ours ON public.conversation_post USING btree (workspace_id, conversation_id, published_at DESC, post_id DESC) WHERE (direction = 'out'::text);
CREATE INDEX conversation_post_post ON public.conversation_post USING btree (workspace_id, post_id);
create policy workspace on public.conversation_post as permissive for all to rapport_app
  using ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid))
  with check ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid));

create table public.conversation_tag (
  workspace_id uuid not null,
  conversation_id uuid not null,
  tag_id uuid not null,
  constraint conversation_tag_pkey PRIMARY KEY (workspace_id, conversation_id, tag_id)
);
alter table public.conversation_tag enable row level security;
alter table public.conversation_tag force row level security;
CREATE INDEX conversation_tag_tag ON public.conversation_tag USING btree (workspace_id, tag_id, conversation_id);
create policy workspace on public.conversation_tag as permissive for all to rapport_app
  using ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid))
  with check ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid));

create table public.conversation_topic (
  workspace_id uuid not null,
  conversation_id uuid not null,
  topic_id uuid not null,
  constraint conversation_topic_pkey PRIMARY KEY (workspace_id, conversation_id, topic_id)
);
alter table public.conversation_topic enable row level security;
alter table public.conversation_topic force row level security;
CREATE INDEX conversation_topic_topic ON public.conversation_topic USING btree (workspace_id, topic_id, conversation_id);
create policy workspace on public.conversation_topic as permissive for all to rapport_app
  using ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid))
  with check ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid));

create table public.crisis (
  workspace_id uuid not null,
  crisis_id uuid not null,
  name text not null,
  topic_id uuid,
  alarm_id uuid,
  team_id uuid,
  freezes_posts boolean not null,
  freezes_automatic boolean not null,
  freezes_macros boolean not null,
  steps jsonb not null,
  declared_by uuid,
  declared_at timestamp with time zone not null,
  ended_by uuid,
  ended_at timestamp with time zone,
  lessons text default ''::text not null,
  figures jsonb,
  constraint crisis_pkey PRIMARY KEY (workspace_id, crisis_id)
);
alter table public.crisis enable row level security;
alter table public.crisis force row level security;
CREATE UNIQUE INDEX crisis_open ON public.crisis USING btree (workspace_id, topic_id) NULLS NOT DISTINCT WHERE (ended_at IS NULL);
create policy workspace on public.crisis as permissive for all to rapport_app
  using ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid))
  with check ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid));

create table public.crisis_entry (
  workspace_id uuid not null,
  entry_id uuid not null,
  crisis_id uuid not null,
  kind text not null,
  text text not null,
  written_by uuid,
  written_at timestamp with time zone not null,
  constraint crisis_entry_pkey PRIMARY KEY (workspace_id, entry_id),
  constraint crisis_entry_kind_check CHECK ((kind = ANY (ARRAY['decision'::text, 'fact'::text, 'note'::text])))
);
alter table public.crisis_entry enable row level security;
alter table public.crisis_entry force row level security;
CREATE INDEX crisis_entry_crisis ON public.crisis_entry USING btree (workspace_id, crisis_id, written_at);
create policy workspace on public.crisis_entry as permissive for all to rapport_app
  using ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid))
  with check ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid));

create table public.crisis_proposal (
  workspace_id uuid not null,
  proposal_id uuid not null,
  alarm_id uuid,
  conversation_id uuid,
  rule_id uuid,
  topic_id uuid,
  proposed_at timestamp with time zone not null,
  state text default 'open'::text not null,
  reason text default ''::text not null,
  settled_by uuid,
  settled_at timestamp with time zone,
  constraint crisis_proposal_pkey PRIMARY KEY (workspace_id, proposal_id),
  constraint crisis_proposal_check CHECK ((((alarm_id IS NULL) <> (conversation_id IS NULL)) AND ((conversation_id IS NULL) = (rule_id IS NULL)))),
  constraint crisis_proposal_state_check CHECK ((state = ANY (ARRAY['open'::text, 'declared'::text, 'dismissed'::text, 'ended'::text])))
);
alter table public.crisis_proposal enable row level security;
alter table public.crisis_proposal force row level security;
CREATE UNIQUE INDEX crisis_proposal_alarm ON public.crisis_proposal USING btree (workspace_id, alarm_id) WHERE (alarm_id IS NOT NULL);
CREATE INDEX crisis_proposal_conversation ON public.crisis_proposal USING btree (workspace_id, conversation_id) WHERE (conversation_id IS NOT NULL);
CREATE UNIQUE INDEX crisis_proposal_open ON public.crisis_proposal USING btree (workspace_id, topic_id) NULLS NOT DISTINCT WHERE (state = 'open'::text);
CREATE INDEX crisis_proposal_rule ON public.crisis_proposal USING btree (workspace_id, rule_id, settled_at) WHERE (rule_id IS NOT NULL);
create policy workspace on public.crisis_proposal as permissive for all to rapport_app
  using ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid))
  with check ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid));

create table public.crisis_release (
  workspace_id uuid not null,
  crisis_id uuid not null,
  what text not null,
  frozen_id uuid not null,
  reason text not null,
  released_by uuid,
  released_at timestamp with time zone not null,
  constraint crisis_release_pkey PRIMARY KEY (workspace_id, crisis_id, what, frozen_id),
  constraint crisis_release_what_check CHECK ((what = ANY (ARRAY['delivery'::text, 'macro'::text])))
);
alter table public.crisis_release enable row level security;
alter table public.crisis_release force row level security;
create policy workspace on public.crisis_release as permissive for all to rapport_app
  using ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid))
  with check ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid));

create table public.customer_session (
  workspace_id uuid not null,
  customer_session_id uuid not null,
  token_hash text not null,
  person_id uuid,
  proof_invitation_id uuid,
  began_at timestamp with time zone not null,
  used_at timestamp with time zone not null,
  expires_at timestamp with time zone not null,
  ended_at timestamp with time zone,
  constraint customer_session_pkey PRIMARY KEY (workspace_id, customer_session_id)
);
alter table public.customer_session enable row level security;
alter table public.customer_session force row level security;
CREATE INDEX customer_session_expired ON public.customer_session USING btree (workspace_id, expires_at);
CREATE UNIQUE INDEX customer_session_token ON public.customer_session USING btree (workspace_id, token_hash);
create policy workspace on public.customer_session as permissive for all to rapport_app
  using ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid))
  with check ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid));

create table public.daily_count (
  workspace_id uuid not null,
  day date not null,
  topic_id uuid not null,
  network text not null,
  language text not null,
  posts bigint not null,
  authors bigint not null,
  constraint daily_count_pkey PRIMARY KEY (workspace_id, day, topic_id, network, language)
);
alter table public.daily_count enable row level security;
alter table public.daily_count force row level security;
create policy workspace on public.daily_count as permissive for all to rapport_app
  using ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid))
  with check ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid));

create table public.daily_seal (
  workspace_id uuid not null,
  day date not null,
  sealed_until timestamp with time zone not null,
  constraint daily_seal_pkey PRIMARY KEY (workspace_id, day)
);
alter table public.daily_seal enable row level security;
alter table public.daily_seal force row level security;
create policy workspace on public.daily_seal as permissive for all to rapport_app
  using ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid))
  with check ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid));

create table public.delivery (
  workspace_id uuid not null,
  delivery_id uuid not null,
  source_id uuid not null,
  network text not null,
  reply_to_post_id uuid,
  text text not null,
  language text,
  attachments jsonb default '[]'::jsonb not null,
  network_key text not null,
  created_at timestamp(3) with time zone default clock_timestamp() not null,
  created_by_kind text not null,
  created_by uuid,
  state text default 'queued'::text not null,
  payload jsonb,
  frozen_at timestamp with time zone,
  undo_until timestamp with time zone,
  due_at timestamp with time zone,
  lease_until timestamp with time zone,
  lease_token uuid,
  attempts integer default 0 not null,
  troubled_since timestamp with time zone,
  doubted boolean default false not null,
  needs_decision boolean default false not null,
  failure text,
  failure_detail text,
  sent_at timestamp with time zone,
  external_id text,
  reference text,
  url text,
  post_id uuid,
  removed_at timestamp with time zone,
  removed_because text,
  judgement_id uuid,
  judgement_clears boolean generated always as (true) stored not null,
  before_policy boolean default false not null,
  visibility text default 'public'::text not null,
  recipient_author_id uuid,
  title text,
  constraint delivery_pkey PRIMARY KEY (workspace_id, delivery_id),
  constraint delivery_workspace_id_source_id_network_key_key UNIQUE (workspace_id, source_id, network_key),
  constraint delivery_created_by_kind_check CHECK ((created_by_kind = ANY (ARRAY['member'::text, 'rule'::text, 'bot'::text, 'system'::text]))),
  constraint delivery_is_judged CHECK (((judgement_id IS NOT NULL) OR before_policy)),
  constraint delivery_state_check CHECK ((state = ANY (ARRAY['queued'::text, 'sending'::text, 'sent'::text, 'refused'::text, 'unknown'::text, 'cancelled'::text]))),
  constraint delivery_visibility_check CHECK ((visibility = ANY (ARRAY['public'::text, 'private'::text])))
);
alter table public.delivery enable row level security;
alter table public.delivery force row level security;
CREATE INDEX delivery_due ON public.delivery USING btree (due_at) WHERE (due_at IS NOT NULL);
CREATE INDEX delivery_external ON public.delivery USING btree (workspace_id, network, external_id) WHERE (external_id IS NOT NULL);
CREATE UNIQUE INDEX delivery_judgement ON public.delivery USING btree (workspace_id, judgement_id) WHERE (judgement_id IS NOT NULL);
CREATE INDEX delivery_newest ON public.delivery USING btree (workspace_id, created_at DESC, delivery_id DESC);
CREATE INDEX delivery_post ON public.delivery USING btree (workspace_id, post_id) WHERE (post_id IS NOT NULL);
CREATE INDEX delivery_state ON public.delivery USING btree (workspace_id, state, created_at DESC, delivery_id DESC);
CREATE INDEX delivery_unheard ON public.delivery USING btree (workspace_id, network, created_at) WHERE (post_id IS NULL);
create policy private on public.delivery as restrictive for all to rapport_app
  using (((visibility = 'public'::text) OR (( SELECT current_setting('app.private_posts'::text, true) AS current_setting) IS DISTINCT FROM 'hidden'::text)));
create policy source on public.delivery as restrictive for all to rapport_app
  using ((((source_id IS NULL) OR (source_id <> ALL (( SELECT system.closed_sources('inbox'::text) AS closed_sources)::uuid[]))) AND ((( SELECT system.only_sources('inbox'::text) AS only_sources) IS NULL) OR (source_id = ANY (( SELECT system.only_sources('inbox'::text) AS only_sources)::uuid[])))));
create policy system_due on public.delivery as permissive for all to rapport_system
  using (true);
create policy workspace on public.delivery as permissive for all to rapport_app
  using ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid))
  with check ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid));

create table public.draft (
  workspace_id uuid not null,
  conversation_id uuid not null,
  member_id uuid not null,
  text text not null,
  against_version bigint not null,
  attachments uuid[] default '{}'::uuid[] not null,
  saved_at timestamp with time zone default now() not null,
  visibility text default 'public'::text not null,
  macro_id uuid,
  constraint draft_pkey PRIMARY KEY (workspace_id, conversation_id, member_id),
  constraint draft_visibility_check CHECK ((visibility = ANY (ARRAY['public'::text, 'private'::text])))
);
alter table public.draft enable row level security;
alter table public.draft force row level security;
CREATE INDEX draft_macro ON public.draft USING btree (workspace_id, macro_id) WHERE (macro_id IS NOT NULL);
create policy workspace on public.draft as permissive for all to rapport_app
  using ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid))
  with check ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid));

create table public.drafting_model (
  workspace_id uuid not null,
  switched_on boolean default false not null,
  address text default ''::text not null,
  model text default ''::text not null,
  api_key text,
  instruction text default ''::text not null,
  changed_by uuid,
  changed_at timestamp(3) with time zone default now() not null,
  constraint drafting_model_pkey PRIMARY KEY (workspace_id)
);
alter table public.drafting_model enable row level security;
alter table public.drafting_model force row level security;
create policy workspace on public.drafting_model as permissive for all to rapport_app
  using ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid))
  with check ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid));

create table public.drill (
  workspace_id uuid not null,
  drill_id uuid not null,
  storm text not null,
  size text not null,
  minutes integer not null,
  languages text[] not null,
  state text default 'preparing'::text not null,
  member_ids uuid[] not null,
  sandbox_id uuid,
  told integer default 0 not null,
  planned integer not null,
  created_by uuid,
  created_at timestamp with time zone not null,
  begun_at timestamp with time zone,
  ended_at timestamp with time zone,
  keep_days integer not null,
  kept_until timestamp with time zone,
  failure text,
  lessons text default ''::text not null,
  card jsonb,
  lease_until timestamp with time zone,
  constraint drill_pkey PRIMARY KEY (workspace_id, drill_id),
  constraint drill_state_check CHECK ((state = ANY (ARRAY['preparing'::text, 'running'::text, 'ending'::text, 'over'::text, 'failed'::text])))
);
alter table public.drill enable row level security;
alter table public.drill force row level security;
CREATE INDEX drill_due ON public.drill USING btree (lease_until NULLS FIRST) WHERE (state = ANY (ARRAY['preparing'::text, 'running'::text, 'ending'::text]));
CREATE INDEX drill_newest ON public.drill USING btree (workspace_id, created_at DESC, drill_id DESC);
CREATE UNIQUE INDEX drill_running ON public.drill USING btree (workspace_id) WHERE (state = ANY (ARRAY['preparing'::text, 'running'::text, 'ending'::text]));
create policy system_due on public.drill as permissive for all to rapport_system
  using (true);
create policy workspace on public.drill as permissive for all to rapport_app
  using ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid))
  with check ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid));

create table public.drill_post (
  workspace_id uuid not null,
  drill_id uuid not null,
  external_id text not null,
  part text not null,
  handle text not null,
  text text not null,
  said_at timestamp with time zone not null,
  constraint drill_post_pkey PRIMARY KEY (workspace_id, drill_id, external_id),
  constraint drill_post_part_check CHECK ((part = ANY (ARRAY['must'::text, 'troll'::text, 'crowd'::text])))
);
alter table public.drill_post enable row level security;
alter table public.drill_post force row level security;
create policy workspace on public.drill_post as permissive for all to rapport_app
  using ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid))
  with check ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid));

create table public.erasure (
  workspace_id uuid not null,
  erasure_id uuid not null,
  person_id uuid,
  request_id uuid,
  via text not null,
  state text not null,
  author_ids uuid[] not null,
  person_ids uuid[] not null,
  steps_done text[] default '{}'::text[] not null,
  report jsonb default '{}'::jsonb not null,
  attempts integer default 0 not null,
  failure text,
  lease_until timestamp with time zone,
  requested_at timestamp with time zone not null,
  requested_by_kind text not null,
  requested_by uuid,
  finished_at timestamp with time zone,
  constraint erasure_pkey PRIMARY KEY (workspace_id, erasure_id),
  constraint erasure_state_check CHECK ((state = ANY (ARRAY['waiting'::text, 'running'::text, 'done'::text]))),
  constraint erasure_via_check CHECK ((via = ANY (ARRAY['screen'::text, 'portal'::text, 'manifest'::text])))
);
alter table public.erasure enable row level security;
alter table public.erasure force row level security;
CREATE INDEX erasure_newest ON public.erasure USING btree (workspace_id, requested_at DESC, erasure_id DESC);
CREATE INDEX erasure_person ON public.erasure USING btree (workspace_id, person_id);
CREATE INDEX erasure_waiting ON public.erasure USING btree (requested_at) WHERE (state <> 'done'::text);
create policy system_due on public.erasure as permissive for select to rapport_system
  using (true);
create policy workspace on public.erasure as permissive for all to rapport_app
  using ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid))
  with check ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid));

create table public.event (
  workspace_id uuid not null,
  "position" bigint not null,
  event_id uuid not null,
  at timestamp with time zone not null,
  type text not null,
  actor_kind text not null,
  actor_id uuid,
  subjects jsonb default '{}'::jsonb not null,
  codes jsonb default '{}'::jsonb not null,
  conversation_id text generated always as ((subjects ->> 'conversationId'::text)) stored,
  constraint event_pkey PRIMARY KEY (workspace_id, "position"),
  constraint event_actor_kind_check CHECK ((actor_kind = ANY (ARRAY['member'::text, 'rule'::text, 'bot'::text, 'system'::text, 'customer'::text])))
);
alter table public.event enable row level security;
alter table public.event force row level security;
CREATE INDEX event_actor ON public.event USING btree (workspace_id, actor_id, "position");
CREATE INDEX event_conversation ON public.event USING btree (workspace_id, conversation_id, "position") WHERE (conversation_id IS NOT NULL);
CREATE UNIQUE INDEX event_id ON public.event USING btree (workspace_id, event_id);
CREATE INDEX event_turn ON public.event USING btree (workspace_id, conversation_id, at DESC, "position" DESC) WHERE (type = ANY (ARRAY['conversation.opened'::text, 'conversation.closed'::text, 'conversation.reopened'::text]));
CREATE INDEX event_type ON public.event USING btree (workspace_id, type, "position");
create policy eraser on public.event as permissive for all to rapport_eraser
  using ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid));
create policy sandbox on public.event as permissive for all to rapport_eraser
  using ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid));
create policy workspace on public.event as permissive for all to rapport_app
  using ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid))
  with check ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid));

create table public.event_content (
  workspace_id uuid not null,
  event_id uuid not null,
  content jsonb not null,
  constraint event_content_pkey PRIMARY KEY (workspace_id, event_id)
);
alter table public.event_content enable row level security;
alter table public.event_content force row level security;
create policy eraser on public.event_content as permissive for all to rapport_eraser
  using ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid));
create policy workspace on public.event_content as permissive for all to rapport_app
  using ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid))
  with check ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid));

create table public.event_counter (
  workspace_id uuid not null,
  "position" bigint default 0 not null,
  constraint event_counter_pkey PRIMARY KEY (workspace_id)
);
alter table public.event_counter enable row level security;
alter table public.event_counter force row level security;
create policy system_read on public.event_counter as permissive for select to rapport_system
  using (true);
create policy workspace on public.event_counter as permissive for all to rapport_app
  using ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid))
  with check ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid));

create table public.event_subject (
  workspace_id uuid not null,
  subject_id uuid not null,
  "position" bigint not null,
  constraint event_subject_pkey PRIMARY KEY (workspace_id, subject_id, "position")
);
alter table public.event_subject enable row level security;
alter table public.event_subject force row level security;
create policy eraser on public.event_subject as permissive for all to rapport_eraser
  using ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid));
create policy sandbox on public.event_subject as permissive for all to rapport_eraser
  using ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid));
create policy workspace on public.event_subject as permissive for all to rapport_app
  using ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid))
  with check ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid));

create table public.finding_report (
  workspace_id uuid not null,
  said_hash text not null,
  check_id text not null,
  code text not null,
  policy_version integer not null,
  reported_at timestamp with time zone default now() not null,
  constraint finding_report_pkey PRIMARY KEY (workspace_id, check_id, said_hash, code)
);
alter table public.finding_report enable row level security;
alter table public.finding_report force row level security;
create policy workspace on public.finding_report as permissive for all to rapport_app
  using ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid))
  with check ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid));

create table public.finding_review (
  workspace_id uuid not null,
  post_id uuid not null,
  check_id text not null,
  wrong boolean not null,
  reviewed_at timestamp with time zone default now() not null,
  constraint finding_review_pkey PRIMARY KEY (workspace_id, check_id, post_id)
);
alter table public.finding_review enable row level security;
alter table public.finding_review force row level security;
CREATE INDEX finding_review_post ON public.finding_review USING btree (workspace_id, post_id);
create policy workspace on public.finding_review as permissive for all to rapport_app
  using ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid))
  with check ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid));

create table public.goal (
  workspace_id uuid not null,
  goal_id uuid not null,
  name text not null,
  reason text default ''::text not null,
  figure text,
  direction text,
  target double precision,
  due_on date,
  state text default 'open'::text not null,
  created_at timestamp with time zone default now() not null,
  constraint goal_pkey PRIMARY KEY (workspace_id, goal_id),
  constraint goal_check CHECK ((((figure IS NULL) = (direction IS NULL)) AND ((figure IS NULL) = (target IS NULL)))),
  constraint goal_direction_check CHECK ((direction = ANY (ARRAY['at-least'::text, 'at-most'::text]))),
  constraint goal_state_check CHECK ((state = ANY (ARRAY['open'::text, 'reached'::text, 'dropped'::text])))
);
alter table public.goal enable row level security;
alter table public.goal force row level security;
create policy workspace on public.goal as permissive for all to rapport_app
  using ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid))
  with check ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid));

create table public.graph_operation (
  workspace_id uuid not null,
  operation_id uuid not null,
  "position" bigint generated by default as identity not null,
  kind text not null,
  done_at timestamp with time zone not null,
  done_by_kind text not null,
  done_by uuid,
  undone_at timestamp with time zone,
  undone_by_kind text,
  undone_by uuid,
  undone_because text,
  constraint graph_operation_pkey PRIMARY KEY (workspace_id, operation_id),
  constraint graph_operation_kind_check CHECK ((kind = ANY (ARRAY['begin'::text, 'link'::text, 'cut'::text, 'move'::text, 'split'::text, 'merge'::text, 'field'::text])))
);
alter table public.graph_operation enable row level security;
alter table public.graph_operation force row level security;
CREATE INDEX graph_operation_position ON public.graph_operation USING btree (workspace_id, "position");
create policy workspace on public.graph_operation as permissive for all to rapport_app
  using ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid))
  with check ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid));

create table public.graph_operation_person (
  workspace_id uuid not null,
  person_id uuid not null,
  operation_id uuid not null,
  constraint graph_operation_person_pkey PRIMARY KEY (workspace_id, person_id, operation_id)
);
alter table public.graph_operation_person enable row level security;
alter table public.graph_operation_person force row level security;
create policy workspace on public.graph_operation_person as permissive for all to rapport_app
  using ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid))
  with check ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid));

create table public.graph_request (
  workspace_id uuid not null,
  request_key text not null,
  asked text not null,
  result jsonb not null,
  done_at timestamp with time zone not null,
  constraint graph_request_pkey PRIMARY KEY (workspace_id, request_key)
);
alter table public.graph_request enable row level security;
alter table public.graph_request force row level security;
CREATE INDEX graph_request_done ON public.graph_request USING btree (workspace_id, done_at);
create policy workspace on public.graph_request as permissive for all to rapport_app
  using ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid))
  with check ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid));

create table public.guideline (
  workspace_id uuid not null,
  guideline_id uuid not null,
  for_speakers boolean default true not null,
  created_at timestamp with time zone default now() not null,
  retired_at timestamp with time zone,
  constraint guideline_pkey PRIMARY KEY (workspace_id, guideline_id)
);
alter table public.guideline enable row level security;
alter table public.guideline force row level security;
create policy workspace on public.guideline as permissive for all to rapport_app
  using ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid))
  with check ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid));

create table public.guideline_reminder (
  workspace_id uuid not null,
  member_id uuid not null,
  about_id uuid not null,
  news text not null,
  mark text not null,
  told_at timestamp with time zone default now() not null,
  constraint guideline_reminder_pkey PRIMARY KEY (workspace_id, member_id, about_id, news),
  constraint guideline_reminder_news_check CHECK ((news = ANY (ARRAY['asked'::text, 'renew'::text, 'due-soon'::text, 'overdue'::text])))
);
alter table public.guideline_reminder enable row level security;
alter table public.guideline_reminder force row level security;
create policy workspace on public.guideline_reminder as permissive for all to rapport_app
  using ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid))
  with check ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid));

create table public.guideline_role (
  workspace_id uuid not null,
  guideline_id uuid not null,
  role text,
  role_id uuid,
  constraint guideline_role_workspace_id_guideline_id_role_role_id_key UNIQUE NULLS NOT DISTINCT (workspace_id, guideline_id, role, role_id),
  constraint guideline_role_check CHECK (((role IS NULL) <> (role_id IS NULL))),
  constraint guideline_role_role_check CHECK ((role = ANY (ARRAY['owner'::text, 'admin'::text, 'lead'::text, 'agent'::text, 'viewer'::text])))
);
alter table public.guideline_role enable row level security;
alter table public.guideline_role force row level security;
CREATE INDEX guideline_role_role ON public.guideline_role USING btree (workspace_id, role_id) WHERE (role_id IS NOT NULL);
create policy workspace on public.guideline_role as permissive for all to rapport_app
  using ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid))
  with check ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid));

create table public.guideline_setting (
  workspace_id uuid not null,
  gate boolean default false not null,
  gate_since timestamp with time zone,
  grace_days integer default 14 not null,
  constraint guideline_setting_pkey PRIMARY KEY (workspace_id),
  constraint guideline_setting_grace_days_check CHECK (((grace_days >= 0) AND (grace_days <= 365)))
);
alter table public.guideline_setting enable row level security;
alter table public.guideline_setting force row level security;
create policy workspace on public.guideline_setting as permissive for all to rapport_app
  using ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid))
  with check ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid));

create table public.guideline_version (
  workspace_id uuid not null,
  guideline_id uuid not null,
  version integer not null,
  texts jsonb not null,
  valid_from timestamp with time zone not null,
  asks_again boolean not null,
  published_at timestamp with time zone default now() not null,
  constraint guideline_version_pkey PRIMARY KEY (workspace_id, guideline_id, version)
);
alter table public.guideline_version enable row level security;
alter table public.guideline_version force row level security;
create policy workspace on public.guideline_version as permissive for all to rapport_app
  using ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid))
  with check ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid));

create table public.handover (
  workspace_id uuid not null,
  handover_id uuid not null,
  conversation_id uuid not null,
  source_id uuid not null,
  code text not null,
  created_at timestamp with time zone not null,
  created_by uuid,
  expires_at timestamp with time zone not null,
  ended_at timestamp with time zone,
  constraint handover_pkey PRIMARY KEY (workspace_id, handover_id)
);
alter table public.handover enable row level security;
alter table public.handover force row level security;
CREATE UNIQUE INDEX handover_code ON public.handover USING btree (workspace_id, code);
CREATE INDEX handover_conversation ON public.handover USING btree (workspace_id, conversation_id, created_at DESC);
CREATE INDEX handover_source ON public.handover USING btree (workspace_id, source_id, created_at DESC);
create policy workspace on public.handover as permissive for all to rapport_app
  using ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid))
  with check ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid));

create table public.holding_statement (
  workspace_id uuid not null,
  statement_id uuid not null,
  version integer default 1 not null,
  name text not null,
  topic_id uuid,
  texts jsonb not null,
  state text default 'draft'::text not null,
  written_by uuid,
  approved_by uuid,
  approved_at timestamp with time zone,
  created_at timestamp with time zone default now() not null,
  removed_at timestamp with time zone,
  constraint holding_statement_pkey PRIMARY KEY (workspace_id, statement_id),
  constraint holding_statement_check CHECK (((state = 'approved'::text) = (approved_at IS NOT NULL))),
  constraint holding_statement_state_check CHECK ((state = ANY (ARRAY['draft'::text, 'waiting'::text, 'approved'::text])))
);
alter table public.holding_statement enable row level security;
alter table public.holding_statement force row level security;
create policy workspace on public.holding_statement as permissive for all to rapport_app
  using ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid))
  with check ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid));

create table public.identity_due (
  workspace_id uuid not null,
  due_id bigint generated always as identity not null,
  author_id uuid not null,
  constraint identity_due_pkey PRIMARY KEY (workspace_id, due_id)
);
alter table public.identity_due enable row level security;
alter table public.identity_due force row level security;
CREATE INDEX identity_due_author ON public.identity_due USING btree (workspace_id, author_id);
create policy workspace on public.identity_due as permissive for all to rapport_app
  using ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid))
  with check ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid));

create table public.identity_key (
  workspace_id uuid not null,
  key bigint not null,
  author_id uuid not null,
  constraint identity_key_pkey PRIMARY KEY (workspace_id, key, author_id)
);
alter table public.identity_key enable row level security;
alter table public.identity_key force row level security;
CREATE INDEX identity_key_author ON public.identity_key USING btree (workspace_id, author_id);
create policy workspace on public.identity_key as permissive for all to rapport_app
  using ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid))
  with check ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid));

create table public.impersonation (
  workspace_id uuid not null,
  author_id uuid not null,
  own_author_id uuid not null,
  strength real not null,
  reasons jsonb not null,
  picture text not null,
  state text default 'open'::text not null,
  decided_on jsonb,
  decided_because text,
  decided_by uuid,
  decided_at timestamp with time zone,
  found_at timestamp with time zone not null,
  constraint impersonation_pkey PRIMARY KEY (workspace_id, author_id),
  constraint impersonation_picture_check CHECK ((picture = ANY (ARRAY['compared'::text, 'none'::text, 'unreachable'::text, 'unreadable'::text]))),
  constraint impersonation_state_check CHECK ((state = ANY (ARRAY['open'::text, 'dismissed'::text, 'confirmed'::text])))
);
alter table public.impersonation enable row level security;
alter table public.impersonation force row level security;
CREATE INDEX impersonation_list ON public.impersonation USING btree (workspace_id, state, found_at DESC, author_id DESC);
CREATE INDEX impersonation_own ON public.impersonation USING btree (workspace_id, own_author_id);
create policy workspace on public.impersonation as permissive for all to rapport_app
  using ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid))
  with check ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid));

create table public.impersonation_walk (
  workspace_id uuid not null,
  compared_with text not null,
  heard_until timestamp with time zone not null,
  after_author_id uuid not null,
  constraint impersonation_walk_pkey PRIMARY KEY (workspace_id)
);
alter table public.impersonation_walk enable row level security;
alter table public.impersonation_walk force row level security;
create policy workspace on public.impersonation_walk as permissive for all to rapport_app
  using ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid))
  with check ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid));

create table public.import (
  workspace_id uuid not null,
  import_id uuid not null,
  file_name text not null,
  file_path text not null,
  file_bytes bigint not null,
  file_hash text not null,
  settings jsonb default '{}'::jsonb not null,
  state text default 'uploaded'::text not null,
  failure jsonb,
  "position" jsonb,
  rows bigint default 0 not null,
  posts bigint default 0 not null,
  duplicates bigint default 0 not null,
  rejected bigint default 0 not null,
  authors bigint default 0 not null,
  bytes_read bigint default 0 not null,
  cancel_requested boolean default false not null,
  created_by uuid,
  created_at timestamp with time zone default now() not null,
  finished_at timestamp with time zone,
  lease_until timestamp with time zone,
  started_at timestamp with time zone,
  kind text default 'posts'::text not null,
  rehearsed boolean default false not null,
  counts jsonb default '{}'::jsonb not null,
  rehearsal jsonb,
  constraint import_pkey PRIMARY KEY (workspace_id, import_id),
  constraint import_kind_check CHECK ((kind = ANY (ARRAY['posts'::text, 'contacts'::text, 'purchases'::text]))),
  constraint import_state_check CHECK ((state = ANY (ARRAY['uploaded'::text, 'running'::text, 'done'::text, 'cancelled'::text, 'failed'::text])))
);
alter table public.import enable row level security;
alter table public.import force row level security;
CREATE INDEX import_newest ON public.import USING btree (workspace_id, kind, created_at DESC, import_id DESC);
CREATE INDEX import_running ON public.import USING btree (lease_until) WHERE (state = 'running'::text);
create policy system_due on public.import as permissive for all to rapport_system
  using (true);
create policy workspace on public.import as permissive for all to rapport_app
  using ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid))
  with check ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid));

create table public.import_mapping (
  workspace_id uuid not null,
  mapping_id uuid not null,
  kind text not null,
  name text not null,
  settings jsonb not null,
  saved_at timestamp with time zone not null,
  constraint import_mapping_pkey PRIMARY KEY (workspace_id, mapping_id),
  constraint import_mapping_workspace_id_kind_name_key UNIQUE (workspace_id, kind, name),
  constraint import_mapping_kind_check CHECK ((kind = ANY (ARRAY['contacts'::text, 'purchases'::text]))),
  constraint import_mapping_name_check CHECK (((length(name) >= 1) AND (length(name) <= 100)))
);
alter table public.import_mapping enable row level security;
alter table public.import_mapping force row level security;
create policy workspace on public.import_mapping as permissive for all to rapport_app
  using ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid))
  with check ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid));

create table public.import_rejection (
  workspace_id uuid not null,
  import_id uuid not null,
  line bigint not null,
  code text not null,
  params jsonb default '{}'::jsonb not null,
  message text default ''::text not null,
  "column" text,
  raw text default ''::text not null,
  constraint import_rejection_pkey PRIMARY KEY (workspace_id, import_id, line)
);
alter table public.import_rejection enable row level security;
alter table public.import_rejection force row level security;
create policy workspace on public.import_rejection as permissive for all to rapport_app
  using ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid))
  with check ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid));

create table public.inference_policy (
  workspace_id uuid not null,
  mode text not null,
  proof_level text,
  heard_too boolean default false not null,
  changed_at timestamp with time zone not null,
  constraint inference_policy_pkey PRIMARY KEY (workspace_id),
  constraint inference_policy_check CHECK (((mode = 'automatic'::text) = (proof_level IS NOT NULL))),
  constraint inference_policy_mode_check CHECK ((mode = ANY (ARRAY['none'::text, 'suggest'::text, 'automatic'::text]))),
  constraint inference_policy_proof_level_check CHECK ((proof_level = ANY (ARRAY['proved'::text, 'mutual'::text, 'named'::text])))
);
alter table public.inference_policy enable row level security;
alter table public.inference_policy force row level security;
create policy workspace on public.inference_policy as permissive for all to rapport_app
  using ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid))
  with check ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid));

create table public.invitation (
  workspace_id uuid not null,
  invitation_id uuid not null,
  token_hash text not null,
  email text,
  role text,
  invited_by uuid not null,
  created_at timestamp with time zone default now() not null,
  expires_at timestamp with time zone not null,
  accepted_at timestamp with time zone,
  accepted_by uuid,
  revoked_at timestamp with time zone,
  role_id uuid,
  constraint invitation_pkey PRIMARY KEY (workspace_id, invitation_id),
  constraint invitation_one_role CHECK (((role IS NULL) <> (role_id IS NULL))),
  constraint invitation_role_check CHECK ((role = ANY (ARRAY['admin'::text, 'lead'::text, 'agent'::text, 'viewer'::text])))
);
alter table public.invitation enable row level security;
alter table public.invitation force row level security;
CREATE INDEX invitation_role ON public.invitation USING btree (workspace_id, role_id) WHERE (role_id IS NOT NULL);
CREATE UNIQUE INDEX invitation_token ON public.invitation USING btree (token_hash);
create policy system_read on public.invitation as permissive for select to rapport_system
  using (true);
create policy workspace on public.invitation as permissive for all to rapport_app
  using ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid))
  with check ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid));

create table public.judgement (
  workspace_id uuid not null,
  judgement_id uuid not null,
  policy_version integer not null,
  source_id uuid not null,
  kind text not null,
  origin text not null,
  verdict text not null,
  findings jsonb not null,
  said_hash text not null,
  clearance text,
  clears boolean generated always as (((verdict = 'send'::text) OR (clearance IS NOT NULL))) stored not null,
  judged_at timestamp with time zone default now() not null,
  constraint judgement_pkey PRIMARY KEY (workspace_id, judgement_id),
  constraint judgement_workspace_id_judgement_id_clears_key UNIQUE (workspace_id, judgement_id, clears),
  constraint judgement_check CHECK (((clearance IS NULL) OR (verdict <> 'refuse'::text))),
  constraint judgement_check1 CHECK (((clearance IS DISTINCT FROM 'confirmed'::text) OR (verdict = ANY (ARRAY['send'::text, 'confirm'::text])))),
  constraint judgement_clearance_check CHECK ((clearance = ANY (ARRAY['confirmed'::text, 'approved'::text]))),
  constraint judgement_kind_check CHECK ((kind = ANY (ARRAY['reply'::text, 'post'::text, 'private'::text]))),
  constraint judgement_origin_check CHECK ((origin = ANY (ARRAY['typed'::text, 'macro'::text, 'bot'::text, 'schedule'::text]))),
  constraint judgement_verdict_check CHECK ((verdict = ANY (ARRAY['send'::text, 'confirm'::text, 'four-eyes'::text, 'refuse'::text])))
);
alter table public.judgement enable row level security;
alter table public.judgement force row level security;
create policy workspace on public.judgement as permissive for all to rapport_app
  using ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid))
  with check ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid));

create table public.layout (
  workspace_id uuid not null,
  layout_id uuid not null,
  member_id uuid,
  name text not null,
  version integer default 1 not null,
  created_at timestamp with time zone default now() not null,
  constraint layout_pkey PRIMARY KEY (workspace_id, layout_id)
);
alter table public.layout enable row level security;
alter table public.layout force row level security;
CREATE INDEX layout_member ON public.layout USING btree (workspace_id, member_id) WHERE (member_id IS NOT NULL);
create policy workspace on public.layout as permissive for all to rapport_app
  using ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid))
  with check ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid));

create table public.layout_column (
  workspace_id uuid not null,
  column_id uuid not null,
  layout_id uuid not null,
  place integer not null,
  kind text not null,
  name text,
  topic_id uuid,
  person_id uuid,
  query text,
  filters jsonb default '{}'::jsonb not null,
  ordered_by text not null,
  constraint layout_column_pkey PRIMARY KEY (workspace_id, column_id),
  constraint layout_column_check CHECK (((kind = 'topic'::text) = (topic_id IS NOT NULL))),
  constraint layout_column_check1 CHECK (((kind = 'person'::text) = (person_id IS NOT NULL))),
  constraint layout_column_check2 CHECK (((kind = 'search'::text) = (query IS NOT NULL))),
  constraint layout_column_kind_check CHECK ((kind = ANY (ARRAY['topic'::text, 'search'::text, 'mentions'::text, 'person'::text, 'queue'::text, 'approvals'::text]))),
  constraint layout_column_ordered_by_check CHECK ((ordered_by = ANY (ARRAY['newest'::text, 'useful'::text, 'oldest'::text, 'waiting'::text, 'negative'::text, 'due'::text])))
);
alter table public.layout_column enable row level security;
alter table public.layout_column force row level security;
CREATE INDEX layout_column_layout ON public.layout_column USING btree (workspace_id, layout_id, place);
CREATE INDEX layout_column_person ON public.layout_column USING btree (workspace_id, person_id) WHERE (person_id IS NOT NULL);
CREATE INDEX layout_column_topic ON public.layout_column USING btree (workspace_id, topic_id) WHERE (topic_id IS NOT NULL);
create policy workspace on public.layout_column as permissive for all to rapport_app
  using ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid))
  with check ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid));

create table public.lease (
  workspace_id uuid not null,
  conversation_id uuid not null,
  holder_kind text not null,
  holder_id uuid not null,
  taken_at timestamp with time zone default now() not null,
  expires_at timestamp with time zone not null,
  constraint lease_pkey PRIMARY KEY (workspace_id, conversation_id),
  constraint lease_holder_kind_check CHECK ((holder_kind = ANY (ARRAY['member'::text, 'bot'::text])))
);
alter table public.lease enable row level security;
alter table public.lease force row level security;
create policy workspace on public.lease as permissive for all to rapport_app
  using ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid))
  with check ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid));

create table public.linkage_model (
  workspace_id uuid not null,
  version integer not null,
  learned_at timestamp with time zone not null,
  learned_from text not null,
  fields_version integer not null,
  identities integer not null,
  confirmations integer not null,
  refusals integer not null,
  sealed text[] not null,
  constraint linkage_model_pkey PRIMARY KEY (workspace_id, version),
  constraint linkage_model_learned_from_check CHECK ((learned_from = ANY (ARRAY['shipped'::text, 'own-pairs'::text, 'answers'::text])))
);
alter table public.linkage_model enable row level security;
alter table public.linkage_model force row level security;
create policy workspace on public.linkage_model as permissive for all to rapport_app
  using ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid))
  with check ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid));

create table public.macro (
  workspace_id uuid not null,
  macro_id uuid not null,
  name text not null,
  text text default ''::text not null,
  actions jsonb default '[]'::jsonb not null,
  language text,
  created_by uuid,
  created_at timestamp with time zone default now() not null,
  variants jsonb default '[]'::jsonb not null,
  constraint macro_pkey PRIMARY KEY (workspace_id, macro_id),
  constraint macro_workspace_id_name_key UNIQUE (workspace_id, name)
);
alter table public.macro enable row level security;
alter table public.macro force row level security;
create policy workspace on public.macro as permissive for all to rapport_app
  using ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid))
  with check ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid));

create table public.member (
  workspace_id uuid not null,
  member_id uuid not null,
  user_id text not null,
  name text not null,
  email text not null,
  role text,
  sign_off text default ''::text not null,
  state text default 'active'::text not null,
  created_at timestamp with time zone default now() not null,
  role_id uuid,
  constraint member_pkey PRIMARY KEY (workspace_id, member_id),
  constraint member_workspace_id_user_id_key UNIQUE (workspace_id, user_id),
  constraint member_one_role CHECK (((role IS NULL) <> (role_id IS NULL))),
  constraint member_role_check CHECK ((role = ANY (ARRAY['owner'::text, 'admin'::text, 'lead'::text, 'agent'::text, 'viewer'::text]))),
  constraint member_state_check CHECK ((state = ANY (ARRAY['active'::text, 'disabled'::text])))
);
alter table public.member enable row level security;
alter table public.member force row level security;
CREATE INDEX member_role ON public.member USING btree (workspace_id, role_id) WHERE (role_id IS NOT NULL);
CREATE INDEX member_user ON public.member USING btree (user_id);
create policy eraser on public.member as permissive for all to rapport_eraser
  using ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid));
create policy system_read on public.member as permissive for select to rapport_system
  using (true);
create policy workspace on public.member as permissive for all to rapport_app
  using ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid))
  with check ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid));

create table public.member_sign_off (
  workspace_id uuid not null,
  member_id uuid not null,
  network text not null,
  sign_off text not null,
  constraint member_sign_off_pkey PRIMARY KEY (workspace_id, member_id, network)
);
alter table public.member_sign_off enable row level security;
alter table public.member_sign_off force row level security;
create policy workspace on public.member_sign_off as permissive for all to rapport_app
  using ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid))
  with check ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid));

create table public.member_skill (
  workspace_id uuid not null,
  member_id uuid not null,
  skill_id uuid not null,
  constraint member_skill_pkey PRIMARY KEY (workspace_id, member_id, skill_id)
);
alter table public.member_skill enable row level security;
alter table public.member_skill force row level security;
CREATE INDEX member_skill_skill ON public.member_skill USING btree (workspace_id, skill_id, member_id);
create policy workspace on public.member_skill as permissive for all to rapport_app
  using ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid))
  with check ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid));

create table public.member_source_role (
  workspace_id uuid not null,
  member_id uuid not null,
  source_id uuid not null,
  role text,
  role_id uuid,
  created_at timestamp with time zone default now() not null,
  constraint member_source_role_pkey PRIMARY KEY (workspace_id, member_id, source_id),
  constraint member_source_role_check CHECK (((role IS NULL) <> (role_id IS NULL))),
  constraint member_source_role_role_check CHECK ((role = ANY (ARRAY['admin'::text, 'lead'::text, 'agent'::text, 'viewer'::text, 'none'::text])))
);
alter table public.member_source_role enable row level security;
alter table public.member_source_role force row level security;
CREATE INDEX member_source_role_role ON public.member_source_role USING btree (workspace_id, role_id) WHERE (role_id IS NOT NULL);
CREATE INDEX member_source_role_source ON public.member_source_role USING btree (workspace_id, source_id);
create policy system_read on public.member_source_role as permissive for select to rapport_system
  using (true);
create policy workspace on public.member_source_role as permissive for all to rapport_app
  using ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid))
  with check ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid));

create table public.mention (
  workspace_id uuid not null,
  topic_id uuid not null,
  post_id uuid not null,
  topic_version integer not null,
  published_at timestamp with time zone not null,
  state text default 'new'::text not null,
  counted_as text,
  counted_reach bigint,
  relevance real,
  judged_as text,
  constraint mention_pkey PRIMARY KEY (workspace_id, topic_id, post_id),
  constraint mention_counted_as_check CHECK ((counted_as = ANY (ARRAY['unread'::text, 'negative'::text, 'neutral'::text, 'positive'::text]))),
  constraint mention_judged_as_check CHECK ((judged_as = ANY (ARRAY['for-us'::text, 'unsure'::text, 'not-for-us'::text]))),
  constraint mention_state_check CHECK ((state = ANY (ARRAY['new'::text, 'kept'::text, 'rejected'::text])))
);
alter table public.mention enable row level security;
alter table public.mention force row level security;
CREATE INDEX mention_aside ON public.mention USING btree (workspace_id, topic_id, published_at DESC, post_id DESC) WHERE ((state = 'rejected'::text) OR ((state = 'new'::text) AND (judged_as = 'not-for-us'::text)));
CREATE INDEX mention_post ON public.mention USING btree (workspace_id, post_id);
CREATE INDEX mention_sorted ON public.mention USING btree (workspace_id, topic_id, state, published_at DESC, post_id DESC) WHERE (state <> 'new'::text);
CREATE INDEX mention_topic ON public.mention USING btree (workspace_id, topic_id, published_at DESC, post_id DESC);
CREATE INDEX mention_useful ON public.mention USING btree (workspace_id, topic_id, relevance DESC, post_id DESC) WHERE (relevance IS NOT NULL);
create policy workspace on public.mention as permissive for all to rapport_app
  using ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid))
  with check ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid));

create table public.mention_count (
  workspace_id uuid not null,
  topic_id uuid not null,
  minute timestamp with time zone not null,
  network text not null,
  posts integer not null,
  negative integer not null,
  neutral integer not null,
  positive integer not null,
  reach bigint not null,
  hourly boolean default false not null,
  constraint mention_count_pkey PRIMARY KEY (workspace_id, topic_id, minute, network)
);
alter table public.mention_count enable row level security;
alter table public.mention_count force row level security;
CREATE INDEX mention_count_by_minute ON public.mention_count USING btree (workspace_id, minute) WHERE (NOT hourly);
create policy workspace on public.mention_count as permissive for all to rapport_app
  using ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid))
  with check ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid));

create table public.migration (
  name text not null,
  applied_at timestamp with time zone default now() not null,
  constraint migration_pkey PRIMARY KEY (name)
);

create table public.moderation (
  workspace_id uuid not null,
  moderation_id uuid not null,
  batch_id uuid not null,
  action text not null,
  source_id uuid not null,
  post_id uuid,
  author_id uuid not null,
  reason text not null,
  note text default ''::text not null,
  asked_by_kind text not null,
  asked_by uuid,
  asked_at timestamp(3) with time zone not null,
  state text not null,
  failure text,
  attempts integer default 0 not null,
  due_at timestamp with time zone,
  lease_token uuid,
  done_at timestamp with time zone,
  undone_at timestamp with time zone,
  undo_reference text,
  constraint moderation_pkey PRIMARY KEY (workspace_id, moderation_id),
  constraint moderation_action_check CHECK ((action = ANY (ARRAY['like'::text, 'hide'::text, 'delete'::text, 'block'::text, 'mute'::text, 'report'::text]))),
  constraint moderation_state_check CHECK ((state = ANY (ARRAY['queued'::text, 'doing'::text, 'done'::text, 'refused'::text, 'unknown'::text, 'undoing'::text, 'undone'::text])))
);
alter table public.moderation enable row level security;
alter table public.moderation force row level security;
CREATE INDEX moderation_author ON public.moderation USING btree (workspace_id, author_id, asked_at DESC, moderation_id DESC);
CREATE INDEX moderation_due ON public.moderation USING btree (due_at) WHERE (due_at IS NOT NULL);
CREATE INDEX moderation_newest ON public.moderation USING btree (workspace_id, asked_at DESC, moderation_id DESC);
CREATE INDEX moderation_post ON public.moderation USING btree (workspace_id, post_id, asked_at DESC) WHERE (post_id IS NOT NULL);
CREATE INDEX moderation_source ON public.moderation USING btree (workspace_id, source_id);
CREATE UNIQUE INDEX moderation_standing_author ON public.moderation USING btree (workspace_id, source_id, action, author_id) WHERE ((action = ANY (ARRAY['block'::text, 'mute'::text])) AND (state <> ALL (ARRAY['refused'::text, 'undone'::text])));
CREATE UNIQUE INDEX moderation_standing_post ON public.moderation USING btree (workspace_id, source_id, action, post_id) WHERE ((action = ANY (ARRAY['like'::text, 'hide'::text, 'delete'::text, 'report'::text])) AND (state <> ALL (ARRAY['refused'::text, 'undone'::text])));
create policy source on public.moderation as restrictive for all to rapport_app
  using ((((source_id IS NULL) OR (source_id <> ALL (( SELECT system.closed_sources('inbox'::text) AS closed_sources)::uuid[]))) AND ((( SELECT system.only_sources('inbox'::text) AS only_sources) IS NULL) OR (source_id = ANY (( SELECT system.only_sources('inbox'::text) AS only_sources)::uuid[])))));
create policy system_due on public.moderation as permissive for all to rapport_system
  using (true)
  with check (true);
create policy workspace on public.moderation as permissive for all to rapport_app
  using ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid))
  with check ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid));

create table public.moderation_policy (
  workspace_id uuid not null,
  action text not null,
  who text not null,
  constraint moderation_policy_pkey PRIMARY KEY (workspace_id, action),
  constraint moderation_policy_action_check CHECK ((action = ANY (ARRAY['like'::text, 'hide'::text, 'delete'::text, 'block'::text, 'mute'::text, 'report'::text]))),
  constraint moderation_policy_who_check CHECK ((who = ANY (ARRAY['moderators'::text, 'leads'::text, 'nobody'::text])))
);
alter table public.moderation_policy enable row level security;
alter table public.moderation_policy force row level security;
create policy workspace on public.moderation_policy as permissive for all to rapport_app
  using ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid))
  with check ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid));

create table public.name_word_key (
  workspace_id uuid not null,
  key text collate "C" not null,
  word text collate "C" not null,
  constraint name_word_key_pkey PRIMARY KEY (workspace_id, key, word)
);
alter table public.name_word_key enable row level security;
alter table public.name_word_key force row level security;
CREATE INDEX name_word_key_word ON public.name_word_key USING btree (workspace_id, word);
create policy workspace on public.name_word_key as permissive for all to rapport_app
  using ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid))
  with check ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid));

create table public.network_price (
  workspace_id uuid not null,
  network text not null,
  currency text not null,
  request_micros bigint default 0 not null,
  post_micros bigint default 0 not null,
  month_micros bigint default 0 not null,
  constraint network_price_pkey PRIMARY KEY (workspace_id, network),
  constraint network_price_currency_check CHECK ((currency ~ '^[A-Z]{3}$'::text)),
  constraint network_price_month_micros_check CHECK ((month_micros >= 0)),
  constraint network_price_post_micros_check CHECK ((post_micros >= 0)),
  constraint network_price_request_micros_check CHECK ((request_micros >= 0))
);
alter table public.network_price enable row level security;
alter table public.network_price force row level security;
create policy workspace on public.network_price as permissive for all to rapport_app
  using ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid))
  with check ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid));

create table public.note (
  workspace_id uuid not null,
  note_id uuid not null,
  conversation_id uuid not null,
  member_id uuid not null,
  text text not null,
  mentions uuid[] default '{}'::uuid[] not null,
  created_at timestamp with time zone default now() not null,
  edited_at timestamp with time zone,
  deleted_at timestamp with time zone,
  constraint note_pkey PRIMARY KEY (workspace_id, note_id)
);
alter table public.note enable row level security;
alter table public.note force row level security;
CREATE INDEX note_conversation ON public.note USING btree (workspace_id, conversation_id, created_at);
create policy workspace on public.note as permissive for all to rapport_app
  using ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid))
  with check ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid));

create table public.notification (
  workspace_id uuid not null,
  notification_id uuid not null,
  member_id uuid not null,
  kind text not null,
  times integer default 1 not null,
  at timestamp(3) with time zone default clock_timestamp() not null,
  read_at timestamp with time zone,
  mail_due_at timestamp with time zone,
  mailed_at timestamp with time zone,
  in_app boolean default true not null,
  subject_kind text not null,
  subject_id uuid not null,
  news text,
  gathered_by text not null,
  push_due_at timestamp with time zone,
  pushed_at timestamp with time zone,
  conversation_id uuid generated always as (
CASE
    WHEN (subject_kind = 'conversation'::text) THEN subject_id
    ELSE NULL::uuid
END) stored,
  alarm_id uuid generated always as (
CASE
    WHEN (subject_kind = 'alarm'::text) THEN subject_id
    ELSE NULL::uuid
END) stored,
  proof_question_id uuid generated always as (
CASE
    WHEN (subject_kind = 'proof-question'::text) THEN subject_id
    ELSE NULL::uuid
END) stored,
  constraint notification_pkey PRIMARY KEY (workspace_id, notification_id)
);
alter table public.notification enable row level security;
alter table public.notification force row level security;
CREATE INDEX notification_mail ON public.notification USING btree (mail_due_at) WHERE (mail_due_at IS NOT NULL);
CREATE INDEX notification_member ON public.notification USING btree (workspace_id, member_id, at DESC, notification_id DESC);
CREATE INDEX notification_of_alarm ON public.notification USING btree (workspace_id, alarm_id) WHERE (alarm_id IS NOT NULL);
CREATE INDEX notification_of_conversation ON public.notification USING btree (workspace_id, conversation_id) WHERE (conversation_id IS NOT NULL);
CREATE INDEX notification_of_question ON public.notification USING btree (workspace_id, proof_question_id) WHERE (proof_question_id IS NOT NULL);
CREATE INDEX notification_push ON public.notification USING btree (push_due_at) WHERE (push_due_at IS NOT NULL);
CREATE UNIQUE INDEX notification_unread ON public.notification USING btree (workspace_id, member_id, kind, gathered_by) WHERE (read_at IS NULL);
create policy system_due on public.notification as permissive for select to rapport_system
  using (true);
create policy workspace on public.notification as permissive for all to rapport_app
  using ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid))
  with check ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid));

create table public.notification_setting (
  workspace_id uuid not null,
  member_id uuid not null,
  kind text not null,
  in_app boolean default true not null,
  by_mail boolean default true not null,
  with_content boolean default false not null,
  by_push boolean default true not null,
  off_shift boolean default false not null,
  constraint notification_setting_pkey PRIMARY KEY (workspace_id, member_id, kind)
);
alter table public.notification_setting enable row level security;
alter table public.notification_setting force row level security;
create policy workspace on public.notification_setting as permissive for all to rapport_app
  using ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid))
  with check ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid));

create table public.objection (
  workspace_id uuid not null,
  objection_id uuid not null,
  person_id uuid,
  author_id uuid,
  kind text not null,
  reason text not null,
  channel text not null,
  objected_at timestamp with time zone not null,
  recorded_by_kind text not null,
  recorded_by uuid,
  lifted_at timestamp with time zone,
  lifted_because text,
  lifted_by_kind text,
  lifted_by uuid,
  constraint objection_pkey PRIMARY KEY (workspace_id, objection_id),
  constraint objection_check CHECK ((num_nonnulls(person_id, author_id) = 1)),
  constraint objection_kind_check CHECK ((kind = ANY (ARRAY['contact'::text, 'profiling'::text])))
);
alter table public.objection enable row level security;
alter table public.objection force row level security;
CREATE INDEX objection_author ON public.objection USING btree (workspace_id, author_id, kind) WHERE ((author_id IS NOT NULL) AND (lifted_at IS NULL));
CREATE INDEX objection_newest ON public.objection USING btree (workspace_id, objected_at DESC, objection_id DESC);
CREATE INDEX objection_person ON public.objection USING btree (workspace_id, person_id, kind) WHERE ((person_id IS NOT NULL) AND (lifted_at IS NULL));
CREATE INDEX objection_standing ON public.objection USING btree (workspace_id, kind, objected_at DESC, objection_id DESC) WHERE (lifted_at IS NULL);
create policy workspace on public.objection as permissive for all to rapport_app
  using ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid))
  with check ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid));

create table public.open_point (
  workspace_id uuid not null,
  open_point_id uuid not null,
  walk_id uuid not null,
  text text not null,
  created_at timestamp with time zone default now() not null,
  settled_at timestamp with time zone,
  constraint open_point_pkey PRIMARY KEY (workspace_id, open_point_id)
);
alter table public.open_point enable row level security;
alter table public.open_point force row level security;
CREATE INDEX open_point_walk ON public.open_point USING btree (workspace_id, walk_id);
create policy workspace on public.open_point as permissive for all to rapport_app
  using ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid))
  with check ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid));

create table public.organisation (
  workspace_id uuid not null,
  organisation_id uuid not null,
  current_id uuid not null,
  name text not null,
  name_key text not null,
  fields jsonb default '{}'::jsonb not null,
  note text default ''::text not null,
  created_at timestamp with time zone not null,
  created_by_kind text not null,
  created_by uuid,
  constraint organisation_pkey PRIMARY KEY (workspace_id, organisation_id)
);
alter table public.organisation enable row level security;
alter table public.organisation force row level security;
CREATE INDEX organisation_by_name ON public.organisation USING btree (workspace_id, name_key, organisation_id);
CREATE INDEX organisation_current ON public.organisation USING btree (workspace_id, current_id, organisation_id);
create policy workspace on public.organisation as permissive for all to rapport_app
  using ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid))
  with check ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid));

create table public.organisation_account (
  workspace_id uuid not null,
  claim_id uuid not null,
  organisation_id uuid not null,
  author_id uuid not null,
  method text not null,
  reason text default ''::text not null,
  said_at timestamp with time zone not null,
  said_by_kind text not null,
  said_by uuid,
  withdrawn_at timestamp with time zone,
  withdrawn_by_kind text,
  withdrawn_by uuid,
  withdrawn_because text,
  constraint organisation_account_pkey PRIMARY KEY (workspace_id, claim_id),
  constraint organisation_account_method_check CHECK ((method = ANY (ARRAY['customer-proved'::text, 'customer-told'::text, 'agent-confirmed'::text, 'imported'::text])))
);
alter table public.organisation_account enable row level security;
alter table public.organisation_account force row level security;
CREATE UNIQUE INDEX organisation_account_now ON public.organisation_account USING btree (workspace_id, author_id) WHERE (withdrawn_at IS NULL);
CREATE INDEX organisation_account_of ON public.organisation_account USING btree (workspace_id, organisation_id, author_id) WHERE (withdrawn_at IS NULL);
create policy workspace on public.organisation_account as permissive for all to rapport_app
  using ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid))
  with check ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid));

create table public.organisation_key (
  workspace_id uuid not null,
  organisation_id uuid not null,
  kind text not null,
  scope text default ''::text not null,
  value text not null,
  added_at timestamp with time zone not null,
  constraint organisation_key_pkey PRIMARY KEY (workspace_id, organisation_id, kind, scope, value),
  constraint organisation_key_kind_check CHECK ((kind = ANY (ARRAY['domain'::text, 'customer-number'::text])))
);
alter table public.organisation_key enable row level security;
alter table public.organisation_key force row level security;
CREATE INDEX organisation_key_value ON public.organisation_key USING btree (workspace_id, kind, scope, value, organisation_id);
create policy workspace on public.organisation_key as permissive for all to rapport_app
  using ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid))
  with check ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid));

create table public.organisation_membership (
  workspace_id uuid not null,
  membership_id uuid not null,
  organisation_id uuid not null,
  person_id uuid,
  author_id uuid,
  role text default ''::text not null,
  speaks boolean default false not null,
  since date,
  until date,
  method text not null,
  evidence jsonb default '{}'::jsonb not null,
  said_at timestamp with time zone not null,
  said_by_kind text not null,
  said_by uuid,
  withdrawn_at timestamp with time zone,
  withdrawn_by_kind text,
  withdrawn_by uuid,
  withdrawn_because text,
  constraint organisation_membership_pkey PRIMARY KEY (workspace_id, membership_id),
  constraint organisation_membership_check CHECK (((person_id IS NULL) <> (author_id IS NULL))),
  constraint organisation_membership_method_check CHECK ((method = ANY (ARRAY['customer-proved'::text, 'customer-told'::text, 'agent-confirmed'::text, 'imported'::text, 'suggested'::text])))
);
alter table public.organisation_membership enable row level security;
alter table public.organisation_membership force row level security;
CREATE INDEX organisation_membership_author ON public.organisation_membership USING btree (workspace_id, author_id) WHERE (author_id IS NOT NULL);
CREATE INDEX organisation_membership_of ON public.organisation_membership USING btree (workspace_id, organisation_id, said_at DESC, membership_id DESC);
CREATE INDEX organisation_membership_person ON public.organisation_membership USING btree (workspace_id, person_id) WHERE (person_id IS NOT NULL);
create policy workspace on public.organisation_membership as permissive for all to rapport_app
  using ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid))
  with check ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid));

create table public.organisation_merge (
  workspace_id uuid not null,
  merge_id uuid not null,
  organisation_id uuid not null,
  same_as uuid not null,
  reason text not null,
  merged_at timestamp with time zone not null,
  merged_by_kind text not null,
  merged_by uuid,
  withdrawn_at timestamp with time zone,
  withdrawn_by_kind text,
  withdrawn_by uuid,
  withdrawn_because text,
  constraint organisation_merge_pkey PRIMARY KEY (workspace_id, merge_id),
  constraint organisation_merge_check CHECK ((organisation_id <> same_as))
);
alter table public.organisation_merge enable row level security;
alter table public.organisation_merge force row level security;
CREATE INDEX organisation_merge_one ON public.organisation_merge USING btree (workspace_id, organisation_id) WHERE (withdrawn_at IS NULL);
CREATE INDEX organisation_merge_other ON public.organisation_merge USING btree (workspace_id, same_as) WHERE (withdrawn_at IS NULL);
create policy workspace on public.organisation_merge as permissive for all to rapport_app
  using ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid))
  with check ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid));

create table public.organisation_refusal (
  workspace_id uuid not null,
  organisation_id uuid not null,
  author_id uuid not null,
  refused_at timestamp with time zone not null,
  refused_by_kind text not null,
  refused_by uuid,
  constraint organisation_refusal_pkey PRIMARY KEY (workspace_id, author_id, organisation_id)
);
alter table public.organisation_refusal enable row level security;
alter table public.organisation_refusal force row level security;
create policy workspace on public.organisation_refusal as permissive for all to rapport_app
  using ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid))
  with check ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid));

create table public.people_settings (
  workspace_id uuid not null,
  default_country text,
  field_sources text[] default '{}'::text[] not null,
  constraint people_settings_pkey PRIMARY KEY (workspace_id),
  constraint people_settings_default_country_check CHECK ((default_country ~ '^[A-Z]{2}$'::text))
);
alter table public.people_settings enable row level security;
alter table public.people_settings force row level security;
create policy workspace on public.people_settings as permissive for all to rapport_app
  using ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid))
  with check ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid));

create table public.person (
  workspace_id uuid not null,
  person_id uuid not null,
  name text not null,
  name_key text collate "C" not null,
  language text,
  note text default ''::text not null,
  began_because text not null,
  reason text default ''::text not null,
  created_at timestamp with time zone default now() not null,
  created_by_kind text not null,
  created_by uuid,
  current_id uuid not null,
  erased_at timestamp with time zone,
  legal_basis text,
  purpose text,
  effective_basis text generated always as (COALESCE(legal_basis,
CASE began_because
    WHEN 'imported'::text THEN 'contract'::text
    WHEN 'proved'::text THEN 'consent'::text
    ELSE 'legitimate-interest'::text
END)) stored,
  effective_purpose text generated always as (COALESCE(purpose,
CASE began_because
    WHEN 'imported'::text THEN 'contract'::text
    ELSE 'care'::text
END)) stored,
  constraint person_pkey PRIMARY KEY (workspace_id, person_id),
  constraint person_began_because_check CHECK ((began_because = ANY (ARRAY['wrote-to-us'::text, 'answered'::text, 'agent'::text, 'imported'::text, 'proved'::text]))),
  constraint person_legal_basis_check CHECK ((legal_basis = ANY (ARRAY['consent'::text, 'contract'::text, 'legitimate-interest'::text, 'legal-obligation'::text]))),
  constraint person_purpose_check CHECK ((purpose = ANY (ARRAY['care'::text, 'contract'::text, 'research'::text, 'programme'::text])))
);
alter table public.person enable row level security;
alter table public.person force row level security;
CREATE INDEX person_by_basis ON public.person USING btree (workspace_id, effective_basis, name_key, person_id) WHERE ((current_id = person_id) AND (erased_at IS NULL));
CREATE INDEX person_by_name ON public.person USING btree (workspace_id, name_key, person_id) WHERE ((current_id = person_id) AND (erased_at IS NULL));
CREATE INDEX person_current ON public.person USING btree (workspace_id, current_id, person_id);
create policy workspace on public.person as permissive for all to rapport_app
  using ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid))
  with check ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid));

create table public.person_due (
  workspace_id uuid not null,
  person_id uuid not null,
  due_at timestamp with time zone not null,
  constraint person_due_pkey PRIMARY KEY (workspace_id, person_id)
);
alter table public.person_due enable row level security;
alter table public.person_due force row level security;
CREATE INDEX person_due_at ON public.person_due USING btree (workspace_id, due_at, person_id);
create policy workspace on public.person_due as permissive for all to rapport_app
  using ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid))
  with check ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid));

create table public.person_link (
  workspace_id uuid not null,
  link_id uuid not null,
  person_id uuid,
  author_id uuid not null,
  method text not null,
  evidence jsonb default '{}'::jsonb not null,
  legal_basis text not null,
  linked_at timestamp with time zone default now() not null,
  linked_by_kind text not null,
  linked_by uuid,
  withdrawn_at timestamp with time zone,
  withdrawn_by_kind text,
  withdrawn_by uuid,
  withdrawn_because text,
  operation_id uuid not null,
  "position" bigint not null,
  shared boolean default false not null,
  constraint person_link_pkey PRIMARY KEY (workspace_id, link_id),
  constraint person_link_legal_basis_check CHECK ((legal_basis = ANY (ARRAY['consent'::text, 'contract'::text, 'legitimate-interest'::text, 'legal-obligation'::text]))),
  constraint person_link_method_check CHECK ((method = ANY (ARRAY['customer-proved'::text, 'customer-told'::text, 'agent-confirmed'::text, 'imported'::text, 'suggested'::text, 'wrote-to-us'::text])))
);
alter table public.person_link enable row level security;
alter table public.person_link force row level security;
CREATE INDEX person_link_author ON public.person_link USING btree (workspace_id, author_id, linked_at);
CREATE INDEX person_link_operation ON public.person_link USING btree (workspace_id, operation_id);
CREATE INDEX person_link_person ON public.person_link USING btree (workspace_id, person_id, linked_at);
CREATE INDEX person_link_stack ON public.person_link USING btree (workspace_id, author_id, "position" DESC) WHERE (withdrawn_at IS NULL);
create policy workspace on public.person_link as permissive for all to rapport_app
  using ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid))
  with check ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid));

create table public.person_merge (
  workspace_id uuid not null,
  merge_id uuid not null,
  operation_id uuid not null,
  "position" bigint not null,
  person_id uuid not null,
  same_as uuid not null,
  method text not null,
  evidence jsonb default '{}'::jsonb not null,
  legal_basis text not null,
  merged_at timestamp with time zone not null,
  merged_by_kind text not null,
  merged_by uuid,
  withdrawn_at timestamp with time zone,
  withdrawn_by_kind text,
  withdrawn_by uuid,
  withdrawn_because text,
  constraint person_merge_pkey PRIMARY KEY (workspace_id, merge_id),
  constraint person_merge_check CHECK ((person_id <> same_as)),
  constraint person_merge_legal_basis_check CHECK ((legal_basis = ANY (ARRAY['consent'::text, 'contract'::text, 'legitimate-interest'::text, 'legal-obligation'::text]))),
  constraint person_merge_method_check CHECK ((method = ANY (ARRAY['customer-proved'::text, 'customer-told'::text, 'agent-confirmed'::text, 'imported'::text, 'suggested'::text])))
);
alter table public.person_merge enable row level security;
alter table public.person_merge force row level security;
CREATE INDEX person_merge_operation ON public.person_merge USING btree (workspace_id, operation_id);
CREATE INDEX person_merge_person ON public.person_merge USING btree (workspace_id, person_id) WHERE (withdrawn_at IS NULL);
CREATE INDEX person_merge_same_as ON public.person_merge USING btree (workspace_id, same_as) WHERE (withdrawn_at IS NULL);
create policy workspace on public.person_merge as permissive for all to rapport_app
  using ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid))
  with check ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid));

create table public.person_name_key (
  workspace_id uuid not null,
  key text collate "C" not null,
  person_id uuid not null,
  constraint person_name_key_pkey PRIMARY KEY (workspace_id, key, person_id)
);
alter table public.person_name_key enable row level security;
alter table public.person_name_key force row level security;
CREATE INDEX person_name_key_person ON public.person_name_key USING btree (workspace_id, person_id);
create policy workspace on public.person_name_key as permissive for all to rapport_app
  using ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid))
  with check ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid));

create table public.person_note (
  workspace_id uuid not null,
  note_id uuid not null,
  person_id uuid not null,
  text text not null,
  written_at timestamp with time zone not null,
  written_by_kind text not null,
  written_by uuid,
  edited_at timestamp with time zone,
  constraint person_note_pkey PRIMARY KEY (workspace_id, note_id)
);
alter table public.person_note enable row level security;
alter table public.person_note force row level security;
CREATE INDEX person_note_person ON public.person_note USING btree (workspace_id, person_id, written_at DESC);
create policy workspace on public.person_note as permissive for all to rapport_app
  using ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid))
  with check ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid));

create table public.person_override (
  workspace_id uuid not null,
  override_id uuid not null,
  operation_id uuid not null,
  "position" bigint not null,
  person_id uuid not null,
  field text not null,
  value text,
  set_at timestamp with time zone not null,
  set_by_kind text not null,
  set_by uuid,
  withdrawn_at timestamp with time zone,
  withdrawn_by_kind text,
  withdrawn_by uuid,
  withdrawn_because text,
  constraint person_override_pkey PRIMARY KEY (workspace_id, override_id)
);
alter table public.person_override enable row level security;
alter table public.person_override force row level security;
CREATE INDEX person_override_operation ON public.person_override USING btree (workspace_id, operation_id);
CREATE INDEX person_override_person ON public.person_override USING btree (workspace_id, person_id, field, "position" DESC) WHERE (withdrawn_at IS NULL);
create policy workspace on public.person_override as permissive for all to rapport_app
  using ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid))
  with check ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid));

create table public.person_summary (
  workspace_id uuid not null,
  person_id uuid not null,
  made_at timestamp with time zone not null,
  profiled boolean not null,
  scored_by integer not null,
  value real,
  influence real,
  advocate real,
  detractor real,
  followers bigint default 0 not null,
  posts integer default 0 not null,
  orders integer default 0 not null,
  spent double precision default 0 not null,
  contracts integer default 0 not null,
  conversations integer default 0 not null,
  known_since timestamp with time zone not null,
  last_post_at timestamp with time zone,
  last_contact_at timestamp with time zone,
  language text,
  networks text[] default '{}'::text[] not null,
  tags text[] default '{}'::text[] not null,
  consents text[] default '{}'::text[] not null,
  inputs jsonb default '{}'::jsonb not null,
  constraint person_summary_pkey PRIMARY KEY (workspace_id, person_id)
);
alter table public.person_summary enable row level security;
alter table public.person_summary force row level security;
CREATE INDEX person_summary_made ON public.person_summary USING btree (workspace_id, made_at, person_id);
CREATE INDEX person_summary_scored ON public.person_summary USING btree (workspace_id, scored_by, person_id);
CREATE INDEX person_summary_value ON public.person_summary USING btree (workspace_id, value DESC NULLS LAST, person_id);
create policy workspace on public.person_summary as permissive for all to rapport_app
  using ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid))
  with check ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid));

create table public.person_tag (
  workspace_id uuid not null,
  person_id uuid not null,
  tag text not null,
  tagged_at timestamp with time zone not null,
  tagged_by_kind text not null,
  tagged_by uuid,
  constraint person_tag_pkey PRIMARY KEY (workspace_id, person_id, tag)
);
alter table public.person_tag enable row level security;
alter table public.person_tag force row level security;
CREATE INDEX person_tag_word ON public.person_tag USING btree (workspace_id, tag, person_id);
create policy workspace on public.person_tag as permissive for all to rapport_app
  using ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid))
  with check ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid));

create table public.playbook (
  workspace_id uuid not null,
  playbook_id uuid not null,
  version integer default 1 not null,
  name text not null,
  situation text default ''::text not null,
  template text,
  steps jsonb not null,
  created_at timestamp with time zone default now() not null,
  removed_at timestamp with time zone,
  constraint playbook_pkey PRIMARY KEY (workspace_id, playbook_id)
);
alter table public.playbook enable row level security;
alter table public.playbook force row level security;
create policy workspace on public.playbook as permissive for all to rapport_app
  using ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid))
  with check ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid));

create table public.policy_version (
  workspace_id uuid not null,
  version integer not null,
  document jsonb not null,
  note text default ''::text not null,
  saved_by uuid,
  saved_at timestamp with time zone default now() not null,
  constraint policy_version_pkey PRIMARY KEY (workspace_id, version),
  constraint policy_version_version_check CHECK ((version > 0))
);
alter table public.policy_version enable row level security;
alter table public.policy_version force row level security;
create policy workspace on public.policy_version as permissive for all to rapport_app
  using ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid))
  with check ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid));

create table public.post (
  workspace_id uuid not null,
  post_id uuid not null,
  network text not null,
  scope text default ''::text not null,
  external_id text not null,
  reference text,
  source_id uuid,
  import_id uuid,
  author_id uuid not null,
  direction text default 'in'::text not null,
  addressed boolean default false not null,
  title text,
  text text not null,
  language text,
  url text,
  site text,
  published_at timestamp with time zone not null,
  heard_at timestamp with time zone not null,
  edited_at timestamp with time zone,
  content_hash text not null,
  parent_external_id text,
  parent_reference text,
  root_external_id text,
  root_reference text,
  media jsonb default '[]'::jsonb not null,
  links text[] default '{}'::text[] not null,
  mentions text[] default '{}'::text[] not null,
  deleted_at timestamp with time zone,
  deleted_because text,
  kept_because text,
  indexed boolean default false not null,
  sentiment text,
  sentiment_probability real,
  intent text,
  offensive boolean,
  group_id uuid,
  understood_by text,
  visibility text default 'public'::text not null,
  automatic boolean default false not null,
  vouched boolean default true not null,
  constraint post_pkey PRIMARY KEY (workspace_id, post_id),
  constraint post_workspace_id_network_scope_external_id_key UNIQUE (workspace_id, network, scope, external_id),
  constraint post_deleted_because_check CHECK ((deleted_because = ANY (ARRAY['upstream'::text, 'author-gone'::text, 'erasure'::text, 'retention'::text]))),
  constraint post_direction_check CHECK ((direction = ANY (ARRAY['in'::text, 'out'::text]))),
  constraint post_sentiment_check CHECK ((sentiment = ANY (ARRAY['negative'::text, 'neutral'::text, 'positive'::text]))),
  constraint post_visibility_check CHECK ((visibility = ANY (ARRAY['public'::text, 'private'::text])))
);
alter table public.post enable row level security;
alter table public.post force row level security;
CREATE INDEX post_addressed ON public.post USING btree (workspace_id, published_at DESC, post_id DESC) WHERE addressed;
CREATE INDEX post_alike ON public.post USING btree (workspace_id, group_id, published_at DESC, post_id DESC) WHERE (group_id <> post_id);
CREATE INDEX post_author ON public.post USING btree (workspace_id, author_id, published_at DESC, post_id DESC);
CREATE INDEX post_expiring ON public.post USING btree (workspace_id, heard_at, post_id) WHERE (kept_because IS NULL);
CREATE INDEX post_import ON public.post USING btree (workspace_id, import_id) WHERE (import_id IS NOT NULL);
CREATE INDEX post_parent ON public.post USING btree (workspace_id, network, scope, parent_external_id) WHERE (parent_external_id IS NOT NULL);
CREATE INDEX post_published ON public.post USING btree (workspace_id, published_at DESC, post_id DESC);
CREATE INDEX post_root ON public.post USING btree (workspace_id, network, scope, root_external_id) WHERE (root_external_id IS NOT NULL);
CREATE INDEX post_to_index ON public.post USING btree (workspace_id, post_id) WHERE (NOT indexed);
create policy private on public.post as restrictive for all to rapport_app
  using (((visibility = 'public'::text) OR ((( SELECT current_setting('app.private_posts'::text, true) AS current_setting) IS DISTINCT FROM 'hidden'::text) AND ((source_id IS NULL) OR (source_id <> ALL (( SELECT system.closed_sources('inbox'::text) AS closed_sources)::uuid[]))) AND ((( SELECT system.only_sources('inbox'::text) AS only_sources) IS NULL) OR (source_id = ANY (( SELECT system.only_sources('inbox'::text) AS only_sources)::uuid[]))))));
create policy source on public.post as restrictive for all to rapport_app
  using ((((source_id IS NULL) OR (source_id <> ALL (( SELECT system.closed_sources('posts'::text) AS closed_sources)::uuid[]))) AND ((( SELECT system.only_sources('posts'::text) AS only_sources) IS NULL) OR (source_id = ANY (( SELECT system.only_sources('posts'::text) AS only_sources)::uuid[])))));
create policy workspace on public.post as permissive for all to rapport_app
  using ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid))
  with check ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid));

create table public.post_label (
  workspace_id uuid not null,
  post_id uuid not null,
  what text not null,
  value text not null,
  model_value text,
  understood_by text,
  labelled_by uuid,
  labelled_at timestamp with time zone not null,
  constraint post_label_pkey PRIMARY KEY (workspace_id, post_id, what),
  constraint post_label_what_check CHECK ((what = ANY (ARRAY['sentiment'::text, 'intent'::text, 'offensive'::text])))
);
alter table public.post_label enable row level security;
alter table public.post_label force row level security;
CREATE INDEX post_label_at ON public.post_label USING btree (workspace_id, labelled_at DESC, post_id DESC, what);
create policy workspace on public.post_label as permissive for all to rapport_app
  using ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid))
  with check ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid));

create table public.post_mask (
  workspace_id uuid not null,
  post_id uuid not null,
  words text[] not null,
  masked_by uuid,
  masked_at timestamp with time zone default now() not null,
  constraint post_mask_pkey PRIMARY KEY (workspace_id, post_id),
  constraint post_mask_words_check CHECK (((cardinality(words) >= 1) AND (cardinality(words) <= 20)))
);
alter table public.post_mask enable row level security;
alter table public.post_mask force row level security;
create policy workspace on public.post_mask as permissive for all to rapport_app
  using ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid))
  with check ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid));

create table public.post_term (
  workspace_id uuid not null,
  term text collate "C" not null,
  published_at timestamp with time zone not null,
  post_id uuid not null,
  constraint post_term_pkey PRIMARY KEY (workspace_id, term, published_at, post_id)
);
alter table public.post_term enable row level security;
alter table public.post_term force row level security;
CREATE INDEX post_term_post ON public.post_term USING btree (workspace_id, post_id);
create policy workspace on public.post_term as permissive for all to rapport_app
  using ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid))
  with check ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid));

create table public.privacy_request (
  workspace_id uuid not null,
  request_id uuid not null,
  kind text not null,
  person_id uuid,
  requester text not null,
  details text not null,
  channel text not null,
  language text not null,
  received_at timestamp with time zone not null,
  due_at timestamp with time zone not null,
  extended_at timestamp with time zone,
  extended_because text,
  identity text default 'open'::text not null,
  identity_how text default ''::text not null,
  state text default 'open'::text not null,
  assigned_member_id uuid,
  outcome text,
  outcome_because text,
  closed_at timestamp with time zone,
  created_at timestamp with time zone not null,
  created_by_kind text not null,
  created_by uuid,
  reminded_soon_at timestamp with time zone,
  reminded_overdue_at timestamp with time zone,
  constraint privacy_request_pkey PRIMARY KEY (workspace_id, request_id),
  constraint privacy_request_channel_check CHECK ((channel = ANY (ARRAY['portal'::text, 'network'::text, 'mail'::text, 'phone'::text, 'letter'::text, 'in-person'::text]))),
  constraint privacy_request_check CHECK (((state = 'closed'::text) = (outcome IS NOT NULL))),
  constraint privacy_request_identity_check CHECK ((identity = ANY (ARRAY['open'::text, 'confirmed'::text, 'failed'::text]))),
  constraint privacy_request_kind_check CHECK ((kind = ANY (ARRAY['access'::text, 'erasure'::text, 'rectification'::text, 'objection'::text, 'portability'::text]))),
  constraint privacy_request_outcome_check CHECK ((outcome = ANY (ARRAY['fulfilled'::text, 'partly'::text, 'refused'::text, 'withdrawn'::text, 'not-found'::text]))),
  constraint privacy_request_state_check CHECK ((state = ANY (ARRAY['open'::text, 'closed'::text])))
);
alter table public.privacy_request enable row level security;
alter table public.privacy_request force row level security;
CREATE INDEX privacy_request_due ON public.privacy_request USING btree (workspace_id, state, due_at, request_id);
CREATE INDEX privacy_request_person ON public.privacy_request USING btree (workspace_id, person_id) WHERE (person_id IS NOT NULL);
create policy workspace on public.privacy_request as permissive for all to rapport_app
  using ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid))
  with check ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid));

create table public.privacy_request_entry (
  workspace_id uuid not null,
  request_id uuid not null,
  entry_id uuid not null,
  at timestamp with time zone not null,
  what text not null,
  note text not null,
  by_kind text not null,
  by_id uuid,
  constraint privacy_request_entry_pkey PRIMARY KEY (workspace_id, request_id, entry_id)
);
alter table public.privacy_request_entry enable row level security;
alter table public.privacy_request_entry force row level security;
create policy workspace on public.privacy_request_entry as permissive for all to rapport_app
  using ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid))
  with check ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid));

create table public.proof (
  workspace_id uuid not null,
  proof_id uuid not null,
  customer_session_id uuid not null,
  way text not null,
  network text not null,
  scope text default ''::text not null,
  network_id text,
  handle text,
  author_id uuid,
  proof_issuer_id uuid,
  state text default 'open'::text not null,
  tries integer default 0 not null,
  code_hash text,
  sealed text,
  sending text,
  consent_text text not null,
  language text not null,
  began_at timestamp with time zone not null,
  expires_at timestamp with time zone not null,
  ended_at timestamp with time zone,
  constraint proof_pkey PRIMARY KEY (workspace_id, proof_id),
  constraint proof_sending_check CHECK ((sending = ANY (ARRAY['due'::text, 'sent'::text, 'failed'::text]))),
  constraint proof_state_check CHECK ((state = ANY (ARRAY['open'::text, 'proven'::text, 'before-staff'::text, 'refused'::text, 'given-up'::text]))),
  constraint proof_way_check CHECK ((way = ANY (ARRAY['mail-code'::text, 'phone-code'::text, 'reply-code'::text, 'site-link'::text, 'profile-link'::text, 'domain-handle'::text, 'sign-in'::text])))
);
alter table public.proof enable row level security;
alter table public.proof force row level security;
CREATE INDEX proof_began ON public.proof USING btree (workspace_id, began_at);
CREATE UNIQUE INDEX proof_code ON public.proof USING btree (workspace_id, code_hash) WHERE ((code_hash IS NOT NULL) AND (state = 'open'::text));
CREATE INDEX proof_session ON public.proof USING btree (workspace_id, customer_session_id, began_at DESC);
create policy workspace on public.proof as permissive for all to rapport_app
  using ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid))
  with check ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid));

create table public.proof_invitation (
  workspace_id uuid not null,
  proof_invitation_id uuid not null,
  token_hash text not null,
  conversation_id uuid not null,
  author_id uuid not null,
  asked text not null,
  language text not null,
  invited_by uuid not null,
  created_at timestamp with time zone not null,
  expires_at timestamp with time zone not null,
  opened_at timestamp with time zone,
  openings integer default 0 not null,
  part_proven_at timestamp with time zone,
  proven_at timestamp with time zone,
  revoked_at timestamp with time zone,
  constraint proof_invitation_pkey PRIMARY KEY (workspace_id, proof_invitation_id),
  constraint proof_invitation_asked_check CHECK ((asked = ANY (ARRAY['customer-number'::text, 'mail'::text, 'phone'::text, 'account'::text])))
);
alter table public.proof_invitation enable row level security;
alter table public.proof_invitation force row level security;
CREATE INDEX proof_invitation_conversation ON public.proof_invitation USING btree (workspace_id, conversation_id, created_at DESC);
CREATE UNIQUE INDEX proof_invitation_token ON public.proof_invitation USING btree (workspace_id, token_hash);
create policy workspace on public.proof_invitation as permissive for all to rapport_app
  using ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid))
  with check ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid));

create table public.proof_issuer (
  workspace_id uuid not null,
  proof_issuer_id uuid not null,
  name text not null,
  issuer text not null,
  client_id text not null,
  client_secret text not null,
  system text not null,
  takes_mail boolean not null,
  created_at timestamp with time zone not null,
  removed_at timestamp with time zone,
  constraint proof_issuer_pkey PRIMARY KEY (workspace_id, proof_issuer_id)
);
alter table public.proof_issuer enable row level security;
alter table public.proof_issuer force row level security;
create policy workspace on public.proof_issuer as permissive for all to rapport_app
  using ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid))
  with check ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid));

create table public.proof_question (
  workspace_id uuid not null,
  proof_question_id uuid not null,
  proof_id uuid,
  author_id uuid not null,
  person_id uuid,
  other_person_id uuid,
  because text not null,
  proof_invitation_id uuid,
  asked_at timestamp with time zone not null,
  decided_at timestamp with time zone,
  decided_by uuid,
  decision text,
  constraint proof_question_pkey PRIMARY KEY (workspace_id, proof_question_id),
  constraint proof_question_because_check CHECK ((because = ANY (ARRAY['objection'::text, 'two-customer-numbers'::text, 'proved-by-another'::text, 'sender-unproven'::text]))),
  constraint proof_question_decision_check CHECK ((decision = ANY (ARRAY['join'::text, 'move'::text, 'leave'::text])))
);
alter table public.proof_question enable row level security;
alter table public.proof_question force row level security;
CREATE INDEX proof_question_asked ON public.proof_question USING btree (workspace_id, asked_at DESC, proof_question_id);
CREATE UNIQUE INDEX proof_question_open ON public.proof_question USING btree (workspace_id, author_id, COALESCE(person_id, author_id)) WHERE (decided_at IS NULL);
create policy workspace on public.proof_question as permissive for all to rapport_app
  using ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid))
  with check ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid));

create table public.proof_setting (
  workspace_id uuid not null,
  open boolean default false not null,
  offered text[] not null,
  texts jsonb default '{}'::jsonb not null,
  privacy_notice text,
  invitation_days integer default 7 not null,
  phone_countries text[] default '{}'::text[] not null,
  gateway_address text,
  gateway_body text,
  gateway_header text,
  gateway_secret text,
  constraint proof_setting_pkey PRIMARY KEY (workspace_id),
  constraint proof_setting_invitation_days_check CHECK (((invitation_days >= 1) AND (invitation_days <= 30))),
  constraint proof_setting_offered_check CHECK ((offered <@ ARRAY['mail'::text, 'phone'::text, 'site'::text, 'account'::text, 'sign-in'::text]))
);
alter table public.proof_setting enable row level security;
alter table public.proof_setting force row level security;
create policy workspace on public.proof_setting as permissive for all to rapport_app
  using ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid))
  with check ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid));

create table public.publishing_setting (
  workspace_id uuid not null,
  undo_seconds integer not null,
  approval_hours integer not null,
  constraint publishing_setting_pkey PRIMARY KEY (workspace_id),
  constraint publishing_setting_approval_hours_check CHECK (((approval_hours >= 1) AND (approval_hours <= 720))),
  constraint publishing_setting_undo_seconds_check CHECK (((undo_seconds >= 0) AND (undo_seconds <= 300)))
);
alter table public.publishing_setting enable row level security;
alter table public.publishing_setting force row level security;
create policy workspace on public.publishing_setting as permissive for all to rapport_app
  using ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid))
  with check ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid));

create table public.purchase (
  workspace_id uuid not null,
  purchase_id uuid not null,
  kind text not null,
  system text not null,
  external_id text not null,
  customer_kind text,
  customer_scope text,
  customer_id text,
  person_id uuid,
  state text not null,
  title text default ''::text not null,
  happened_at timestamp with time zone not null,
  runs_from date,
  runs_until date,
  amount bigint,
  refunded bigint default 0 not null,
  currency text,
  items jsonb default '[]'::jsonb not null,
  url text,
  import_id uuid,
  created_at timestamp with time zone not null,
  updated_at timestamp with time zone not null,
  told_at timestamp with time zone not null,
  withdrawn_at timestamp with time zone,
  withdrawn_by_kind text,
  withdrawn_by uuid,
  withdrawn_because text,
  constraint purchase_pkey PRIMARY KEY (workspace_id, purchase_id),
  constraint purchase_workspace_id_system_external_id_key UNIQUE (workspace_id, system, external_id),
  constraint purchase_check CHECK (((customer_id IS NULL) <> (person_id IS NULL))),
  constraint purchase_check1 CHECK ((((customer_id IS NULL) = (customer_kind IS NULL)) AND ((customer_id IS NULL) = (customer_scope IS NULL)))),
  constraint purchase_check2 CHECK (((amount IS NULL) OR (currency IS NOT NULL))),
  constraint purchase_currency_check CHECK ((currency ~ '^[A-Z]{3}$'::text)),
  constraint purchase_customer_kind_check CHECK ((customer_kind = ANY (ARRAY['customer-number'::text, 'mail'::text, 'phone'::text]))),
  constraint purchase_kind_check CHECK ((kind = ANY (ARRAY['order'::text, 'contract'::text]))),
  constraint purchase_refunded_check CHECK ((refunded >= 0)),
  constraint purchase_state_check CHECK ((state = ANY (ARRAY['open'::text, 'completed'::text, 'cancelled'::text, 'refunded'::text, 'active'::text, 'ended'::text])))
);
alter table public.purchase enable row level security;
alter table public.purchase force row level security;
CREATE INDEX purchase_customer ON public.purchase USING btree (workspace_id, customer_kind, customer_scope, customer_id, happened_at DESC, purchase_id DESC) WHERE (customer_id IS NOT NULL);
CREATE INDEX purchase_newest ON public.purchase USING btree (workspace_id, happened_at DESC, purchase_id DESC);
CREATE INDEX purchase_person ON public.purchase USING btree (workspace_id, person_id, happened_at DESC, purchase_id DESC) WHERE (person_id IS NOT NULL);
create policy workspace on public.purchase as permissive for all to rapport_app
  using ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid))
  with check ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid));

create table public.push_device (
  workspace_id uuid not null,
  device_id uuid not null,
  member_id uuid not null,
  name text not null,
  endpoint_hash text not null,
  subscription text not null,
  created_at timestamp with time zone default now() not null,
  last_used_at timestamp with time zone,
  session_id text not null,
  constraint push_device_pkey PRIMARY KEY (workspace_id, device_id),
  constraint push_device_workspace_id_endpoint_hash_key UNIQUE (workspace_id, endpoint_hash)
);
alter table public.push_device enable row level security;
alter table public.push_device force row level security;
CREATE INDEX push_device_member ON public.push_device USING btree (workspace_id, member_id, created_at);
create policy workspace on public.push_device as permissive for all to rapport_app
  using ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid))
  with check ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid));

create table public.quarantine (
  workspace_id uuid not null,
  quarantine_id uuid not null,
  source_id uuid,
  received_at timestamp with time zone default now() not null,
  reason text not null,
  detail text default ''::text not null,
  raw text not null,
  constraint quarantine_pkey PRIMARY KEY (workspace_id, quarantine_id)
);
alter table public.quarantine enable row level security;
alter table public.quarantine force row level security;
CREATE INDEX quarantine_received ON public.quarantine USING btree (workspace_id, received_at DESC);
create policy workspace on public.quarantine as permissive for all to rapport_app
  using ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid))
  with check ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid));

create table public.quiz_group (
  workspace_id uuid not null,
  training_id uuid not null,
  version integer not null,
  ordinal integer not null,
  people integer default 0 not null,
  wrong jsonb default '{}'::jsonb not null,
  constraint quiz_group_pkey PRIMARY KEY (workspace_id, training_id, version, ordinal)
);
alter table public.quiz_group enable row level security;
alter table public.quiz_group force row level security;
create policy workspace on public.quiz_group as permissive for all to rapport_app
  using ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid))
  with check ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid));

create table public.relevance_hint (
  workspace_id uuid not null,
  topic_id uuid not null,
  post_id uuid not null,
  side text not null,
  hinted_at timestamp with time zone not null,
  constraint relevance_hint_pkey PRIMARY KEY (workspace_id, topic_id, post_id),
  constraint relevance_hint_side_check CHECK ((side = ANY (ARRAY['for-us'::text, 'not-for-us'::text])))
);
alter table public.relevance_hint enable row level security;
alter table public.relevance_hint force row level security;
CREATE INDEX relevance_hint_newest ON public.relevance_hint USING btree (workspace_id, topic_id, hinted_at DESC, post_id);
CREATE INDEX relevance_hint_post ON public.relevance_hint USING btree (workspace_id, post_id);
create policy workspace on public.relevance_hint as permissive for all to rapport_app
  using ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid))
  with check ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid));

create table public.remembered_answer (
  workspace_id uuid not null,
  delivery_id uuid not null,
  post_id uuid not null,
  conversation_id uuid not null,
  language text not null,
  terms text[] not null,
  answered_at timestamp(3) with time zone not null,
  constraint remembered_answer_pkey PRIMARY KEY (workspace_id, delivery_id)
);
alter table public.remembered_answer enable row level security;
alter table public.remembered_answer force row level security;
CREATE INDEX remembered_answer_conversation ON public.remembered_answer USING btree (workspace_id, conversation_id);
CREATE INDEX remembered_answer_post ON public.remembered_answer USING btree (workspace_id, post_id);
create policy workspace on public.remembered_answer as permissive for all to rapport_app
  using ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid))
  with check ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid));

create table public.remembered_term (
  workspace_id uuid not null,
  language text not null,
  term text not null,
  delivery_id uuid not null,
  constraint remembered_term_pkey PRIMARY KEY (workspace_id, language, term, delivery_id)
);
alter table public.remembered_term enable row level security;
alter table public.remembered_term force row level security;
CREATE INDEX remembered_term_answer ON public.remembered_term USING btree (workspace_id, delivery_id);
create policy workspace on public.remembered_term as permissive for all to rapport_app
  using ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid))
  with check ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid));

create table public.reminder (
  workspace_id uuid not null,
  conversation_id uuid not null,
  member_id uuid not null,
  due_at timestamp(3) with time zone not null,
  constraint reminder_pkey PRIMARY KEY (workspace_id, conversation_id, member_id)
);
alter table public.reminder enable row level security;
alter table public.reminder force row level security;
CREATE INDEX reminder_due ON public.reminder USING btree (due_at);
CREATE INDEX reminder_member ON public.reminder USING btree (workspace_id, member_id);
create policy system_due on public.reminder as permissive for select to rapport_system
  using (true);
create policy workspace on public.reminder as permissive for all to rapport_app
  using ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid))
  with check ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid));

create table public.retention_rule (
  workspace_id uuid not null,
  kind text not null,
  days integer not null,
  reason text not null,
  set_at timestamp with time zone not null,
  set_by_kind text not null,
  set_by uuid,
  constraint retention_rule_pkey PRIMARY KEY (workspace_id, kind),
  constraint retention_rule_days_check CHECK (((days >= 1) AND (days <= 36500)))
);
alter table public.retention_rule enable row level security;
alter table public.retention_rule force row level security;
create policy workspace on public.retention_rule as permissive for all to rapport_app
  using ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid))
  with check ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid));

create table public.role (
  workspace_id uuid not null,
  role_id uuid not null,
  name text not null,
  permissions text[] not null,
  preset text,
  version integer default 1 not null,
  created_at timestamp with time zone default now() not null,
  changed_at timestamp with time zone default now() not null,
  constraint role_pkey PRIMARY KEY (workspace_id, role_id),
  constraint role_workspace_id_name_key UNIQUE (workspace_id, name)
);
alter table public.role enable row level security;
alter table public.role force row level security;
create policy system_read on public.role as permissive for select to rapport_system
  using (true);
create policy workspace on public.role as permissive for all to rapport_app
  using ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid))
  with check ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid));

create table public.routing_version (
  workspace_id uuid not null,
  version integer not null,
  rules jsonb not null,
  note text default ''::text not null,
  returned_to integer,
  made_at timestamp with time zone not null,
  made_by uuid,
  constraint routing_version_pkey PRIMARY KEY (workspace_id, version),
  constraint routing_version_version_check CHECK ((version > 0))
);
alter table public.routing_version enable row level security;
alter table public.routing_version force row level security;
create policy workspace on public.routing_version as permissive for all to rapport_app
  using ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid))
  with check ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid));

create table public.rule_run (
  workspace_id uuid not null,
  conversation_id uuid not null,
  "position" bigint not null,
  rule_id uuid not null,
  ordinal integer not null,
  version integer not null,
  at timestamp with time zone not null,
  post_id uuid not null,
  name text not null,
  because jsonb not null,
  did jsonb not null,
  constraint rule_run_pkey PRIMARY KEY (workspace_id, conversation_id, "position", rule_id)
);
alter table public.rule_run enable row level security;
alter table public.rule_run force row level security;
CREATE INDEX rule_run_rule ON public.rule_run USING btree (workspace_id, rule_id, at DESC);
create policy workspace on public.rule_run as permissive for all to rapport_app
  using ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid))
  with check ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid));

create table public.saved_view (
  workspace_id uuid not null,
  saved_view_id uuid not null,
  name text not null,
  filters jsonb not null,
  member_id uuid,
  created_at timestamp with time zone default now() not null,
  constraint saved_view_pkey PRIMARY KEY (workspace_id, saved_view_id)
);
alter table public.saved_view enable row level security;
alter table public.saved_view force row level security;
CREATE INDEX saved_view_member ON public.saved_view USING btree (workspace_id, member_id, name);
create policy workspace on public.saved_view as permissive for all to rapport_app
  using ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid))
  with check ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid));

create table public.scenario (
  workspace_id uuid not null,
  scenario_id uuid not null,
  version integer default 1 not null,
  name text not null,
  situation text default ''::text not null,
  template text,
  steps jsonb not null,
  created_at timestamp with time zone default now() not null,
  retired_at timestamp with time zone,
  constraint scenario_pkey PRIMARY KEY (workspace_id, scenario_id)
);
alter table public.scenario enable row level security;
alter table public.scenario force row level security;
create policy workspace on public.scenario as permissive for all to rapport_app
  using ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid))
  with check ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid));

create table public.score_formula (
  workspace_id uuid not null,
  version integer not null,
  score text not null,
  terms jsonb,
  because text not null,
  saved_at timestamp with time zone not null,
  saved_by_kind text not null,
  saved_by uuid,
  constraint score_formula_pkey PRIMARY KEY (workspace_id, version),
  constraint score_formula_score_check CHECK ((score = ANY (ARRAY['value'::text, 'influence'::text, 'advocate'::text, 'detractor'::text])))
);
alter table public.score_formula enable row level security;
alter table public.score_formula force row level security;
CREATE INDEX score_formula_score ON public.score_formula USING btree (workspace_id, score, version DESC);
create policy workspace on public.score_formula as permissive for all to rapport_app
  using ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid))
  with check ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid));

create table public.segment (
  workspace_id uuid not null,
  segment_id uuid not null,
  name text not null,
  name_key text collate "C" not null,
  purpose text default ''::text not null,
  rule jsonb not null,
  created_at timestamp with time zone not null,
  created_by_kind text not null,
  created_by uuid,
  changed_at timestamp with time zone not null,
  constraint segment_pkey PRIMARY KEY (workspace_id, segment_id),
  constraint segment_workspace_id_name_key_key UNIQUE (workspace_id, name_key)
);
alter table public.segment enable row level security;
alter table public.segment force row level security;
create policy workspace on public.segment as permissive for all to rapport_app
  using ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid))
  with check ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid));

create table public.shift (
  workspace_id uuid not null,
  shift_id uuid not null,
  name text not null,
  calendar jsonb not null,
  version integer default 1 not null,
  created_at timestamp with time zone default now() not null,
  constraint shift_pkey PRIMARY KEY (workspace_id, shift_id),
  constraint shift_workspace_id_name_key UNIQUE (workspace_id, name)
);
alter table public.shift enable row level security;
alter table public.shift force row level security;
create policy workspace on public.shift as permissive for all to rapport_app
  using ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid))
  with check ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid));

create table public.shift_member (
  workspace_id uuid not null,
  shift_id uuid not null,
  member_id uuid not null,
  constraint shift_member_pkey PRIMARY KEY (workspace_id, shift_id, member_id)
);
alter table public.shift_member enable row level security;
alter table public.shift_member force row level security;
CREATE INDEX shift_member_member ON public.shift_member USING btree (workspace_id, member_id, shift_id);
create policy workspace on public.shift_member as permissive for all to rapport_app
  using ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid))
  with check ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid));

create table public.skill (
  workspace_id uuid not null,
  skill_id uuid not null,
  kind text not null,
  name text not null,
  constraint skill_pkey PRIMARY KEY (workspace_id, skill_id),
  constraint skill_workspace_id_kind_name_key UNIQUE (workspace_id, kind, name),
  constraint skill_kind_check CHECK ((kind = ANY (ARRAY['language'::text, 'product'::text])))
);
alter table public.skill enable row level security;
alter table public.skill force row level security;
create policy workspace on public.skill as permissive for all to rapport_app
  using ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid))
  with check ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid));

create table public.source (
  workspace_id uuid not null,
  source_id uuid not null,
  network text not null,
  name text not null,
  settings jsonb default '{}'::jsonb not null,
  identity text not null,
  credentials text,
  keeps text default 'matches'::text not null,
  own_author_id uuid,
  hears_stream boolean default false not null,
  state text default 'active'::text not null,
  cursor jsonb,
  due_at timestamp with time zone,
  lease_until timestamp with time zone,
  failures integer default 0 not null,
  last_success_at timestamp with time zone,
  last_heard_at timestamp with time zone,
  last_failure text,
  last_failure_detail text,
  last_failure_at timestamp with time zone,
  failure_until timestamp with time zone,
  heard_count bigint default 0 not null,
  kept_count bigint default 0 not null,
  created_at timestamp with time zone default now() not null,
  removed_at timestamp with time zone,
  budget_posts bigint,
  budget_micros bigint,
  quota_limit bigint,
  quota_left bigint,
  quota_resets_at timestamp with time zone,
  newest_at timestamp with time zone,
  silent_since timestamp with time zone,
  constraint source_pkey PRIMARY KEY (workspace_id, source_id),
  constraint source_budget_micros_check CHECK ((budget_micros > 0)),
  constraint source_budget_posts_check CHECK ((budget_posts > 0)),
  constraint source_keeps_check CHECK ((keeps = ANY (ARRAY['matches'::text, 'everything'::text]))),
  constraint source_state_check CHECK ((state = ANY (ARRAY['active'::text, 'paused'::text, 'failing'::text, 'needs-credentials'::text, 'gone'::text, 'over-budget'::text])))
);
alter table public.source enable row level security;
alter table public.source force row level security;
CREATE INDEX source_due ON public.source USING btree (due_at) WHERE (due_at IS NOT NULL);
CREATE UNIQUE INDEX source_identity ON public.source USING btree (workspace_id, identity) WHERE (removed_at IS NULL);
create policy system_due on public.source as permissive for all to rapport_system
  using (true);
create policy workspace on public.source as permissive for all to rapport_app
  using ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid))
  with check ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid));

create table public.source_day (
  workspace_id uuid not null,
  source_id uuid not null,
  day date not null,
  asked bigint default 0 not null,
  failed bigint default 0 not null,
  heard bigint default 0 not null,
  kept bigint default 0 not null,
  matched bigint default 0 not null,
  usage_micros bigint default 0 not null,
  fixed_micros bigint default 0 not null,
  longest_silence_seconds bigint default 0 not null,
  constraint source_day_pkey PRIMARY KEY (workspace_id, source_id, day)
);
alter table public.source_day enable row level security;
alter table public.source_day force row level security;
create policy workspace on public.source_day as permissive for all to rapport_app
  using ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid))
  with check ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid));

create table public.source_gap (
  workspace_id uuid not null,
  source_id uuid not null,
  gap_id uuid not null,
  from_at timestamp with time zone not null,
  until_at timestamp with time zone,
  because text not null,
  outcome text default 'open'::text not null,
  kept bigint default 0 not null,
  constraint source_gap_pkey PRIMARY KEY (workspace_id, source_id, gap_id),
  constraint source_gap_because_check CHECK ((because = ANY (ARRAY['failing'::text, 'paused'::text, 'over-budget'::text, 'not-asked'::text, 'stream-cut'::text]))),
  constraint source_gap_outcome_check CHECK ((outcome = ANY (ARRAY['open'::text, 'filling'::text, 'filled'::text, 'unsure'::text, 'lost'::text])))
);
alter table public.source_gap enable row level security;
alter table public.source_gap force row level security;
CREATE INDEX source_gap_from ON public.source_gap USING btree (workspace_id, source_id, from_at DESC, gap_id DESC);
CREATE UNIQUE INDEX source_gap_open ON public.source_gap USING btree (workspace_id, source_id) WHERE (outcome = ANY (ARRAY['open'::text, 'filling'::text]));
create policy workspace on public.source_gap as permissive for all to rapport_app
  using ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid))
  with check ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid));

create table public.staff_agreement (
  workspace_id uuid not null,
  agreement_id uuid not null,
  title text not null,
  purpose text not null,
  document_id uuid not null,
  figures text[] not null,
  team_id uuid,
  valid_from date not null,
  expires_on date not null,
  recorded_by uuid not null,
  recorded_at timestamp with time zone default now() not null,
  released_by uuid,
  released_at timestamp with time zone,
  ended_by uuid,
  ended_at timestamp with time zone,
  constraint staff_agreement_pkey PRIMARY KEY (workspace_id, agreement_id),
  constraint staff_agreement_check CHECK (((expires_on > valid_from) AND (expires_on <= (valid_from + '2 years'::interval)))),
  constraint staff_agreement_check1 CHECK (((released_by IS NULL) = (released_at IS NULL))),
  constraint staff_agreement_check2 CHECK (((ended_by IS NULL) = (ended_at IS NULL))),
  constraint staff_agreement_check3 CHECK ((released_by <> recorded_by)),
  constraint staff_agreement_figures_check CHECK ((cardinality(figures) > 0))
);
alter table public.staff_agreement enable row level security;
alter table public.staff_agreement force row level security;
CREATE INDEX staff_agreement_document ON public.staff_agreement USING btree (workspace_id, document_id);
CREATE INDEX staff_agreement_recorded ON public.staff_agreement USING btree (workspace_id, recorded_at DESC, agreement_id DESC);
CREATE INDEX staff_agreement_team ON public.staff_agreement USING btree (workspace_id, team_id) WHERE (team_id IS NOT NULL);
create policy workspace on public.staff_agreement as permissive for all to rapport_app
  using ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid))
  with check ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid));

create table public.staff_analysis (
  workspace_id uuid not null,
  analysis_id uuid not null,
  agreement_id uuid not null,
  member_id uuid not null,
  analysed_by uuid not null,
  figures text[] not null,
  from_day date not null,
  until_day date not null,
  reason text not null,
  analysed_at timestamp(3) with time zone default now() not null,
  constraint staff_analysis_pkey PRIMARY KEY (workspace_id, analysis_id)
);
alter table public.staff_analysis enable row level security;
alter table public.staff_analysis force row level security;
CREATE INDEX staff_analysis_agreement ON public.staff_analysis USING btree (workspace_id, agreement_id);
CREATE INDEX staff_analysis_at ON public.staff_analysis USING btree (workspace_id, analysed_at DESC, analysis_id DESC);
CREATE INDEX staff_analysis_member ON public.staff_analysis USING btree (workspace_id, member_id, analysed_at DESC, analysis_id DESC);
create policy workspace on public.staff_analysis as permissive for all to rapport_app
  using ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid))
  with check ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid));

create table public.staff_document (
  workspace_id uuid not null,
  document_id uuid not null,
  name text not null,
  media_type text not null,
  bytes integer not null,
  hash text not null,
  content bytea not null,
  uploaded_by uuid not null,
  uploaded_at timestamp with time zone default now() not null,
  constraint staff_document_pkey PRIMARY KEY (workspace_id, document_id)
);
alter table public.staff_document enable row level security;
alter table public.staff_document force row level security;
create policy workspace on public.staff_document as permissive for all to rapport_app
  using ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid))
  with check ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid));

create table public.staff_pseudonymisation (
  workspace_id uuid not null,
  "position" bigint default 0 not null,
  constraint staff_pseudonymisation_pkey PRIMARY KEY (workspace_id)
);
alter table public.staff_pseudonymisation enable row level security;
alter table public.staff_pseudonymisation force row level security;
create policy workspace on public.staff_pseudonymisation as permissive for all to rapport_app
  using ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid))
  with check ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid));

create table public.staffing (
  workspace_id uuid not null,
  member_id uuid not null,
  capacity integer,
  presence text default 'available'::text not null,
  presence_until timestamp with time zone,
  constraint staffing_pkey PRIMARY KEY (workspace_id, member_id),
  constraint staffing_capacity_check CHECK (((capacity >= 0) AND (capacity <= 1000))),
  constraint staffing_presence_check CHECK ((presence = ANY (ARRAY['available'::text, 'away'::text, 'off'::text])))
);
alter table public.staffing enable row level security;
alter table public.staffing force row level security;
create policy workspace on public.staffing as permissive for all to rapport_app
  using ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid))
  with check ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid));

create table public.stakeholder (
  workspace_id uuid not null,
  stakeholder_id uuid not null,
  member_id uuid,
  name text,
  part text default ''::text not null,
  needs text default ''::text not null,
  decides_on text default ''::text not null,
  speaks_about text default ''::text not null,
  created_at timestamp with time zone default now() not null,
  constraint stakeholder_pkey PRIMARY KEY (workspace_id, stakeholder_id),
  constraint stakeholder_check CHECK (((member_id IS NULL) <> (name IS NULL)))
);
alter table public.stakeholder enable row level security;
alter table public.stakeholder force row level security;
CREATE UNIQUE INDEX stakeholder_member ON public.stakeholder USING btree (workspace_id, member_id) WHERE (member_id IS NOT NULL);
create policy workspace on public.stakeholder as permissive for all to rapport_app
  using ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid))
  with check ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid));

create table public.stand_in (
  workspace_id uuid not null,
  member_id uuid not null,
  stand_in_id uuid not null,
  until timestamp with time zone not null,
  constraint stand_in_pkey PRIMARY KEY (workspace_id, member_id),
  constraint stand_in_check CHECK ((member_id <> stand_in_id))
);
alter table public.stand_in enable row level security;
alter table public.stand_in force row level security;
CREATE INDEX stand_in_stand_in ON public.stand_in USING btree (workspace_id, stand_in_id);
create policy workspace on public.stand_in as permissive for all to rapport_app
  using ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid))
  with check ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid));

create table public.strand (
  workspace_id uuid not null,
  thread_id uuid not null,
  begun_at timestamp with time zone not null,
  conversation_id uuid not null,
  handover_id uuid,
  found_by text not null,
  constraint strand_pkey PRIMARY KEY (workspace_id, thread_id, begun_at),
  constraint strand_found_by_check CHECK ((found_by = ANY (ARRAY['code'::text, 'same-account'::text, 'contact-point'::text, 'begun-by-us'::text, 'first-message'::text])))
);
alter table public.strand enable row level security;
alter table public.strand force row level security;
CREATE INDEX strand_conversation ON public.strand USING btree (workspace_id, conversation_id, begun_at);
create policy workspace on public.strand as permissive for all to rapport_app
  using ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid))
  with check ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid));

create table public.subscription (
  workspace_id uuid not null,
  subscriber text not null,
  "position" bigint default 0 not null,
  attempts integer default 0 not null,
  retry_at timestamp with time zone,
  last_error text,
  constraint subscription_pkey PRIMARY KEY (workspace_id, subscriber)
);
alter table public.subscription enable row level security;
alter table public.subscription force row level security;
create policy system_read on public.subscription as permissive for select to rapport_system
  using (true);
create policy workspace on public.subscription as permissive for all to rapport_app
  using ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid))
  with check ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid));

create table public.suggestion (
  workspace_id uuid not null,
  suggestion_id uuid not null,
  author_id uuid not null,
  other_author_id uuid not null,
  state text not null,
  weight integer not null,
  probability real not null,
  reasons jsonb not null,
  levels smallint[] not null,
  held_back text[] default '{}'::text[] not null,
  proof_level text,
  evidence text[] not null,
  model_version integer not null,
  found_at timestamp with time zone not null,
  put_off_until timestamp with time zone,
  decided_at timestamp with time zone,
  decided_by_kind text,
  decided_by uuid,
  operation_id uuid,
  constraint suggestion_pkey PRIMARY KEY (workspace_id, suggestion_id),
  constraint suggestion_workspace_id_author_id_other_author_id_key UNIQUE (workspace_id, author_id, other_author_id),
  constraint suggestion_check CHECK ((author_id < other_author_id)),
  constraint suggestion_proof_level_check CHECK ((proof_level = ANY (ARRAY['proved'::text, 'mutual'::text, 'named'::text]))),
  constraint suggestion_state_check CHECK ((state = ANY (ARRAY['open'::text, 'confirmed'::text, 'refused'::text, 'superseded'::text, 'withdrawn'::text])))
);
alter table public.suggestion enable row level security;
alter table public.suggestion force row level security;
CREATE INDEX suggestion_decided ON public.suggestion USING btree (workspace_id, state, decided_at DESC, suggestion_id DESC) WHERE (decided_at IS NOT NULL);
CREATE INDEX suggestion_operation ON public.suggestion USING btree (workspace_id, operation_id) WHERE (operation_id IS NOT NULL);
CREATE INDEX suggestion_other ON public.suggestion USING btree (workspace_id, other_author_id);
CREATE INDEX suggestion_queue ON public.suggestion USING btree (workspace_id, state, weight DESC, suggestion_id DESC);
create policy workspace on public.suggestion as permissive for all to rapport_app
  using ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid))
  with check ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid));

create table public.suggestion_answer (
  workspace_id uuid not null,
  answer_id uuid not null,
  suggestion_id uuid not null,
  confirmed boolean not null,
  levels smallint[] not null,
  fields_version integer not null,
  probability real not null,
  evidence text[] not null,
  answered_at timestamp with time zone not null,
  constraint suggestion_answer_pkey PRIMARY KEY (workspace_id, answer_id)
);
alter table public.suggestion_answer enable row level security;
alter table public.suggestion_answer force row level security;
CREATE INDEX suggestion_answer_newest ON public.suggestion_answer USING btree (workspace_id, answered_at DESC);
CREATE INDEX suggestion_answer_suggestion ON public.suggestion_answer USING btree (workspace_id, suggestion_id, answered_at);
create policy workspace on public.suggestion_answer as permissive for all to rapport_app
  using ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid))
  with check ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid));

create table public.suppression (
  workspace_id uuid not null,
  identity_hash text not null,
  reason text not null,
  since timestamp with time zone default now() not null,
  constraint suppression_pkey PRIMARY KEY (workspace_id, identity_hash),
  constraint suppression_reason_check CHECK ((reason = ANY (ARRAY['erasure'::text, 'objection'::text])))
);
alter table public.suppression enable row level security;
alter table public.suppression force row level security;
create policy workspace on public.suppression as permissive for all to rapport_app
  using ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid))
  with check ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid));

create table public.tag (
  workspace_id uuid not null,
  tag_id uuid not null,
  name text not null,
  colour text default 'gray'::text not null,
  constraint tag_pkey PRIMARY KEY (workspace_id, tag_id),
  constraint tag_workspace_id_name_key UNIQUE (workspace_id, name)
);
alter table public.tag enable row level security;
alter table public.tag force row level security;
create policy workspace on public.tag as permissive for all to rapport_app
  using ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid))
  with check ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid));

create table public.tally (
  workspace_id uuid not null,
  topic_id uuid not null,
  topic_version integer not null,
  span text not null,
  starts_at timestamp with time zone not null,
  posts integer default 0 not null,
  terms text default '[0]'::text not null,
  links text default '[0]'::text not null,
  threads text default '[0]'::text not null,
  waves text default '[0]'::text not null,
  voices text default '[0]'::text not null,
  closed boolean default false not null,
  anonymous boolean default false not null,
  constraint tally_pkey PRIMARY KEY (workspace_id, topic_id, topic_version, span, starts_at),
  constraint tally_span_check CHECK ((span = ANY (ARRAY['hour'::text, 'day'::text])))
);
alter table public.tally enable row level security;
alter table public.tally force row level security;
CREATE INDEX tally_ageing ON public.tally USING btree (workspace_id, starts_at) WHERE (NOT anonymous);
CREATE INDEX tally_expiring ON public.tally USING btree (workspace_id, starts_at);
CREATE INDEX tally_open ON public.tally USING btree (workspace_id, starts_at) WHERE ((span = 'hour'::text) AND (NOT closed));
create policy workspace on public.tally as permissive for all to rapport_app
  using ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid))
  with check ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid));

create table public.tally_entry (
  workspace_id uuid not null,
  entry_id uuid not null,
  topic_id uuid not null,
  topic_version integer not null,
  hour timestamp with time zone not null,
  removes boolean not null,
  posts integer not null,
  terms text not null,
  links text not null,
  threads text not null,
  waves text not null,
  voices text not null,
  constraint tally_entry_pkey PRIMARY KEY (workspace_id, entry_id)
);
alter table public.tally_entry enable row level security;
alter table public.tally_entry force row level security;
create policy workspace on public.tally_entry as permissive for all to rapport_app
  using ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid))
  with check ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid));

create table public.team (
  workspace_id uuid not null,
  team_id uuid not null,
  name text not null,
  created_at timestamp with time zone default now() not null,
  constraint team_pkey PRIMARY KEY (workspace_id, team_id),
  constraint team_workspace_id_name_key UNIQUE (workspace_id, name)
);
alter table public.team enable row level security;
alter table public.team force row level security;
create policy workspace on public.team as permissive for all to rapport_app
  using ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid))
  with check ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid));

create table public.team_member (
  workspace_id uuid not null,
  team_id uuid not null,
  member_id uuid not null,
  joined_at timestamp with time zone default now() not null,
  constraint team_member_pkey PRIMARY KEY (workspace_id, team_id, member_id)
);
alter table public.team_member enable row level security;
alter table public.team_member force row level security;
create policy workspace on public.team_member as permissive for all to rapport_app
  using ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid))
  with check ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid));

create table public.thread (
  workspace_id uuid not null,
  thread_id uuid not null,
  network text not null,
  scope text default ''::text not null,
  root_external_id text not null,
  created_at timestamp with time zone default now() not null,
  constraint thread_pkey PRIMARY KEY (workspace_id, thread_id),
  constraint thread_workspace_id_network_scope_root_external_id_key UNIQUE (workspace_id, network, scope, root_external_id)
);
alter table public.thread enable row level security;
alter table public.thread force row level security;
create policy workspace on public.thread as permissive for all to rapport_app
  using ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid))
  with check ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid));

create table public.topic (
  workspace_id uuid not null,
  topic_id uuid not null,
  name text not null,
  kind text default 'brand'::text not null,
  query text not null,
  languages text[] not null,
  version integer default 1 not null,
  state text default 'active'::text not null,
  opens_conversations boolean default true not null,
  lookback_from timestamp with time zone,
  lookback_post_id uuid,
  lookback_found integer default 0 not null,
  created_at timestamp with time zone default now() not null,
  removed_at timestamp with time zone,
  constraint topic_pkey PRIMARY KEY (workspace_id, topic_id),
  constraint topic_kind_check CHECK ((kind = ANY (ARRAY['brand'::text, 'competitor'::text, 'category'::text, 'campaign'::text, 'people'::text]))),
  constraint topic_state_check CHECK ((state = ANY (ARRAY['active'::text, 'paused'::text])))
);
alter table public.topic enable row level security;
alter table public.topic force row level security;
CREATE UNIQUE INDEX topic_name ON public.topic USING btree (workspace_id, name) WHERE (removed_at IS NULL);
create policy workspace on public.topic as permissive for all to rapport_app
  using ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid))
  with check ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid));

create table public.topic_relevance (
  workspace_id uuid not null,
  topic_id uuid not null,
  switched_on boolean default true not null,
  noise text default 'shown'::text not null,
  version bigint default 1 not null,
  background bytea,
  background_version bigint default 0 not null,
  background_posts integer default 0 not null,
  background_query integer default 0 not null,
  background_learned_at timestamp with time zone,
  background_due_at timestamp with time zone default now() not null,
  line_posts uuid[] default '{}'::uuid[] not null,
  scorer bytea,
  scorer_version bigint default 0 not null,
  labels integer default 0 not null,
  hints integer default 0 not null,
  judging_from timestamp with time zone,
  judging_post_id uuid,
  begun_at timestamp with time zone default now() not null,
  scorer_query integer default 0 not null,
  constraint topic_relevance_pkey PRIMARY KEY (workspace_id, topic_id),
  constraint topic_relevance_noise_check CHECK ((noise = ANY (ARRAY['shown'::text, 'below'::text, 'kept-out'::text])))
);
alter table public.topic_relevance enable row level security;
alter table public.topic_relevance force row level security;
create policy workspace on public.topic_relevance as permissive for all to rapport_app
  using ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid))
  with check ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid));

create table public.topic_version (
  workspace_id uuid not null,
  topic_id uuid not null,
  version integer not null,
  query text not null,
  languages text[] not null,
  reason text default ''::text not null,
  changed_by uuid,
  changed_at timestamp with time zone default now() not null,
  constraint topic_version_pkey PRIMARY KEY (workspace_id, topic_id, version)
);
alter table public.topic_version enable row level security;
alter table public.topic_version force row level security;
create policy workspace on public.topic_version as permissive for all to rapport_app
  using ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid))
  with check ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid));

create table public.training (
  workspace_id uuid not null,
  training_id uuid not null,
  version integer default 1 not null,
  asked_version integer default 1 not null,
  asked_since timestamp with time zone not null,
  texts jsonb not null,
  pass_percent integer not null,
  attempts_max integer not null,
  pause_hours integer not null,
  validity_months integer,
  created_at timestamp with time zone default now() not null,
  retired_at timestamp with time zone,
  constraint training_pkey PRIMARY KEY (workspace_id, training_id),
  constraint training_attempts_max_check CHECK (((attempts_max >= 1) AND (attempts_max <= 20))),
  constraint training_pass_percent_check CHECK (((pass_percent >= 1) AND (pass_percent <= 100))),
  constraint training_pause_hours_check CHECK (((pause_hours >= 1) AND (pause_hours <= 720))),
  constraint training_validity_months_check CHECK (((validity_months >= 1) AND (validity_months <= 120)))
);
alter table public.training enable row level security;
alter table public.training force row level security;
create policy workspace on public.training as permissive for all to rapport_app
  using ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid))
  with check ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid));

create table public.training_standing (
  workspace_id uuid not null,
  member_id uuid not null,
  training_id uuid not null,
  passed_version integer,
  passed_at timestamp with time zone,
  valid_until timestamp with time zone,
  failed_since_pause integer default 0 not null,
  paused_until timestamp with time zone,
  counted_version integer,
  constraint training_standing_pkey PRIMARY KEY (workspace_id, member_id, training_id)
);
alter table public.training_standing enable row level security;
alter table public.training_standing force row level security;
CREATE INDEX training_standing_training ON public.training_standing USING btree (workspace_id, training_id);
create policy workspace on public.training_standing as permissive for all to rapport_app
  using ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid))
  with check ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid));

create table public.understanding_walk (
  workspace_id uuid not null,
  understood_by text not null,
  after_post_id uuid,
  done boolean not null,
  constraint understanding_walk_pkey PRIMARY KEY (workspace_id)
);
alter table public.understanding_walk enable row level security;
alter table public.understanding_walk force row level security;
create policy workspace on public.understanding_walk as permissive for all to rapport_app
  using ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid))
  with check ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid));

create table public.verdict (
  workspace_id uuid not null,
  verdict_id uuid not null,
  topic_id uuid not null,
  post_id uuid not null,
  version bigint not null,
  side text not null,
  reason text,
  words text,
  thought_probability real,
  thought text,
  sorted_by_kind text not null,
  sorted_by uuid,
  sorted_at timestamp with time zone not null,
  taken_back_at timestamp with time zone,
  constraint verdict_pkey PRIMARY KEY (workspace_id, verdict_id),
  constraint verdict_reason_check CHECK ((reason = ANY (ARRAY['other-meaning'::text, 'other-place'::text, 'advertising'::text, 'press'::text, 'job'::text, 'spam'::text, 'other'::text]))),
  constraint verdict_side_check CHECK ((side = ANY (ARRAY['for-us'::text, 'not-for-us'::text]))),
  constraint verdict_thought_check CHECK ((thought = ANY (ARRAY['for-us'::text, 'unsure'::text, 'not-for-us'::text])))
);
alter table public.verdict enable row level security;
alter table public.verdict force row level security;
CREATE INDEX verdict_newest ON public.verdict USING btree (workspace_id, topic_id, version DESC, post_id) WHERE (taken_back_at IS NULL);
CREATE INDEX verdict_post ON public.verdict USING btree (workspace_id, post_id, topic_id, version DESC);
create policy workspace on public.verdict as permissive for all to rapport_app
  using ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid))
  with check ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid));

create table public.walk (
  workspace_id uuid not null,
  walk_id uuid not null,
  scenario_id uuid not null,
  steps jsonb not null,
  begun_at timestamp with time zone default now() not null,
  ended_at timestamp with time zone,
  outcome text,
  summary text default ''::text not null,
  constraint walk_pkey PRIMARY KEY (workspace_id, walk_id),
  constraint walk_check CHECK (((ended_at IS NULL) = (outcome IS NULL))),
  constraint walk_outcome_check CHECK ((outcome = ANY (ARRAY['ready'::text, 'gaps'::text, 'not-ready'::text])))
);
alter table public.walk enable row level security;
alter table public.walk force row level security;
CREATE UNIQUE INDEX walk_open ON public.walk USING btree (workspace_id, scenario_id) WHERE (ended_at IS NULL);
CREATE INDEX walk_scenario ON public.walk USING btree (workspace_id, scenario_id, begun_at DESC);
create policy workspace on public.walk as permissive for all to rapport_app
  using ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid))
  with check ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid));

create table public.webhook (
  workspace_id uuid not null,
  webhook_id uuid not null,
  name text not null,
  url text not null,
  secret text not null,
  types text[] not null,
  state text not null,
  "position" bigint not null,
  due_at timestamp with time zone,
  attempts integer default 0 not null,
  failing_since timestamp with time zone,
  lease_id uuid,
  created_at timestamp with time zone not null,
  constraint webhook_pkey PRIMARY KEY (workspace_id, webhook_id),
  constraint webhook_check CHECK (((state = 'on'::text) = (due_at IS NOT NULL))),
  constraint webhook_state_check CHECK ((state = ANY (ARRAY['on'::text, 'off'::text, 'stopped'::text])))
);
alter table public.webhook enable row level security;
alter table public.webhook force row level security;
CREATE INDEX webhook_due ON public.webhook USING btree (due_at) WHERE (due_at IS NOT NULL);
create policy system_due on public.webhook as permissive for select to rapport_system
  using (true);
create policy workspace on public.webhook as permissive for all to rapport_app
  using ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid))
  with check ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid));

create table public.webhook_delivery (
  workspace_id uuid not null,
  webhook_id uuid not null,
  event_id uuid not null,
  type text not null,
  state text not null,
  attempts integer not null,
  status integer,
  failure text,
  first_at timestamp with time zone not null,
  last_at timestamp with time zone not null,
  constraint webhook_delivery_pkey PRIMARY KEY (workspace_id, webhook_id, event_id),
  constraint webhook_delivery_state_check CHECK ((state = ANY (ARRAY['waiting'::text, 'sent'::text, 'skipped'::text])))
);
alter table public.webhook_delivery enable row level security;
alter table public.webhook_delivery force row level security;
CREATE INDEX webhook_delivery_newest ON public.webhook_delivery USING btree (workspace_id, webhook_id, last_at DESC);
CREATE INDEX webhook_delivery_oldest ON public.webhook_delivery USING btree (workspace_id, last_at);
create policy workspace on public.webhook_delivery as permissive for all to rapport_app
  using ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid))
  with check ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid));

create table public.workbench_label (
  workspace_id uuid not null,
  topic_id uuid not null,
  subject_id uuid not null,
  subject text not null,
  side text,
  asked boolean default false not null,
  sorted_by uuid,
  sorted_at timestamp with time zone not null,
  constraint workbench_label_pkey PRIMARY KEY (workspace_id, topic_id, subject_id),
  constraint workbench_label_side_check CHECK ((side = ANY (ARRAY['for-us'::text, 'not-for-us'::text]))),
  constraint workbench_label_subject_check CHECK ((subject = ANY (ARRAY['post'::text, 'sampled'::text])))
);
alter table public.workbench_label enable row level security;
alter table public.workbench_label force row level security;
CREATE INDEX workbench_label_by_hand ON public.workbench_label USING btree (workspace_id, topic_id, sorted_at DESC) WHERE ((side = 'for-us'::text) AND (NOT asked));
CREATE INDEX workbench_label_subject ON public.workbench_label USING btree (workspace_id, subject_id);
create policy workspace on public.workbench_label as permissive for all to rapport_app
  using ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid))
  with check ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid));

create table public.workspace (
  workspace_id uuid not null,
  name text not null,
  brand text default ''::text not null,
  languages text[] default '{en}'::text[] not null,
  time_zone text default 'Europe/Berlin'::text not null,
  kind text default 'small-team'::text not null,
  mode text default 'live'::text not null,
  settings jsonb default '{}'::jsonb not null,
  created_at timestamp with time zone default now() not null,
  constraint workspace_pkey PRIMARY KEY (workspace_id),
  constraint workspace_kind_check CHECK ((kind = ANY (ARRAY['small-team'::text, 'care-desk'::text, 'agency'::text, 'listen-only'::text]))),
  constraint workspace_mode_check CHECK ((mode = ANY (ARRAY['live'::text, 'drill'::text])))
);
alter table public.workspace enable row level security;
alter table public.workspace force row level security;
create policy sandbox on public.workspace as permissive for select to rapport_eraser
  using ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid));
create policy system_read on public.workspace as permissive for select to rapport_system
  using (true);
create policy workspace on public.workspace as permissive for all to rapport_app
  using ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid))
  with check ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid));

create table system.auth_account (
  id text not null,
  "accountId" text not null,
  "providerId" text not null,
  "userId" text not null,
  "accessToken" text,
  "refreshToken" text,
  "idToken" text,
  "accessTokenExpiresAt" timestamp with time zone,
  "refreshTokenExpiresAt" timestamp with time zone,
  scope text,
  password text,
  "createdAt" timestamp with time zone default now() not null,
  "updatedAt" timestamp with time zone default now() not null,
  constraint auth_account_pkey PRIMARY KEY (id),
  constraint "auth_account_providerId_accountId_key" UNIQUE ("providerId", "accountId")
);
CREATE INDEX auth_account_user ON system.auth_account USING btree ("userId");

create table system.auth_passkey (
  id text not null,
  name text,
  "publicKey" text not null,
  "userId" text not null,
  "credentialID" text not null,
  counter integer not null,
  "deviceType" text not null,
  "backedUp" boolean not null,
  transports text,
  "createdAt" timestamp with time zone,
  aaguid text,
  constraint auth_passkey_pkey PRIMARY KEY (id),
  constraint "auth_passkey_credentialID_key" UNIQUE ("credentialID")
);
CREATE INDEX auth_passkey_user ON system.auth_passkey USING btree ("userId");

create table system.auth_session (
  id text not null,
  "expiresAt" timestamp with time zone not null,
  token text not null,
  "createdAt" timestamp with time zone default now() not null,
  "updatedAt" timestamp with time zone default now() not null,
  "ipAddress" text,
  "userAgent" text,
  "userId" text not null,
  "secondFactor" text,
  constraint auth_session_pkey PRIMARY KEY (id),
  constraint auth_session_token_key UNIQUE (token),
  constraint "auth_session_secondFactor_check" CHECK (("secondFactor" = ANY (ARRAY['code'::text, 'passkey'::text, 'provider'::text])))
);
CREATE INDEX auth_session_user ON system.auth_session USING btree ("userId");

create table system.auth_two_factor (
  id text not null,
  secret text not null,
  "backupCodes" text not null,
  "userId" text not null,
  verified boolean default true,
  "failedVerificationCount" integer default 0,
  "lockedUntil" timestamp with time zone,
  constraint auth_two_factor_pkey PRIMARY KEY (id)
);
CREATE INDEX auth_two_factor_user ON system.auth_two_factor USING btree ("userId");

create table system.auth_user (
  id text not null,
  name text not null,
  email text not null,
  "emailVerified" boolean default false not null,
  image text,
  "createdAt" timestamp with time zone default now() not null,
  "updatedAt" timestamp with time zone default now() not null,
  "twoFactorEnabled" boolean default false,
  "installationAdmin" boolean default false not null,
  language text default 'en'::text not null,
  "timeZone" text default 'Europe/Berlin'::text not null,
  theme text default 'system'::text not null,
  constraint auth_user_pkey PRIMARY KEY (id),
  constraint auth_user_email_key UNIQUE (email)
);

create table system.auth_verification (
  id text not null,
  identifier text not null,
  value text not null,
  "expiresAt" timestamp with time zone not null,
  "createdAt" timestamp with time zone default now() not null,
  "updatedAt" timestamp with time zone default now() not null,
  constraint auth_verification_pkey PRIMARY KEY (id)
);
CREATE INDEX auth_verification_identifier ON system.auth_verification USING btree (identifier);

create table system.job_task (
  name text not null,
  constraint job_task_pkey PRIMARY KEY (name),
  constraint job_task_name_check CHECK ((name ~ '^[a-z][a-z-]*(\.[a-z][a-z-]*)*$'::text))
);

create table system.listening_change (
  workspace_id uuid not null,
  version bigint default 1 not null,
  streams text[] default '{}'::text[] not null,
  constraint listening_change_pkey PRIMARY KEY (workspace_id)
);

create table system.rate_limit (
  key bytea not null,
  tokens double precision not null,
  at timestamp with time zone not null,
  full_at timestamp with time zone not null,
  constraint rate_limit_pkey PRIMARY KEY (key)
);
CREATE INDEX rate_limit_full ON system.rate_limit USING btree (full_at);

create table system.setting (
  name text not null,
  value jsonb not null,
  changed_at timestamp with time zone default now() not null,
  constraint setting_pkey PRIMARY KEY (name)
);

create table system.stream (
  name text not null,
  cursor jsonb,
  connected_at timestamp with time zone,
  last_item_at timestamp with time zone,
  heard_count bigint default 0 not null,
  kept_count bigint default 0 not null,
  last_failure text,
  last_failure_at timestamp with time zone,
  lease_owner text,
  lease_until timestamp with time zone,
  constraint stream_pkey PRIMARY KEY (name)
);

create table system.stream_day (
  stream text not null,
  day date not null,
  heard bigint default 0 not null,
  constraint stream_day_pkey PRIMARY KEY (stream, day)
);

create table system.stream_quarantine (
  stream_quarantine_id uuid not null,
  stream text not null,
  received_at timestamp with time zone not null,
  reason text not null,
  raw text not null,
  constraint stream_quarantine_pkey PRIMARY KEY (stream_quarantine_id)
);
CREATE INDEX stream_quarantine_received ON system.stream_quarantine USING btree (received_at);

create table system.stream_sample (
  sample_id uuid not null,
  stream text not null,
  heard_at timestamp with time zone not null,
  network text not null,
  title text,
  text text not null,
  language text,
  is_reply boolean not null,
  has_media boolean not null,
  published_at timestamp with time zone not null,
  address_hash bytea not null,
  kept_by uuid[] default '{}'::uuid[] not null,
  constraint stream_sample_pkey PRIMARY KEY (sample_id),
  constraint stream_sample_address_hash_key UNIQUE (address_hash)
);
CREATE INDEX stream_sample_drawn ON system.stream_sample USING btree (stream, sample_id);
CREATE INDEX stream_sample_heard ON system.stream_sample USING btree (heard_at);

create table system.stream_sample_hour (
  stream text not null,
  hour timestamp with time zone not null,
  heard bigint not null,
  sampled integer not null,
  constraint stream_sample_hour_pkey PRIMARY KEY (stream, hour)
);

create table system.stream_sample_refusal (
  workspace_id uuid not null,
  refused_at timestamp with time zone not null,
  constraint stream_sample_refusal_pkey PRIMARY KEY (workspace_id)
);

create table system.stream_withdrawal (
  network text not null,
  scope text not null,
  kind text not null,
  subject text not null,
  at timestamp with time zone not null,
  received_at timestamp with time zone not null,
  constraint stream_withdrawal_pkey PRIMARY KEY (network, scope, kind, subject),
  constraint stream_withdrawal_kind_check CHECK ((kind = ANY (ARRAY['post-deleted'::text, 'author-gone'::text, 'author-deactivated'::text, 'author-back'::text])))
);
CREATE INDEX stream_withdrawal_received ON system.stream_withdrawal USING btree (received_at);

create table system.workspace (
  id uuid not null,
  slug text not null,
  created_at timestamp with time zone default now() not null,
  fence text,
  constraint workspace_pkey PRIMARY KEY (id),
  constraint workspace_slug_key UNIQUE (slug),
  constraint workspace_slug_check CHECK ((slug ~ '^[a-z0-9]([a-z0-9-]{0,46}[a-z0-9])?$'::text))
);


alter table public.access_archive add constraint access_archive_workspace_id_person_id_fkey FOREIGN KEY (workspace_id, person_id) REFERENCES public.person(workspace_id, person_id);
alter table public.acknowledgement add constraint acknowledgement_workspace_id_guideline_id_version_fkey FOREIGN KEY (workspace_id, guideline_id, version) REFERENCES public.guideline_version(workspace_id, guideline_id, version) ON DELETE CASCADE;
alter table public.acknowledgement add constraint acknowledgement_workspace_id_member_id_fkey FOREIGN KEY (workspace_id, member_id) REFERENCES public.member(workspace_id, member_id) ON DELETE CASCADE;
alter table public.alarm add constraint alarm_workspace_id_topic_id_fkey FOREIGN KEY (workspace_id, topic_id) REFERENCES public.topic(workspace_id, topic_id) ON DELETE CASCADE;
alter table public.alarm_baseline add constraint alarm_baseline_workspace_id_topic_id_fkey FOREIGN KEY (workspace_id, topic_id) REFERENCES public.topic(workspace_id, topic_id) ON DELETE CASCADE;
alter table public.alarm_message add constraint alarm_message_workspace_id_alarm_id_fkey FOREIGN KEY (workspace_id, alarm_id) REFERENCES public.alarm(workspace_id, alarm_id) ON DELETE CASCADE;
alter table public.alarm_message add constraint alarm_message_workspace_id_topic_id_fkey FOREIGN KEY (workspace_id, topic_id) REFERENCES public.topic(workspace_id, topic_id) ON DELETE CASCADE;
alter table public.alarm_rule add constraint alarm_rule_workspace_id_topic_id_fkey FOREIGN KEY (workspace_id, topic_id) REFERENCES public.topic(workspace_id, topic_id) ON DELETE CASCADE;
alter table public.answer add constraint answer_workspace_id_conversation_id_fkey FOREIGN KEY (workspace_id, conversation_id) REFERENCES public.conversation(workspace_id, conversation_id) ON DELETE CASCADE;
alter table public.approval add constraint approval_workspace_id_delivery_id_fkey FOREIGN KEY (workspace_id, delivery_id) REFERENCES public.delivery(workspace_id, delivery_id);
alter table public.approval add constraint approval_workspace_id_judgement_id_fkey FOREIGN KEY (workspace_id, judgement_id) REFERENCES public.judgement(workspace_id, judgement_id);
alter table public.approval add constraint approval_workspace_id_source_id_fkey FOREIGN KEY (workspace_id, source_id) REFERENCES public.source(workspace_id, source_id);
alter table public.approval_conversation add constraint approval_conversation_workspace_id_approval_id_fkey FOREIGN KEY (workspace_id, approval_id) REFERENCES public.approval(workspace_id, approval_id) ON DELETE CASCADE;
alter table public.approval_conversation add constraint approval_conversation_workspace_id_conversation_id_fkey FOREIGN KEY (workspace_id, conversation_id) REFERENCES public.conversation(workspace_id, conversation_id) ON DELETE CASCADE;
alter table public.approval_guest add constraint approval_guest_workspace_id_approval_id_fkey FOREIGN KEY (workspace_id, approval_id) REFERENCES public.approval(workspace_id, approval_id) ON DELETE CASCADE;
alter table public.approval_remark add constraint approval_remark_workspace_id_approval_id_fkey FOREIGN KEY (workspace_id, approval_id) REFERENCES public.approval(workspace_id, approval_id) ON DELETE CASCADE;
alter table public.author_field add constraint author_field_workspace_id_author_id_fkey FOREIGN KEY (workspace_id, author_id) REFERENCES public.author(workspace_id, author_id) ON DELETE CASCADE;
alter table public.author_handle add constraint author_handle_workspace_id_author_id_fkey FOREIGN KEY (workspace_id, author_id) REFERENCES public.author(workspace_id, author_id) ON DELETE CASCADE;
alter table public.author_past add constraint author_past_workspace_id_author_id_fkey FOREIGN KEY (workspace_id, author_id) REFERENCES public.author(workspace_id, author_id) ON DELETE CASCADE;
alter table public.calendar_version add constraint calendar_version_workspace_id_calendar_id_fkey FOREIGN KEY (workspace_id, calendar_id) REFERENCES public.calendar(workspace_id, calendar_id) ON DELETE CASCADE;
alter table public.clock add constraint clock_workspace_id_conversation_id_fkey FOREIGN KEY (workspace_id, conversation_id) REFERENCES public.conversation(workspace_id, conversation_id) ON DELETE CASCADE;
alter table public.clock_policy_version add constraint clock_policy_version_workspace_id_calendar_id_fkey FOREIGN KEY (workspace_id, calendar_id) REFERENCES public.calendar(workspace_id, calendar_id);
alter table public.clock_policy_version add constraint clock_policy_version_workspace_id_clock_policy_id_fkey FOREIGN KEY (workspace_id, clock_policy_id) REFERENCES public.clock_policy(workspace_id, clock_policy_id) ON DELETE CASCADE;
alter table public.clock_step add constraint clock_step_workspace_id_conversation_id_fkey FOREIGN KEY (workspace_id, conversation_id) REFERENCES public.conversation(workspace_id, conversation_id) ON DELETE CASCADE;
alter table public.clock_watch add constraint clock_watch_workspace_id_conversation_id_fkey FOREIGN KEY (workspace_id, conversation_id) REFERENCES public.conversation(workspace_id, conversation_id) ON DELETE CASCADE;
alter table public.column_look add constraint column_look_workspace_id_column_id_fkey FOREIGN KEY (workspace_id, column_id) REFERENCES public.layout_column(workspace_id, column_id) ON DELETE CASCADE;
alter table public.column_look add constraint column_look_workspace_id_member_id_fkey FOREIGN KEY (workspace_id, member_id) REFERENCES public.member(workspace_id, member_id) ON DELETE CASCADE;
alter table public.consent add constraint consent_workspace_id_author_id_fkey FOREIGN KEY (workspace_id, author_id) REFERENCES public.author(workspace_id, author_id);
alter table public.consent add constraint consent_workspace_id_person_id_fkey FOREIGN KEY (workspace_id, person_id) REFERENCES public.person(workspace_id, person_id);
alter table public.contact add constraint contact_workspace_id_author_id_fkey FOREIGN KEY (workspace_id, author_id) REFERENCES public.author(workspace_id, author_id) ON DELETE CASCADE;
alter table public.contact_identity add constraint contact_identity_workspace_id_author_id_fkey FOREIGN KEY (workspace_id, author_id) REFERENCES public.author(workspace_id, author_id) ON DELETE CASCADE;
alter table public.contact_identity add constraint contact_identity_workspace_id_contact_id_fkey FOREIGN KEY (workspace_id, contact_id) REFERENCES public.contact(workspace_id, author_id) ON DELETE CASCADE;
alter table public.contact_proposal add constraint contact_proposal_workspace_id_person_id_fkey FOREIGN KEY (workspace_id, person_id) REFERENCES public.person(workspace_id, person_id);
alter table public.conversation add constraint conversation_workspace_id_thread_id_fkey FOREIGN KEY (workspace_id, thread_id) REFERENCES public.thread(workspace_id, thread_id);
alter table public.conversation_post add constraint conversation_post_workspace_id_conversation_id_fkey FOREIGN KEY (workspace_id, conversation_id) REFERENCES public.conversation(workspace_id, conversation_id) ON DELETE CASCADE;
alter table public.conversation_tag add constraint conversation_tag_workspace_id_conversation_id_fkey FOREIGN KEY (workspace_id, conversation_id) REFERENCES public.conversation(workspace_id, conversation_id) ON DELETE CASCADE;
alter table public.conversation_tag add constraint conversation_tag_workspace_id_tag_id_fkey FOREIGN KEY (workspace_id, tag_id) REFERENCES public.tag(workspace_id, tag_id) ON DELETE CASCADE;
alter table public.conversation_topic add constraint conversation_topic_workspace_id_conversation_id_fkey FOREIGN KEY (workspace_id, conversation_id) REFERENCES public.conversation(workspace_id, conversation_id) ON DELETE CASCADE;
alter table public.crisis add constraint crisis_workspace_id_team_id_fkey FOREIGN KEY (workspace_id, team_id) REFERENCES public.team(workspace_id, team_id) ON DELETE SET NULL (team_id);
alter table public.crisis add constraint crisis_workspace_id_topic_id_fkey FOREIGN KEY (workspace_id, topic_id) REFERENCES public.topic(workspace_id, topic_id);
alter table public.crisis_entry add constraint crisis_entry_workspace_id_crisis_id_fkey FOREIGN KEY (workspace_id, crisis_id) REFERENCES public.crisis(workspace_id, crisis_id) ON DELETE CASCADE;
alter table public.crisis_proposal add constraint crisis_proposal_workspace_id_alarm_id_fkey FOREIGN KEY (workspace_id, alarm_id) REFERENCES public.alarm(workspace_id, alarm_id) ON DELETE CASCADE;
alter table public.crisis_proposal add constraint crisis_proposal_workspace_id_conversation_id_fkey FOREIGN KEY (workspace_id, conversation_id) REFERENCES public.conversation(workspace_id, conversation_id) ON DELETE CASCADE;
alter table public.crisis_proposal add constraint crisis_proposal_workspace_id_topic_id_fkey FOREIGN KEY (workspace_id, topic_id) REFERENCES public.topic(workspace_id, topic_id);
alter table public.crisis_release add constraint crisis_release_workspace_id_crisis_id_fkey FOREIGN KEY (workspace_id, crisis_id) REFERENCES public.crisis(workspace_id, crisis_id) ON DELETE CASCADE;
alter table public.customer_session add constraint customer_session_workspace_id_person_id_fkey FOREIGN KEY (workspace_id, person_id) REFERENCES public.person(workspace_id, person_id);
alter table public.customer_session add constraint customer_session_workspace_id_proof_invitation_id_fkey FOREIGN KEY (workspace_id, proof_invitation_id) REFERENCES public.proof_invitation(workspace_id, proof_invitation_id) ON DELETE CASCADE;
alter table public.delivery add constraint delivery_workspace_id_judgement_id_judgement_clears_fkey FOREIGN KEY (workspace_id, judgement_id, judgement_clears) REFERENCES public.judgement(workspace_id, judgement_id, clears);
alter table public.draft add constraint draft_workspace_id_conversation_id_fkey FOREIGN KEY (workspace_id, conversation_id) REFERENCES public.conversation(workspace_id, conversation_id) ON DELETE CASCADE;
alter table public.draft add constraint draft_workspace_id_macro_id_fkey FOREIGN KEY (workspace_id, macro_id) REFERENCES public.macro(workspace_id, macro_id) ON DELETE SET NULL (macro_id);
alter table public.drill_post add constraint drill_post_workspace_id_drill_id_fkey FOREIGN KEY (workspace_id, drill_id) REFERENCES public.drill(workspace_id, drill_id) ON DELETE CASCADE;
alter table public.erasure add constraint erasure_workspace_id_person_id_fkey FOREIGN KEY (workspace_id, person_id) REFERENCES public.person(workspace_id, person_id);
alter table public.finding_review add constraint finding_review_workspace_id_post_id_fkey FOREIGN KEY (workspace_id, post_id) REFERENCES public.post(workspace_id, post_id) ON DELETE CASCADE;
alter table public.graph_operation_person add constraint graph_operation_person_workspace_id_operation_id_fkey FOREIGN KEY (workspace_id, operation_id) REFERENCES public.graph_operation(workspace_id, operation_id);
alter table public.graph_operation_person add constraint graph_operation_person_workspace_id_person_id_fkey FOREIGN KEY (workspace_id, person_id) REFERENCES public.person(workspace_id, person_id);
alter table public.guideline_reminder add constraint guideline_reminder_workspace_id_member_id_fkey FOREIGN KEY (workspace_id, member_id) REFERENCES public.member(workspace_id, member_id) ON DELETE CASCADE;
alter table public.guideline_role add constraint guideline_role_workspace_id_guideline_id_fkey FOREIGN KEY (workspace_id, guideline_id) REFERENCES public.guideline(workspace_id, guideline_id) ON DELETE CASCADE;
alter table public.guideline_role add constraint guideline_role_workspace_id_role_id_fkey FOREIGN KEY (workspace_id, role_id) REFERENCES public.role(workspace_id, role_id) ON DELETE CASCADE;
alter table public.guideline_version add constraint guideline_version_workspace_id_guideline_id_fkey FOREIGN KEY (workspace_id, guideline_id) REFERENCES public.guideline(workspace_id, guideline_id) ON DELETE CASCADE;
alter table public.handover add constraint handover_workspace_id_conversation_id_fkey FOREIGN KEY (workspace_id, conversation_id) REFERENCES public.conversation(workspace_id, conversation_id) ON DELETE CASCADE;
alter table public.handover add constraint handover_workspace_id_source_id_fkey FOREIGN KEY (workspace_id, source_id) REFERENCES public.source(workspace_id, source_id) ON DELETE CASCADE;
alter table public.holding_statement add constraint holding_statement_workspace_id_topic_id_fkey FOREIGN KEY (workspace_id, topic_id) REFERENCES public.topic(workspace_id, topic_id);
alter table public.identity_due add constraint identity_due_workspace_id_author_id_fkey FOREIGN KEY (workspace_id, author_id) REFERENCES public.author(workspace_id, author_id) ON DELETE CASCADE;
alter table public.identity_key add constraint identity_key_workspace_id_author_id_fkey FOREIGN KEY (workspace_id, author_id) REFERENCES public.author(workspace_id, author_id) ON DELETE CASCADE;
alter table public.impersonation add constraint impersonation_workspace_id_author_id_fkey FOREIGN KEY (workspace_id, author_id) REFERENCES public.author(workspace_id, author_id) ON DELETE CASCADE;
alter table public.impersonation add constraint impersonation_workspace_id_own_author_id_fkey FOREIGN KEY (workspace_id, own_author_id) REFERENCES public.author(workspace_id, author_id) ON DELETE CASCADE;
alter table public.import_rejection add constraint import_rejection_workspace_id_import_id_fkey FOREIGN KEY (workspace_id, import_id) REFERENCES public.import(workspace_id, import_id) ON DELETE CASCADE;
alter table public.inference_policy add constraint inference_policy_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES public.workspace(workspace_id);
alter table public.invitation add constraint invitation_workspace_id_role_id_fkey FOREIGN KEY (workspace_id, role_id) REFERENCES public.role(workspace_id, role_id);
alter table public.layout add constraint layout_workspace_id_member_id_fkey FOREIGN KEY (workspace_id, member_id) REFERENCES public.member(workspace_id, member_id) ON DELETE CASCADE;
alter table public.layout_column add constraint layout_column_workspace_id_layout_id_fkey FOREIGN KEY (workspace_id, layout_id) REFERENCES public.layout(workspace_id, layout_id) ON DELETE CASCADE;
alter table public.layout_column add constraint layout_column_workspace_id_person_id_fkey FOREIGN KEY (workspace_id, person_id) REFERENCES public.person(workspace_id, person_id) ON DELETE CASCADE;
alter table public.layout_column add constraint layout_column_workspace_id_topic_id_fkey FOREIGN KEY (workspace_id, topic_id) REFERENCES public.topic(workspace_id, topic_id) ON DELETE CASCADE;
alter table public.lease add constraint lease_workspace_id_conversation_id_fkey FOREIGN KEY (workspace_id, conversation_id) REFERENCES public.conversation(workspace_id, conversation_id) ON DELETE CASCADE;
alter table public.member add constraint member_workspace_id_role_id_fkey FOREIGN KEY (workspace_id, role_id) REFERENCES public.role(workspace_id, role_id);
alter table public.member_sign_off add constraint member_sign_off_workspace_id_member_id_fkey FOREIGN KEY (workspace_id, member_id) REFERENCES public.member(workspace_id, member_id) ON DELETE CASCADE;
alter table public.member_skill add constraint member_skill_workspace_id_member_id_fkey FOREIGN KEY (workspace_id, member_id) REFERENCES public.member(workspace_id, member_id) ON DELETE CASCADE;
alter table public.member_skill add constraint member_skill_workspace_id_skill_id_fkey FOREIGN KEY (workspace_id, skill_id) REFERENCES public.skill(workspace_id, skill_id) ON DELETE CASCADE;
alter table public.member_source_role add constraint member_source_role_workspace_id_member_id_fkey FOREIGN KEY (workspace_id, member_id) REFERENCES public.member(workspace_id, member_id) ON DELETE CASCADE;
alter table public.member_source_role add constraint member_source_role_workspace_id_role_id_fkey FOREIGN KEY (workspace_id, role_id) REFERENCES public.role(workspace_id, role_id);
alter table public.member_source_role add constraint member_source_role_workspace_id_source_id_fkey FOREIGN KEY (workspace_id, source_id) REFERENCES public.source(workspace_id, source_id) ON DELETE CASCADE;
alter table public.moderation add constraint moderation_workspace_id_source_id_fkey FOREIGN KEY (workspace_id, source_id) REFERENCES public.source(workspace_id, source_id) ON DELETE CASCADE;
alter table public.note add constraint note_workspace_id_conversation_id_fkey FOREIGN KEY (workspace_id, conversation_id) REFERENCES public.conversation(workspace_id, conversation_id) ON DELETE CASCADE;
alter table public.notification add constraint notification_workspace_id_alarm_id_fkey FOREIGN KEY (workspace_id, alarm_id) REFERENCES public.alarm(workspace_id, alarm_id) ON DELETE CASCADE;
alter table public.notification add constraint notification_workspace_id_conversation_id_fkey FOREIGN KEY (workspace_id, conversation_id) REFERENCES public.conversation(workspace_id, conversation_id) ON DELETE CASCADE;
alter table public.notification add constraint notification_workspace_id_proof_question_id_fkey FOREIGN KEY (workspace_id, proof_question_id) REFERENCES public.proof_question(workspace_id, proof_question_id) ON DELETE CASCADE;
alter table public.objection add constraint objection_workspace_id_author_id_fkey FOREIGN KEY (workspace_id, author_id) REFERENCES public.author(workspace_id, author_id);
alter table public.objection add constraint objection_workspace_id_person_id_fkey FOREIGN KEY (workspace_id, person_id) REFERENCES public.person(workspace_id, person_id);
alter table public.open_point add constraint open_point_workspace_id_walk_id_fkey FOREIGN KEY (workspace_id, walk_id) REFERENCES public.walk(workspace_id, walk_id) ON DELETE CASCADE;
alter table public.organisation_account add constraint organisation_account_workspace_id_author_id_fkey FOREIGN KEY (workspace_id, author_id) REFERENCES public.author(workspace_id, author_id) ON DELETE CASCADE;
alter table public.organisation_account add constraint organisation_account_workspace_id_organisation_id_fkey FOREIGN KEY (workspace_id, organisation_id) REFERENCES public.organisation(workspace_id, organisation_id);
alter table public.organisation_key add constraint organisation_key_workspace_id_organisation_id_fkey FOREIGN KEY (workspace_id, organisation_id) REFERENCES public.organisation(workspace_id, organisation_id) ON DELETE CASCADE;
alter table public.organisation_membership add constraint organisation_membership_workspace_id_author_id_fkey FOREIGN KEY (workspace_id, author_id) REFERENCES public.author(workspace_id, author_id) ON DELETE CASCADE;
alter table public.organisation_membership add constraint organisation_membership_workspace_id_organisation_id_fkey FOREIGN KEY (workspace_id, organisation_id) REFERENCES public.organisation(workspace_id, organisation_id);
alter table public.organisation_membership add constraint organisation_membership_workspace_id_person_id_fkey FOREIGN KEY (workspace_id, person_id) REFERENCES public.person(workspace_id, person_id);
alter table public.organisation_merge add constraint organisation_merge_workspace_id_organisation_id_fkey FOREIGN KEY (workspace_id, organisation_id) REFERENCES public.organisation(workspace_id, organisation_id);
alter table public.organisation_merge add constraint organisation_merge_workspace_id_same_as_fkey FOREIGN KEY (workspace_id, same_as) REFERENCES public.organisation(workspace_id, organisation_id);
alter table public.organisation_refusal add constraint organisation_refusal_workspace_id_author_id_fkey FOREIGN KEY (workspace_id, author_id) REFERENCES public.author(workspace_id, author_id) ON DELETE CASCADE;
alter table public.organisation_refusal add constraint organisation_refusal_workspace_id_organisation_id_fkey FOREIGN KEY (workspace_id, organisation_id) REFERENCES public.organisation(workspace_id, organisation_id) ON DELETE CASCADE;
alter table public.person_link add constraint person_link_workspace_id_author_id_fkey FOREIGN KEY (workspace_id, author_id) REFERENCES public.author(workspace_id, author_id);
alter table public.person_link add constraint person_link_workspace_id_operation_id_fkey FOREIGN KEY (workspace_id, operation_id) REFERENCES public.graph_operation(workspace_id, operation_id);
alter table public.person_link add constraint person_link_workspace_id_person_id_fkey FOREIGN KEY (workspace_id, person_id) REFERENCES public.person(workspace_id, person_id);
alter table public.person_merge add constraint person_merge_workspace_id_operation_id_fkey FOREIGN KEY (workspace_id, operation_id) REFERENCES public.graph_operation(workspace_id, operation_id);
alter table public.person_merge add constraint person_merge_workspace_id_person_id_fkey FOREIGN KEY (workspace_id, person_id) REFERENCES public.person(workspace_id, person_id);
alter table public.person_merge add constraint person_merge_workspace_id_same_as_fkey FOREIGN KEY (workspace_id, same_as) REFERENCES public.person(workspace_id, person_id);
alter table public.person_name_key add constraint person_name_key_workspace_id_person_id_fkey FOREIGN KEY (workspace_id, person_id) REFERENCES public.person(workspace_id, person_id);
alter table public.person_note add constraint person_note_workspace_id_person_id_fkey FOREIGN KEY (workspace_id, person_id) REFERENCES public.person(workspace_id, person_id);
alter table public.person_override add constraint person_override_workspace_id_operation_id_fkey FOREIGN KEY (workspace_id, operation_id) REFERENCES public.graph_operation(workspace_id, operation_id);
alter table public.person_override add constraint person_override_workspace_id_person_id_fkey FOREIGN KEY (workspace_id, person_id) REFERENCES public.person(workspace_id, person_id);
alter table public.person_summary add constraint person_summary_workspace_id_person_id_fkey FOREIGN KEY (workspace_id, person_id) REFERENCES public.person(workspace_id, person_id);
alter table public.person_tag add constraint person_tag_workspace_id_person_id_fkey FOREIGN KEY (workspace_id, person_id) REFERENCES public.person(workspace_id, person_id);
alter table public.post_mask add constraint post_mask_workspace_id_post_id_fkey FOREIGN KEY (workspace_id, post_id) REFERENCES public.post(workspace_id, post_id) ON DELETE CASCADE;
alter table public.privacy_request add constraint privacy_request_workspace_id_person_id_fkey FOREIGN KEY (workspace_id, person_id) REFERENCES public.person(workspace_id, person_id);
alter table public.privacy_request_entry add constraint privacy_request_entry_workspace_id_request_id_fkey FOREIGN KEY (workspace_id, request_id) REFERENCES public.privacy_request(workspace_id, request_id) ON DELETE CASCADE;
alter table public.proof add constraint proof_workspace_id_author_id_fkey FOREIGN KEY (workspace_id, author_id) REFERENCES public.author(workspace_id, author_id) ON DELETE CASCADE;
alter table public.proof add constraint proof_workspace_id_customer_session_id_fkey FOREIGN KEY (workspace_id, customer_session_id) REFERENCES public.customer_session(workspace_id, customer_session_id) ON DELETE CASCADE;
alter table public.proof add constraint proof_workspace_id_proof_issuer_id_fkey FOREIGN KEY (workspace_id, proof_issuer_id) REFERENCES public.proof_issuer(workspace_id, proof_issuer_id);
alter table public.proof_invitation add constraint proof_invitation_workspace_id_author_id_fkey FOREIGN KEY (workspace_id, author_id) REFERENCES public.author(workspace_id, author_id) ON DELETE CASCADE;
alter table public.proof_invitation add constraint proof_invitation_workspace_id_conversation_id_fkey FOREIGN KEY (workspace_id, conversation_id) REFERENCES public.conversation(workspace_id, conversation_id) ON DELETE CASCADE;
alter table public.proof_invitation add constraint proof_invitation_workspace_id_invited_by_fkey FOREIGN KEY (workspace_id, invited_by) REFERENCES public.member(workspace_id, member_id);
alter table public.proof_question add constraint proof_question_workspace_id_author_id_fkey FOREIGN KEY (workspace_id, author_id) REFERENCES public.author(workspace_id, author_id) ON DELETE CASCADE;
alter table public.proof_question add constraint proof_question_workspace_id_other_person_id_fkey FOREIGN KEY (workspace_id, other_person_id) REFERENCES public.person(workspace_id, person_id);
alter table public.proof_question add constraint proof_question_workspace_id_person_id_fkey FOREIGN KEY (workspace_id, person_id) REFERENCES public.person(workspace_id, person_id);
alter table public.proof_question add constraint proof_question_workspace_id_proof_id_fkey FOREIGN KEY (workspace_id, proof_id) REFERENCES public.proof(workspace_id, proof_id) ON DELETE SET NULL (proof_id);
alter table public.proof_question add constraint proof_question_workspace_id_proof_invitation_id_fkey FOREIGN KEY (workspace_id, proof_invitation_id) REFERENCES public.proof_invitation(workspace_id, proof_invitation_id) ON DELETE SET NULL (proof_invitation_id);
alter table public.proof_setting add constraint proof_setting_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES public.workspace(workspace_id);
alter table public.purchase add constraint purchase_workspace_id_person_id_fkey FOREIGN KEY (workspace_id, person_id) REFERENCES public.person(workspace_id, person_id);
alter table public.push_device add constraint push_device_workspace_id_member_id_fkey FOREIGN KEY (workspace_id, member_id) REFERENCES public.member(workspace_id, member_id) ON DELETE CASCADE;
alter table public.quiz_group add constraint quiz_group_workspace_id_training_id_fkey FOREIGN KEY (workspace_id, training_id) REFERENCES public.training(workspace_id, training_id) ON DELETE CASCADE;
alter table public.relevance_hint add constraint relevance_hint_workspace_id_topic_id_fkey FOREIGN KEY (workspace_id, topic_id) REFERENCES public.topic(workspace_id, topic_id) ON DELETE CASCADE;
alter table public.remembered_answer add constraint remembered_answer_workspace_id_conversation_id_fkey FOREIGN KEY (workspace_id, conversation_id) REFERENCES public.conversation(workspace_id, conversation_id) ON DELETE CASCADE;
alter table public.remembered_term add constraint remembered_term_workspace_id_delivery_id_fkey FOREIGN KEY (workspace_id, delivery_id) REFERENCES public.remembered_answer(workspace_id, delivery_id) ON DELETE CASCADE;
alter table public.reminder add constraint reminder_workspace_id_conversation_id_fkey FOREIGN KEY (workspace_id, conversation_id) REFERENCES public.conversation(workspace_id, conversation_id) ON DELETE CASCADE;
alter table public.reminder add constraint reminder_workspace_id_member_id_fkey FOREIGN KEY (workspace_id, member_id) REFERENCES public.member(workspace_id, member_id) ON DELETE CASCADE;
alter table public.rule_run add constraint rule_run_workspace_id_conversation_id_fkey FOREIGN KEY (workspace_id, conversation_id) REFERENCES public.conversation(workspace_id, conversation_id) ON DELETE CASCADE;
alter table public.shift_member add constraint shift_member_workspace_id_member_id_fkey FOREIGN KEY (workspace_id, member_id) REFERENCES public.member(workspace_id, member_id) ON DELETE CASCADE;
alter table public.shift_member add constraint shift_member_workspace_id_shift_id_fkey FOREIGN KEY (workspace_id, shift_id) REFERENCES public.shift(workspace_id, shift_id) ON DELETE CASCADE;
alter table public.staff_agreement add constraint staff_agreement_workspace_id_document_id_fkey FOREIGN KEY (workspace_id, document_id) REFERENCES public.staff_document(workspace_id, document_id);
alter table public.staff_agreement add constraint staff_agreement_workspace_id_team_id_fkey FOREIGN KEY (workspace_id, team_id) REFERENCES public.team(workspace_id, team_id) ON DELETE CASCADE;
alter table public.staff_analysis add constraint staff_analysis_workspace_id_agreement_id_fkey FOREIGN KEY (workspace_id, agreement_id) REFERENCES public.staff_agreement(workspace_id, agreement_id) ON DELETE CASCADE;
alter table public.staff_analysis add constraint staff_analysis_workspace_id_member_id_fkey FOREIGN KEY (workspace_id, member_id) REFERENCES public.member(workspace_id, member_id) ON DELETE CASCADE;
alter table public.staffing add constraint staffing_workspace_id_member_id_fkey FOREIGN KEY (workspace_id, member_id) REFERENCES public.member(workspace_id, member_id) ON DELETE CASCADE;
alter table public.stakeholder add constraint stakeholder_workspace_id_member_id_fkey FOREIGN KEY (workspace_id, member_id) REFERENCES public.member(workspace_id, member_id) ON DELETE CASCADE;
alter table public.stand_in add constraint stand_in_workspace_id_member_id_fkey FOREIGN KEY (workspace_id, member_id) REFERENCES public.member(workspace_id, member_id) ON DELETE CASCADE;
alter table public.stand_in add constraint stand_in_workspace_id_stand_in_id_fkey FOREIGN KEY (workspace_id, stand_in_id) REFERENCES public.member(workspace_id, member_id) ON DELETE CASCADE;
alter table public.strand add constraint strand_workspace_id_conversation_id_fkey FOREIGN KEY (workspace_id, conversation_id) REFERENCES public.conversation(workspace_id, conversation_id) ON DELETE CASCADE;
alter table public.strand add constraint strand_workspace_id_thread_id_fkey FOREIGN KEY (workspace_id, thread_id) REFERENCES public.thread(workspace_id, thread_id) ON DELETE CASCADE;
alter table public.suggestion add constraint suggestion_workspace_id_author_id_fkey FOREIGN KEY (workspace_id, author_id) REFERENCES public.author(workspace_id, author_id) ON DELETE CASCADE;
alter table public.suggestion add constraint suggestion_workspace_id_operation_id_fkey FOREIGN KEY (workspace_id, operation_id) REFERENCES public.graph_operation(workspace_id, operation_id);
alter table public.suggestion add constraint suggestion_workspace_id_other_author_id_fkey FOREIGN KEY (workspace_id, other_author_id) REFERENCES public.author(workspace_id, author_id) ON DELETE CASCADE;
alter table public.suggestion_answer add constraint suggestion_answer_workspace_id_suggestion_id_fkey FOREIGN KEY (workspace_id, suggestion_id) REFERENCES public.suggestion(workspace_id, suggestion_id) ON DELETE CASCADE;
alter table public.team_member add constraint team_member_workspace_id_member_id_fkey FOREIGN KEY (workspace_id, member_id) REFERENCES public.member(workspace_id, member_id) ON DELETE CASCADE;
alter table public.team_member add constraint team_member_workspace_id_team_id_fkey FOREIGN KEY (workspace_id, team_id) REFERENCES public.team(workspace_id, team_id) ON DELETE CASCADE;
alter table public.topic_relevance add constraint topic_relevance_workspace_id_topic_id_fkey FOREIGN KEY (workspace_id, topic_id) REFERENCES public.topic(workspace_id, topic_id) ON DELETE CASCADE;
alter table public.topic_version add constraint topic_version_workspace_id_topic_id_fkey FOREIGN KEY (workspace_id, topic_id) REFERENCES public.topic(workspace_id, topic_id) ON DELETE CASCADE;
alter table public.training_standing add constraint training_standing_workspace_id_member_id_fkey FOREIGN KEY (workspace_id, member_id) REFERENCES public.member(workspace_id, member_id) ON DELETE CASCADE;
alter table public.training_standing add constraint training_standing_workspace_id_training_id_fkey FOREIGN KEY (workspace_id, training_id) REFERENCES public.training(workspace_id, training_id) ON DELETE CASCADE;
alter table public.verdict add constraint verdict_workspace_id_topic_id_fkey FOREIGN KEY (workspace_id, topic_id) REFERENCES public.topic(workspace_id, topic_id) ON DELETE CASCADE;
alter table public.walk add constraint walk_workspace_id_scenario_id_fkey FOREIGN KEY (workspace_id, scenario_id) REFERENCES public.scenario(workspace_id, scenario_id) ON DELETE CASCADE;
alter table public.webhook add constraint webhook_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES public.workspace(workspace_id) ON DELETE CASCADE;
alter table public.webhook_delivery add constraint webhook_delivery_workspace_id_webhook_id_fkey FOREIGN KEY (workspace_id, webhook_id) REFERENCES public.webhook(workspace_id, webhook_id) ON DELETE CASCADE;
alter table public.workbench_label add constraint workbench_label_workspace_id_topic_id_fkey FOREIGN KEY (workspace_id, topic_id) REFERENCES public.topic(workspace_id, topic_id) ON DELETE CASCADE;
alter table system.auth_account add constraint "auth_account_userId_fkey" FOREIGN KEY ("userId") REFERENCES system.auth_user(id) ON DELETE CASCADE;
alter table system.auth_passkey add constraint "auth_passkey_userId_fkey" FOREIGN KEY ("userId") REFERENCES system.auth_user(id) ON DELETE CASCADE;
alter table system.auth_session add constraint "auth_session_userId_fkey" FOREIGN KEY ("userId") REFERENCES system.auth_user(id) ON DELETE CASCADE;
alter table system.auth_two_factor add constraint "auth_two_factor_userId_fkey" FOREIGN KEY ("userId") REFERENCES system.auth_user(id) ON DELETE CASCADE;

create view public.voice with (security_invoker=true) as
 SELECT c.workspace_id,
    c.topic_id,
    t.name,
    t.kind,
    c.minute,
    c.network,
    c.posts,
    c.negative,
    c.neutral,
    c.positive
   FROM (public.mention_count c
     JOIN public.topic t ON (((t.workspace_id = c.workspace_id) AND (t.topic_id = c.topic_id))))
  WHERE ((t.removed_at IS NULL) AND (t.kind = ANY (ARRAY['brand'::text, 'competitor'::text])));
create view public.response_wait with (security_invoker=true) as
 SELECT k.workspace_id,
    k.conversation_id,
    k.kind,
    k.epoch,
    k.started_at,
    k.ended_at,
    k.ended_by,
    k.ended_with,
    k.state,
    k.target_minutes,
    k.due_at,
    k.priority,
    k.team_id,
    c.network,
    c.source_id,
    k.counted_ms AS service_ms,
    ((EXTRACT(epoch FROM (k.ended_at - k.started_at)) * (1000)::numeric))::bigint AS wall_ms
   FROM (public.clock k
     JOIN public.conversation c ON (((c.workspace_id = k.workspace_id) AND (c.conversation_id = k.conversation_id))));

grant usage on schema public to public;
grant usage on schema public to rapport_app;
grant usage on schema public to rapport_eraser;
grant usage on schema public to rapport_system;
grant create, usage on schema system to rapport_eraser;
grant create, usage on schema system to rapport_system;
grant usage on schema system to rapport_app;
grant usage on schema system to rapport_jobs;

grant delete, insert, select, update on table public.access_archive to rapport_app;
grant select on table public.access_archive to rapport_system;
grant delete, insert, select, update on table public.acknowledgement to rapport_app;
grant delete, insert, select, update on table public.alarm to rapport_app;
grant delete, insert, select, update on table public.alarm_baseline to rapport_app;
grant delete, insert, select, update on table public.alarm_message to rapport_app;
grant select (due_at), select (workspace_id) on table public.alarm_message to rapport_system;
grant delete, insert, select, update on table public.alarm_rule to rapport_app;
grant select (watching), select (workspace_id) on table public.alarm_rule to rapport_system;
grant delete, insert, select, update on table public.answer to rapport_app;
grant delete, insert, select, update on table public.api_key to rapport_app;
grant select on table public.api_key to rapport_system;
grant delete, insert, select, update on table public.approval to rapport_app;
grant select (expires_at), select (state), select (workspace_id) on table public.approval to rapport_system;
grant delete, insert, select, update on table public.approval_conversation to rapport_app;
grant delete, insert, select, update on table public.approval_guest to rapport_app;
grant select (guest_id), select (token_hash), select (workspace_id) on table public.approval_guest to rapport_system;
grant delete, insert, select, update on table public.approval_remark to rapport_app;
grant delete, insert, select, update on table public.attachment to rapport_app;
grant delete, insert, select, update on table public.audit to rapport_app;
grant select, update (attempts), update (lease_id), update (lease_until), update (state) on table public.audit to rapport_system;
grant delete, insert, select, update on table public.author to rapport_app;
grant delete, insert, select, update on table public.author_field to rapport_app;
grant delete, insert, select, update on table public.author_handle to rapport_app;
grant delete, insert, select, update on table public.author_past to rapport_app;
grant delete, insert, select, update on table public.calendar to rapport_app;
grant delete, insert, select, update on table public.calendar_version to rapport_app;
grant delete, insert, select, update on table public.clock to rapport_app;
grant delete, insert, select, update on table public.clock_policy to rapport_app;
grant delete, insert, select, update on table public.clock_policy_version to rapport_app;
grant delete, insert, select, update on table public.clock_recount to rapport_app;
grant select (workspace_id) on table public.clock_recount to rapport_system;
grant delete, insert, select, update on table public.clock_step to rapport_app;
grant delete, insert, select, update on table public.clock_watch to rapport_app;
grant select (look_at), select (workspace_id) on table public.clock_watch to rapport_system;
grant delete, insert, select, update on table public.column_look to rapport_app;
grant delete, insert, select, update on table public.comparison_run to rapport_app;
grant delete, insert, select, update on table public.consent to rapport_app;
grant delete, insert, select, update on table public.contact to rapport_app;
grant delete, insert, select, update on table public.contact_identity to rapport_app;
grant delete, insert, select, update on table public.contact_proposal to rapport_app;
grant delete, insert, select, update on table public.conversation to rapport_app;
grant select (snoozed_until), select (state), select (workspace_id) on table public.conversation to rapport_system;
grant delete, insert, select, update on table public.conversation_post to rapport_app;
grant delete, insert, select, update on table public.conversation_tag to rapport_app;
grant delete, insert, select, update on table public.conversation_topic to rapport_app;
grant delete, insert, select, update on table public.crisis to rapport_app;
grant delete, insert, select on table public.crisis_entry to rapport_app;
grant delete, insert, select, update on table public.crisis_proposal to rapport_app;
grant delete, insert, select, update on table public.crisis_release to rapport_app;
grant delete, insert, select, update on table public.customer_session to rapport_app;
grant delete, insert, select, update on table public.daily_count to rapport_app;
grant delete, insert, select, update on table public.daily_seal to rapport_app;
grant delete, insert, select, update on table public.delivery to rapport_app;
grant select, update (lease_token), update (lease_until) on table public.delivery to rapport_system;
grant delete, insert, select, update on table public.draft to rapport_app;
grant delete, insert, select, update on table public.drafting_model to rapport_app;
grant delete, insert, select, update on table public.drill to rapport_app;
grant select, update (lease_until) on table public.drill to rapport_system;
grant delete, insert, select, update on table public.drill_post to rapport_app;
grant delete, insert, select, update on table public.erasure to rapport_app;
grant select on table public.erasure to rapport_system;
grant delete, select, select ("position"), select (actor_id), select (actor_kind), select (at), select (event_id), select (subjects), select (workspace_id), update (actor_id), update (subjects) on table public.event to rapport_eraser;
grant insert, select on table public.event to rapport_app;
grant delete, select on table public.event_content to rapport_eraser;
grant insert, select on table public.event_content to rapport_app;
grant delete, insert, select, update on table public.event_counter to rapport_app;
grant select on table public.event_counter to rapport_system;
grant delete, insert, select on table public.event_subject to rapport_eraser;
grant insert, select on table public.event_subject to rapport_app;
grant delete, insert, select, update on table public.finding_report to rapport_app;
grant delete, insert, select, update on table public.finding_review to rapport_app;
grant delete, insert, select, update on table public.goal to rapport_app;
grant delete, insert, select, update on table public.graph_operation to rapport_app;
grant delete, insert, select, update on table public.graph_operation_person to rapport_app;
grant delete, insert, select, update on table public.graph_request to rapport_app;
grant delete, insert, select, update on table public.guideline to rapport_app;
grant delete, insert, select, update on table public.guideline_reminder to rapport_app;
grant delete, insert, select, update on table public.guideline_role to rapport_app;
grant delete, insert, select, update on table public.guideline_setting to rapport_app;
grant delete, insert, select, update on table public.guideline_version to rapport_app;
grant delete, insert, select, update on table public.handover to rapport_app;
grant delete, insert, select, update on table public.holding_statement to rapport_app;
grant delete, insert, select, update on table public.identity_due to rapport_app;
grant delete, insert, select, update on table public.identity_key to rapport_app;
grant delete, insert, select, update on table public.impersonation to rapport_app;
grant delete, insert, select, update on table public.impersonation_walk to rapport_app;
grant delete, insert, select, update on table public.import to rapport_app;
grant select, update (lease_until) on table public.import to rapport_system;
grant delete, insert, select, update on table public.import_mapping to rapport_app;
grant delete, insert, select, update on table public.import_rejection to rapport_app;
grant delete, insert, select, update on table public.inference_policy to rapport_app;
grant delete, insert, select, update on table public.invitation to rapport_app;
grant select on table public.invitation to rapport_system;
grant delete, insert, select, update on table public.judgement to rapport_app;
grant delete, insert, select, update on table public.layout to rapport_app;
grant delete, insert, select, update on table public.layout_column to rapport_app;
grant delete, insert, select, update on table public.lease to rapport_app;
grant delete, insert, select, update on table public.linkage_model to rapport_app;
grant delete, insert, select, update on table public.macro to rapport_app;
grant delete, insert, select, update on table public.member to rapport_app;
grant select (member_id), select (workspace_id) on table public.member to rapport_eraser;
grant select on table public.member to rapport_system;
grant delete, insert, select, update on table public.member_sign_off to rapport_app;
grant delete, insert, select, update on table public.member_skill to rapport_app;
grant delete, insert, select, update on table public.member_source_role to rapport_app;
grant select on table public.member_source_role to rapport_system;
grant delete, insert, select, update on table public.mention to rapport_app;
grant delete, insert, select, update on table public.mention_count to rapport_app;
grant delete, insert, select, update on table public.moderation to rapport_app;
grant select (due_at), select (lease_token), select (moderation_id), select (workspace_id), update (due_at), update (lease_token) on table public.moderation to rapport_system;
grant delete, insert, select, update on table public.moderation_policy to rapport_app;
grant delete, insert, select, update on table public.name_word_key to rapport_app;
grant delete, insert, select, update on table public.network_price to rapport_app;
grant delete, insert, select, update on table public.note to rapport_app;
grant delete, insert, select, update on table public.notification to rapport_app;
grant select (mail_due_at), select (push_due_at), select (workspace_id) on table public.notification to rapport_system;
grant delete, insert, select, update on table public.notification_setting to rapport_app;
grant delete, insert, select, update on table public.objection to rapport_app;
grant delete, insert, select, update on table public.open_point to rapport_app;
grant delete, insert, select, update on table public.organisation to rapport_app;
grant delete, insert, select, update on table public.organisation_account to rapport_app;
grant delete, insert, select, update on table public.organisation_key to rapport_app;
grant delete, insert, select, update on table public.organisation_membership to rapport_app;
grant delete, insert, select, update on table public.organisation_merge to rapport_app;
grant delete, insert, select, update on table public.organisation_refusal to rapport_app;
grant delete, insert, select, update on table public.people_settings to rapport_app;
grant delete, insert, select, update on table public.person to rapport_app;
grant delete, insert, select, update on table public.person_due to rapport_app;
grant delete, insert, select, update on table public.person_link to rapport_app;
grant delete, insert, select, update on table public.person_merge to rapport_app;
grant delete, insert, select, update on table public.person_name_key to rapport_app;
grant delete, insert, select, update on table public.person_note to rapport_app;
grant delete, insert, select, update on table public.person_override to rapport_app;
grant delete, insert, select, update on table public.person_summary to rapport_app;
grant delete, insert, select, update on table public.person_tag to rapport_app;
grant delete, insert, select, update on table public.playbook to rapport_app;
grant delete, insert, select, update on table public.policy_version to rapport_app;
grant delete, insert, select, update on table public.post to rapport_app;
grant delete, insert, select, update on table public.post_label to rapport_app;
grant delete, insert, select, update on table public.post_mask to rapport_app;
grant delete, insert, select, update on table public.post_term to rapport_app;
grant delete, insert, select, update on table public.privacy_request to rapport_app;
grant delete, insert, select, update on table public.privacy_request_entry to rapport_app;
grant delete, insert, select, update on table public.proof to rapport_app;
grant delete, insert, select, update on table public.proof_invitation to rapport_app;
grant delete, insert, select, update on table public.proof_issuer to rapport_app;
grant delete, insert, select, update on table public.proof_question to rapport_app;
grant delete, insert, select, update on table public.proof_setting to rapport_app;
grant delete, insert, select, update on table public.publishing_setting to rapport_app;
grant delete, insert, select, update on table public.purchase to rapport_app;
grant delete, insert, select, update on table public.push_device to rapport_app;
grant delete, insert, select, update on table public.quarantine to rapport_app;
grant delete, insert, select, update on table public.quiz_group to rapport_app;
grant delete, insert, select, update on table public.relevance_hint to rapport_app;
grant delete, insert, select, update on table public.remembered_answer to rapport_app;
grant delete, insert, select, update on table public.remembered_term to rapport_app;
grant delete, insert, select, update on table public.reminder to rapport_app;
grant select (due_at), select (workspace_id) on table public.reminder to rapport_system;
grant select on table public.response_wait to rapport_app;
grant delete, insert, select, update on table public.retention_rule to rapport_app;
grant delete, insert, select, update on table public.role to rapport_app;
grant select on table public.role to rapport_system;
grant delete, insert, select, update on table public.routing_version to rapport_app;
grant delete, insert, select, update on table public.rule_run to rapport_app;
grant delete, insert, select, update on table public.saved_view to rapport_app;
grant delete, insert, select, update on table public.scenario to rapport_app;
grant delete, insert, select, update on table public.score_formula to rapport_app;
grant delete, insert, select, update on table public.segment to rapport_app;
grant delete, insert, select, update on table public.shift to rapport_app;
grant delete, insert, select, update on table public.shift_member to rapport_app;
grant delete, insert, select, update on table public.skill to rapport_app;
grant delete, insert, select, update on table public.source to rapport_app;
grant select, update (lease_until) on table public.source to rapport_system;
grant delete, insert, select, update on table public.source_day to rapport_app;
grant delete, insert, select, update on table public.source_gap to rapport_app;
grant delete, insert, select, update on table public.staff_agreement to rapport_app;
grant insert, select on table public.staff_analysis to rapport_app;
grant delete, insert, select, update on table public.staff_document to rapport_app;
grant delete, insert, select, update on table public.staff_pseudonymisation to rapport_app;
grant delete, insert, select, update on table public.staffing to rapport_app;
grant delete, insert, select, update on table public.stakeholder to rapport_app;
grant delete, insert, select, update on table public.stand_in to rapport_app;
grant delete, insert, select, update on table public.strand to rapport_app;
grant delete, insert, select, update on table public.subscription to rapport_app;
grant select on table public.subscription to rapport_system;
grant delete, insert, select, update on table public.suggestion to rapport_app;
grant delete, insert, select, update on table public.suggestion_answer to rapport_app;
grant delete, insert, select, update on table public.suppression to rapport_app;
grant delete, insert, select, update on table public.tag to rapport_app;
grant delete, insert, select, update on table public.tally to rapport_app;
grant delete, insert, select, update on table public.tally_entry to rapport_app;
grant delete, insert, select, update on table public.team to rapport_app;
grant delete, insert, select, update on table public.team_member to rapport_app;
grant delete, insert, select, update on table public.thread to rapport_app;
grant delete, insert, select, update on table public.topic to rapport_app;
grant delete, insert, select, update on table public.topic_relevance to rapport_app;
grant delete, insert, select, update on table public.topic_version to rapport_app;
grant delete, insert, select, update on table public.training to rapport_app;
grant delete, insert, select, update on table public.training_standing to rapport_app;
grant delete, insert, select, update on table public.understanding_walk to rapport_app;
grant delete, insert, select, update on table public.verdict to rapport_app;
grant select on table public.voice to rapport_app;
grant delete, insert, select, update on table public.walk to rapport_app;
grant delete, insert, select, update on table public.webhook to rapport_app;
grant select ("position"), select (due_at), select (workspace_id) on table public.webhook to rapport_system;
grant delete, insert, select, update on table public.webhook_delivery to rapport_app;
grant delete, insert, select, update on table public.workbench_label to rapport_app;
grant delete, insert, select, update on table public.workspace to rapport_app;
grant select (mode), select (workspace_id) on table public.workspace to rapport_eraser;
grant select on table public.workspace to rapport_system;
grant delete, insert, select, update on table system.auth_account to rapport_app;
grant delete, insert, select, update on table system.auth_passkey to rapport_app;
grant delete, insert, select, update on table system.auth_session to rapport_app;
grant delete, insert, select, update on table system.auth_two_factor to rapport_app;
grant delete, insert, select, update on table system.auth_user to rapport_app;
grant delete, insert, select, update on table system.auth_verification to rapport_app;
grant select on table system.job_task to rapport_jobs;
grant delete, select on table system.listening_change to rapport_eraser;
grant insert, select, update on table system.listening_change to rapport_app;
grant delete, insert, select, update on table system.rate_limit to rapport_app;
grant delete, insert, select, update on table system.setting to rapport_app;
grant insert, select, update on table system.stream to rapport_app;
grant delete, insert, select, update on table system.stream_day to rapport_app;
grant delete, insert, select on table system.stream_quarantine to rapport_app;
grant delete, insert, select, update on table system.stream_sample to rapport_app;
grant delete, insert, select, update on table system.stream_sample_hour to rapport_app;
grant delete, insert, select, update on table system.stream_sample_refusal to rapport_app;
grant delete, insert, select, update on table system.stream_withdrawal to rapport_app;
grant delete, select on table system.workspace to rapport_eraser;
grant insert, select, update on table system.workspace to rapport_app;
grant select on table system.workspace to rapport_system;

revoke execute on function system.add_job(text,jsonb,timestamp with time zone,text,integer) from public;
revoke execute on function system.erase_event_content(uuid[]) from public;
revoke execute on function system.event_count() from public;
revoke execute on function system.fence_of(uuid) from public;
revoke execute on function system.forget_sandbox() from public;
revoke execute on function system.invitations_for(text) from public;
revoke execute on function system.job_counts() from public;
revoke execute on function system.memberships_of(text) from public;
revoke execute on function system.other_brands_of(uuid,uuid) from public;
revoke execute on function system.pending_subscriptions(text[]) from public;
revoke execute on function system.pseudonymise_staff(bigint,bigint,uuid[],uuid[]) from public;
revoke execute on function system.remove_failed_jobs(timestamp with time zone,integer) from public;
revoke execute on function system.source_roles_of(uuid,uuid) from public;
revoke execute on function system.take_due_deliveries(integer,integer) from public;
revoke execute on function system.take_due_drills(integer,integer) from public;
revoke execute on function system.take_due_moderations(integer,integer) from public;
revoke execute on function system.take_due_sources(integer,integer) from public;
revoke execute on function system.take_waiting_audit(integer) from public;
revoke execute on function system.take_waiting_import(integer,text[]) from public;
revoke execute on function system.workspace_of_guest(text) from public;
revoke execute on function system.workspace_of_invitation(text) from public;
revoke execute on function system.workspace_of_key(text) from public;
revoke execute on function system.workspaces_with_alarm_rules() from public;
revoke execute on function system.workspaces_with_due_alarm_messages() from public;
revoke execute on function system.workspaces_with_due_clocks(timestamp with time zone) from public;
revoke execute on function system.workspaces_with_due_mail() from public;
revoke execute on function system.workspaces_with_due_pushes() from public;
revoke execute on function system.workspaces_with_due_webhooks() from public;
revoke execute on function system.workspaces_with_ended_snoozes() from public;
revoke execute on function system.workspaces_with_expired_approvals() from public;
revoke execute on function system.workspaces_with_privacy_work() from public;

grant execute on function system.add_job(text,jsonb,timestamp with time zone,text,integer) to rapport_app;
grant execute on function system.erase_event_content(uuid[]) to rapport_app;
grant execute on function system.event_count() to rapport_app;
grant execute on function system.fence_of(uuid) to rapport_app;
grant execute on function system.forget_sandbox() to rapport_app;
grant execute on function system.invitations_for(text) to rapport_app;
grant execute on function system.job_counts() to rapport_app;
grant execute on function system.memberships_of(text) to rapport_app;
grant execute on function system.other_brands_of(uuid,uuid) to rapport_app;
grant execute on function system.pending_subscriptions(text[]) to rapport_app;
grant execute on function system.pseudonymise_staff(bigint,bigint,uuid[],uuid[]) to rapport_app;
grant execute on function system.remove_failed_jobs(timestamp with time zone,integer) to rapport_app;
grant execute on function system.source_roles_of(uuid,uuid) to rapport_app;
grant execute on function system.take_due_deliveries(integer,integer) to rapport_app;
grant execute on function system.take_due_drills(integer,integer) to rapport_app;
grant execute on function system.take_due_moderations(integer,integer) to rapport_app;
grant execute on function system.take_due_sources(integer,integer) to rapport_app;
grant execute on function system.take_waiting_audit(integer) to rapport_app;
grant execute on function system.take_waiting_import(integer,text[]) to rapport_app;
grant execute on function system.workspace_of_guest(text) to rapport_app;
grant execute on function system.workspace_of_invitation(text) to rapport_app;
grant execute on function system.workspace_of_key(text) to rapport_app;
grant execute on function system.workspaces_with_alarm_rules() to rapport_app;
grant execute on function system.workspaces_with_due_alarm_messages() to rapport_app;
grant execute on function system.workspaces_with_due_clocks(timestamp with time zone) to rapport_app;
grant execute on function system.workspaces_with_due_mail() to rapport_app;
grant execute on function system.workspaces_with_due_pushes() to rapport_app;
grant execute on function system.workspaces_with_due_webhooks() to rapport_app;
grant execute on function system.workspaces_with_ended_snoozes() to rapport_app;
grant execute on function system.workspaces_with_expired_approvals() to rapport_app;
grant execute on function system.workspaces_with_privacy_work() to rapport_app;
