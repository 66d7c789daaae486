-- How many posts are still to be judged follows from where the walk has come.
alter table topic_relevance drop column judging_left;
