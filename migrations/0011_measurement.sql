-- First audits. The result is one document: figures in no language, and of stored posts only ids.
create table audit (
  workspace_id uuid not null,
  audit_id uuid not null,
  brand text not null,
  -- What was asked for: brands, source, time zone.
  settings jsonb not null,
  source_name text,
  state text not null default 'queued' check (state in ('queued', 'running', 'done', 'cancelled', 'failed')),
  reading int not null default 1,
  rows bigint not null default 0,
  rows_expected bigint,
  failure jsonb,
  report jsonb,
  created_by uuid,
  created_at timestamptz not null,
  finished_at timestamptz,
  expires_at timestamptz not null,
  primary key (workspace_id, audit_id)
);
create index audit_newest on audit (workspace_id, created_at desc, audit_id desc);
create index audit_expiring on audit (workspace_id, expires_at);
call system.protect('audit');
