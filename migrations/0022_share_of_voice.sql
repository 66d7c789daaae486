-- What share of voice is counted from: mentions of brands and competitors, by the minute or hour in which they were
-- published (server/measurement/shares). The rows behind it are the posts of the topic in that time.
create view voice with (security_invoker = true) as
  select c.workspace_id, c.topic_id, t.name, t.kind, c.minute, c.network, c.posts, c.negative, c.neutral, c.positive
  from mention_count c join topic t on t.workspace_id = c.workspace_id and t.topic_id = c.topic_id
  where t.removed_at is null and t.kind in ('brand', 'competitor');
grant select on voice to rapport_app;
