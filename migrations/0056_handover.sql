-- Private messages beside public posts, and a case that goes from one to the other and stays one.
alter table post
  add column visibility text not null default 'public' check (visibility in ('public', 'private')),
  -- Written by a machine of theirs (an absence note, a mailing list): nobody waits for an answer to it.
  add column automatic boolean not null default false;
-- Set for whoever may not read the inbox, and for every list of what was said in public. Evaluated once per query.
create policy private on post as restrictive to rapport_app
  using (visibility = 'public' or (select current_setting('app.private_posts', true)) is distinct from 'hidden');
alter table delivery
  add column visibility text not null default 'public' check (visibility in ('public', 'private')),
  -- Whom a private message is for that answers nothing yet, and what a letter is about.
  add column recipient_author_id uuid,
  add column title text;
create policy private on delivery as restrictive to rapport_app
  using (visibility = 'public' or (select current_setting('app.private_posts', true)) is distinct from 'hidden');
-- What was begun for one strand must not end up in the other.
alter table draft add column visibility text not null default 'public' check (visibility in ('public', 'private'));

-- An invitation to go on in private, and where. Whoever brings its code continues the conversation.
create table handover (
  workspace_id uuid not null,
  handover_id uuid not null,
  conversation_id uuid not null,
  -- The account of ours that the private strand runs through.
  source_id uuid not null,
  code text not null,
  created_at timestamptz not null,
  created_by uuid,
  expires_at timestamptz not null,
  ended_at timestamptz,
  primary key (workspace_id, handover_id),
  foreign key (workspace_id, conversation_id) references conversation on delete cascade,
  foreign key (workspace_id, source_id) references source on delete cascade
);
create unique index handover_code on handover (workspace_id, code);
create index handover_conversation on handover (workspace_id, conversation_id, created_at desc);
create index handover_source on handover (workspace_id, source_id, created_at desc);

-- Which private thread continues which conversation, from when on: one thread with a customer may outlive a case.
create table strand (
  workspace_id uuid not null,
  thread_id uuid not null,
  begun_at timestamptz not null,
  conversation_id uuid not null,
  handover_id uuid,
  found_by text not null check (found_by in ('code', 'same-account', 'contact-point', 'begun-by-us', 'first-message')),
  primary key (workspace_id, thread_id, begun_at),
  foreign key (workspace_id, thread_id) references thread on delete cascade,
  foreign key (workspace_id, conversation_id) references conversation on delete cascade
);
create index strand_conversation on strand (workspace_id, conversation_id, begun_at);

-- Another sign-off than the usual one, for one network: initials in 300 characters, a full name in a letter.
create table member_sign_off (
  workspace_id uuid not null,
  member_id uuid not null,
  network text not null,
  sign_off text not null,
  primary key (workspace_id, member_id, network),
  foreign key (workspace_id, member_id) references member on delete cascade
);
call system.protect('handover', 'strand', 'member_sign_off');
