-- Which systems told anything, found by hopping from one to the next.
create index author_field_source on author_field (workspace_id, source);
