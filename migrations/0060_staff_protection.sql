-- Staff protection: what may be worked out about one member stands in an agreement that the council released, and each use
-- is written down for whom it was about. Nothing here holds a figure.
create table staff_document (
  workspace_id uuid not null,
  document_id uuid not null,
  name text not null,
  media_type text not null,
  bytes int not null,
  -- Of the content, in hex: what was released is this document and no other.
  hash text not null,
  content bytea not null,
  uploaded_by uuid not null,
  uploaded_at timestamptz not null default now(),
  primary key (workspace_id, document_id)
);
-- Never changed after it was recorded, but released and ended: another scope is another agreement.
create table staff_agreement (
  workspace_id uuid not null,
  agreement_id uuid not null,
  title text not null,
  purpose text not null,
  document_id uuid not null,
  -- Which figures (measurement/staff); and of whose work: of this team's members, or of everybody's.
  figures text[] not null check (cardinality(figures) > 0),
  team_id uuid,
  valid_from date not null,
  expires_on date not null,
  recorded_by uuid not null,
  recorded_at timestamptz not null default now(),
  released_by uuid,
  released_at timestamptz,
  ended_by uuid,
  ended_at timestamptz,
  primary key (workspace_id, agreement_id),
  foreign key (workspace_id, document_id) references staff_document (workspace_id, document_id),
  foreign key (workspace_id, team_id) references team (workspace_id, team_id) on delete cascade,
  check (expires_on > valid_from and expires_on <= valid_from + interval '2 years'),
  check ((released_by is null) = (released_at is null)),
  check ((ended_by is null) = (ended_at is null)),
  -- Nobody releases what they recorded themselves.
  check (released_by <> recorded_by)
);
create index staff_agreement_document on staff_agreement (workspace_id, document_id);
create index staff_agreement_team on staff_agreement (workspace_id, team_id) where team_id is not null;
create index staff_agreement_recorded on staff_agreement (workspace_id, recorded_at desc, agreement_id desc);
-- Each look at one member's figures: by whom, why, under what. What came out is kept nowhere.
create table staff_analysis (
  workspace_id uuid not null,
  analysis_id uuid not null,
  agreement_id uuid not null,
  member_id uuid not null,
  analysed_by uuid not null,
  figures text[] not null,
  from_day date not null,
  until_day date not null,
  reason text not null,
  analysed_at timestamptz(3) not null default now(),
  primary key (workspace_id, analysis_id),
  foreign key (workspace_id, agreement_id) references staff_agreement (workspace_id, agreement_id) on delete cascade,
  foreign key (workspace_id, member_id) references member on delete cascade
);
create index staff_analysis_agreement on staff_analysis (workspace_id, agreement_id);
create index staff_analysis_at on staff_analysis (workspace_id, analysed_at desc, analysis_id desc);
create index staff_analysis_member on staff_analysis (workspace_id, member_id, analysed_at desc, analysis_id desc);
-- How far back members stand in events by a pseudonym.
create table staff_pseudonymisation (
  workspace_id uuid primary key,
  position bigint not null default 0
);
call system.protect('staff_document', 'staff_agreement', 'staff_analysis', 'staff_pseudonymisation');
-- A log that its writers could change would be none.
revoke update, delete on staff_analysis from rapport_app;

-- The one way in which the shape of events changes: ids of members give way to ids that nobody has. Of the workspace that
-- the transaction is in, up to a position, and never of what is younger than thirty days, whoever asks.
grant select (workspace_id, position, event_id, at, actor_kind, actor_id, subjects), update (actor_id, subjects) on event to rapport_eraser;
grant select, insert, delete on event_subject to rapport_eraser;
grant select (workspace_id, member_id) on member to rapport_eraser;
create policy eraser on event to rapport_eraser
  using (workspace_id = nullif(current_setting('app.workspace_id', true), '')::uuid);
