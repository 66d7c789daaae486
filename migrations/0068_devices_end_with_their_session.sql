-- A browser is told things for as long as the sign-in stands with which it asked for them. Which one that was is not known of
-- those that stand here: they are asked for anew.
alter table push_device no force row level security;
delete from push_device;
alter table push_device force row level security;
alter table push_device add column session_id text not null;
