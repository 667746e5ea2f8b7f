-- Google calendars of booking offerings, and the credentials of the providers who keep them there. What opens them is sealed.
create table google_credential (
  id bigint generated always as identity primary key,
  created timestamptz not null default now(),
  modified timestamptz not null default now(),
  service_provider_id bigint not null unique references service_provider on delete cascade,
  refresh_token bytea not null
);
comment on table google_credential is 'owner: bookings';
create trigger google_credential_touch before update on google_credential for each row execute function touch_modified();

-- Somebody was sent to Google, and comes back with this, once.
create table google_auth_request (
  id bigint generated always as identity primary key,
  created timestamptz not null default now(),
  digest bytea not null unique,
  user_id bigint not null references "user" on delete cascade,
  service_provider_id bigint not null references service_provider on delete cascade,
  redirect_uri text not null
);
comment on table google_auth_request is 'owner: bookings';
create index google_auth_request_user on google_auth_request (user_id);
create index google_auth_request_service_provider on google_auth_request (service_provider_id);

create table google_calendar (
  id bigint generated always as identity primary key,
  created timestamptz not null default now(),
  modified timestamptz not null default now(),
  offering_id bigint not null unique references offering on delete cascade,
  -- What Google calls it; nothing until it was made there.
  backend_id text,
  public boolean not null default false,
  state text not null check (state in ('Creation Scheduled', 'Creating', 'Update Scheduled', 'Updating', 'OK', 'Erred')),
  error_message text not null default '',
  synced_at timestamptz
);
comment on table google_calendar is 'owner: bookings';
create trigger google_calendar_touch before update on google_calendar for each row execute function touch_modified();
