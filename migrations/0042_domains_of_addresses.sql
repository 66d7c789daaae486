-- Who has a mail address of an organisation's domain, found from the organisation's side. A column and not an expression:
-- under row-level security only plain comparisons of columns are served by an index.
alter table author add column mail_domain text collate "C"
  generated always as (case when kind = 'mail' then split_part(network_id, '@', 2) end) stored;
create index author_mail_domain on author (workspace_id, mail_domain, author_id) where mail_domain is not null;
