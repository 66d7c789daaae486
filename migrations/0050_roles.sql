-- Who reads, who decides, who speaks: roles of one's own, other roles for single sources, skills, presence and shifts.
-- What was one permission to answer is two: to draft, and to speak in public. A key keeps what it could do.
alter table api_key no force row level security;
update api_key set scopes = array_remove(scopes, 'inbox.answer') || array['answers.draft', 'answers.speak']
  where 'inbox.answer' = any(scopes);
alter table api_key force row level security;

create table role (
  workspace_id uuid not null,
  role_id uuid not null,
  name text not null,
  permissions text[] not null,
  -- What it began as; it owes nothing to it.
  preset text,
  -- Counts changes, for compare-and-set.
  version int not null default 1,
  created_at timestamptz not null default now(),
  changed_at timestamptz not null default now(),
  primary key (workspace_id, role_id),
  unique (workspace_id, name)
);
-- A member has a role that every workspace knows, or one of the workspace's own.
alter table member
  alter column role drop not null,
  add column role_id uuid,
  add foreign key (workspace_id, role_id) references role (workspace_id, role_id),
  add constraint member_one_role check ((role is null) <> (role_id is null));
create index member_role on member (workspace_id, role_id) where role_id is not null;
alter table invitation
  alter column role drop not null,
  add column role_id uuid,
  add foreign key (workspace_id, role_id) references role (workspace_id, role_id),
  add constraint invitation_one_role check ((role is null) <> (role_id is null));
create index invitation_role on invitation (workspace_id, role_id) where role_id is not null;
-- Another role for what came through one source. 'none': this source is closed to the member.
create table member_source_role (
  workspace_id uuid not null,
  member_id uuid not null,
  source_id uuid not null,
  role text check (role in ('admin', 'lead', 'agent', 'viewer', 'none')),
  role_id uuid,
  created_at timestamptz not null default now(),
  primary key (workspace_id, member_id, source_id),
  foreign key (workspace_id, member_id) references member on delete cascade,
  foreign key (workspace_id, source_id) references source on delete cascade,
  foreign key (workspace_id, role_id) references role (workspace_id, role_id),
  check ((role is null) <> (role_id is null))
);
create index member_source_role_role on member_source_role (workspace_id, role_id) where role_id is not null;
create index member_source_role_source on member_source_role (workspace_id, source_id);

create table skill (
  workspace_id uuid not null,
  skill_id uuid not null,
  kind text not null check (kind in ('language', 'product')),
  -- A language's code, or a product as the team calls it.
  name text not null,
  primary key (workspace_id, skill_id),
  unique (workspace_id, kind, name)
);
create table member_skill (
  workspace_id uuid not null,
  member_id uuid not null,
  skill_id uuid not null,
  primary key (workspace_id, member_id, skill_id),
  foreign key (workspace_id, member_id) references member on delete cascade,
  foreign key (workspace_id, skill_id) references skill on delete cascade
);
create index member_skill_skill on member_skill (workspace_id, skill_id, member_id);
-- What is, never what was: presence has no history, or it would be a time clock.
create table staffing (
  workspace_id uuid not null,
  member_id uuid not null,
  -- Open conversations at once; null: no limit.
  capacity int check (capacity between 0 and 1000),
  presence text not null default 'available' check (presence in ('available', 'away', 'off')),
  -- Until when it holds; afterwards available again.
  presence_until timestamptz,
  primary key (workspace_id, member_id),
  foreign key (workspace_id, member_id) references member on delete cascade
);
create table shift (
  workspace_id uuid not null,
  shift_id uuid not null,
  name text not null,
  -- Rules of server/clocks: time zone, week with split hours, days that are other.
  calendar jsonb not null,
  version int not null default 1,
  created_at timestamptz not null default now(),
  primary key (workspace_id, shift_id),
  unique (workspace_id, name)
);
create table shift_member (
  workspace_id uuid not null,
  shift_id uuid not null,
  member_id uuid not null,
  primary key (workspace_id, shift_id, member_id),
  foreign key (workspace_id, shift_id) references shift on delete cascade,
  foreign key (workspace_id, member_id) references member on delete cascade
);
create index shift_member_member on shift_member (workspace_id, member_id, shift_id);
call system.protect('role', 'member_source_role', 'skill', 'member_skill', 'staffing', 'shift', 'shift_member');

-- Through what a conversation came: the source of the post that opened it.
alter table conversation add column source_id uuid;
alter table conversation no force row level security;
alter table conversation_post no force row level security;
alter table post no force row level security;
update conversation c set source_id = (
  select p.source_id from conversation_post cp
    join post p on p.workspace_id = cp.workspace_id and p.post_id = cp.post_id
  where cp.workspace_id = c.workspace_id and cp.conversation_id = c.conversation_id and cp.direction = 'in'
  order by cp.published_at, cp.post_id limit 1);
