-- One policy before anything is said: what it asks for in versions, what it said of each text, who approved what.
create table publishing_setting (
  workspace_id uuid primary key,
  -- So long everything waits at least before it goes, and can be taken back.
  undo_seconds int not null check (undo_seconds between 0 and 300),
  -- An approval that nobody gives for so long ends, and the text goes back to its author.
  approval_hours int not null check (approval_hours between 1 and 720)
);
-- No row: as the product ships, version 0. A version never changes, so that a verdict can be explained later.
create table policy_version (
  workspace_id uuid not null,
  version int not null check (version > 0),
  document jsonb not null,
  note text not null default '',
  saved_by uuid,
  saved_at timestamptz not null default now(),
  primary key (workspace_id, version)
);
-- What the policy said of exactly one text for exactly one place, and who let it go.
create table judgement (
  workspace_id uuid not null,
  judgement_id uuid not null,
  policy_version int not null,
  source_id uuid not null,
  kind text not null check (kind in ('reply', 'post', 'private')),
  origin text not null check (origin in ('typed', 'macro', 'bot', 'schedule')),
  verdict text not null check (verdict in ('send', 'confirm', 'four-eyes', 'refuse')),
  -- Codes and places, never words of the text.
  findings jsonb not null,
  -- Of text, attachments, account and the post that is answered: a changed word is another text.
  said_hash text not null,
  clearance text check (clearance in ('confirmed', 'approved')),
  clears boolean not null generated always as (verdict = 'send' or clearance is not null) stored,
  judged_at timestamptz not null default now(),
  primary key (workspace_id, judgement_id),
  unique (workspace_id, judgement_id, clears),
  check (clearance is null or verdict <> 'refuse'),
  check (clearance is distinct from 'confirmed' or verdict in ('send', 'confirm'))
);
-- No verdict that lets it go, no delivery. What went out before there was a policy is marked, and nothing new can be.
alter table delivery no force row level security;
alter table delivery
  add column judgement_id uuid,
  add column judgement_clears boolean not null generated always as (true) stored,
  add column before_policy boolean not null default false;
update delivery set before_policy = true;
alter table delivery
  add constraint delivery_is_judged check (judgement_id is not null or before_policy),
  add foreign key (workspace_id, judgement_id, judgement_clears) references judgement (workspace_id, judgement_id, clears);
create unique index delivery_judgement on delivery (workspace_id, judgement_id) where judgement_id is not null;
alter table delivery force row level security;
-- A false alarm, reported by a click: of one text each finding once, and by whom is not kept.
create table finding_report (
  workspace_id uuid not null,
  said_hash text not null,
  check_id text not null,
  code text not null,
  policy_version int not null,
  reported_at timestamptz not null default now(),
  primary key (workspace_id, check_id, said_hash, code)
);
-- Alarms on past posts of ours, read by people: what a check must have been measured by before it may refuse.
create table finding_review (
  workspace_id uuid not null,
  post_id uuid not null,
  check_id text not null,
  wrong boolean not null,
  reviewed_at timestamptz not null default now(),
  primary key (workspace_id, check_id, post_id),
  foreign key (workspace_id, post_id) references post on delete cascade
);
create index finding_review_post on finding_review (workspace_id, post_id);

