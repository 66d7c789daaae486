-- Why a person is kept: what was said, else what follows from how they began. One rule, for the list as well as for the page.
drop index person_legal_basis;
alter table person
  add column effective_basis text generated always as (coalesce(legal_basis, case began_because
    when 'imported' then 'contract' when 'proved' then 'consent' else 'legitimate-interest' end)) stored,
  add column effective_purpose text generated always as (coalesce(purpose, case began_because
    when 'imported' then 'contract' else 'care' end)) stored;
create index person_by_basis on person (workspace_id, effective_basis, name_key, person_id)
  where current_id = person_id and erased_at is null;

-- Who agreed, took it back, refused or objected: the latest statements of one kind, whosoever they are.
create index consent_given on consent (workspace_id, purpose, stated_at desc, consent_id desc)
  where given and withdrawn_at is null;
create index consent_withdrawn on consent (workspace_id, purpose, stated_at desc, consent_id desc)
  where given and withdrawn_at is not null;
create index consent_refused on consent (workspace_id, purpose, stated_at desc, consent_id desc) where not given;
create index objection_standing on objection (workspace_id, kind, objected_at desc, objection_id desc)
  where lifted_at is null;
