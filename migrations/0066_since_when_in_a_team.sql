-- An agreement about a team's figures covers what somebody did while they were in it: whoever was put into it yesterday did
-- nothing under it before.
alter table team_member add column joined_at timestamptz not null default now();
alter table team_member no force row level security;
alter table member no force row level security;
update team_member t set joined_at = m.created_at from member m
  where m.workspace_id = t.workspace_id and m.member_id = t.member_id;
alter table team_member force row level security;
alter table member force row level security;
