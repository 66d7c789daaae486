-- Whose text a draft began with: a crisis may hold that macro back until the draft is sent, on whichever device.
alter table draft add column macro_id uuid;
alter table draft add foreign key (workspace_id, macro_id) references macro on delete set null (macro_id);
create index draft_macro on draft (workspace_id, macro_id) where macro_id is not null;
