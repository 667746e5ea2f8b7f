-- Events are read by what they are tied to, by the words of their context and of their message; how many there are of each type, in
-- each month of UTC, is kept.
create index event_of_customer on event ((context ->> 'customer_uuid'), created, id) where context ? 'customer_uuid';
create index event_of_project on event ((context ->> 'project_uuid'), created, id) where context ? 'project_uuid';
create index event_by_user on event ((context ->> 'user_uuid'), created, id) where context ? 'user_uuid';
create index event_message on event using gin (message gin_trgm_ops);

select keep_counts('event_count', 'event', '{month}', '{event_type}', '{all, month}', 'events',
  '{"month": "date_trunc(''month'', created, ''UTC'')"}');
