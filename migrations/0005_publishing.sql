-- The outbox. queued -> sending -> sent | refused | unknown; see server/publishing/README.md.
create table delivery (
  workspace_id uuid not null,
  delivery_id uuid not null,
  source_id uuid not null,
  network text not null,
  -- What it answers; null for a post of our own accord.
  reply_to_post_id uuid,
  text text not null,
  language text,
  attachments jsonb not null default '[]',
  network_key text not null,
  created_at timestamptz(3) not null default clock_timestamp(),
  created_by_kind text not null check (created_by_kind in ('member', 'rule', 'bot', 'system')),
  created_by uuid,
  state text not null default 'queued' check (state in ('queued', 'sending', 'sent', 'refused', 'unknown', 'cancelled')),
  -- Frozen on first entering `sending`: payload and time are the same in every retry.
  payload jsonb,
  frozen_at timestamptz,
  undo_until timestamptz,
  -- Null: nothing to do any more, or a person has to decide first.
  due_at timestamptz,
  lease_until timestamptz,
  -- Fences off a worker whose lease ran out: what it says of a failure no longer counts.
  lease_token uuid,
  attempts int not null default 0,
  -- Since when the network could not be reached or read; bounds how long we try.
  troubled_since timestamptz,
  -- Was `unknown` once: what may have reached the network can no longer be called back for certain.
  doubted boolean not null default false,
  needs_decision boolean not null default false,
  failure text,
  failure_detail text,
  sent_at timestamptz,
  external_id text,
  reference text,
  url text,
  post_id uuid,
  removed_at timestamptz,
  removed_because text,
  primary key (workspace_id, delivery_id),
  unique (workspace_id, source_id, network_key)
);
create index delivery_due on delivery (due_at) where due_at is not null;
create index delivery_newest on delivery (workspace_id, created_at desc, delivery_id desc);
create index delivery_state on delivery (workspace_id, state, created_at desc, delivery_id desc);
create index delivery_external on delivery (workspace_id, network, external_id) where external_id is not null;
create index delivery_post on delivery (workspace_id, post_id) where post_id is not null;
-- Deliveries whose own echo may still be heard.
create index delivery_unheard on delivery (workspace_id, network, created_at) where post_id is null;

-- What is sent with a delivery. Bytes lie under their hash, where every machine of the installation reaches them.
create table attachment (
  workspace_id uuid not null,
  attachment_id uuid not null,
  name text not null,
  media_type text not null,
  bytes bigint not null,
  hash text not null,
  alt text not null default '',
  uploaded_by uuid,
  created_at timestamptz not null default now(),
  primary key (workspace_id, attachment_id)
);
create index attachment_hash on attachment (workspace_id, hash);
call system.protect('delivery', 'attachment');

-- Deliveries that are due, over all workspaces: ids only; the caller then works inside each workspace. A row whose
-- lease ran out while `sending` belonged to a worker that died: its outcome is unknown and has to be looked up.
grant select, update (lease_until, lease_token) on delivery to rapport_system;
create policy system_due on delivery to rapport_system using (true);
create function system.take_due_deliveries(lease_seconds int, at_most int)
  returns table (workspace_id uuid, delivery_id uuid, lease_token uuid)
  language sql security definer set search_path = public, pg_temp
  as $$ update delivery s set lease_until = clock_timestamp() + make_interval(secs => lease_seconds), lease_token = gen_random_uuid()
        from (select d.workspace_id, d.delivery_id from delivery d
              where d.due_at <= clock_timestamp() and d.state in ('queued', 'sending', 'unknown')
                and (d.lease_until is null or d.lease_until < clock_timestamp())
              order by d.due_at limit at_most for update skip locked) due
        where s.workspace_id = due.workspace_id and s.delivery_id = due.delivery_id
        returning s.workspace_id, s.delivery_id, s.lease_token $$;
alter function system.take_due_deliveries(int, int) owner to rapport_system;
revoke execute on function system.take_due_deliveries(int, int) from public;
grant execute on function system.take_due_deliveries(int, int) to rapport_app;
