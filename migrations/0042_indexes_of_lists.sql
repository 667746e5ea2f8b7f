-- What large lists are ordered by and narrowed to. An index that begins with a filter's column goes on in the list's order, so
-- that the first rows of each value are read and no others.
create index order_cost on "order" (cost, id);
create index order_consumer_reviewed_at on "order" (consumer_reviewed_at, id);
create index order_state_order on "order" (order_state_rank(state), id);
create index order_modified on "order" (modified, id);
create index order_project_state on "order" (project_id, state, created, id);
create index order_offering_state on "order" (offering_id, state, created, id);
create index order_type on "order" (type, created, id);
create index resource_name on resource (name, id);
create index resource_state on resource (state, created, id);
create index resource_state_order on resource (state, id);
create index resource_project_state on resource (project_id, state, created, id);
create index resource_offering_state on resource (offering_id, state, created, id);
create index resource_by_end_date on resource (end_date, id);
create index resource_modified on resource (modified, id);
create index resource_paused on resource (created, id) where paused;
create index resource_downscaled on resource (created, id) where downscaled;
create index resource_restricted on resource (created, id) where restrict_member_access;
create index resource_with_end_date on resource (created, id) where end_date is not null;
create index resource_runtime_state on resource ((backend_metadata ->> 'runtime_state'), created, id)
  where backend_metadata ->> 'runtime_state' is not null;
create index ssh_key_name on ssh_key (name, id);
create index project_created on project (created, id);
create index user_full_name_order on "user" (full_name, id);
create index user_email_order on "user" (email, id);

-- Parts of texts. Columns that one search looks through share an index.
create index order_texts on "order" using gin (slug gin_trgm_ops, (attributes ->> 'name') gin_trgm_ops);
create index resource_texts on resource using gin (name gin_trgm_ops, slug gin_trgm_ops, backend_id gin_trgm_ops,
  effective_id gin_trgm_ops, (backend_metadata::text) gin_trgm_ops);
create index project_texts on project using gin (name gin_trgm_ops, slug gin_trgm_ops, backend_id gin_trgm_ops, description gin_trgm_ops,
  (wire_uuid(uuid)) gin_trgm_ops);
create index customer_texts on customer using gin (name gin_trgm_ops, native_name gin_trgm_ops, abbreviation gin_trgm_ops);
drop index user_full_name;
create index user_texts on "user" using gin (full_name gin_trgm_ops, first_name gin_trgm_ops, last_name gin_trgm_ops, username gin_trgm_ops,
  email gin_trgm_ops, native_name gin_trgm_ops, organization gin_trgm_ops, job_title gin_trgm_ops, phone_number gin_trgm_ops,
  civil_number gin_trgm_ops, description gin_trgm_ops);

-- How many rows the planner expects `query` to give with `value` for $1: whether a text is rare decides how it is looked for.
create function expected_rows(query text, value text) returns bigint language plpgsql as $$
declare
  plan json;
begin
  execute 'explain (format json) ' || query into plan using value;
  return (plan -> 0 -> 'Plan' ->> 'Plan Rows')::bigint;
end $$;
