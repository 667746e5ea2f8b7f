-- What those who use an offering agree to, and who has agreed. A consent is the person's own: one row, renewed in place; what it was
-- before stands in the events.
create table offering_terms_of_service (
  id bigint generated always as identity primary key,
  uuid uuid not null unique default gen_random_uuid(),
  created timestamptz not null default now(),
  modified timestamptz not null default now(),
  offering_id bigint not null references offering on delete cascade,
  terms_of_service text not null default '',
  terms_of_service_link text not null default '',
  version text not null check (length(version) <= 50),
  is_active boolean not null default false,
  requires_reconsent boolean not null default false,
  grace_period_days integer not null default 60 check (grace_period_days >= 0),
  -- Since when they hold: consents to other versions count for so many days more.
  active_since timestamptz,
  check (is_active = (active_since is not null)),
  -- A consent names the version alone, so a version is one text.
  constraint offering_terms_of_service_version_key unique (offering_id, version)
);
comment on table offering_terms_of_service is 'owner: offerings';
create unique index offering_terms_of_service_active_key on offering_terms_of_service (offering_id) where is_active;
create trigger offering_terms_of_service_touch before update on offering_terms_of_service for each row execute function touch_modified();

create table user_offering_consent (
  id bigint generated always as identity primary key,
  uuid uuid not null unique default gen_random_uuid(),
  created timestamptz not null default now(),
  modified timestamptz not null default now(),
  user_id bigint not null references "user" on delete cascade,
  offering_id bigint not null references offering on delete cascade,
  version text not null,
  agreement_date timestamptz not null default now(),
  revocation_date timestamptz,
  constraint user_offering_consent_key unique (user_id, offering_id)
);
comment on table user_offering_consent is 'owner: offerings';
create index user_offering_consent_offering on user_offering_consent (offering_id);
create trigger user_offering_consent_touch before update on user_offering_consent for each row execute function touch_modified();
