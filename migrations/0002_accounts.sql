-- Workspaces, members, teams, invitations, keys. The sign-in library's own tables follow in schema system.
create table workspace (
  workspace_id uuid primary key,
  name text not null,
  brand text not null default '',
  languages text[] not null default '{en}',
  time_zone text not null default 'Europe/Berlin',
  kind text not null default 'small-team' check (kind in ('small-team', 'care-desk', 'agency', 'listen-only')),
  mode text not null default 'live' check (mode in ('live', 'drill')),
  settings jsonb not null default '{}',
  created_at timestamptz not null default now()
);
create table member (
  workspace_id uuid not null,
  member_id uuid not null,
  user_id text not null,
  name text not null,
  email text not null,
  role text not null check (role in ('owner', 'admin', 'lead', 'agent', 'viewer')),
  sign_off text not null default '',
  state text not null default 'active' check (state in ('active', 'disabled')),
  created_at timestamptz not null default now(),
  primary key (workspace_id, member_id),
  unique (workspace_id, user_id)
);
create index member_user on member (user_id);
create table team (
  workspace_id uuid not null,
  team_id uuid not null,
  name text not null,
  created_at timestamptz not null default now(),
  primary key (workspace_id, team_id),
  unique (workspace_id, name)
);
create table team_member (
  workspace_id uuid not null,
  team_id uuid not null,
  member_id uuid not null,
  primary key (workspace_id, team_id, member_id),
  foreign key (workspace_id, team_id) references team on delete cascade,
  foreign key (workspace_id, member_id) references member on delete cascade
);
create table invitation (
  workspace_id uuid not null,
  invitation_id uuid not null,
  token_hash text not null,
  email text,
  role text not null check (role in ('admin', 'lead', 'agent', 'viewer')),
  invited_by uuid not null,
  created_at timestamptz not null default now(),
  expires_at timestamptz not null,
  accepted_at timestamptz,
  accepted_by uuid,
  revoked_at timestamptz,
  primary key (workspace_id, invitation_id)
);
create unique index invitation_token on invitation (token_hash);
create table api_key (
  workspace_id uuid not null,
  api_key_id uuid not null,
  name text not null,
  prefix text not null,
  key_hash text not null,
  scopes text[] not null,
  created_by uuid not null,
  created_at timestamptz not null default now(),
  last_used_at timestamptz,
  expires_at timestamptz,
  revoked_at timestamptz,
  primary key (workspace_id, api_key_id)
);
create unique index api_key_hash on api_key (key_hash);
call system.protect('workspace', 'member', 'team', 'team_member', 'invitation', 'api_key');

-- Looking across workspaces: three questions that come before a workspace is chosen.
grant select on member, workspace, invitation, api_key to rapport_system;
create policy system_read on member for select to rapport_system using (true);
create policy system_read on workspace for select to rapport_system using (true);
create policy system_read on invitation for select to rapport_system using (true);
create policy system_read on api_key for select to rapport_system using (true);

create function system.memberships_of(of_user text)
  returns table (workspace_id uuid, slug text, name text, member_id uuid, role text, mode text)
  language sql stable security definer set search_path = public, pg_temp
  as $$ select m.workspace_id, s.slug, w.name, m.member_id, m.role, w.mode
        from member m join workspace w using (workspace_id) join system.workspace s on s.id = m.workspace_id
        where m.user_id = of_user and m.state = 'active' order by w.name limit 500 $$;
create function system.workspace_of_invitation(hash text) returns table (workspace_id uuid, invitation_id uuid)
  language sql stable security definer set search_path = public, pg_temp
  as $$ select i.workspace_id, i.invitation_id from invitation i
        where i.token_hash = hash and i.accepted_at is null and i.revoked_at is null and i.expires_at > now() $$;
create function system.workspace_of_key(hash text) returns table (workspace_id uuid, api_key_id uuid, scopes text[])
  language sql stable security definer set search_path = public, pg_temp
  as $$ select k.workspace_id, k.api_key_id, k.scopes from api_key k
        where k.key_hash = hash and k.revoked_at is null and (k.expires_at is null or k.expires_at > now()) $$;
grant select on system.workspace to rapport_system;
alter function system.memberships_of(text) owner to rapport_system;
alter function system.workspace_of_invitation(text) owner to rapport_system;
alter function system.workspace_of_key(text) owner to rapport_system;
revoke execute on function system.memberships_of(text), system.workspace_of_invitation(text), system.workspace_of_key(text) from public;
grant execute on function system.memberships_of(text), system.workspace_of_invitation(text), system.workspace_of_key(text) to rapport_app;
