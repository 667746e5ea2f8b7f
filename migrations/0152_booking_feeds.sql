-- Calendars that programs read without a token: whoever has the address of a feed is shown what its owner sees. The address is
-- kept as a digest alone, and gone with the row.
create table booking_feed (
  id bigint generated always as identity primary key,
  uuid uuid not null unique default gen_random_uuid(),
  created timestamptz not null default now(),
  user_id bigint not null references "user" on delete cascade,
  digest bytea not null unique,
  -- Of one offering, of one booking, or of all that its owner has booked.
  offering_id bigint references offering on delete cascade,
  resource_id bigint references resource on delete cascade,
  check (num_nonnulls(offering_id, resource_id) <= 1)
);
comment on table booking_feed is 'owner: bookings';
create index booking_feed_user on booking_feed (user_id, created, id);
create index booking_feed_offering on booking_feed (offering_id) where offering_id is not null;
create index booking_feed_resource on booking_feed (resource_id) where resource_id is not null;
