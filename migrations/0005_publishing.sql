-- The outbox. queued -> sending -> sent | refused | unknown; see server/publishing/README.md.
create table delivery (
  workspace_id uuid not null,
  delivery_id uuid not null,
  source_id uuid not null,
  -- What it answers; null for a post of our own accord.
  reply_to_post_id uuid,
  text text not null,
  language text,
  media jsonb not null default '[]',
  network_key text not null,
  created_at timestamptz not null default now(),
  created_by_kind text not null,
  created_by uuid,
  state text not null default 'queued' check (state in ('queued', 'sending', 'sent', 'refused', 'unknown', 'cancelled')),
  -- Frozen on entering `sending`: payload and time are the same in every retry.
  payload jsonb,
  frozen_at timestamptz,
  due_at timestamptz,
  lease_until timestamptz,
  attempts int not null default 0,
  looked_at timestamptz,
  failure text,
  failure_detail text,
  sent_at timestamptz,
  external_id text,
  reference text,
  url text,
  post_id uuid,
  primary key (workspace_id, delivery_id),
  unique (workspace_id, source_id, network_key)
);
create index delivery_due on delivery (due_at) where due_at is not null;
create index delivery_state on delivery (workspace_id, state, created_at desc);
call system.protect('delivery');

grant select, update (lease_until) on delivery to rapport_system;
create policy system_due on delivery to rapport_system using (true);
create function system.take_due_deliveries(lease_seconds int, at_most int)
  returns table (workspace_id uuid, delivery_id uuid)
  language sql security definer set search_path = public, pg_temp
  as $$ update delivery s set lease_until = now() + make_interval(secs => lease_seconds)
        from (select d.workspace_id, d.delivery_id from delivery d
              where d.due_at <= now() and d.state in ('queued', 'sending', 'unknown')
                and (d.lease_until is null or d.lease_until < now())
              order by d.due_at limit at_most for update skip locked) due
        where s.workspace_id = due.workspace_id and s.delivery_id = due.delivery_id
        returning s.workspace_id, s.delivery_id $$;
alter function system.take_due_deliveries(int, int) owner to rapport_system;
revoke execute on function system.take_due_deliveries(int, int) from public;
grant execute on function system.take_due_deliveries(int, int) to rapport_app;
