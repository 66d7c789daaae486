-- A key never opens more than the member who made it may do now, and nothing once that member is disabled.
drop function system.workspace_of_key(text);
create function system.workspace_of_key(hash text) returns table (workspace_id uuid, api_key_id uuid, scopes text[], maker_role text)
  language sql stable security definer set search_path = public, pg_temp
  as $$ select k.workspace_id, k.api_key_id, k.scopes, m.role from api_key k
          join member m on m.workspace_id = k.workspace_id and m.member_id = k.created_by and m.state = 'active'
        where k.key_hash = hash and k.revoked_at is null and (k.expires_at is null or k.expires_at > now()) $$;
alter function system.workspace_of_key(text) owner to rapport_system;
revoke execute on function system.workspace_of_key(text) from public;
grant execute on function system.workspace_of_key(text) to rapport_app;
