-- What a session proved beside its first factor; null: nothing. Older sessions are asked again where a workspace demands it.
alter table system.auth_session add column "secondFactor" text
  check ("secondFactor" in ('code', 'passkey', 'provider'));

-- A workspace may demand two factors of its members.
drop function system.memberships_of(text);
create function system.memberships_of(of_user text)
  returns table (workspace_id uuid, slug text, name text, member_id uuid, role text, mode text, second_factor boolean)
  language sql stable security definer set search_path = public, pg_temp
  as $$ select m.workspace_id, s.slug, w.name, m.member_id, m.role, w.mode,
               coalesce((w.settings ->> 'secondFactor')::boolean, false)
        from member m join workspace w using (workspace_id) join system.workspace s on s.id = m.workspace_id
        where m.user_id = of_user and m.state = 'active' order by w.name limit 500 $$;
alter function system.memberships_of(text) owner to rapport_system;
revoke execute on function system.memberships_of(text) from public;
grant execute on function system.memberships_of(text) to rapport_app;
