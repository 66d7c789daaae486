-- Attempts that are counted for all processes together. The key is a keyed hash of what is counted and for whom.
create table system.rate_limit (
  key bytea primary key,
  tokens double precision not null,
  at timestamptz not null,
  full_at timestamptz not null
);
create index rate_limit_full on system.rate_limit (full_at);
grant select, insert, update, delete on system.rate_limit to rapport_app;
