-- The sign-in library's own tables, with its own column names (better-auth 1.7.6: core, two factors, passkey).
create table system.auth_user (
  id text primary key,
  name text not null,
  email text not null unique,
  "emailVerified" boolean not null default false,
  image text,
  "createdAt" timestamptz not null default now(),
  "updatedAt" timestamptz not null default now(),
  "twoFactorEnabled" boolean default false,
  "installationAdmin" boolean not null default false,
  language text not null default 'en',
  "timeZone" text not null default 'Europe/Berlin',
  theme text not null default 'system'
);
create table system.auth_session (
  id text primary key,
  "expiresAt" timestamptz not null,
  token text not null unique,
  "createdAt" timestamptz not null default now(),
  "updatedAt" timestamptz not null default now(),
  "ipAddress" text,
  "userAgent" text,
  "userId" text not null references system.auth_user on delete cascade
);
create index auth_session_user on system.auth_session ("userId");
create table system.auth_account (
  id text primary key,
  "accountId" text not null,
  "providerId" text not null,
  "userId" text not null references system.auth_user on delete cascade,
  "accessToken" text,
  "refreshToken" text,
  "idToken" text,
  "accessTokenExpiresAt" timestamptz,
  "refreshTokenExpiresAt" timestamptz,
  scope text,
  password text,
  "createdAt" timestamptz not null default now(),
  "updatedAt" timestamptz not null default now(),
  unique ("providerId", "accountId")
);
create index auth_account_user on system.auth_account ("userId");
create table system.auth_verification (
  id text primary key,
  identifier text not null,
  value text not null,
  "expiresAt" timestamptz not null,
  "createdAt" timestamptz not null default now(),
  "updatedAt" timestamptz not null default now()
);
create index auth_verification_identifier on system.auth_verification (identifier);
create table system.auth_two_factor (
  id text primary key,
  secret text not null,
  "backupCodes" text not null,
  "userId" text not null references system.auth_user on delete cascade,
  verified boolean default true,
  "failedVerificationCount" integer default 0,
  "lockedUntil" timestamptz
);
create index auth_two_factor_user on system.auth_two_factor ("userId");
create table system.auth_passkey (
  id text primary key,
  name text,
  "publicKey" text not null,
  "userId" text not null references system.auth_user on delete cascade,
  "credentialID" text not null unique,
  counter integer not null,
  "deviceType" text not null,
  "backedUp" boolean not null,
  transports text,
  "createdAt" timestamptz,
  aaguid text
);
create index auth_passkey_user on system.auth_passkey ("userId");
grant select, insert, update, delete on system.auth_user, system.auth_session, system.auth_account, system.auth_verification,
  system.auth_two_factor, system.auth_passkey to rapport_app;

-- Open invitations for an address, in any workspace: whom the identity provider may bring in.
create function system.invitations_for(address text) returns table (workspace_id uuid, invitation_id uuid, role text)
  language sql stable security definer set search_path = public, pg_temp
  as $$ select i.workspace_id, i.invitation_id, i.role from invitation i
        where i.email = address and i.accepted_at is null and i.revoked_at is null and i.expires_at > now() limit 100 $$;
alter function system.invitations_for(text) owner to rapport_system;
revoke execute on function system.invitations_for(text) from public;
grant execute on function system.invitations_for(text) to rapport_app;
