-- When the customer edited an answered post into a negative one: it waits again, whatever answered it before.
alter table conversation_post add column turned_negative_at timestamptz;

-- False: who is named as author, nobody but the post itself says (a letter whose receiving server did not confirm the sender).
alter table post add column vouched boolean not null default true;

alter table proof_question drop constraint proof_question_because_check;
alter table proof_question add constraint proof_question_because_check
  check (because in ('objection', 'two-customer-numbers', 'proved-by-another', 'sender-unproven'));