alter table conversation force row level security;
alter table conversation_post force row level security;
alter table post force row level security;

-- Sources that are closed to whoever this transaction is for; and where their role in the workspace reads nothing, those
-- that are open. Set by SET LOCAL beside the workspace; unset (a worker, somebody without roles for sources): all is open.
create function system.closed_sources(kind text) returns uuid[] language sql stable
  as $$ select coalesce(nullif(current_setting('app.closed_' || kind, true), '')::uuid[], '{}') $$;
create function system.only_sources(kind text) returns uuid[] language sql stable
  as $$ select nullif(current_setting('app.only_' || kind, true), '')::uuid[] $$;
grant execute on function system.closed_sources(text), system.only_sources(text) to rapport_app;
-- Beside the workspace's policy, not instead of it. The subqueries do not depend on the row: each is evaluated once.
create procedure system.protect_by_source(name text, kind text) language plpgsql as $$
begin
  execute format($p$create policy source on %1$I as restrictive to rapport_app using (
    (source_id is null or source_id <> all ((select system.closed_sources(%2$L))::uuid[]))
    and ((select system.only_sources(%2$L)) is null or source_id = any ((select system.only_sources(%2$L))::uuid[])))$p$,
    name, kind);
end $$;
call system.protect_by_source('post', 'posts');
call system.protect_by_source('conversation', 'inbox');
call system.protect_by_source('delivery', 'inbox');

-- Every source for which a member has another role, and what that lets them do there; built-in roles by name.
create function system.source_roles_of(of_workspace uuid, of_member uuid)
  returns table (source_id uuid, role text, permissions text[])
  language sql stable security definer set search_path = public, pg_temp
  as $$ select s.source_id, s.role, r.permissions from member_source_role s
          left join role r on r.workspace_id = s.workspace_id and r.role_id = s.role_id
        where s.workspace_id = of_workspace and s.member_id = of_member limit 2000 $$;
drop function system.invitations_for(text);
create function system.invitations_for(address text)
  returns table (workspace_id uuid, invitation_id uuid, role text, role_id uuid)
  language sql stable security definer set search_path = public, pg_temp
  as $$ select i.workspace_id, i.invitation_id, i.role, i.role_id from invitation i
        where i.email = address and i.accepted_at is null and i.revoked_at is null and i.expires_at > now() limit 100 $$;
drop function system.memberships_of(text);
create function system.memberships_of(of_user text)
  returns table (workspace_id uuid, slug text, name text, member_id uuid, role text, role_id uuid, role_name text,
    permissions text[], source_roles boolean, mode text, second_factor boolean)
  language sql stable security definer set search_path = public, pg_temp
  as $$ select m.workspace_id, s.slug, w.name, m.member_id, m.role, m.role_id, r.name, r.permissions,
          exists (select from member_source_role x where x.workspace_id = m.workspace_id and x.member_id = m.member_id),
          w.mode, coalesce((w.settings ->> 'secondFactor')::boolean, false)
        from member m join workspace w using (workspace_id) join system.workspace s on s.id = m.workspace_id
          left join role r on r.workspace_id = m.workspace_id and r.role_id = m.role_id
        where m.user_id = of_user and m.state = 'active' order by w.name limit 500 $$;
drop function system.workspace_of_key(text);
create function system.workspace_of_key(hash text)
  returns table (workspace_id uuid, api_key_id uuid, scopes text[], maker_id uuid, maker_role text, maker_permissions text[],
    source_roles boolean)
  language sql stable security definer set search_path = public, pg_temp
  as $$ select k.workspace_id, k.api_key_id, k.scopes, m.member_id, m.role, r.permissions,
          exists (select from member_source_role x where x.workspace_id = m.workspace_id and x.member_id = m.member_id)
        from api_key k
          join member m on m.workspace_id = k.workspace_id and m.member_id = k.created_by and m.state = 'active'
          left join role r on r.workspace_id = m.workspace_id and r.role_id = m.role_id
        where k.key_hash = hash and k.revoked_at is null and (k.expires_at is null or k.expires_at > now()) $$;
grant select on role, member_source_role to rapport_system;
create policy system_read on role for select to rapport_system using (true);
create policy system_read on member_source_role for select to rapport_system using (true);
alter function system.source_roles_of(uuid, uuid) owner to rapport_system;
alter function system.invitations_for(text) owner to rapport_system;
alter function system.memberships_of(text) owner to rapport_system;
alter function system.workspace_of_key(text) owner to rapport_system;
revoke execute on function system.source_roles_of(uuid, uuid), system.invitations_for(text), system.memberships_of(text),
  system.workspace_of_key(text) from public;
grant execute on function system.source_roles_of(uuid, uuid), system.invitations_for(text), system.memberships_of(text),
  system.workspace_of_key(text) to rapport_app;
