-- What exists at a provider's site and is not known here, as the provider's agent last reported it.
create table importable_resource (
  id bigint generated always as identity primary key,
  created timestamptz not null default now(),
  offering_id bigint not null references offering on delete cascade,
  backend_id text not null check (length(backend_id) between 1 and 255),
  name text not null check (length(name) <= 150),
  type text not null,
  description text not null,
  constraint importable_resource_backend_id_key unique (offering_id, backend_id)
);
comment on table importable_resource is 'owner: orders';
