-- By which reading of names the keys of a walk were made; 0: by one of before versions were kept. Where a release reads
-- names in another way, stored keys find nobody any more, so everything is walked again.
alter table comparison_run add column keys_version int not null default 0;
