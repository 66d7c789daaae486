-- What a member was already told of something that they need, so that nobody is told twice.
create table guideline_reminder (
  workspace_id uuid not null,
  member_id uuid not null,
  -- Of a guideline or of a training.
  about_id uuid not null,
  news text not null check (news in ('asked', 'renew', 'due-soon', 'overdue')),
  -- Of which version it was told, or of which end: a later one is told anew.
  mark text not null,
  told_at timestamptz not null default now(),
  primary key (workspace_id, member_id, about_id, news),
  foreign key (workspace_id, member_id) references member on delete cascade
);
call system.protect('guideline_reminder');
