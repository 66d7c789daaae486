-- The timeline of an author tells of their conversations: turns from the trail, and what we said in them.
-- The trail by conversation and time, because entries of several conversations are merged by time; a position follows
-- the order of commits, which is another. The list of types is the one of server/inbox/author-timeline.ts.
create index event_turn on event (workspace_id, conversation_id, at desc, position desc)
  where type in ('conversation.opened', 'conversation.closed', 'conversation.reopened');
create index conversation_post_ours on conversation_post (workspace_id, conversation_id, published_at desc, post_id desc)
  where direction = 'out';
-- A list of one author's conversations is walked in its order: the id belongs into it.
drop index conversation_author;
create index conversation_author on conversation (workspace_id, author_id, last_post_at desc, conversation_id desc);
