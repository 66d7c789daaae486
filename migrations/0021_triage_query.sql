-- The version of the topic's query with which posts were read when the scorer was learned: another query masks other words.
alter table topic_relevance add column scorer_query int not null default 0;
