-- The remaining orders of people and projects, so that the first page is read and no other row.
create index user_username_order on "user" (username, id);
create index user_native_name_order on "user" (native_name, id);
create index user_organization_order on "user" (organization, id);
create index user_job_title_order on "user" (job_title, id);
create index user_phone_number_order on "user" (phone_number, id);
create index user_registration_method_order on "user" (registration_method, id);
create index user_is_active_order on "user" (is_active, id);
create index user_is_staff_order on "user" (is_staff, id);
create index project_start_date_order on project (start_date, id);
create index project_end_date_order on project (end_date, id);
