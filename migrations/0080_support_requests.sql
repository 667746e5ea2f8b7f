-- What people of the provider are asked to do for an order of a support offering, and what was said about it.
create table support_request (
  id bigint generated always as identity primary key,
  uuid uuid not null unique default gen_random_uuid(),
  created timestamptz not null default now(),
  modified timestamptz not null default now(),
  order_id bigint not null unique references "order" on delete cascade,
  state text not null check (state in ('open', 'resolved', 'refused', 'closed')),
  -- What the provider said as it resolved or refused it.
  answer text not null default '' check (length(answer) <= 4000),
  answered_at timestamptz,
  -- Nobody where the order ended by other means.
  answered_by_id bigint references "user" on delete set null
);
comment on table support_request is 'owner: support';
create index support_request_created on support_request (created, id);
create index support_request_answered_by on support_request (answered_by_id) where answered_by_id is not null;
create trigger support_request_touch before update on support_request for each row execute function touch_modified();

create table support_comment (
  id bigint generated always as identity primary key,
  uuid uuid not null unique default gen_random_uuid(),
  created timestamptz not null default now(),
  request_id bigint not null references support_request on delete cascade,
  user_id bigint references "user" on delete set null,
  text text not null check (length(text) <= 4000)
);
comment on table support_comment is 'owner: support';
create index support_comment_request on support_comment (request_id, created, id);
create index support_comment_user on support_comment (user_id) where user_id is not null;
