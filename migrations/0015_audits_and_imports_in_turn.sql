-- An audit is worked on under a lease, as an import is: whoever counts renews it, and after a crash another process takes
-- it up. lease_id tells one run from the next, so that a run that was given up writes nothing any more.
alter table audit
  add column attempts int not null default 0,
  add column lease_id uuid,
  add column lease_until timestamptz;
create index audit_waiting on audit (created_at) where state in ('queued', 'running');
grant select, update (state, attempts, lease_id, lease_until) on audit to rapport_system;
create policy system_due on audit to rapport_system using (true);

-- Workspaces of which none is being worked on come first: nobody waits for all audits of somebody else.
create function system.take_waiting_audit(lease_seconds int)
  returns table (workspace_id uuid, audit_id uuid, lease_id uuid, attempt int)
  language sql security definer set search_path = public, pg_temp
  as $$ update audit a set state = 'running', attempts = a.attempts + 1, lease_id = gen_random_uuid(),
          lease_until = now() + make_interval(secs => lease_seconds)
        from (select d.workspace_id, d.audit_id from audit d
              where d.state in ('queued', 'running') and (d.lease_until is null or d.lease_until < now())
              order by exists (select from audit o where o.workspace_id = d.workspace_id and o.state = 'running'
                                 and o.lease_until > now()), d.created_at
              limit 1 for update skip locked) due
        where a.workspace_id = due.workspace_id and a.audit_id = due.audit_id
        returning a.workspace_id, a.audit_id, a.lease_id, a.attempts $$;
alter function system.take_waiting_audit(int) owner to rapport_system;
revoke execute on function system.take_waiting_audit(int) from public;
grant execute on function system.take_waiting_audit(int) to rapport_app;

-- Imports of one workspace run one after the other, the one that was started first before the others.
alter table import add column started_at timestamptz;
drop function system.take_waiting_import(int);
create function system.take_waiting_import(lease_seconds int) returns table (workspace_id uuid, import_id uuid)
  language sql security definer set search_path = public, pg_temp
  as $$ update import i set lease_until = now() + make_interval(secs => lease_seconds)
        from (select d.workspace_id, d.import_id from import d
              where d.state = 'running' and (d.lease_until is null or d.lease_until < now())
                and not exists (select from import o where o.workspace_id = d.workspace_id and o.state = 'running'
                                  and o.lease_until > now())
              order by d.started_at nulls first
              limit 1 for update skip locked) due
        where i.workspace_id = due.workspace_id and i.import_id = due.import_id
        returning i.workspace_id, i.import_id $$;
alter function system.take_waiting_import(int) owner to rapport_system;
revoke execute on function system.take_waiting_import(int) from public;
grant execute on function system.take_waiting_import(int) to rapport_app;
