-- Who lags behind the event log, over all workspaces: ids, positions and words only. One query per poll, however many workspaces.
grant select on event_counter, subscription to rapport_system;
create policy system_read on event_counter for select to rapport_system using (true);
create policy system_read on subscription for select to rapport_system using (true);

create function system.pending_subscriptions(names text[])
  returns table (workspace_id uuid, subscriber text, pending bigint, attempts int, retry_at timestamptz, last_error text)
  language sql stable security definer set search_path = public, pg_temp
  as $$ select c.workspace_id, n.name, c.position - coalesce(s.position, 0), coalesce(s.attempts, 0), s.retry_at, s.last_error
        from event_counter c cross join unnest(names) as n (name)
          left join subscription s on s.workspace_id = c.workspace_id and s.subscriber = n.name
        where c.position > coalesce(s.position, 0) $$;
create function system.event_count() returns bigint
  language sql stable security definer set search_path = public, pg_temp
  as $$ select coalesce(sum(c.position), 0)::bigint from event_counter c $$;
alter function system.pending_subscriptions(text[]) owner to rapport_system;
alter function system.event_count() owner to rapport_system;
revoke execute on function system.pending_subscriptions(text[]), system.event_count() from public;
grant execute on function system.pending_subscriptions(text[]), system.event_count() to rapport_app;