create table approval (
  workspace_id uuid not null,
  approval_id uuid not null,
  source_id uuid not null,
  -- Exactly this text was judged, and is what an approval approves.
  judgement_id uuid not null,
  reply_to_post_id uuid,
  kind text not null check (kind in ('reply', 'post', 'private')),
  -- Whom a private message is for that answers nothing yet.
  recipient_author_id uuid,
  -- Of a letter.
  title text,
  -- Without the sign-off, and as it will stand on the network.
  written text not null,
  text text not null,
  language text,
  attachments jsonb not null default '[]',
  closes boolean not null default false,
  undo_seconds int not null default 0,
  -- In whose name it goes; and who wrote the words as they are, who cannot approve them.
  author_kind text not null check (author_kind in ('member', 'bot')),
  author_id uuid not null,
  written_by uuid not null,
  asked_member_id uuid,
  -- The text that was edited into this one.
  edited_from uuid,
  state text not null default 'open'
    check (state in ('open', 'approved', 'declined', 'edited', 'withdrawn', 'stale', 'expired')),
  asked_at timestamptz(3) not null default clock_timestamp(),
  expires_at timestamptz(3) not null,
  decided_at timestamptz,
  decided_by_kind text check (decided_by_kind in ('member', 'guest', 'system')),
  decided_by uuid,
  delivery_id uuid,
  primary key (workspace_id, approval_id),
  foreign key (workspace_id, judgement_id) references judgement,
  foreign key (workspace_id, source_id) references source,
  foreign key (workspace_id, delivery_id) references delivery,
  check ((state = 'open') = (decided_at is null)),
  check ((state = 'approved') = (delivery_id is not null)),
  -- Nobody approves their own words, whatever the program says.
  check (state <> 'approved' or decided_by is distinct from written_by)
);
create index approval_open on approval (workspace_id, expires_at, approval_id) where state = 'open';
create index approval_newest on approval (workspace_id, asked_at desc, approval_id desc);
create index approval_expiring on approval (expires_at) where state = 'open';
create table approval_conversation (
  workspace_id uuid not null,
  approval_id uuid not null,
  conversation_id uuid not null,
  ordinal int not null,
  -- What was said when it was written: if somebody speaks since, it goes back.
  against_version bigint not null,
  primary key (workspace_id, approval_id, conversation_id),
  foreign key (workspace_id, approval_id) references approval on delete cascade,
  foreign key (workspace_id, conversation_id) references conversation on delete cascade
);
create index approval_conversation_conversation on approval_conversation (workspace_id, conversation_id);
-- Somebody of another house who may look at one text and say yes or no. The link's secret is not kept.
create table approval_guest (
  workspace_id uuid not null,
  guest_id uuid not null,
  approval_id uuid not null,
  name text not null,
  token_hash text not null unique,
  invited_by uuid not null,
  created_at timestamptz not null default now(),
  expires_at timestamptz not null,
  revoked_at timestamptz,
  opened_at timestamptz,
  primary key (workspace_id, guest_id),
  foreign key (workspace_id, approval_id) references approval on delete cascade
);
create index approval_guest_approval on approval_guest (workspace_id, approval_id, created_at);
create table approval_remark (
  workspace_id uuid not null,
  remark_id uuid not null,
  approval_id uuid not null,
  text text not null,
  by_kind text not null check (by_kind in ('member', 'bot', 'guest')),
  by_id uuid not null,
  remarked_at timestamptz not null default clock_timestamp(),
  primary key (workspace_id, remark_id),
  foreign key (workspace_id, approval_id) references approval on delete cascade
);
create index approval_remark_approval on approval_remark (workspace_id, approval_id, remarked_at);
-- Who is asked instead while somebody is away.
create table stand_in (
  workspace_id uuid not null,
  member_id uuid not null,
  stand_in_id uuid not null,
  until timestamptz not null,
  primary key (workspace_id, member_id),
  foreign key (workspace_id, member_id) references member on delete cascade,
  foreign key (workspace_id, stand_in_id) references member on delete cascade,
  check (member_id <> stand_in_id)
);
create index stand_in_stand_in on stand_in (workspace_id, stand_in_id);

call system.protect('publishing_setting', 'policy_version', 'judgement', 'finding_report', 'finding_review',
  'approval', 'approval_conversation', 'approval_guest', 'approval_remark', 'stand_in');
call system.protect_by_source('approval', 'inbox');
create policy private on approval as restrictive to rapport_app
  using (kind <> 'private' or (select current_setting('app.private_posts', true)) is distinct from 'hidden');

grant select (workspace_id, state, expires_at) on approval to rapport_system;
create policy system_due on approval for select to rapport_system using (true);
create function system.workspaces_with_expired_approvals() returns setof uuid
  language sql stable security definer set search_path = public, pg_temp
  as $$ select distinct a.workspace_id from approval a where a.state = 'open' and a.expires_at <= now() limit 1000 $$;
grant select (workspace_id, guest_id, token_hash) on approval_guest to rapport_system;
create policy system_read on approval_guest for select to rapport_system using (true);
create function system.workspace_of_guest(hash text) returns table (workspace_id uuid, guest_id uuid)
  language sql stable security definer set search_path = public, pg_temp
  as $$ select g.workspace_id, g.guest_id from approval_guest g where g.token_hash = hash $$;
-- Brands of the other workspaces that somebody works in: a text meant for one is stopped at another's account.
create function system.other_brands_of(here uuid, of_member uuid) returns table (brand text, accounts text[])
  language sql stable security definer set search_path = public, pg_temp
  as $$ select w.brand, array(select s.name from source s where s.workspace_id = w.workspace_id
            and s.own_author_id is not null and s.removed_at is null order by s.created_at limit 20)
        from member me join member m on m.user_id = me.user_id and m.workspace_id <> here and m.state = 'active'
          join workspace w on w.workspace_id = m.workspace_id
        where me.workspace_id = here and me.member_id = of_member limit 50 $$;
alter function system.workspaces_with_expired_approvals() owner to rapport_system;
alter function system.workspace_of_guest(text) owner to rapport_system;
alter function system.other_brands_of(uuid, uuid) owner to rapport_system;
revoke execute on function system.workspaces_with_expired_approvals(), system.workspace_of_guest(text),
  system.other_brands_of(uuid, uuid) from public;
grant execute on function system.workspaces_with_expired_approvals(), system.workspace_of_guest(text),
  system.other_brands_of(uuid, uuid) to rapport_app;
