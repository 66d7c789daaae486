-- Customers prove which addresses and accounts are theirs, see what is linked, and cut it (docs/proofs.md).

-- What a workspace offers its customers. Absent: nothing.
create table proof_setting (
  workspace_id uuid not null primary key references workspace,
  -- Whether the page is there without an invitation.
  open boolean not null default false,
  offered text[] not null check (offered <@ array['mail', 'phone', 'site', 'account', 'sign-in']),
  -- What the workspace says instead of our texts, by language: {"de": {"lead": "…", "consent": "…"}}.
  texts jsonb not null default '{}',
  privacy_notice text,
  invitation_days int not null default 7 check (invitation_days between 1 and 30),
  -- Countries whose numbers get a code, as ISO 3166-1 alpha-2.
  phone_countries text[] not null default '{}',
  gateway_address text,
  -- The request's body with {to} and {text}.
  gateway_body text,
  gateway_header text,
  -- Encrypted: the value of that header.
  gateway_secret text
);

-- OpenID Connect providers at which customers may sign in to prove a customer number.
create table proof_issuer (
  workspace_id uuid not null,
  proof_issuer_id uuid not null,
  name text not null,
  issuer text not null,
  client_id text not null,
  -- Encrypted.
  client_secret text not null,
  -- Whose customer numbers its subjects are: the scope of the identity.
  system text not null,
  -- Whether an address that it calls verified is taken as proven too.
  takes_mail boolean not null,
  created_at timestamptz not null,
  removed_at timestamptz,
  primary key (workspace_id, proof_issuer_id)
);

-- Asks the author of a conversation to prove something. Whoever holds the link is nobody by that alone.
create table proof_invitation (
  workspace_id uuid not null,
  proof_invitation_id uuid not null,
  token_hash text not null,
  conversation_id uuid not null,
  author_id uuid not null,
  asked text not null check (asked in ('customer-number', 'mail', 'phone', 'account')),
  language text not null,
  invited_by uuid not null,
  created_at timestamptz not null,
  expires_at timestamptz not null,
  opened_at timestamptz,
  -- How often it was opened; a link that runs around stops working.
  openings int not null default 0,
  -- Somebody who opened it proved something, but not yet both what was asked and the conversation's own account.
  part_proven_at timestamptz,
  proven_at timestamptz,
  revoked_at timestamptz,
  primary key (workspace_id, proof_invitation_id),
  foreign key (workspace_id, conversation_id) references conversation on delete cascade,
  foreign key (workspace_id, author_id) references author on delete cascade,
  foreign key (workspace_id, invited_by) references member
);
create unique index proof_invitation_token on proof_invitation (workspace_id, token_hash);
create index proof_invitation_conversation on proof_invitation (workspace_id, conversation_id, created_at desc);

-- A visit of a customer: a browser, a while, one workspace. A person only after a first proof.
create table customer_session (
  workspace_id uuid not null,
  customer_session_id uuid not null,
  token_hash text not null,
  -- As it was when it was proven; whom it is now is asked of the graph.
  person_id uuid,
  proof_invitation_id uuid,
  began_at timestamptz not null,
  used_at timestamptz not null,
  expires_at timestamptz not null,
  ended_at timestamptz,
  primary key (workspace_id, customer_session_id),
  foreign key (workspace_id, person_id) references person,
  foreign key (workspace_id, proof_invitation_id) references proof_invitation on delete cascade
);
create unique index customer_session_token on customer_session (workspace_id, token_hash);
create index customer_session_expired on customer_session (workspace_id, expires_at);

-- One attempt to prove one identity.
create table proof (
  workspace_id uuid not null,
  proof_id uuid not null,
  customer_session_id uuid not null,
  way text not null check (way in ('mail-code', 'phone-code', 'reply-code', 'site-link', 'profile-link', 'domain-handle', 'sign-in')),
  -- What is claimed, as the key of an identity. What only the network can tell is empty until it does.
  network text not null,
  scope text not null default '',
  network_id text,
  handle text,
  -- The account of a conversation that an invitation asks for: no other will do.
  author_id uuid,
  proof_issuer_id uuid,
  state text not null default 'open' check (state in ('open', 'proven', 'before-staff', 'refused', 'given-up')),
  tries int not null default 0,
  -- A keyed hash: finds the proof whose code somebody posts.
  code_hash text,
  -- Encrypted: what the browser must not know of a sign-in under way, by the state that comes back.
  sealed text,
  -- Whether the code went out: absent, where none is sent.
  sending text check (sending in ('due', 'sent', 'failed')),
  consent_text text not null,
  language text not null,
  began_at timestamptz not null,
  expires_at timestamptz not null,
  ended_at timestamptz,
  primary key (workspace_id, proof_id),
  foreign key (workspace_id, customer_session_id) references customer_session on delete cascade,
  foreign key (workspace_id, author_id) references author on delete cascade,
  foreign key (workspace_id, proof_issuer_id) references proof_issuer
);
create index proof_session on proof (workspace_id, customer_session_id, began_at desc);
create unique index proof_code on proof (workspace_id, code_hash) where code_hash is not null and state = 'open';
create index proof_began on proof (workspace_id, began_at);

-- A proof that would join what may not be joined without somebody's decision.
create table proof_question (
  workspace_id uuid not null,
  proof_question_id uuid not null,
  proof_id uuid,
  author_id uuid not null,
  -- Who proved it, where the visit had proven something before.
  person_id uuid,
  other_person_id uuid,
  because text not null check (because in ('objection', 'two-customer-numbers', 'proved-by-another')),
  proof_invitation_id uuid,
  asked_at timestamptz not null,
  decided_at timestamptz,
  decided_by uuid,
  decision text check (decision in ('join', 'move', 'leave')),
  primary key (workspace_id, proof_question_id),
  foreign key (workspace_id, proof_id) references proof on delete set null (proof_id),
  foreign key (workspace_id, author_id) references author on delete cascade,
  foreign key (workspace_id, person_id) references person,
  foreign key (workspace_id, other_person_id) references person,
  foreign key (workspace_id, proof_invitation_id) references proof_invitation on delete set null (proof_invitation_id)
);
create unique index proof_question_open on proof_question (workspace_id, author_id, coalesce(person_id, author_id)) where decided_at is null;
create index proof_question_asked on proof_question (workspace_id, asked_at desc, proof_question_id);

call system.protect('proof_setting', 'proof_issuer', 'proof_invitation', 'customer_session', 'proof', 'proof_question');

-- Somebody may be a person because they proved an address before they ever wrote.
alter table person drop constraint person_began_because_check;
alter table person add constraint person_began_because_check
  check (began_because in ('wrote-to-us', 'answered', 'agent', 'imported', 'proved'));

alter table notification drop constraint notification_kind_check;
alter table notification add constraint notification_kind_check
  check (kind in ('assignment', 'mention', 'newer-post', 'answer-failed', 'alarm', 'source', 'proof'));
alter table notification_setting drop constraint notification_setting_kind_check;
alter table notification_setting add constraint notification_setting_kind_check
  check (kind in ('assignment', 'mention', 'newer-post', 'answer-failed', 'alarm', 'source', 'proof'));