create policy eraser on event_subject to rapport_eraser
  using (workspace_id = nullif(current_setting('app.workspace_id', true), '')::uuid);
create policy eraser on member to rapport_eraser
  using (workspace_id = nullif(current_setting('app.workspace_id', true), '')::uuid);
create function system.pseudonymise_staff(after_position bigint, until_position bigint, member_ids uuid[], pseudonyms uuid[])
  returns bigint language plpgsql security definer set search_path = public, pg_temp as $$
declare
  here uuid := nullif(current_setting('app.workspace_id', true), '')::uuid;
  one record;
  known uuid;
  changed bigint := 0;
  shape text;
begin
  for one in
    select e.position, e.actor_kind, e.actor_id, e.subjects from event e
    where e.workspace_id = here and e.position > after_position and e.position <= until_position
      and e.at < now() - interval '30 days'
  loop
    shape := one.subjects::text;
    for known in select m from unnest(member_ids) as m
      where m = one.actor_id and one.actor_kind = 'member' or position(m::text in shape) > 0
    loop
      shape := replace(shape, known::text, pseudonyms[array_position(member_ids, known)]::text);
    end loop;
    if shape = one.subjects::text and not (one.actor_kind = 'member' and one.actor_id = any (member_ids)) then continue; end if;
    update event e set subjects = shape::jsonb,
        actor_id = case when one.actor_kind = 'member' and one.actor_id = any (member_ids)
          then pseudonyms[array_position(member_ids, one.actor_id)] else one.actor_id end
      where e.workspace_id = here and e.position = one.position;
    insert into event_subject (workspace_id, subject_id, position)
      select here, pseudonyms[array_position(member_ids, s.subject_id)], s.position from event_subject s
      where s.workspace_id = here and s.position = one.position and s.subject_id = any (member_ids)
      on conflict do nothing;
    delete from event_subject s
      where s.workspace_id = here and s.position = one.position and s.subject_id = any (member_ids);
    changed := changed + 1;
  end loop;
  return changed;
end $$;
alter function system.pseudonymise_staff(bigint, bigint, uuid[], uuid[]) owner to rapport_eraser;
revoke execute on function system.pseudonymise_staff(bigint, bigint, uuid[], uuid[]) from public;
grant execute on function system.pseudonymise_staff(bigint, bigint, uuid[], uuid[]) to rapport_app;

-- Posts that name one of us: the words are covered wherever the post is shown, and the post stays as it was said.
create table post_mask (
  workspace_id uuid not null,
  post_id uuid not null,
  words text[] not null check (cardinality(words) between 1 and 20),
  masked_by uuid,
  masked_at timestamptz not null default now(),
  primary key (workspace_id, post_id),
  foreign key (workspace_id, post_id) references post on delete cascade
);
call system.protect('post_mask');

-- Many clients: each workspace has a colour.
drop function system.memberships_of(text);
create function system.memberships_of(of_user text)
  returns table (workspace_id uuid, slug text, name text, member_id uuid, role text, role_id uuid, role_name text,
    permissions text[], source_roles boolean, mode text, second_factor boolean, colour text)
  language sql stable security definer set search_path = public, pg_temp
  as $$ select m.workspace_id, s.slug, w.name, m.member_id, m.role, m.role_id, r.name, r.permissions,
          exists (select from member_source_role x where x.workspace_id = m.workspace_id and x.member_id = m.member_id),
          w.mode, coalesce((w.settings ->> 'secondFactor')::boolean, false), w.settings ->> 'colour'
        from member m join workspace w using (workspace_id) join system.workspace s on s.id = m.workspace_id
          left join role r on r.workspace_id = m.workspace_id and r.role_id = m.role_id
        where m.user_id = of_user and m.state = 'active' order by w.name limit 500 $$;
alter function system.memberships_of(text) owner to rapport_system;
revoke execute on function system.memberships_of(text) from public;
grant execute on function system.memberships_of(text) to rapport_app;
