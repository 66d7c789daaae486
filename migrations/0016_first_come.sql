-- What was asked for at the same instant is taken in the order of its ids, which are made in the order of time.
create or replace function system.take_waiting_audit(lease_seconds int)
  returns table (workspace_id uuid, audit_id uuid, lease_id uuid, attempt int)
  language sql security definer set search_path = public, pg_temp
  as $$ update audit a set state = 'running', attempts = a.attempts + 1, lease_id = gen_random_uuid(),
          lease_until = now() + make_interval(secs => lease_seconds)
        from (select d.workspace_id, d.audit_id from audit d
              where d.state in ('queued', 'running') and (d.lease_until is null or d.lease_until < now())
              order by exists (select from audit o where o.workspace_id = d.workspace_id and o.state = 'running'
                                 and o.lease_until > now()), d.created_at, d.audit_id
              limit 1 for update skip locked) due
        where a.workspace_id = due.workspace_id and a.audit_id = due.audit_id
        returning a.workspace_id, a.audit_id, a.lease_id, a.attempts $$;

create or replace function system.take_waiting_import(lease_seconds int) returns table (workspace_id uuid, import_id uuid)
  language sql security definer set search_path = public, pg_temp
  as $$ update import i set lease_until = now() + make_interval(secs => lease_seconds)
        from (select d.workspace_id, d.import_id from import d
              where d.state = 'running' and (d.lease_until is null or d.lease_until < now())
                and not exists (select from import o where o.workspace_id = d.workspace_id and o.state = 'running'
                                  and o.lease_until > now())
              order by d.started_at nulls first, d.import_id
              limit 1 for update skip locked) due
        where i.workspace_id = due.workspace_id and i.import_id = due.import_id
        returning i.workspace_id, i.import_id $$;
