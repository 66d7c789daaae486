-- What was said to us alone belongs to the inbox of its source: whoever may read a source's posts and not its inbox finds none
-- of it. The subqueries do not depend on the row: each is evaluated once, and only where something is private.
alter policy private on post using (visibility = 'public' or (
  (select current_setting('app.private_posts', true)) is distinct from 'hidden'
  and (source_id is null or source_id <> all ((select system.closed_sources('inbox'))::uuid[]))
  and ((select system.only_sources('inbox')) is null or source_id = any ((select system.only_sources('inbox'))::uuid[]))));
