-- What a caller sees behind a key is gathered from the index alone, in whatever order it is asked for and by when it was changed.
drop index order_project;
create index order_project on "order" (project_id, created, id) include (offering_id, cost, consumer_reviewed_at, state, modified);
drop index order_offering;
create index order_offering on "order" (offering_id, created, id) include (project_id, cost, consumer_reviewed_at, state, modified);
drop index resource_project;
create index resource_project on resource (project_id, created, id)
  include (offering_id, plan_id, name, state, end_date, modified, restrict_member_access);
drop index resource_offering;
create index resource_offering on resource (offering_id, created, id) include (project_id, plan_id, name, state, end_date, modified);

-- Resources by the states of their orders, told from either side.
drop index order_resource;
create index order_resource on "order" (resource_id, created, id) include (state);
drop index order_offering_state;
create index order_offering_state on "order" (offering_id, state, created, id) include (resource_id);
create index order_state_resource on "order" (state, resource_id);

-- People by what few have, and by the roles they hold.
create index user_civil_number on "user" (civil_number) where civil_number is not null;
create index user_agreement_date on "user" (agreement_date) where agreement_date is not null;
create index user_date_joined on "user" (date_joined);
create index user_modified on "user" (modified);
create index user_is_support on "user" (is_support, id);
drop index role_grant_role;
create index role_grant_role on role_grant (role_id, user_id) include (scope_type, scope_id, expiration_time) where is_active;
create index role_grant_created on role_grant (created, id) where is_active;

create index ssh_key_shared on ssh_key (id) where is_shared;
