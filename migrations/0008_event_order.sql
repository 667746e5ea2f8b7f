-- In which order readers of events go on: an event's id is drawn when it is recorded, and a transaction with a smaller id may
-- be committed later. The transaction's own number tells which events nobody can come before any more.
alter table event add column transaction_id xid8 not null default pg_current_xact_id();
create index event_transaction on event (transaction_id, id);
