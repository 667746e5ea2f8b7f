-- Bookings: the periods that the resources of offerings of type Marketplace.Booking hold. Two that overlap cannot both hold.
create table booking_slot (
  id bigint generated always as identity primary key,
  created timestamptz not null default now(),
  resource_id bigint not null references resource on delete cascade,
  offering_id bigint not null references offering,
  -- Which of the things that may be booked at the same time, from 1.
  place smallint not null default 1 check (place > 0),
  start timestamptz not null,
  "end" timestamptz not null check ("end" > start),
  -- What others may not have: the period, and the pause that the offering keeps behind it.
  held tstzrange not null check (lower(held) = start and upper(held) >= "end"),
  backend_id text not null unique default 'booking_' || replace(gen_random_uuid()::text, '-', ''),
  -- Its order was carried out; before that it is kept, and not shown.
  placed boolean not null default false,
  -- Its resource is asked for or there.
  blocking boolean not null default true,
  -- Raised by each change, for those who keep a copy in a calendar.
  sequence integer not null default 0,
  modified timestamptz not null default now(),
  reminded_at timestamptz,
  constraint booking_slot_overlap exclude using gist (offering_id with =, place with =, held with &&) where (blocking)
);
comment on table booking_slot is 'owner: bookings';
create index booking_slot_resource on booking_slot (resource_id, start, id);
create index booking_slot_offering on booking_slot (offering_id, start, id);
create index booking_slot_to_remind on booking_slot (start) where blocking and placed and reminded_at is null;
create trigger booking_slot_touch before update on booking_slot for each row execute function touch_modified();

-- Time that nobody can book, though nobody has: read from the provider's calendar, or kept by the provider.
create table booking_busy (
  id bigint generated always as identity primary key,
  uuid uuid not null unique default gen_random_uuid(),
  created timestamptz not null default now(),
  offering_id bigint not null references offering on delete cascade,
  source text not null check (source in ('calendar', 'provider')),
  start timestamptz not null,
  "end" timestamptz not null check ("end" > start),
  -- The event that it stands for, in the calendar.
  backend_id text not null default '',
  comment text not null default '' check (length(comment) <= 255)
);
comment on table booking_busy is 'owner: bookings';
create index booking_busy_offering on booking_busy using gist (offering_id, tstzrange(start, "end"));
create index booking_busy_of_offering on booking_busy (offering_id, start, id);

-- A moment as orders name it: date, hours, minutes, seconds and zone. Null for anything else.
create function moment_in(value text) returns timestamptz language sql immutable as $$
  select case when value ~ '^\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:?\d\d)$' and pg_input_is_valid(value, 'timestamptz')
    then value::timestamptz end
$$;

-- When the first of the periods begins that attributes ask for.
create function first_period_start(attributes jsonb) returns timestamptz language sql immutable
  return moment_in(attributes #>> '{schedules,0,start}');

-- Windows of a booking offering as they are shown: those that are over are left out, one that runs begins now. Windows that come
-- again are shown as they are.
create function schedules_at(attributes jsonb, moment timestamptz) returns jsonb language sql stable as $$
  select attributes || jsonb_build_object('schedules', coalesce((
    select jsonb_agg(case when begins < moment and not comes_again
        then jsonb_set(item, '{start}', to_jsonb(to_char(moment at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS".000Z"'))) else item end order by n)
    from (select item, n, item ? 'rrule' as comes_again, moment_in(item ->> 'start') as begins, moment_in(item ->> 'end') as ends
      from jsonb_array_elements(case jsonb_typeof(attributes -> 'schedules') when 'array' then attributes -> 'schedules' else '[]' end)
        with ordinality listed (item, n)) windows
    where comes_again or ends is null or ends > moment), '[]'::jsonb))
$$;

-- Bookings are listed by name, by when they begin, and by state, of the offerings and projects that their reader sees.
create index resource_offering_name on resource (offering_id, name, id);
create index resource_offering_state_name on resource (offering_id, state, name, id);
create index resource_project_name on resource (project_id, name, id);
create index resource_offering_first_period on resource (offering_id, first_period_start(attributes), id);
