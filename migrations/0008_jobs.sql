-- The job queue. graphile-worker's schema belongs to a login role of its own, rapport_jobs, which sees no table of ours;
-- rapport_app sees no table of the queue and adds jobs through one function. docs/decisions/0004-job-queue-role.md.
do $$
begin
  if not exists (select from pg_roles where rolname = 'rapport_jobs') then
    create role rapport_jobs login nosuperuser nocreatedb nocreaterole noreplication nobypassrls;
  end if;
  execute format('grant rapport_jobs to %I', current_user);
end $$;
create schema graphile_worker authorization rapport_jobs;
-- Made here as graphile-worker makes it: without this table it would create the schema, which takes rights on the database.
create table graphile_worker.migrations (
  id int primary key,
  ts timestamptz not null default now(),
  breaking boolean not null default false
);
alter table graphile_worker.migrations owner to rapport_jobs;
grant usage, create on schema system to rapport_jobs;

-- The tasks that this version knows; written by the migration step, so that a misspelt name fails where it is added.
create table system.job_task (
  name text primary key check (name ~ '^[a-z][a-z-]*(\.[a-z][a-z-]*)*$')
);
grant select on system.job_task to rapport_jobs;

create function system.add_job(task text, payload jsonb, run_at timestamptz, job_key text, attempts_max int) returns bigint
  language plpgsql security definer set search_path = pg_catalog, pg_temp
  as $$
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
  end $$;

-- What the health page and the metrics say of the queue: counts by task, nothing of the payloads.
create function system.job_counts() returns table (task text, due bigint, running bigint, failed bigint, oldest_due_at timestamptz, last_error text)
  language plpgsql stable security definer set search_path = pg_catalog, pg_temp
  as $$
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
  end $$;

-- Jobs that failed for good are kept for a while to be looked at, in bounded batches.
create function system.remove_failed_jobs(before timestamptz, at_most int) returns bigint
  language plpgsql security definer set search_path = pg_catalog, pg_temp
  as $$
  declare removed bigint;
  begin
    delete from graphile_worker._private_jobs j where j.id in (
      select f.id from graphile_worker._private_jobs f
      where f.locked_at is null and f.attempts >= f.max_attempts and f.updated_at < before limit at_most);
    get diagnostics removed = row_count;
    return removed;
  end $$;

alter function system.add_job(text, jsonb, timestamptz, text, int) owner to rapport_jobs;
alter function system.job_counts() owner to rapport_jobs;
alter function system.remove_failed_jobs(timestamptz, int) owner to rapport_jobs;
revoke create on schema system from rapport_jobs;
revoke execute on function system.add_job(text, jsonb, timestamptz, text, int), system.job_counts(), system.remove_failed_jobs(timestamptz, int) from public;
grant execute on function system.add_job(text, jsonb, timestamptz, text, int), system.job_counts(), system.remove_failed_jobs(timestamptz, int) to rapport_app;
