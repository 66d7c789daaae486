-- What somebody who looks after a source is told of it; of several things the latest.
alter table notification
  add column source_news text check (source_news in ('failing', 'silent', 'over-budget', 'gap')),
  add constraint notification_source_news check (source_id is null or source_news is not null);
