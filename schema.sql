-- The database as the migrations make it. Generated: npm run gen

create extension btree_gist;

create extension pg_trgm;

CREATE OR REPLACE FUNCTION public.drop_checklist_completions()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  delete from checklist_completion where scope_type = tg_argv[0] and scope_id in (select id from gone);
  return null;
end $function$;

CREATE OR REPLACE FUNCTION public.drop_completions_of_accounts()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  delete from checklist_completion where scope_type = 'offering_user' and scope_id in (select id from gone);
  return null;
end $function$;

CREATE OR REPLACE FUNCTION public.expected_rows(query text, value text)
 RETURNS bigint
 LANGUAGE plpgsql
AS $function$
declare
  plan json;
begin
  execute 'explain (format json) ' || query into plan using value;
  return (plan -> 0 -> 'Plan' ->> 'Plan Rows')::bigint;
end $function$;

CREATE OR REPLACE FUNCTION public.fold_counts(most bigint DEFAULT NULL::bigint)
 RETURNS bigint
 LANGUAGE plpgsql
AS $function$
declare
  declared record;
  folded bigint;
  total bigint := 0;
begin
  -- Two folding at once would wait for each other's rows in different order.
  perform pg_advisory_xact_lock(hashtextextended('kept_count', 0));
  for declared in select * from kept_count order by name loop
    execute declared.fold into folded using most;
    total := total + folded;
  end loop;
  return total;
end $function$;

CREATE OR REPLACE FUNCTION public.keep_counts(name text, source regclass, keys text[], words text[], grains text[], owner text, terms jsonb DEFAULT '{}'::jsonb, condition text DEFAULT 'true'::text)
 RETURNS void
 LANGUAGE plpgsql
AS $function$
declare
  columns text[] := keys || words;
  listed text := array_to_string(columns, ', ');
  valued text := (select string_agg(coalesce(terms ->> c, c) || ' as ' || c, ', ') from unnest(columns) c);
  delta text := name || '_delta';
  views text := format('select grain, %s, n from %I', listed, name);
  folds text := '';
  grain text;
  grain_keys text[];
  key_and_words text;
begin
  execute format('create table %I as select %L::text as grain, %s, 0::bigint as n from %s limit 0', name, '', valued, source);
  execute format('alter table %I alter grain set not null, alter n set not null', name);
  execute format('comment on table %I is %L', name, 'owner: ' || owner);
  execute format('create table %I as select %s, 0::bigint as n from %s limit 0', delta, valued, source);
  execute format('alter table %I alter n set not null, add id bigint generated always as identity primary key', delta);
  execute format('comment on table %I is %L', delta, 'owner: ' || owner);

  foreach grain in array grains loop
    grain_keys := case grain when 'all' then '{}' else string_to_array(grain, ',') end;
    key_and_words := array_to_string(grain_keys || words, ', ');
    execute format('create unique index %I on %I (%s) nulls not distinct where grain = %L',
      name || '_by_' || replace(grain, ',', '_'), name, key_and_words, grain);
    views := views || format(' union all select %L, %s, n from %I', grain, (
      select string_agg(case when c = any(grain_keys || words) then c else format('null as %I', c) end, ', ' order by position)
      from unnest(columns) with ordinality t (c, position)), delta);
    folds := folds || format(', %I as (insert into %I as kept (grain, %s, n) select %L, %s, sum(n) from folded group by %s having sum(n) <> 0
      on conflict (%s) where grain = %L do update set n = kept.n + excluded.n)',
      'by_' || replace(grain, ',', '_'), name, key_and_words, grain, key_and_words, key_and_words, key_and_words, grain);
  end loop;
  execute format('create view %I as %s', name || 'ed', views);
  insert into kept_count values (name, format('with folded as (delete from %1$I where id in (select id from %1$I order by id limit $1) returning %2$s, n)%3$s
    select count(*) from folded', delta, listed, folds),
    format('insert into %I (%s, n) select %s, count(*) from %s where %s group by %s', delta, listed, valued, source, condition, listed_by(columns)));

  execute format($made$create function %I() returns trigger language plpgsql as $body$
    begin
      insert into %I (%s, n) select %s, count(*) from changed where %s group by %s;
      return null;
    end $body$ $made$, name || '_inserted', delta, listed, valued, condition, listed_by(columns));
  execute format($made$create function %I() returns trigger language plpgsql as $body$
    begin
      insert into %I (%s, n) select %s, -count(*) from changed where %s group by %s;
      return null;
    end $body$ $made$, name || '_deleted', delta, listed, valued, condition, listed_by(columns));
  execute format($made$create function %1$I() returns trigger language plpgsql as $body$
    begin
      insert into %2$I (%3$s, n) select %3$s, sum(n) from (
        select %4$s, 1 as n from added where %5$s union all select %4$s, -1 from removed where %5$s) changed
      group by %6$s having sum(n) <> 0;
      return null;
    end $body$ $made$, name || '_updated', delta, listed, valued, condition, listed_by(columns));
  execute format('create trigger %1$I after insert on %2$s referencing new table as changed for each statement execute function %1$I()',
    name || '_inserted', source);
  execute format('create trigger %1$I after delete on %2$s referencing old table as changed for each statement execute function %1$I()',
    name || '_deleted', source);
  execute format('create trigger %1$I after update on %2$s referencing new table as added old table as removed for each statement execute function %1$I()',
    name || '_updated', source);

  perform recount(name);
end $function$;

CREATE OR REPLACE FUNCTION public.listed_by(columns text[])
 RETURNS text
 LANGUAGE sql
 IMMUTABLE
RETURN (SELECT string_agg((i.i)::text, ', '::text) AS string_agg FROM generate_subscripts(listed_by.columns, 1) i(i));

CREATE OR REPLACE FUNCTION public.notify_actor()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  perform pg_notify('actor', coalesce(case when tg_op = 'DELETE' then to_jsonb(old) else to_jsonb(new) end ->> tg_argv[0], '*'));
  return null;
end $function$;

CREATE OR REPLACE FUNCTION public.order_count_deleted()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
    begin
      insert into order_count_delta (project_id, offering_id, day, type, state, n) select project_id as project_id, offering_id as offering_id, date_trunc('day', created, 'UTC') as day, type as type, state as state, -count(*) from changed where true group by 1, 2, 3, 4, 5;
      return null;
    end $function$;

CREATE OR REPLACE FUNCTION public.order_count_inserted()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
    begin
      insert into order_count_delta (project_id, offering_id, day, type, state, n) select project_id as project_id, offering_id as offering_id, date_trunc('day', created, 'UTC') as day, type as type, state as state, count(*) from changed where true group by 1, 2, 3, 4, 5;
      return null;
    end $function$;

CREATE OR REPLACE FUNCTION public.order_count_updated()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
    begin
      insert into order_count_delta (project_id, offering_id, day, type, state, n) select project_id, offering_id, day, type, state, sum(n) from (
        select project_id as project_id, offering_id as offering_id, date_trunc('day', created, 'UTC') as day, type as type, state as state, 1 as n from added where true union all select project_id as project_id, offering_id as offering_id, date_trunc('day', created, 'UTC') as day, type as type, state as state, -1 from removed where true) changed
      group by 1, 2, 3, 4, 5 having sum(n) <> 0;
      return null;
    end $function$;

CREATE OR REPLACE FUNCTION public.order_state_rank(text)
 RETURNS integer
 LANGUAGE sql
 IMMUTABLE PARALLEL SAFE
RETURN CASE $1 WHEN 'pending-consumer'::text THEN 1 WHEN 'executing'::text THEN 2 WHEN 'done'::text THEN 3 WHEN 'erred'::text THEN 4 WHEN 'canceled'::text THEN 5 WHEN 'rejected'::text THEN 6 WHEN 'pending-provider'::text THEN 7 WHEN 'pending-project'::text THEN 8 ELSE 9 END;

CREATE OR REPLACE FUNCTION public.order_told_by_attributes()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  if new.type = 'Update' then
    new.subtype := case when new.attributes ->> 'action' = 'renew' then 'renew' when new.attributes ? 'new_options' then 'update_options'
      when new.attributes ? 'old_limits' then 'update_limits' else 'plan_switch' end;
    if new.subtype = 'update_options' then new.new_options := new.attributes -> 'new_options'; end if;
  end if;
  if new.type = 'Terminate' then new.force_destroy := new.attributes ->> 'action' is not distinct from 'force_destroy'; end if;
  return new;
end $function$;

CREATE OR REPLACE FUNCTION public.organization_groups_of(actor_id bigint)
 RETURNS TABLE(organization_group_id bigint)
 LANGUAGE sql
 STABLE
AS $function$
  select cog.organization_group_id
  from live_grant g
  left join project p on g.scope_type = 'project' and p.id = g.scope_id
  left join service_provider sp on g.scope_type = 'service_provider' and sp.id = g.scope_id
  left join offering o on g.scope_type = 'offering' and o.id = g.scope_id
  join customer_organization_group cog on cog.customer_id = coalesce(
    case when g.scope_type = 'customer' then g.scope_id end, p.customer_id, sp.customer_id, o.customer_id)
  where g.user_id = actor_id
$function$;

CREATE OR REPLACE FUNCTION public.period_start(limit_period text, day date)
 RETURNS date
 LANGUAGE sql
 IMMUTABLE PARALLEL SAFE
RETURN CASE limit_period WHEN 'annual'::text THEN (date_trunc('year'::text, (day)::timestamp without time zone))::date WHEN 'quarterly'::text THEN (date_trunc('quarter'::text, (day)::timestamp without time zone))::date WHEN 'total'::text THEN '-infinity'::date ELSE (date_trunc('month'::text, (day)::timestamp without time zone))::date END;

CREATE OR REPLACE FUNCTION public.recount(of text)
 RETURNS void
 LANGUAGE plpgsql
AS $function$
begin
  execute format('truncate %I, %I', of, of || '_delta');
  execute (select fill from kept_count where name = of);
  perform fold_counts();
end $function$;

CREATE OR REPLACE FUNCTION public.resource_count_deleted()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
    begin
      insert into resource_count_delta (project_id, offering_id, plan_id, day, state, restrict_member_access, paused, downscaled, end_date, n) select project_id as project_id, offering_id as offering_id, plan_id as plan_id, date_trunc('day', created, 'UTC') as day, state as state, restrict_member_access as restrict_member_access, paused as paused, downscaled as downscaled, nullif(end_date is not null, false) as end_date, -count(*) from changed where true group by 1, 2, 3, 4, 5, 6, 7, 8, 9;
      return null;
    end $function$;

CREATE OR REPLACE FUNCTION public.resource_count_inserted()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
    begin
      insert into resource_count_delta (project_id, offering_id, plan_id, day, state, restrict_member_access, paused, downscaled, end_date, n) select project_id as project_id, offering_id as offering_id, plan_id as plan_id, date_trunc('day', created, 'UTC') as day, state as state, restrict_member_access as restrict_member_access, paused as paused, downscaled as downscaled, nullif(end_date is not null, false) as end_date, count(*) from changed where true group by 1, 2, 3, 4, 5, 6, 7, 8, 9;
      return null;
    end $function$;

CREATE OR REPLACE FUNCTION public.resource_count_updated()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
    begin
      insert into resource_count_delta (project_id, offering_id, plan_id, day, state, restrict_member_access, paused, downscaled, end_date, n) select project_id, offering_id, plan_id, day, state, restrict_member_access, paused, downscaled, end_date, sum(n) from (
        select project_id as project_id, offering_id as offering_id, plan_id as plan_id, date_trunc('day', created, 'UTC') as day, state as state, restrict_member_access as restrict_member_access, paused as paused, downscaled as downscaled, nullif(end_date is not null, false) as end_date, 1 as n from added where true union all select project_id as project_id, offering_id as offering_id, plan_id as plan_id, date_trunc('day', created, 'UTC') as day, state as state, restrict_member_access as restrict_member_access, paused as paused, downscaled as downscaled, nullif(end_date is not null, false) as end_date, -1 from removed where true) changed
      group by 1, 2, 3, 4, 5, 6, 7, 8, 9 having sum(n) <> 0;
      return null;
    end $function$;

CREATE OR REPLACE FUNCTION public.site_agent_state(last_seen timestamp with time zone)
 RETURNS text
 LANGUAGE sql
 STABLE PARALLEL SAFE
RETURN CASE WHEN (last_seen > (now() - '01:00:00'::interval)) THEN 'Active'::text ELSE 'Idle'::text END;

CREATE OR REPLACE FUNCTION public.site_day(moment timestamp with time zone, zone text)
 RETURNS date
 LANGUAGE sql
 IMMUTABLE PARALLEL SAFE
RETURN ((moment AT TIME ZONE zone))::date;

CREATE OR REPLACE FUNCTION public.site_month(moment timestamp with time zone, zone text)
 RETURNS date
 LANGUAGE sql
 IMMUTABLE PARALLEL SAFE
RETURN (date_trunc('month'::text, (moment AT TIME ZONE zone)))::date;

CREATE OR REPLACE FUNCTION public.ssh_key_count_deleted()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
    begin
      insert into ssh_key_count_delta (is_shared, n) select is_shared as is_shared, -count(*) from changed where true group by 1;
      return null;
    end $function$;

CREATE OR REPLACE FUNCTION public.ssh_key_count_inserted()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
    begin
      insert into ssh_key_count_delta (is_shared, n) select is_shared as is_shared, count(*) from changed where true group by 1;
      return null;
    end $function$;

CREATE OR REPLACE FUNCTION public.ssh_key_count_updated()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
    begin
      insert into ssh_key_count_delta (is_shared, n) select is_shared, sum(n) from (
        select is_shared as is_shared, 1 as n from added where true union all select is_shared as is_shared, -1 from removed where true) changed
      group by 1 having sum(n) <> 0;
      return null;
    end $function$;

CREATE OR REPLACE FUNCTION public.touch_modified()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  new.modified := now();
  return new;
end $function$;

CREATE OR REPLACE FUNCTION public.user_count_deleted()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
    begin
      insert into user_count_delta (is_active, is_staff, is_support, n) select is_active as is_active, is_staff as is_staff, is_support as is_support, -count(*) from changed where true group by 1, 2, 3;
      return null;
    end $function$;

CREATE OR REPLACE FUNCTION public.user_count_inserted()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
    begin
      insert into user_count_delta (is_active, is_staff, is_support, n) select is_active as is_active, is_staff as is_staff, is_support as is_support, count(*) from changed where true group by 1, 2, 3;
      return null;
    end $function$;

CREATE OR REPLACE FUNCTION public.user_count_updated()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
    begin
      insert into user_count_delta (is_active, is_staff, is_support, n) select is_active, is_staff, is_support, sum(n) from (
        select is_active as is_active, is_staff as is_staff, is_support as is_support, 1 as n from added where true union all select is_active as is_active, is_staff as is_staff, is_support as is_support, -1 from removed where true) changed
      group by 1, 2, 3 having sum(n) <> 0;
      return null;
    end $function$;

CREATE OR REPLACE FUNCTION public.wire_time(timestamp with time zone)
 RETURNS text
 LANGUAGE sql
 STABLE PARALLEL SAFE
RETURN to_char(($1 AT TIME ZONE 'UTC'::text), CASE WHEN (date_trunc('second'::text, $1) = $1) THEN 'YYYY-MM-DD"T"HH24:MI:SS"Z"'::text ELSE 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'::text END);

CREATE OR REPLACE FUNCTION public.wire_uuid(uuid)
 RETURNS text
 LANGUAGE sql
 IMMUTABLE PARALLEL SAFE
RETURN encode(uuid_send($1), 'hex'::text);

create table category (
  id bigint not null generated always as identity,
  uuid uuid not null default gen_random_uuid(),
  created timestamp with time zone not null default now(),
  modified timestamp with time zone not null default now(),
  title text not null,
  description text not null default ''::text,
  icon_id bigint,
  group_id bigint,
  default_vm_category boolean not null default false,
  default_volume_category boolean not null default false,
  default_tenant_category boolean not null default false,
  sections jsonb not null default '[]'::jsonb,
  columns jsonb not null default '[]'::jsonb,
  components jsonb not null default '[]'::jsonb,
  articles jsonb not null default '[]'::jsonb,
  constraint category_pkey PRIMARY KEY (id),
  constraint category_uuid_key UNIQUE (uuid),
  constraint category_title_check CHECK ((length(title) <= 255)),
  constraint category_group_id_fkey FOREIGN KEY (group_id) REFERENCES category_group(id) ON DELETE SET NULL,
  constraint category_icon_id_fkey FOREIGN KEY (icon_id) REFERENCES file(id)
);
comment on table category is 'owner: offerings';
CREATE UNIQUE INDEX category_default_tenant_key ON public.category USING btree (default_tenant_category) WHERE default_tenant_category;
CREATE UNIQUE INDEX category_default_vm_key ON public.category USING btree (default_vm_category) WHERE default_vm_category;
CREATE UNIQUE INDEX category_default_volume_key ON public.category USING btree (default_volume_category) WHERE default_volume_category;
CREATE INDEX category_icon ON public.category USING btree (icon_id) WHERE (icon_id IS NOT NULL);
CREATE INDEX category_in_group ON public.category USING btree (group_id) WHERE (group_id IS NOT NULL);
CREATE TRIGGER category_touch BEFORE UPDATE ON public.category FOR EACH ROW EXECUTE FUNCTION touch_modified();

create table category_group (
  id bigint not null generated always as identity,
  uuid uuid not null default gen_random_uuid(),
  created timestamp with time zone not null default now(),
  title text not null,
  description text not null default ''::text,
  icon_id bigint,
  constraint category_group_pkey PRIMARY KEY (id),
  constraint category_group_uuid_key UNIQUE (uuid),
  constraint category_group_title_check CHECK ((length(title) <= 255)),
  constraint category_group_icon_id_fkey FOREIGN KEY (icon_id) REFERENCES file(id)
);
comment on table category_group is 'owner: offerings';
CREATE INDEX category_group_icon ON public.category_group USING btree (icon_id) WHERE (icon_id IS NOT NULL);

create table change_email_request (
  id bigint not null generated always as identity,
  uuid uuid not null default gen_random_uuid(),
  created timestamp with time zone not null default now(),
  user_id bigint not null,
  email text not null,
  constraint change_email_request_pkey PRIMARY KEY (id),
  constraint change_email_request_user_id_key UNIQUE (user_id),
  constraint change_email_request_uuid_key UNIQUE (uuid),
  constraint change_email_request_user_id_fkey FOREIGN KEY (user_id) REFERENCES "user"(id) ON DELETE CASCADE
);
comment on table change_email_request is 'owner: core/users';

create table checklist (
  id bigint not null generated always as identity,
  uuid uuid not null default gen_random_uuid(),
  created timestamp with time zone not null default now(),
  modified timestamp with time zone not null default now(),
  name text not null,
  description text not null default ''::text,
  checklist_type text not null default 'project_compliance'::text,
  constraint checklist_pkey PRIMARY KEY (id),
  constraint checklist_uuid_key UNIQUE (uuid),
  constraint checklist_checklist_type_check CHECK ((checklist_type = ANY (ARRAY['project_compliance'::text, 'proposal_compliance'::text, 'offering_compliance'::text, 'project_metadata'::text, 'onboarding_customer'::text, 'onboarding_intent'::text]))),
  constraint checklist_name_check CHECK ((length(name) <= 255))
);
comment on table checklist is 'owner: checklists';
CREATE INDEX checklist_name ON public.checklist USING btree (name, id);
CREATE UNIQUE INDEX checklist_onboarding_key ON public.checklist USING btree (checklist_type) WHERE (checklist_type = ANY (ARRAY['onboarding_customer'::text, 'onboarding_intent'::text]));
CREATE TRIGGER checklist_touch BEFORE UPDATE ON public.checklist FOR EACH ROW EXECUTE FUNCTION touch_modified();

create table checklist_answer (
  id bigint not null generated always as identity,
  uuid uuid not null default gen_random_uuid(),
  created timestamp with time zone not null default now(),
  modified timestamp with time zone not null default now(),
  completion_id bigint not null,
  question_id bigint not null,
  user_id bigint not null,
  answer_data jsonb not null,
  constraint checklist_answer_pkey PRIMARY KEY (id),
  constraint checklist_answer_key UNIQUE (completion_id, question_id, user_id),
  constraint checklist_answer_uuid_key UNIQUE (uuid),
  constraint checklist_answer_completion_id_fkey FOREIGN KEY (completion_id) REFERENCES checklist_completion(id) ON DELETE CASCADE,
  constraint checklist_answer_question_id_fkey FOREIGN KEY (question_id) REFERENCES checklist_question(id) ON DELETE CASCADE,
  constraint checklist_answer_user_id_fkey FOREIGN KEY (user_id) REFERENCES "user"(id) ON DELETE CASCADE
);
comment on table checklist_answer is 'owner: checklists';
CREATE INDEX checklist_answer_question ON public.checklist_answer USING btree (question_id);
CREATE INDEX checklist_answer_user ON public.checklist_answer USING btree (user_id);
CREATE TRIGGER checklist_answer_touch BEFORE UPDATE ON public.checklist_answer FOR EACH ROW EXECUTE FUNCTION touch_modified();

create table checklist_completion (
  id bigint not null generated always as identity,
  uuid uuid not null default gen_random_uuid(),
  created timestamp with time zone not null default now(),
  modified timestamp with time zone not null default now(),
  checklist_id bigint not null,
  scope_type text not null,
  scope_id bigint not null,
  user_id bigint,
  submitted boolean not null default false,
  is_completed boolean not null default false,
  requires_review boolean not null default false,
  visible_questions integer not null default 0,
  answered_questions integer not null default 0,
  unanswered_required_questions integer not null default 0,
  constraint checklist_completion_pkey PRIMARY KEY (id),
  constraint checklist_completion_scope_key UNIQUE (scope_type, scope_id, checklist_id),
  constraint checklist_completion_uuid_key UNIQUE (uuid),
  constraint checklist_completion_checklist_id_fkey FOREIGN KEY (checklist_id) REFERENCES checklist(id) ON DELETE CASCADE,
  constraint checklist_completion_user_id_fkey FOREIGN KEY (user_id) REFERENCES "user"(id) ON DELETE SET NULL
);
comment on table checklist_completion is 'owner: checklists';
CREATE INDEX checklist_completion_checklist ON public.checklist_completion USING btree (checklist_id, id);
CREATE INDEX checklist_completion_user ON public.checklist_completion USING btree (user_id) WHERE (user_id IS NOT NULL);
CREATE TRIGGER checklist_completion_touch BEFORE UPDATE ON public.checklist_completion FOR EACH ROW EXECUTE FUNCTION touch_modified();

create table checklist_dependency (
  id bigint not null generated always as identity,
  uuid uuid not null default gen_random_uuid(),
  question_id bigint not null,
  depends_on_question_id bigint not null,
  operator text not null default 'equals'::text,
  required_answer_value jsonb not null,
  constraint checklist_dependency_pkey PRIMARY KEY (id),
  constraint checklist_dependency_uuid_key UNIQUE (uuid),
  constraint checklist_dependency_operator_check CHECK ((operator = ANY (ARRAY['equals'::text, 'not_equals'::text, 'contains'::text, 'in'::text, 'not_in'::text]))),
  constraint checklist_dependency_self_check CHECK ((question_id <> depends_on_question_id)),
  constraint checklist_dependency_depends_on_question_id_fkey FOREIGN KEY (depends_on_question_id) REFERENCES checklist_question(id) ON DELETE CASCADE,
  constraint checklist_dependency_question_id_fkey FOREIGN KEY (question_id) REFERENCES checklist_question(id) ON DELETE CASCADE
);
comment on table checklist_dependency is 'owner: checklists';
CREATE INDEX checklist_dependency_depends_on ON public.checklist_dependency USING btree (depends_on_question_id);
CREATE INDEX checklist_dependency_question ON public.checklist_dependency USING btree (question_id);

create table checklist_option (
  id bigint not null generated always as identity,
  uuid uuid not null default gen_random_uuid(),
  question_id bigint not null,
  label text not null,
  "order" integer not null default 0,
  constraint checklist_option_pkey PRIMARY KEY (id),
  constraint checklist_option_uuid_key UNIQUE (uuid),
  constraint checklist_option_label_check CHECK ((length(label) <= 255)),
  constraint checklist_option_order_check CHECK (("order" >= 0)),
  constraint checklist_option_question_id_fkey FOREIGN KEY (question_id) REFERENCES checklist_question(id) ON DELETE CASCADE
);
comment on table checklist_option is 'owner: checklists';
CREATE INDEX checklist_option_question ON public.checklist_option USING btree (question_id, "order", id);

create table checklist_question (
  id bigint not null generated always as identity,
  uuid uuid not null default gen_random_uuid(),
  created timestamp with time zone not null default now(),
  modified timestamp with time zone not null default now(),
  checklist_id bigint not null,
  description text not null default ''::text,
  user_guidance text not null default ''::text,
  question_type text not null default 'boolean'::text,
  required boolean not null default false,
  "order" integer not null default 0,
  min_value numeric(20,4),
  max_value numeric(20,4),
  allowed_file_types jsonb not null default '[]'::jsonb,
  allowed_mime_types jsonb not null default '[]'::jsonb,
  max_file_size_mb integer,
  max_files_count integer,
  operator text not null default ''::text,
  review_answer_value jsonb,
  always_requires_review boolean not null default false,
  guidance_operator text not null default ''::text,
  guidance_answer_value jsonb,
  always_show_guidance boolean not null default true,
  dependency_logic_operator text not null default 'and'::text,
  constraint checklist_question_pkey PRIMARY KEY (id),
  constraint checklist_question_uuid_key UNIQUE (uuid),
  constraint checklist_question_dependency_logic_operator_check CHECK ((dependency_logic_operator = ANY (ARRAY['and'::text, 'or'::text]))),
  constraint checklist_question_guidance_operator_check CHECK ((guidance_operator = ANY (ARRAY[''::text, 'equals'::text, 'not_equals'::text, 'contains'::text, 'in'::text, 'not_in'::text]))),
  constraint checklist_question_max_file_size_mb_check CHECK ((max_file_size_mb > 0)),
  constraint checklist_question_max_files_count_check CHECK ((max_files_count > 0)),
  constraint checklist_question_operator_check CHECK ((operator = ANY (ARRAY[''::text, 'equals'::text, 'not_equals'::text, 'contains'::text, 'in'::text, 'not_in'::text]))),
  constraint checklist_question_order_check CHECK (("order" >= 0)),
  constraint checklist_question_question_type_check CHECK ((question_type = ANY (ARRAY['boolean'::text, 'single_select'::text, 'multi_select'::text, 'text_input'::text, 'text_area'::text, 'number'::text, 'date'::text, 'file'::text, 'multiple_files'::text, 'phone_number'::text, 'year'::text, 'email'::text, 'url'::text, 'country'::text, 'rating'::text, 'datetime'::text]))),
  constraint checklist_question_checklist_id_fkey FOREIGN KEY (checklist_id) REFERENCES checklist(id) ON DELETE CASCADE
);
comment on table checklist_question is 'owner: checklists';
CREATE INDEX checklist_question_checklist ON public.checklist_question USING btree (checklist_id, "order", id);
CREATE TRIGGER checklist_question_touch BEFORE UPDATE ON public.checklist_question FOR EACH ROW EXECUTE FUNCTION touch_modified();

create table component_usage (
  id bigint not null generated always as identity,
  uuid uuid not null default gen_random_uuid(),
  created timestamp with time zone not null default now(),
  modified timestamp with time zone not null default now(),
  resource_id bigint not null,
  component_id bigint not null,
  plan_period_id bigint,
  billing_period date not null,
  date timestamp with time zone not null,
  usage numeric(20,2) not null default 0,
  description text not null default ''::text,
  recurring boolean not null default false,
  modified_by_id bigint,
  constraint component_usage_pkey PRIMARY KEY (id),
  constraint component_usage_key UNIQUE (resource_id, component_id, billing_period),
  constraint component_usage_uuid_key UNIQUE (uuid),
  constraint component_usage_component_id_fkey FOREIGN KEY (component_id) REFERENCES offering_component(id),
  constraint component_usage_modified_by_id_fkey FOREIGN KEY (modified_by_id) REFERENCES "user"(id) ON DELETE SET NULL,
  constraint component_usage_plan_period_id_fkey FOREIGN KEY (plan_period_id) REFERENCES resource_plan_period(id),
  constraint component_usage_resource_id_fkey FOREIGN KEY (resource_id) REFERENCES resource(id) ON DELETE CASCADE
);
comment on table component_usage is 'owner: resources';
CREATE INDEX component_usage_component ON public.component_usage USING btree (component_id);
CREATE INDEX component_usage_modified_by ON public.component_usage USING btree (modified_by_id) WHERE (modified_by_id IS NOT NULL);
CREATE INDEX component_usage_plan_period ON public.component_usage USING btree (plan_period_id) WHERE (plan_period_id IS NOT NULL);

create table component_user_usage (
  id bigint not null generated always as identity,
  uuid uuid not null default gen_random_uuid(),
  created timestamp with time zone not null default now(),
  modified timestamp with time zone not null default now(),
  component_usage_id bigint not null,
  username text not null,
  usage numeric(20,2) not null default 0,
  date timestamp with time zone not null,
  description text not null default ''::text,
  backend_id text not null default ''::text,
  constraint component_user_usage_pkey PRIMARY KEY (id),
  constraint component_user_usage_key UNIQUE (component_usage_id, username),
  constraint component_user_usage_uuid_key UNIQUE (uuid),
  constraint component_user_usage_username_check CHECK ((length(username) <= 100)),
  constraint component_user_usage_component_usage_id_fkey FOREIGN KEY (component_usage_id) REFERENCES component_usage(id) ON DELETE CASCADE
);
comment on table component_user_usage is 'owner: resources';
CREATE TRIGGER component_user_usage_touch BEFORE UPDATE ON public.component_user_usage FOR EACH ROW EXECUTE FUNCTION touch_modified();

create table customer (
  id bigint not null generated always as identity,
  uuid uuid not null default gen_random_uuid(),
  created timestamp with time zone not null default now(),
  modified timestamp with time zone not null default now(),
  name text not null,
  slug text not null default ''::text,
  native_name text not null default ''::text,
  abbreviation text not null default ''::text,
  description text not null default ''::text,
  email text not null default ''::text,
  notification_emails text not null default ''::text,
  phone_number text not null default ''::text,
  contact_details text not null default ''::text,
  registration_code text not null default ''::text,
  agreement_number text not null default ''::text,
  backend_id text not null default ''::text,
  domain text not null default ''::text,
  homepage text not null default ''::text,
  vat_code text not null default ''::text,
  postal text not null default ''::text,
  address text not null default ''::text,
  city text not null default ''::text,
  household text not null default ''::text,
  state text not null default ''::text,
  parish text not null default ''::text,
  street text not null default ''::text,
  house_nr text not null default ''::text,
  apartment_nr text not null default ''::text,
  bank_name text not null default ''::text,
  bank_account text not null default ''::text,
  country text not null default ''::text,
  latitude double precision,
  longitude double precision,
  access_subnets text not null default ''::text,
  accounting_start_date timestamp with time zone not null default now(),
  default_tax_percent numeric(5,2) not null default 0,
  sponsor_number integer,
  max_service_accounts integer,
  grace_period_days integer,
  project_metadata_checklist_id bigint,
  display_billing_info_in_projects boolean not null default false,
  blocked boolean not null default false,
  archived boolean not null default false,
  user_email_patterns jsonb not null default '[]'::jsonb,
  user_affiliations jsonb not null default '[]'::jsonb,
  user_identity_sources jsonb not null default '[]'::jsonb,
  is_removed boolean not null default false,
  image_id bigint,
  constraint customer_pkey PRIMARY KEY (id),
  constraint customer_uuid_key UNIQUE (uuid),
  constraint customer_name_check CHECK ((length(name) <= 150)),
  constraint customer_image_id_fkey FOREIGN KEY (image_id) REFERENCES file(id),
  constraint customer_project_metadata_checklist_fkey FOREIGN KEY (project_metadata_checklist_id) REFERENCES checklist(id) ON DELETE SET NULL
);
comment on table customer is 'owner: core/customers';
CREATE INDEX customer_image ON public.customer USING btree (image_id) WHERE (image_id IS NOT NULL);
CREATE INDEX customer_name ON public.customer USING btree (name, id);
CREATE INDEX customer_project_metadata_checklist ON public.customer USING btree (project_metadata_checklist_id) WHERE (project_metadata_checklist_id IS NOT NULL);
CREATE INDEX customer_texts ON public.customer USING gin (name gin_trgm_ops, native_name gin_trgm_ops, abbreviation gin_trgm_ops);
CREATE TRIGGER customer_networks_notify AFTER UPDATE OF access_subnets ON public.customer FOR EACH ROW WHEN ((old.access_subnets IS DISTINCT FROM new.access_subnets)) EXECUTE FUNCTION notify_actor('');
CREATE TRIGGER customer_touch BEFORE UPDATE ON public.customer FOR EACH ROW EXECUTE FUNCTION touch_modified();

create table customer_organization_group (
  customer_id bigint not null,
  organization_group_id bigint not null,
  constraint customer_organization_group_pkey PRIMARY KEY (customer_id, organization_group_id),
  constraint customer_organization_group_customer_id_fkey FOREIGN KEY (customer_id) REFERENCES customer(id) ON DELETE CASCADE,
  constraint customer_organization_group_organization_group_id_fkey FOREIGN KEY (organization_group_id) REFERENCES organization_group(id) ON DELETE CASCADE
);
comment on table customer_organization_group is 'owner: core/customers';
CREATE INDEX customer_organization_group_group ON public.customer_organization_group USING btree (organization_group_id);

create table delivery (
  id bigint not null generated always as identity,
  uuid uuid not null default gen_random_uuid(),
  created timestamp with time zone not null default now(),
  url text not null,
  body text not null,
  user_id bigint not null,
  scope_type text not null,
  scope_id bigint not null,
  state text not null default 'waiting'::text,
  attempts jsonb not null default '[]'::jsonb,
  constraint delivery_pkey PRIMARY KEY (id),
  constraint delivery_uuid_key UNIQUE (uuid),
  constraint delivery_state_check CHECK ((state = ANY (ARRAY['waiting'::text, 'delivered'::text, 'failed'::text]))),
  constraint delivery_user_id_fkey FOREIGN KEY (user_id) REFERENCES "user"(id) ON DELETE CASCADE
);
comment on table delivery is 'owner: platform/deliveries';
CREATE INDEX delivery_created ON public.delivery USING btree (created);
CREATE INDEX delivery_scope ON public.delivery USING btree (scope_type, scope_id, created, id);
CREATE INDEX delivery_user ON public.delivery USING btree (user_id);

create table event (
  id bigint not null generated always as identity,
  uuid uuid not null default gen_random_uuid(),
  created timestamp with time zone not null default now(),
  event_type text not null,
  message text not null,
  context jsonb not null default '{}'::jsonb,
  transaction_id xid8 not null default pg_current_xact_id(),
  constraint event_pkey PRIMARY KEY (id),
  constraint event_uuid_key UNIQUE (uuid)
);
comment on table event is 'owner: platform/events';
CREATE INDEX event_created ON public.event USING btree (created, id);
CREATE INDEX event_transaction ON public.event USING btree (transaction_id, id);
CREATE INDEX event_type_created ON public.event USING btree (event_type, created, id);

create table event_scope (
  event_id bigint not null,
  scope_type text not null,
  scope_id bigint not null,
  constraint event_scope_pkey PRIMARY KEY (scope_type, scope_id, event_id),
  constraint event_scope_event_id_fkey FOREIGN KEY (event_id) REFERENCES event(id) ON DELETE CASCADE
);
comment on table event_scope is 'owner: platform/events';
CREATE INDEX event_scope_event ON public.event_scope USING btree (event_id);

create table file (
  id bigint not null generated always as identity,
  uuid uuid not null default gen_random_uuid(),
  created timestamp with time zone not null default now(),
  name text not null,
  content_type text not null,
  size_bytes bigint not null,
  storage_key text not null,
  guarded_by text,
  created_by_id bigint,
  constraint file_pkey PRIMARY KEY (id),
  constraint file_storage_key_key UNIQUE (storage_key),
  constraint file_uuid_key UNIQUE (uuid),
  constraint file_created_by_id_fkey FOREIGN KEY (created_by_id) REFERENCES "user"(id) ON DELETE SET NULL
);
comment on table file is 'owner: platform/files';
CREATE INDEX file_created_by ON public.file USING btree (created_by_id) WHERE (created_by_id IS NOT NULL);

create table idempotency_key (
  user_id bigint not null,
  key text not null,
  request_hash bytea not null,
  status integer,
  body text,
  location text,
  created timestamp with time zone not null default now(),
  constraint idempotency_key_pkey PRIMARY KEY (user_id, key),
  constraint idempotency_key_key_check CHECK (((length(key) >= 1) AND (length(key) <= 255)))
);
comment on table idempotency_key is 'owner: platform/http';
CREATE INDEX idempotency_key_created ON public.idempotency_key USING btree (created);

create table importable_resource (
  id bigint not null generated always as identity,
  created timestamp with time zone not null default now(),
  offering_id bigint not null,
  backend_id text not null,
  name text not null,
  type text not null,
  description text not null,
  constraint importable_resource_pkey PRIMARY KEY (id),
  constraint importable_resource_backend_id_key UNIQUE (offering_id, backend_id),
  constraint importable_resource_backend_id_check CHECK (((length(backend_id) >= 1) AND (length(backend_id) <= 255))),
  constraint importable_resource_name_check CHECK ((length(name) <= 150)),
  constraint importable_resource_offering_id_fkey FOREIGN KEY (offering_id) REFERENCES offering(id) ON DELETE CASCADE
);
comment on table importable_resource is 'owner: orders';

create table job_failure (
  job text not null,
  row_id bigint not null,
  failures integer not null default 1,
  failed timestamp with time zone not null default now(),
  message text not null,
  constraint job_failure_pkey PRIMARY KEY (job, row_id)
);
comment on table job_failure is 'owner: platform/jobs';

create table kept_count (
  name text not null,
  fold text not null,
  fill text not null,
  constraint kept_count_pkey PRIMARY KEY (name)
);
comment on table kept_count is 'owner: platform/counts';

create table login_failure (
  username text not null,
  address text not null,
  failed timestamp with time zone not null default now()
);
comment on table login_failure is 'owner: core/users';
CREATE INDEX login_failure_username ON public.login_failure USING btree (username, address, failed);

create table migration (
  name text not null,
  sha256 text not null,
  applied_at timestamp with time zone not null default now(),
  constraint migration_pkey PRIMARY KEY (name)
);
comment on table migration is 'owner: platform/db';

create table offering (
  id bigint not null generated always as identity,
  uuid uuid not null default gen_random_uuid(),
  created timestamp with time zone not null default now(),
  modified timestamp with time zone not null default now(),
  customer_id bigint not null,
  category_id bigint not null,
  project_id bigint,
  parent_id bigint,
  name text not null,
  slug text not null default ''::text,
  description text not null default ''::text,
  full_description text not null default ''::text,
  getting_started text not null default ''::text,
  integration_guide text not null default ''::text,
  privacy_policy_link text not null default ''::text,
  vendor_details text not null default ''::text,
  access_url text not null default ''::text,
  type text not null,
  state text not null default 'Draft'::text,
  paused_reason text not null default ''::text,
  shared boolean not null default true,
  billable boolean not null default true,
  attributes jsonb not null default '{}'::jsonb,
  options jsonb not null default '{}'::jsonb,
  resource_options jsonb not null default '{}'::jsonb,
  plugin_options jsonb not null default '{}'::jsonb,
  secret_options bytea,
  service_attributes jsonb not null default '{}'::jsonb,
  backend_id text not null default ''::text,
  backend_id_rules jsonb not null default '{}'::jsonb,
  backend_metadata jsonb not null default '{}'::jsonb,
  datacite_doi text not null default ''::text,
  country text not null default ''::text,
  latitude double precision,
  longitude double precision,
  image_id bigint,
  thumbnail_id bigint,
  compliance_checklist_id bigint,
  constraint offering_pkey PRIMARY KEY (id),
  constraint offering_uuid_key UNIQUE (uuid),
  constraint offering_name_check CHECK ((length(name) <= 150)),
  constraint offering_state_check CHECK ((state = ANY (ARRAY['Draft'::text, 'Active'::text, 'Paused'::text, 'Archived'::text, 'Unavailable'::text]))),
  constraint offering_category_id_fkey FOREIGN KEY (category_id) REFERENCES category(id),
  constraint offering_compliance_checklist_fkey FOREIGN KEY (compliance_checklist_id) REFERENCES checklist(id) ON DELETE SET NULL,
  constraint offering_customer_id_fkey FOREIGN KEY (customer_id) REFERENCES customer(id),
  constraint offering_image_id_fkey FOREIGN KEY (image_id) REFERENCES file(id),
  constraint offering_parent_id_fkey FOREIGN KEY (parent_id) REFERENCES offering(id),
  constraint offering_project_id_fkey FOREIGN KEY (project_id) REFERENCES project(id),
  constraint offering_thumbnail_id_fkey FOREIGN KEY (thumbnail_id) REFERENCES file(id)
);
comment on table offering is 'owner: offerings';
CREATE INDEX offering_category ON public.offering USING btree (category_id);
CREATE INDEX offering_compliance_checklist ON public.offering USING btree (compliance_checklist_id) WHERE (compliance_checklist_id IS NOT NULL);
CREATE INDEX offering_customer ON public.offering USING btree (customer_id);
CREATE INDEX offering_image ON public.offering USING btree (image_id) WHERE (image_id IS NOT NULL);
CREATE INDEX offering_parent ON public.offering USING btree (parent_id);
CREATE INDEX offering_project ON public.offering USING btree (project_id);
CREATE INDEX offering_state ON public.offering USING btree (state, shared);
CREATE INDEX offering_texts ON public.offering USING gin (name gin_trgm_ops);
CREATE INDEX offering_thumbnail ON public.offering USING btree (thumbnail_id) WHERE (thumbnail_id IS NOT NULL);
CREATE TRIGGER offering_touch BEFORE UPDATE ON public.offering FOR EACH ROW EXECUTE FUNCTION touch_modified();

create table offering_component (
  id bigint not null generated always as identity,
  uuid uuid not null default gen_random_uuid(),
  created timestamp with time zone not null default now(),
  offering_id bigint not null,
  type text not null,
  name text not null,
  description text not null default ''::text,
  measured_unit text not null default ''::text,
  unit_factor integer not null default 1,
  billing_type text not null,
  limit_period text,
  limit_amount integer,
  article_code text not null default ''::text,
  min_value integer,
  max_value integer,
  max_available_limit integer,
  default_limit integer,
  is_boolean boolean not null default false,
  is_prepaid boolean not null default false,
  is_builtin boolean not null default false,
  overage_component_id bigint,
  min_prepaid_duration integer,
  max_prepaid_duration integer,
  min_renewal_duration integer,
  max_renewal_duration integer,
  constraint offering_component_pkey PRIMARY KEY (id),
  constraint offering_component_type_key UNIQUE (offering_id, type),
  constraint offering_component_uuid_key UNIQUE (uuid),
  constraint offering_component_billing_type_check CHECK ((billing_type = ANY (ARRAY['fixed'::text, 'usage'::text, 'limit'::text, 'one'::text, 'few'::text]))),
  constraint offering_component_limit_period_check CHECK ((limit_period = ANY (ARRAY['month'::text, 'quarterly'::text, 'annual'::text, 'total'::text]))),
  constraint offering_component_name_check CHECK ((length(name) <= 150)),
  constraint offering_component_type_check CHECK (((type ~ '^[a-zA-Z0-9_\-/:]+$'::text) AND (length(type) <= 50))),
  constraint offering_component_offering_id_fkey FOREIGN KEY (offering_id) REFERENCES offering(id) ON DELETE CASCADE,
  constraint offering_component_overage_component_id_fkey FOREIGN KEY (overage_component_id) REFERENCES offering_component(id)
);
comment on table offering_component is 'owner: offerings';
CREATE INDEX offering_component_overage ON public.offering_component USING btree (overage_component_id) WHERE (overage_component_id IS NOT NULL);

create table offering_endpoint (
  id bigint not null generated always as identity,
  uuid uuid not null default gen_random_uuid(),
  offering_id bigint not null,
  name text not null,
  url text not null,
  constraint offering_endpoint_pkey PRIMARY KEY (id),
  constraint offering_endpoint_uuid_key UNIQUE (uuid),
  constraint offering_endpoint_offering_id_fkey FOREIGN KEY (offering_id) REFERENCES offering(id) ON DELETE CASCADE
);
comment on table offering_endpoint is 'owner: offerings';
CREATE INDEX offering_endpoint_offering ON public.offering_endpoint USING btree (offering_id);

create table offering_file (
  id bigint not null generated always as identity,
  uuid uuid not null default gen_random_uuid(),
  created timestamp with time zone not null default now(),
  offering_id bigint not null,
  name text not null,
  file_id bigint not null,
  constraint offering_file_pkey PRIMARY KEY (id),
  constraint offering_file_uuid_key UNIQUE (uuid),
  constraint offering_file_name_check CHECK ((length(name) <= 150)),
  constraint offering_file_file_id_fkey FOREIGN KEY (file_id) REFERENCES file(id),
  constraint offering_file_offering_id_fkey FOREIGN KEY (offering_id) REFERENCES offering(id) ON DELETE CASCADE
);
comment on table offering_file is 'owner: offerings';
CREATE INDEX offering_file_file ON public.offering_file USING btree (file_id);
CREATE INDEX offering_file_offering ON public.offering_file USING btree (offering_id);

create table offering_organization_group (
  offering_id bigint not null,
  organization_group_id bigint not null,
  constraint offering_organization_group_pkey PRIMARY KEY (offering_id, organization_group_id),
  constraint offering_organization_group_offering_id_fkey FOREIGN KEY (offering_id) REFERENCES offering(id) ON DELETE CASCADE,
  constraint offering_organization_group_organization_group_id_fkey FOREIGN KEY (organization_group_id) REFERENCES organization_group(id) ON DELETE CASCADE
);
comment on table offering_organization_group is 'owner: offerings';
CREATE INDEX offering_organization_group_of ON public.offering_organization_group USING btree (organization_group_id);

create table offering_screenshot (
  id bigint not null generated always as identity,
  uuid uuid not null default gen_random_uuid(),
  created timestamp with time zone not null default now(),
  offering_id bigint not null,
  name text not null,
  description text not null default ''::text,
  image_id bigint not null,
  constraint offering_screenshot_pkey PRIMARY KEY (id),
  constraint offering_screenshot_uuid_key UNIQUE (uuid),
  constraint offering_screenshot_name_check CHECK ((length(name) <= 150)),
  constraint offering_screenshot_image_id_fkey FOREIGN KEY (image_id) REFERENCES file(id),
  constraint offering_screenshot_offering_id_fkey FOREIGN KEY (offering_id) REFERENCES offering(id) ON DELETE CASCADE
);
comment on table offering_screenshot is 'owner: offerings';
CREATE INDEX offering_screenshot_image ON public.offering_screenshot USING btree (image_id);
CREATE INDEX offering_screenshot_offering ON public.offering_screenshot USING btree (offering_id);

create table offering_terms_of_service (
  id bigint not null generated always as identity,
  uuid uuid not null default gen_random_uuid(),
  created timestamp with time zone not null default now(),
  modified timestamp with time zone not null default now(),
  offering_id bigint not null,
  terms_of_service text not null default ''::text,
  terms_of_service_link text not null default ''::text,
  version text not null,
  is_active boolean not null default false,
  requires_reconsent boolean not null default false,
  grace_period_days integer not null default 60,
  active_since timestamp with time zone,
  constraint offering_terms_of_service_pkey PRIMARY KEY (id),
  constraint offering_terms_of_service_uuid_key UNIQUE (uuid),
  constraint offering_terms_of_service_version_key UNIQUE (offering_id, version),
  constraint offering_terms_of_service_check CHECK ((is_active = (active_since IS NOT NULL))),
  constraint offering_terms_of_service_grace_period_days_check CHECK ((grace_period_days >= 0)),
  constraint offering_terms_of_service_version_check CHECK ((length(version) <= 50)),
  constraint offering_terms_of_service_offering_id_fkey FOREIGN KEY (offering_id) REFERENCES offering(id) ON DELETE CASCADE
);
comment on table offering_terms_of_service is 'owner: offerings';
CREATE UNIQUE INDEX offering_terms_of_service_active_key ON public.offering_terms_of_service USING btree (offering_id) WHERE is_active;
CREATE TRIGGER offering_terms_of_service_touch BEFORE UPDATE ON public.offering_terms_of_service FOR EACH ROW EXECUTE FUNCTION touch_modified();

create table offering_user (
  id bigint not null generated always as identity,
  uuid uuid not null default gen_random_uuid(),
  created timestamp with time zone not null default now(),
  modified timestamp with time zone not null default now(),
  offering_id bigint not null,
  user_id bigint not null,
  username text,
  state text not null,
  is_restricted boolean not null default false,
  service_provider_comment text not null default ''::text,
  service_provider_comment_url text not null default ''::text,
  is_tied boolean not null default false,
  uidnumber bigint not null,
  primarygroup bigint not null,
  constraint offering_user_pkey PRIMARY KEY (id),
  constraint offering_user_key UNIQUE (offering_id, user_id),
  constraint offering_user_uidnumber_key UNIQUE (offering_id, uidnumber),
  constraint offering_user_username_key UNIQUE (offering_id, username),
  constraint offering_user_uuid_key UNIQUE (uuid),
  constraint offering_user_state_check CHECK ((state = ANY (ARRAY['Requested'::text, 'Creating'::text, 'Pending account linking'::text, 'Pending additional validation'::text, 'OK'::text, 'Requested deletion'::text, 'Deleting'::text, 'Deleted'::text, 'Error creating'::text, 'Error deleting'::text]))),
  constraint offering_user_username_check CHECK (((length(username) >= 1) AND (length(username) <= 100))),
  constraint offering_user_offering_id_fkey FOREIGN KEY (offering_id) REFERENCES offering(id) ON DELETE CASCADE,
  constraint offering_user_user_id_fkey FOREIGN KEY (user_id) REFERENCES "user"(id) ON DELETE CASCADE
);
comment on table offering_user is 'owner: offering-users';
CREATE INDEX offering_user_created ON public.offering_user USING btree (created, id);
CREATE INDEX offering_user_modified ON public.offering_user USING btree (modified, id);
CREATE INDEX offering_user_offering ON public.offering_user USING btree (offering_id, username, id);
CREATE INDEX offering_user_offering_state ON public.offering_user USING btree (offering_id, state, username, id);
CREATE INDEX offering_user_order ON public.offering_user USING btree (username, id);
CREATE INDEX offering_user_state ON public.offering_user USING btree (state, username, id);
CREATE INDEX offering_user_texts ON public.offering_user USING gin (username gin_trgm_ops);
CREATE INDEX offering_user_user ON public.offering_user USING btree (user_id, username, id);
CREATE INDEX offering_user_user_state ON public.offering_user USING btree (user_id, state, username, id);
CREATE TRIGGER offering_user_completions AFTER DELETE ON public.offering_user REFERENCING OLD TABLE AS gone FOR EACH STATEMENT EXECUTE FUNCTION drop_completions_of_accounts();
CREATE TRIGGER offering_user_touch BEFORE UPDATE ON public.offering_user FOR EACH ROW EXECUTE FUNCTION touch_modified();

create table offering_user_attributes (
  offering_id bigint not null,
  exposed text[] not null,
  constraint offering_user_attributes_pkey PRIMARY KEY (offering_id),
  constraint offering_user_attributes_offering_id_fkey FOREIGN KEY (offering_id) REFERENCES offering(id) ON DELETE CASCADE
);
comment on table offering_user_attributes is 'owner: offering-users';

create table offering_user_naming (
  offering_id bigint not null,
  next_uidnumber bigint not null,
  next_primarygroup bigint not null,
  named_by text not null,
  constraint offering_user_naming_pkey PRIMARY KEY (offering_id),
  constraint offering_user_naming_offering_id_fkey FOREIGN KEY (offering_id) REFERENCES offering(id) ON DELETE CASCADE
);
comment on table offering_user_naming is 'owner: offering-users';

create table offering_user_role (
  id bigint not null generated always as identity,
  uuid uuid not null default gen_random_uuid(),
  created timestamp with time zone not null default now(),
  modified timestamp with time zone not null default now(),
  offering_id bigint not null,
  name text not null,
  constraint offering_user_role_pkey PRIMARY KEY (id),
  constraint offering_user_role_key UNIQUE (offering_id, name),
  constraint offering_user_role_uuid_key UNIQUE (uuid),
  constraint offering_user_role_name_check CHECK (((length(name) >= 1) AND (length(name) <= 150))),
  constraint offering_user_role_offering_id_fkey FOREIGN KEY (offering_id) REFERENCES offering(id) ON DELETE CASCADE
);
comment on table offering_user_role is 'owner: offering-users';
CREATE TRIGGER offering_user_role_touch BEFORE UPDATE ON public.offering_user_role FOR EACH ROW EXECUTE FUNCTION touch_modified();

create table order (
  id bigint not null generated always as identity,
  uuid uuid not null default gen_random_uuid(),
  created timestamp with time zone not null default now(),
  modified timestamp with time zone not null default now(),
  slug text not null default ''::text,
  project_id bigint not null,
  offering_id bigint not null,
  resource_id bigint not null,
  plan_id bigint,
  old_plan_id bigint,
  type text not null,
  state text not null,
  attributes jsonb not null default '{}'::jsonb,
  limits jsonb not null default '{}'::jsonb,
  cost numeric(22,10),
  old_cost_estimate numeric(22,10),
  fixed_price numeric(22,10) not null default 0,
  activation_price numeric(22,10) not null default 0,
  backend_id text not null default ''::text,
  output text not null default ''::text,
  error_message text not null default ''::text,
  error_traceback text not null default ''::text,
  callback_url text,
  request_comment text,
  termination_comment text,
  start_date date,
  completed_at timestamp with time zone,
  created_by_id bigint not null,
  consumer_reviewed_by_id bigint,
  consumer_reviewed_at timestamp with time zone,
  consumer_rejection_comment text not null default ''::text,
  provider_reviewed_by_id bigint,
  provider_reviewed_at timestamp with time zone,
  provider_rejection_comment text not null default ''::text,
  provider_message text not null default ''::text,
  provider_message_url text not null default ''::text,
  provider_message_attachment_id bigint,
  consumer_message text not null default ''::text,
  consumer_message_attachment_id bigint,
  attachment_id bigint,
  subtype text,
  new_options jsonb,
  force_destroy boolean not null default false,
  extension_months integer,
  new_end_date date,
  answers jsonb not null default '{}'::jsonb,
  constraint order_pkey PRIMARY KEY (id),
  constraint order_uuid_key UNIQUE (uuid),
  constraint order_extension_check CHECK ((extension_months > 0)),
  constraint order_new_options_check CHECK (((NOT (subtype IS DISTINCT FROM 'update_options'::text)) = (new_options IS NOT NULL))),
  constraint order_renewal_check CHECK (((subtype = 'renew'::text) OR ((extension_months IS NULL) AND (new_end_date IS NULL)))),
  constraint order_state_check CHECK ((state = ANY (ARRAY['pending-consumer'::text, 'pending-provider'::text, 'pending-project'::text, 'pending-start-date'::text, 'executing'::text, 'done'::text, 'erred'::text, 'canceled'::text, 'rejected'::text]))),
  constraint order_subtype_check CHECK ((subtype = ANY (ARRAY['plan_switch'::text, 'update_limits'::text, 'update_options'::text, 'renew'::text]))),
  constraint order_subtype_type_check CHECK (((type = 'Update'::text) = (subtype IS NOT NULL))),
  constraint order_type_check CHECK ((type = ANY (ARRAY['Create'::text, 'Update'::text, 'Terminate'::text, 'Restore'::text]))),
  constraint order_attachment_id_fkey FOREIGN KEY (attachment_id) REFERENCES file(id),
  constraint order_consumer_message_attachment_id_fkey FOREIGN KEY (consumer_message_attachment_id) REFERENCES file(id),
  constraint order_consumer_reviewed_by_id_fkey FOREIGN KEY (consumer_reviewed_by_id) REFERENCES "user"(id),
  constraint order_created_by_id_fkey FOREIGN KEY (created_by_id) REFERENCES "user"(id),
  constraint order_offering_id_fkey FOREIGN KEY (offering_id) REFERENCES offering(id),
  constraint order_old_plan_id_fkey FOREIGN KEY (old_plan_id) REFERENCES plan(id),
  constraint order_plan_id_fkey FOREIGN KEY (plan_id) REFERENCES plan(id),
  constraint order_project_id_fkey FOREIGN KEY (project_id) REFERENCES project(id),
  constraint order_provider_message_attachment_id_fkey FOREIGN KEY (provider_message_attachment_id) REFERENCES file(id),
  constraint order_provider_reviewed_by_id_fkey FOREIGN KEY (provider_reviewed_by_id) REFERENCES "user"(id),
  constraint order_resource_id_fkey FOREIGN KEY (resource_id) REFERENCES resource(id)
);
comment on table order is 'owner: orders';
CREATE INDEX order_attachment ON public."order" USING btree (attachment_id) WHERE (attachment_id IS NOT NULL);
CREATE INDEX order_consumer_message_attachment ON public."order" USING btree (consumer_message_attachment_id) WHERE (consumer_message_attachment_id IS NOT NULL);
CREATE INDEX order_consumer_reviewed_at ON public."order" USING btree (consumer_reviewed_at, id);
CREATE INDEX order_consumer_reviewed_by ON public."order" USING btree (consumer_reviewed_by_id) WHERE (consumer_reviewed_by_id IS NOT NULL);
CREATE INDEX order_cost ON public."order" USING btree (cost, id);
CREATE INDEX order_created ON public."order" USING btree (created, id);
CREATE INDEX order_created_by ON public."order" USING btree (created_by_id);
CREATE INDEX order_executing_update ON public."order" USING btree (plan_id) WHERE ((state = 'executing'::text) AND (type = 'Update'::text));
CREATE UNIQUE INDEX order_in_progress_key ON public."order" USING btree (resource_id) WHERE (state = ANY (ARRAY['pending-consumer'::text, 'pending-provider'::text, 'pending-project'::text, 'pending-start-date'::text, 'executing'::text]));
CREATE INDEX order_modified ON public."order" USING btree (modified, id);
CREATE INDEX order_offering ON public."order" USING btree (offering_id, created, id) INCLUDE (project_id, cost, consumer_reviewed_at, state, modified);
CREATE INDEX order_offering_state ON public."order" USING btree (offering_id, state, created, id) INCLUDE (resource_id);
CREATE INDEX order_old_plan ON public."order" USING btree (old_plan_id) WHERE (old_plan_id IS NOT NULL);
CREATE INDEX order_plan ON public."order" USING btree (plan_id);
CREATE INDEX order_project ON public."order" USING btree (project_id, created, id) INCLUDE (offering_id, cost, consumer_reviewed_at, state, modified);
CREATE INDEX order_project_state ON public."order" USING btree (project_id, state, created, id);
CREATE INDEX order_provider_message_attachment ON public."order" USING btree (provider_message_attachment_id) WHERE (provider_message_attachment_id IS NOT NULL);
CREATE INDEX order_provider_reviewed_by ON public."order" USING btree (provider_reviewed_by_id) WHERE (provider_reviewed_by_id IS NOT NULL);
CREATE INDEX order_resource ON public."order" USING btree (resource_id, created, id) INCLUDE (state);
CREATE INDEX order_state ON public."order" USING btree (state, created, id);
CREATE INDEX order_state_order ON public."order" USING btree (order_state_rank(state), id);
CREATE INDEX order_state_resource ON public."order" USING btree (state, resource_id);
CREATE INDEX order_texts ON public."order" USING gin (slug gin_trgm_ops, ((attributes ->> 'name'::text)) gin_trgm_ops);
CREATE INDEX order_type ON public."order" USING btree (type, created, id);
CREATE TRIGGER order_count_deleted AFTER DELETE ON public."order" REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION order_count_deleted();
CREATE TRIGGER order_count_inserted AFTER INSERT ON public."order" REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION order_count_inserted();
CREATE TRIGGER order_count_updated AFTER UPDATE ON public."order" REFERENCING OLD TABLE AS removed NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION order_count_updated();
CREATE TRIGGER order_told_by_attributes BEFORE INSERT ON public."order" FOR EACH ROW WHEN (((new.type = ANY (ARRAY['Update'::text, 'Terminate'::text])) AND (new.subtype IS NULL) AND (NOT new.force_destroy))) EXECUTE FUNCTION order_told_by_attributes();
CREATE TRIGGER order_touch BEFORE UPDATE ON public."order" FOR EACH ROW EXECUTE FUNCTION touch_modified();

create table order_count (
  grain text not null,
  project_id bigint,
  offering_id bigint,
  day timestamp with time zone,
  type text,
  state text,
  n bigint not null
);
comment on table order_count is 'owner: orders';
CREATE UNIQUE INDEX order_count_by_all ON public.order_count USING btree (type, state) NULLS NOT DISTINCT WHERE (grain = 'all'::text);
CREATE UNIQUE INDEX order_count_by_day ON public.order_count USING btree (day, type, state) NULLS NOT DISTINCT WHERE (grain = 'day'::text);
CREATE UNIQUE INDEX order_count_by_offering_id ON public.order_count USING btree (offering_id, type, state) NULLS NOT DISTINCT WHERE (grain = 'offering_id'::text);
CREATE UNIQUE INDEX order_count_by_project_id ON public.order_count USING btree (project_id, type, state) NULLS NOT DISTINCT WHERE (grain = 'project_id'::text);
CREATE UNIQUE INDEX order_count_by_project_id_offering_id ON public.order_count USING btree (project_id, offering_id, type, state) NULLS NOT DISTINCT WHERE (grain = 'project_id,offering_id'::text);

create table order_count_delta (
  project_id bigint,
  offering_id bigint,
  day timestamp with time zone,
  type text,
  state text,
  n bigint not null,
  id bigint not null generated always as identity,
  constraint order_count_delta_pkey PRIMARY KEY (id)
);
comment on table order_count_delta is 'owner: orders';

create table order_transition (
  id bigint not null generated always as identity,
  order_id bigint not null,
  created timestamp with time zone not null default now(),
  action text not null,
  from_state text,
  to_state text not null,
  user_id bigint,
  constraint order_transition_pkey PRIMARY KEY (id),
  constraint order_transition_order_id_fkey FOREIGN KEY (order_id) REFERENCES "order"(id) ON DELETE CASCADE,
  constraint order_transition_user_id_fkey FOREIGN KEY (user_id) REFERENCES "user"(id) ON DELETE SET NULL
);
comment on table order_transition is 'owner: orders';
CREATE INDEX order_transition_order ON public.order_transition USING btree (order_id);
CREATE INDEX order_transition_user ON public.order_transition USING btree (user_id) WHERE (user_id IS NOT NULL);

create table organization_group (
  id bigint not null generated always as identity,
  uuid uuid not null default gen_random_uuid(),
  created timestamp with time zone not null default now(),
  name text not null,
  parent_id bigint,
  constraint organization_group_pkey PRIMARY KEY (id),
  constraint organization_group_uuid_key UNIQUE (uuid),
  constraint organization_group_name_check CHECK ((length(name) <= 150)),
  constraint organization_group_parent_id_fkey FOREIGN KEY (parent_id) REFERENCES organization_group(id) ON DELETE SET NULL
);
comment on table organization_group is 'owner: core/organization-groups';
CREATE INDEX organization_group_parent ON public.organization_group USING btree (parent_id);

create table plan (
  id bigint not null generated always as identity,
  uuid uuid not null default gen_random_uuid(),
  created timestamp with time zone not null default now(),
  modified timestamp with time zone not null default now(),
  offering_id bigint not null,
  name text not null,
  description text not null default ''::text,
  unit text not null default 'month'::text,
  unit_price numeric(22,10) not null default 0,
  article_code text not null default ''::text,
  backend_id text not null default ''::text,
  max_amount integer,
  archived boolean not null default false,
  constraint plan_pkey PRIMARY KEY (id),
  constraint plan_uuid_key UNIQUE (uuid),
  constraint plan_max_amount_check CHECK ((max_amount >= 1)),
  constraint plan_name_check CHECK ((length(name) <= 150)),
  constraint plan_unit_check CHECK ((unit = ANY (ARRAY['month'::text, 'quarter'::text, 'half_month'::text, 'day'::text, 'hour'::text, 'quantity'::text]))),
  constraint plan_unit_price_check CHECK ((unit_price >= (0)::numeric)),
  constraint plan_offering_id_fkey FOREIGN KEY (offering_id) REFERENCES offering(id) ON DELETE CASCADE
);
comment on table plan is 'owner: offerings';
CREATE INDEX plan_offering ON public.plan USING btree (offering_id);
CREATE TRIGGER plan_touch BEFORE UPDATE ON public.plan FOR EACH ROW EXECUTE FUNCTION touch_modified();

create table plan_component (
  id bigint not null generated always as identity,
  plan_id bigint not null,
  component_id bigint not null,
  amount integer not null default 0,
  price numeric(22,10) not null default 0,
  future_price numeric(22,10),
  discount_threshold integer,
  discount_rate integer,
  constraint plan_component_pkey PRIMARY KEY (id),
  constraint plan_component_key UNIQUE (plan_id, component_id),
  constraint plan_component_amount_check CHECK ((amount >= 0)),
  constraint plan_component_future_price_check CHECK ((future_price >= (0)::numeric)),
  constraint plan_component_price_check CHECK ((price >= (0)::numeric)),
  constraint plan_component_component_id_fkey FOREIGN KEY (component_id) REFERENCES offering_component(id) ON DELETE CASCADE,
  constraint plan_component_plan_id_fkey FOREIGN KEY (plan_id) REFERENCES plan(id) ON DELETE CASCADE
);
comment on table plan_component is 'owner: offerings';
CREATE INDEX plan_component_component ON public.plan_component USING btree (component_id);

create table plan_organization_group (
  plan_id bigint not null,
  organization_group_id bigint not null,
  constraint plan_organization_group_pkey PRIMARY KEY (plan_id, organization_group_id),
  constraint plan_organization_group_organization_group_id_fkey FOREIGN KEY (organization_group_id) REFERENCES organization_group(id) ON DELETE CASCADE,
  constraint plan_organization_group_plan_id_fkey FOREIGN KEY (plan_id) REFERENCES plan(id) ON DELETE CASCADE
);
comment on table plan_organization_group is 'owner: offerings';
CREATE INDEX plan_organization_group_of ON public.plan_organization_group USING btree (organization_group_id);

create table project (
  id bigint not null generated always as identity,
  uuid uuid not null default gen_random_uuid(),
  created timestamp with time zone not null default now(),
  modified timestamp with time zone not null default now(),
  customer_id bigint not null,
  name text not null,
  slug text not null default ''::text,
  description text not null default ''::text,
  staff_notes text not null default ''::text,
  backend_id text not null default ''::text,
  type_id bigint,
  kind text not null default 'default'::text,
  oecd_fos_2007_code text,
  is_industry boolean not null default false,
  max_service_accounts integer,
  grace_period_days integer,
  user_email_patterns jsonb not null default '[]'::jsonb,
  user_affiliations jsonb not null default '[]'::jsonb,
  user_identity_sources jsonb not null default '[]'::jsonb,
  start_date date,
  end_date date,
  end_date_requested_by_id bigint,
  is_removed boolean not null default false,
  removed timestamp with time zone,
  removed_by_id bigint,
  termination_metadata jsonb,
  image_id bigint,
  constraint project_pkey PRIMARY KEY (id),
  constraint project_uuid_key UNIQUE (uuid),
  constraint project_kind_check CHECK ((kind = ANY (ARRAY['default'::text, 'course'::text, 'public'::text]))),
  constraint project_name_check CHECK ((length(name) <= 500)),
  constraint project_customer_id_fkey FOREIGN KEY (customer_id) REFERENCES customer(id),
  constraint project_end_date_requested_by_id_fkey FOREIGN KEY (end_date_requested_by_id) REFERENCES "user"(id) ON DELETE SET NULL,
  constraint project_image_id_fkey FOREIGN KEY (image_id) REFERENCES file(id),
  constraint project_removed_by_id_fkey FOREIGN KEY (removed_by_id) REFERENCES "user"(id) ON DELETE SET NULL,
  constraint project_type_id_fkey FOREIGN KEY (type_id) REFERENCES project_type(id) ON DELETE SET NULL
);
comment on table project is 'owner: core/projects';
CREATE INDEX project_created ON public.project USING btree (created, id);
CREATE INDEX project_customer ON public.project USING btree (customer_id);
CREATE INDEX project_end_date_order ON public.project USING btree (end_date, id);
CREATE INDEX project_end_date_requested_by ON public.project USING btree (end_date_requested_by_id) WHERE (end_date_requested_by_id IS NOT NULL);
CREATE INDEX project_image ON public.project USING btree (image_id) WHERE (image_id IS NOT NULL);
CREATE INDEX project_name ON public.project USING btree (name, id);
CREATE INDEX project_removed_by ON public.project USING btree (removed_by_id) WHERE (removed_by_id IS NOT NULL);
CREATE INDEX project_start_date_order ON public.project USING btree (start_date, id);
CREATE INDEX project_texts ON public.project USING gin (name gin_trgm_ops, slug gin_trgm_ops, backend_id gin_trgm_ops, description gin_trgm_ops, wire_uuid(uuid) gin_trgm_ops);
CREATE INDEX project_type_of ON public.project USING btree (type_id) WHERE (type_id IS NOT NULL);
CREATE TRIGGER project_customer_notify AFTER UPDATE OF customer_id ON public.project FOR EACH ROW WHEN ((old.customer_id IS DISTINCT FROM new.customer_id)) EXECUTE FUNCTION notify_actor('');
CREATE TRIGGER project_touch BEFORE UPDATE ON public.project FOR EACH ROW EXECUTE FUNCTION touch_modified();

create table project_type (
  id bigint not null generated always as identity,
  uuid uuid not null default gen_random_uuid(),
  name text not null,
  description text not null default ''::text,
  constraint project_type_pkey PRIMARY KEY (id),
  constraint project_type_uuid_key UNIQUE (uuid)
);
comment on table project_type is 'owner: core/projects';

create table resource (
  id bigint not null generated always as identity,
  uuid uuid not null default gen_random_uuid(),
  created timestamp with time zone not null default now(),
  modified timestamp with time zone not null default now(),
  project_id bigint not null,
  offering_id bigint not null,
  plan_id bigint,
  parent_id bigint,
  name text not null default ''::text,
  slug text not null default ''::text,
  description text not null default ''::text,
  state text not null default 'Creating'::text,
  limits jsonb not null default '{}'::jsonb,
  attributes jsonb not null default '{}'::jsonb,
  options jsonb not null default '{}'::jsonb,
  current_usages jsonb not null default '{}'::jsonb,
  report jsonb,
  cost numeric(22,10),
  backend_id text not null default ''::text,
  effective_id text not null default ''::text,
  backend_metadata jsonb not null default '{}'::jsonb,
  error_message text not null default ''::text,
  error_traceback text not null default ''::text,
  end_date date,
  end_date_requested_by_id bigint,
  paused boolean not null default false,
  downscaled boolean not null default false,
  restrict_member_access boolean not null default false,
  last_sync timestamp with time zone not null default now(),
  current_usages_month date,
  constraint resource_pkey PRIMARY KEY (id),
  constraint resource_uuid_key UNIQUE (uuid),
  constraint resource_name_check CHECK ((length(name) <= 150)),
  constraint resource_state_check CHECK ((state = ANY (ARRAY['Creating'::text, 'OK'::text, 'Erred'::text, 'Updating'::text, 'Terminating'::text, 'Terminated'::text]))),
  constraint resource_end_date_requested_by_id_fkey FOREIGN KEY (end_date_requested_by_id) REFERENCES "user"(id) ON DELETE SET NULL,
  constraint resource_offering_id_fkey FOREIGN KEY (offering_id) REFERENCES offering(id),
  constraint resource_parent_id_fkey FOREIGN KEY (parent_id) REFERENCES resource(id),
  constraint resource_plan_id_fkey FOREIGN KEY (plan_id) REFERENCES plan(id),
  constraint resource_project_id_fkey FOREIGN KEY (project_id) REFERENCES project(id)
);
comment on table resource is 'owner: resources';
CREATE INDEX resource_backend_id ON public.resource USING btree (backend_id) WHERE (backend_id <> ''::text);
CREATE INDEX resource_by_end_date ON public.resource USING btree (end_date, id);
CREATE INDEX resource_created ON public.resource USING btree (created, id);
CREATE INDEX resource_downscaled ON public.resource USING btree (created, id) WHERE downscaled;
CREATE INDEX resource_end_date ON public.resource USING btree (end_date) WHERE ((end_date IS NOT NULL) AND (state <> 'Terminated'::text));
CREATE INDEX resource_end_date_requested_by ON public.resource USING btree (end_date_requested_by_id) WHERE (end_date_requested_by_id IS NOT NULL);
CREATE INDEX resource_modified ON public.resource USING btree (modified, id);
CREATE INDEX resource_name ON public.resource USING btree (name, id);
CREATE INDEX resource_offering ON public.resource USING btree (offering_id, created, id) INCLUDE (project_id, plan_id, name, state, end_date, modified);
CREATE INDEX resource_offering_state ON public.resource USING btree (offering_id, state, created, id);
CREATE INDEX resource_parent ON public.resource USING btree (parent_id) WHERE (parent_id IS NOT NULL);
CREATE INDEX resource_paused ON public.resource USING btree (created, id) WHERE paused;
CREATE INDEX resource_plan ON public.resource USING btree (plan_id, created, id);
CREATE INDEX resource_project ON public.resource USING btree (project_id, created, id) INCLUDE (offering_id, plan_id, name, state, end_date, modified, restrict_member_access);
CREATE INDEX resource_project_state ON public.resource USING btree (project_id, state, created, id);
CREATE INDEX resource_restricted ON public.resource USING btree (created, id) WHERE restrict_member_access;
CREATE INDEX resource_runtime_state ON public.resource USING btree (((backend_metadata ->> 'runtime_state'::text)), created, id) WHERE ((backend_metadata ->> 'runtime_state'::text) IS NOT NULL);
CREATE INDEX resource_state ON public.resource USING btree (state, created, id);
CREATE INDEX resource_state_order ON public.resource USING btree (state, id);
CREATE INDEX resource_texts ON public.resource USING gin (name gin_trgm_ops, slug gin_trgm_ops, backend_id gin_trgm_ops, effective_id gin_trgm_ops, ((backend_metadata)::text) gin_trgm_ops);
CREATE INDEX resource_with_end_date ON public.resource USING btree (created, id) WHERE (end_date IS NOT NULL);
CREATE TRIGGER resource_count_deleted AFTER DELETE ON public.resource REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION resource_count_deleted();
CREATE TRIGGER resource_count_inserted AFTER INSERT ON public.resource REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION resource_count_inserted();
CREATE TRIGGER resource_count_updated AFTER UPDATE ON public.resource REFERENCING OLD TABLE AS removed NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION resource_count_updated();
CREATE TRIGGER resource_touch BEFORE UPDATE ON public.resource FOR EACH ROW EXECUTE FUNCTION touch_modified();

create table resource_count (
  grain text not null,
  project_id bigint,
  offering_id bigint,
  plan_id bigint,
  day timestamp with time zone,
  state text,
  restrict_member_access boolean,
  paused boolean,
  downscaled boolean,
  end_date boolean,
  n bigint not null
);
comment on table resource_count is 'owner: resources';
CREATE UNIQUE INDEX resource_count_by_all ON public.resource_count USING btree (state, restrict_member_access, paused, downscaled, end_date) NULLS NOT DISTINCT WHERE (grain = 'all'::text);
CREATE UNIQUE INDEX resource_count_by_day ON public.resource_count USING btree (day, state, restrict_member_access, paused, downscaled, end_date) NULLS NOT DISTINCT WHERE (grain = 'day'::text);
CREATE UNIQUE INDEX resource_count_by_offering_id ON public.resource_count USING btree (offering_id, state, restrict_member_access, paused, downscaled, end_date) NULLS NOT DISTINCT WHERE (grain = 'offering_id'::text);
CREATE UNIQUE INDEX resource_count_by_plan_id ON public.resource_count USING btree (plan_id, state, restrict_member_access, paused, downscaled, end_date) NULLS NOT DISTINCT WHERE (grain = 'plan_id'::text);
CREATE UNIQUE INDEX resource_count_by_project_id ON public.resource_count USING btree (project_id, state, restrict_member_access, paused, downscaled, end_date) NULLS NOT DISTINCT WHERE (grain = 'project_id'::text);
CREATE UNIQUE INDEX resource_count_by_project_id_offering_id ON public.resource_count USING btree (project_id, offering_id, state, restrict_member_access, paused, downscaled, end_date) NULLS NOT DISTINCT WHERE (grain = 'project_id,offering_id'::text);
CREATE INDEX resource_count_offering_project ON public.resource_count USING btree (offering_id, project_id) WHERE (grain = 'project_id,offering_id'::text);

create table resource_count_delta (
  project_id bigint,
  offering_id bigint,
  plan_id bigint,
  day timestamp with time zone,
  state text,
  restrict_member_access boolean,
  paused boolean,
  downscaled boolean,
  end_date boolean,
  n bigint not null,
  id bigint not null generated always as identity,
  constraint resource_count_delta_pkey PRIMARY KEY (id)
);
comment on table resource_count_delta is 'owner: resources';

create table resource_end_notice (
  resource_id bigint not null,
  end_date date not null,
  created timestamp with time zone not null default now(),
  constraint resource_end_notice_pkey PRIMARY KEY (resource_id),
  constraint resource_end_notice_resource_id_fkey FOREIGN KEY (resource_id) REFERENCES resource(id) ON DELETE CASCADE
);
comment on table resource_end_notice is 'owner: resources';

create table resource_plan_period (
  id bigint not null generated always as identity,
  uuid uuid not null default gen_random_uuid(),
  resource_id bigint not null,
  plan_id bigint not null,
  start timestamp with time zone not null,
  "end" timestamp with time zone,
  constraint resource_plan_period_pkey PRIMARY KEY (id),
  constraint resource_plan_period_uuid_key UNIQUE (uuid),
  constraint resource_plan_period_check CHECK ((("end" IS NULL) OR ("end" >= start))),
  constraint resource_plan_period_plan_id_fkey FOREIGN KEY (plan_id) REFERENCES plan(id),
  constraint resource_plan_period_resource_id_fkey FOREIGN KEY (resource_id) REFERENCES resource(id) ON DELETE CASCADE
);
comment on table resource_plan_period is 'owner: resources';
CREATE UNIQUE INDEX resource_plan_period_open_key ON public.resource_plan_period USING btree (resource_id) WHERE ("end" IS NULL);
CREATE INDEX resource_plan_period_plan ON public.resource_plan_period USING btree (plan_id);
CREATE INDEX resource_plan_period_resource ON public.resource_plan_period USING btree (resource_id, start);

create table role (
  id bigint not null generated always as identity,
  uuid uuid not null default gen_random_uuid(),
  created timestamp with time zone not null default now(),
  modified timestamp with time zone not null default now(),
  name text not null,
  description text not null default ''::text,
  translations jsonb not null default '{}'::jsonb,
  scope_type text not null,
  is_system_role boolean not null default false,
  is_active boolean not null default true,
  constraint role_pkey PRIMARY KEY (id),
  constraint role_name_key UNIQUE (name),
  constraint role_uuid_key UNIQUE (uuid),
  constraint role_name_check CHECK ((length(name) <= 150)),
  constraint role_scope_type_check CHECK ((scope_type = ANY (ARRAY['customer'::text, 'service_provider'::text, 'call_organizer'::text, 'project'::text, 'offering'::text, 'call'::text, 'proposal'::text])))
);
comment on table role is 'owner: core/roles';
CREATE TRIGGER role_notify AFTER DELETE OR UPDATE ON public.role FOR EACH ROW EXECUTE FUNCTION notify_actor('');
CREATE TRIGGER role_touch BEFORE UPDATE ON public.role FOR EACH ROW EXECUTE FUNCTION touch_modified();

create table role_grant (
  id bigint not null generated always as identity,
  uuid uuid not null default gen_random_uuid(),
  created timestamp with time zone not null default now(),
  modified timestamp with time zone not null default now(),
  user_id bigint not null,
  role_id bigint not null,
  scope_type text not null,
  scope_id bigint not null,
  is_active boolean not null default true,
  expiration_time timestamp with time zone,
  created_by_id bigint,
  revoked_by_id bigint,
  revoked timestamp with time zone,
  constraint role_grant_pkey PRIMARY KEY (id),
  constraint role_grant_uuid_key UNIQUE (uuid),
  constraint role_grant_created_by_id_fkey FOREIGN KEY (created_by_id) REFERENCES "user"(id) ON DELETE SET NULL,
  constraint role_grant_revoked_by_id_fkey FOREIGN KEY (revoked_by_id) REFERENCES "user"(id) ON DELETE SET NULL,
  constraint role_grant_role_id_fkey FOREIGN KEY (role_id) REFERENCES role(id),
  constraint role_grant_user_id_fkey FOREIGN KEY (user_id) REFERENCES "user"(id) ON DELETE CASCADE
);
comment on table role_grant is 'owner: core/roles';
CREATE UNIQUE INDEX role_grant_active_key ON public.role_grant USING btree (user_id, role_id, scope_type, scope_id) WHERE is_active;
CREATE INDEX role_grant_created ON public.role_grant USING btree (created, id) WHERE is_active;
CREATE INDEX role_grant_created_by ON public.role_grant USING btree (created_by_id) WHERE (created_by_id IS NOT NULL);
CREATE INDEX role_grant_of_role ON public.role_grant USING btree (role_id);
CREATE INDEX role_grant_revoked_by ON public.role_grant USING btree (revoked_by_id) WHERE (revoked_by_id IS NOT NULL);
CREATE INDEX role_grant_role ON public.role_grant USING btree (role_id, user_id) INCLUDE (scope_type, scope_id, expiration_time) WHERE is_active;
CREATE INDEX role_grant_scope ON public.role_grant USING btree (scope_type, scope_id) WHERE is_active;
CREATE INDEX role_grant_user ON public.role_grant USING btree (user_id);
CREATE TRIGGER role_grant_notify AFTER INSERT OR DELETE OR UPDATE ON public.role_grant FOR EACH ROW EXECUTE FUNCTION notify_actor('user_id');
CREATE TRIGGER role_grant_touch BEFORE UPDATE ON public.role_grant FOR EACH ROW EXECUTE FUNCTION touch_modified();

create table role_permission (
  role_id bigint not null,
  permission text not null,
  constraint role_permission_pkey PRIMARY KEY (role_id, permission),
  constraint role_permission_role_id_fkey FOREIGN KEY (role_id) REFERENCES role(id) ON DELETE CASCADE
);
comment on table role_permission is 'owner: core/roles';
CREATE TRIGGER role_permission_notify AFTER INSERT OR DELETE ON public.role_permission FOR EACH ROW EXECUTE FUNCTION notify_actor('');

create table service_provider (
  id bigint not null generated always as identity,
  uuid uuid not null default gen_random_uuid(),
  created timestamp with time zone not null default now(),
  modified timestamp with time zone not null default now(),
  customer_id bigint not null,
  description text not null default ''::text,
  enable_notifications boolean not null default true,
  api_secret_code bytea not null,
  image_id bigint,
  constraint service_provider_pkey PRIMARY KEY (id),
  constraint service_provider_customer_key UNIQUE (customer_id),
  constraint service_provider_uuid_key UNIQUE (uuid),
  constraint service_provider_customer_id_fkey FOREIGN KEY (customer_id) REFERENCES customer(id) ON DELETE CASCADE,
  constraint service_provider_image_id_fkey FOREIGN KEY (image_id) REFERENCES file(id)
);
comment on table service_provider is 'owner: service-providers';
CREATE INDEX service_provider_image ON public.service_provider USING btree (image_id) WHERE (image_id IS NOT NULL);
CREATE TRIGGER service_provider_touch BEFORE UPDATE ON public.service_provider FOR EACH ROW EXECUTE FUNCTION touch_modified();

create table site_agent_identity (
  id bigint not null generated always as identity,
  uuid uuid not null default gen_random_uuid(),
  created timestamp with time zone not null default now(),
  modified timestamp with time zone not null default now(),
  offering_id bigint not null,
  name text not null,
  version text,
  dependencies jsonb not null default '[]'::jsonb,
  config_file_path text,
  config_file_content text,
  last_restarted timestamp with time zone not null default now(),
  created_by_id bigint,
  constraint site_agent_identity_pkey PRIMARY KEY (id),
  constraint site_agent_identity_name_key UNIQUE (offering_id, name),
  constraint site_agent_identity_uuid_key UNIQUE (uuid),
  constraint site_agent_identity_name_check CHECK ((length(name) <= 150)),
  constraint site_agent_identity_created_by_id_fkey FOREIGN KEY (created_by_id) REFERENCES "user"(id) ON DELETE SET NULL,
  constraint site_agent_identity_offering_id_fkey FOREIGN KEY (offering_id) REFERENCES offering(id) ON DELETE CASCADE
);
comment on table site_agent_identity is 'owner: site-agents';
CREATE INDEX site_agent_identity_created_by ON public.site_agent_identity USING btree (created_by_id);
CREATE TRIGGER site_agent_identity_touch BEFORE UPDATE ON public.site_agent_identity FOR EACH ROW EXECUTE FUNCTION touch_modified();

create table site_agent_processor (
  id bigint not null generated always as identity,
  uuid uuid not null default gen_random_uuid(),
  created timestamp with time zone not null default now(),
  modified timestamp with time zone not null default now(),
  service_id bigint not null,
  name text not null,
  backend_type text not null,
  backend_version text,
  last_run timestamp with time zone,
  constraint site_agent_processor_pkey PRIMARY KEY (id),
  constraint site_agent_processor_name_key UNIQUE (service_id, name),
  constraint site_agent_processor_uuid_key UNIQUE (uuid),
  constraint site_agent_processor_name_check CHECK ((length(name) <= 150)),
  constraint site_agent_processor_service_id_fkey FOREIGN KEY (service_id) REFERENCES site_agent_service(id) ON DELETE CASCADE
);
comment on table site_agent_processor is 'owner: site-agents';
CREATE TRIGGER site_agent_processor_touch BEFORE UPDATE ON public.site_agent_processor FOR EACH ROW EXECUTE FUNCTION touch_modified();

create table site_agent_service (
  id bigint not null generated always as identity,
  uuid uuid not null default gen_random_uuid(),
  created timestamp with time zone not null default now(),
  modified timestamp with time zone not null default now(),
  identity_id bigint not null,
  name text not null,
  mode text,
  statistics jsonb not null default '{}'::jsonb,
  last_seen timestamp with time zone not null,
  constraint site_agent_service_pkey PRIMARY KEY (id),
  constraint site_agent_service_name_key UNIQUE (identity_id, name),
  constraint site_agent_service_uuid_key UNIQUE (uuid),
  constraint site_agent_service_name_check CHECK ((length(name) <= 150)),
  constraint site_agent_service_identity_id_fkey FOREIGN KEY (identity_id) REFERENCES site_agent_identity(id) ON DELETE CASCADE
);
comment on table site_agent_service is 'owner: site-agents';
CREATE TRIGGER site_agent_service_touch BEFORE UPDATE ON public.site_agent_service FOR EACH ROW EXECUTE FUNCTION touch_modified();

create table ssh_key (
  id bigint not null generated always as identity,
  uuid uuid not null default gen_random_uuid(),
  created timestamp with time zone not null default now(),
  modified timestamp with time zone not null default now(),
  user_id bigint not null,
  name text not null,
  public_key text not null,
  key_type text not null,
  fingerprint_md5 text not null,
  fingerprint_sha256 text not null,
  fingerprint_sha512 text not null,
  is_shared boolean not null default false,
  constraint ssh_key_pkey PRIMARY KEY (id),
  constraint ssh_key_user_name_key UNIQUE (user_id, name),
  constraint ssh_key_uuid_key UNIQUE (uuid),
  constraint ssh_key_name_check CHECK ((length(name) <= 150)),
  constraint ssh_key_user_id_fkey FOREIGN KEY (user_id) REFERENCES "user"(id) ON DELETE CASCADE
);
comment on table ssh_key is 'owner: core/keys';
CREATE INDEX ssh_key_name ON public.ssh_key USING btree (name, id);
CREATE INDEX ssh_key_shared ON public.ssh_key USING btree (id) WHERE is_shared;
CREATE TRIGGER ssh_key_count_deleted AFTER DELETE ON public.ssh_key REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION ssh_key_count_deleted();
CREATE TRIGGER ssh_key_count_inserted AFTER INSERT ON public.ssh_key REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION ssh_key_count_inserted();
CREATE TRIGGER ssh_key_count_updated AFTER UPDATE ON public.ssh_key REFERENCING OLD TABLE AS removed NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION ssh_key_count_updated();
CREATE TRIGGER ssh_key_touch BEFORE UPDATE ON public.ssh_key FOR EACH ROW EXECUTE FUNCTION touch_modified();

create table ssh_key_count (
  grain text not null,
  is_shared boolean,
  n bigint not null
);
comment on table ssh_key_count is 'owner: core/keys';
CREATE UNIQUE INDEX ssh_key_count_by_all ON public.ssh_key_count USING btree (is_shared) NULLS NOT DISTINCT WHERE (grain = 'all'::text);

create table ssh_key_count_delta (
  is_shared boolean,
  n bigint not null,
  id bigint not null generated always as identity,
  constraint ssh_key_count_delta_pkey PRIMARY KEY (id)
);
comment on table ssh_key_count_delta is 'owner: core/keys';

create table support_comment (
  id bigint not null generated always as identity,
  uuid uuid not null default gen_random_uuid(),
  created timestamp with time zone not null default now(),
  request_id bigint not null,
  user_id bigint,
  text text not null,
  constraint support_comment_pkey PRIMARY KEY (id),
  constraint support_comment_uuid_key UNIQUE (uuid),
  constraint support_comment_text_check CHECK ((length(text) <= 4000)),
  constraint support_comment_request_id_fkey FOREIGN KEY (request_id) REFERENCES support_request(id) ON DELETE CASCADE,
  constraint support_comment_user_id_fkey FOREIGN KEY (user_id) REFERENCES "user"(id) ON DELETE SET NULL
);
comment on table support_comment is 'owner: support';
CREATE INDEX support_comment_request ON public.support_comment USING btree (request_id, created, id);
CREATE INDEX support_comment_user ON public.support_comment USING btree (user_id) WHERE (user_id IS NOT NULL);

create table support_request (
  id bigint not null generated always as identity,
  uuid uuid not null default gen_random_uuid(),
  created timestamp with time zone not null default now(),
  modified timestamp with time zone not null default now(),
  order_id bigint not null,
  state text not null,
  answer text not null default ''::text,
  answered_at timestamp with time zone,
  answered_by_id bigint,
  constraint support_request_pkey PRIMARY KEY (id),
  constraint support_request_order_id_key UNIQUE (order_id),
  constraint support_request_uuid_key UNIQUE (uuid),
  constraint support_request_answer_check CHECK ((length(answer) <= 4000)),
  constraint support_request_state_check CHECK ((state = ANY (ARRAY['open'::text, 'resolved'::text, 'refused'::text, 'closed'::text]))),
  constraint support_request_answered_by_id_fkey FOREIGN KEY (answered_by_id) REFERENCES "user"(id) ON DELETE SET NULL,
  constraint support_request_order_id_fkey FOREIGN KEY (order_id) REFERENCES "order"(id) ON DELETE CASCADE
);
comment on table support_request is 'owner: support';
CREATE INDEX support_request_answered_by ON public.support_request USING btree (answered_by_id) WHERE (answered_by_id IS NOT NULL);
CREATE INDEX support_request_created ON public.support_request USING btree (created, id);
CREATE TRIGGER support_request_touch BEFORE UPDATE ON public.support_request FOR EACH ROW EXECUTE FUNCTION touch_modified();

create table user (
  id bigint not null generated always as identity,
  uuid uuid not null default gen_random_uuid(),
  created timestamp with time zone not null default now(),
  modified timestamp with time zone not null default now(),
  date_joined timestamp with time zone not null default now(),
  username text not null,
  slug text not null default ''::text,
  first_name text not null default ''::text,
  last_name text not null default ''::text,
  full_name text generated always as (TRIM(BOTH FROM ((first_name || ' '::text) || last_name))) stored,
  native_name text not null default ''::text,
  email text not null default ''::text,
  job_title text not null default ''::text,
  phone_number text not null default ''::text,
  organization text not null default ''::text,
  description text not null default ''::text,
  preferred_language text not null default ''::text,
  civil_number text,
  registration_method text not null default 'default'::text,
  identity_source text not null default ''::text,
  affiliations jsonb not null default '[]'::jsonb,
  attributes jsonb not null default '{}'::jsonb,
  notifications_enabled boolean not null default true,
  is_active boolean not null default true,
  is_staff boolean not null default false,
  is_support boolean not null default false,
  is_identity_manager boolean not null default false,
  agreement_date timestamp with time zone,
  last_login timestamp with time zone,
  token_lifetime integer,
  password text,
  image_id bigint,
  last_ip_address text,
  constraint user_pkey PRIMARY KEY (id),
  constraint user_username_key UNIQUE (username),
  constraint user_uuid_key UNIQUE (uuid),
  constraint user_token_lifetime_check CHECK ((token_lifetime >= 60)),
  constraint user_username_check CHECK (((length(username) >= 1) AND (length(username) <= 128))),
  constraint user_image_id_fkey FOREIGN KEY (image_id) REFERENCES file(id)
);
comment on table user is 'owner: core/users';
CREATE INDEX user_agreement_date ON public."user" USING btree (agreement_date) WHERE (agreement_date IS NOT NULL);
CREATE INDEX user_civil_number ON public."user" USING btree (civil_number) WHERE (civil_number IS NOT NULL);
CREATE INDEX user_date_joined ON public."user" USING btree (date_joined);
CREATE INDEX user_email ON public."user" USING btree (lower(email));
CREATE INDEX user_email_order ON public."user" USING btree (email, id);
CREATE INDEX user_full_name_order ON public."user" USING btree (full_name, id);
CREATE INDEX user_image ON public."user" USING btree (image_id) WHERE (image_id IS NOT NULL);
CREATE INDEX user_is_active_order ON public."user" USING btree (is_active, id);
CREATE INDEX user_is_staff_order ON public."user" USING btree (is_staff, id);
CREATE INDEX user_is_support ON public."user" USING btree (is_support, id);
CREATE INDEX user_job_title_order ON public."user" USING btree (job_title, id);
CREATE INDEX user_modified ON public."user" USING btree (modified);
CREATE INDEX user_native_name_order ON public."user" USING btree (native_name, id);
CREATE INDEX user_organization_order ON public."user" USING btree (organization, id);
CREATE INDEX user_phone_number_order ON public."user" USING btree (phone_number, id);
CREATE INDEX user_registration_method_order ON public."user" USING btree (registration_method, id);
CREATE INDEX user_texts ON public."user" USING gin (full_name gin_trgm_ops, first_name gin_trgm_ops, last_name gin_trgm_ops, username gin_trgm_ops, email gin_trgm_ops, native_name gin_trgm_ops, organization gin_trgm_ops, job_title gin_trgm_ops, phone_number gin_trgm_ops, civil_number gin_trgm_ops, description gin_trgm_ops);
CREATE INDEX user_username_lower ON public."user" USING btree (lower(username));
CREATE INDEX user_username_order ON public."user" USING btree (username, id);
CREATE TRIGGER user_count_deleted AFTER DELETE ON public."user" REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION user_count_deleted();
CREATE TRIGGER user_count_inserted AFTER INSERT ON public."user" REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION user_count_inserted();
CREATE TRIGGER user_count_updated AFTER UPDATE ON public."user" REFERENCING OLD TABLE AS removed NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION user_count_updated();
CREATE TRIGGER user_notify AFTER DELETE OR UPDATE ON public."user" FOR EACH ROW EXECUTE FUNCTION notify_actor('id');
CREATE TRIGGER user_touch BEFORE UPDATE ON public."user" FOR EACH ROW EXECUTE FUNCTION touch_modified();

create table user_count (
  grain text not null,
  is_active boolean,
  is_staff boolean,
  is_support boolean,
  n bigint not null
);
comment on table user_count is 'owner: core/users';
CREATE UNIQUE INDEX user_count_by_all ON public.user_count USING btree (is_active, is_staff, is_support) NULLS NOT DISTINCT WHERE (grain = 'all'::text);

create table user_count_delta (
  is_active boolean,
  is_staff boolean,
  is_support boolean,
  n bigint not null,
  id bigint not null generated always as identity,
  constraint user_count_delta_pkey PRIMARY KEY (id)
);
comment on table user_count_delta is 'owner: core/users';

create table user_offering_consent (
  id bigint not null generated always as identity,
  uuid uuid not null default gen_random_uuid(),
  created timestamp with time zone not null default now(),
  modified timestamp with time zone not null default now(),
  user_id bigint not null,
  offering_id bigint not null,
  version text not null,
  agreement_date timestamp with time zone not null default now(),
  revocation_date timestamp with time zone,
  constraint user_offering_consent_pkey PRIMARY KEY (id),
  constraint user_offering_consent_key UNIQUE (user_id, offering_id),
  constraint user_offering_consent_uuid_key UNIQUE (uuid),
  constraint user_offering_consent_offering_id_fkey FOREIGN KEY (offering_id) REFERENCES offering(id) ON DELETE CASCADE,
  constraint user_offering_consent_user_id_fkey FOREIGN KEY (user_id) REFERENCES "user"(id) ON DELETE CASCADE
);
comment on table user_offering_consent is 'owner: offerings';
CREATE INDEX user_offering_consent_offering ON public.user_offering_consent USING btree (offering_id);
CREATE TRIGGER user_offering_consent_touch BEFORE UPDATE ON public.user_offering_consent FOR EACH ROW EXECUTE FUNCTION touch_modified();

create table user_token (
  user_id bigint not null,
  created timestamp with time zone not null default now(),
  digest bytea not null,
  sealed bytea not null,
  used timestamp with time zone not null default now(),
  constraint user_token_pkey PRIMARY KEY (user_id),
  constraint user_token_digest_key UNIQUE (digest),
  constraint user_token_user_id_fkey FOREIGN KEY (user_id) REFERENCES "user"(id) ON DELETE CASCADE
);
comment on table user_token is 'owner: core/users';
CREATE TRIGGER user_token_notify AFTER INSERT OR DELETE OR UPDATE OF digest ON public.user_token FOR EACH ROW EXECUTE FUNCTION notify_actor('user_id');

create view live_grant as
SELECT id,
    uuid,
    created,
    modified,
    user_id,
    role_id,
    scope_type,
    scope_id,
    created_by_id,
    expiration_time
   FROM role_grant
  WHERE is_active AND (expiration_time IS NULL OR expiration_time > now());

create view order_counted as
SELECT order_count.grain,
    order_count.project_id,
    order_count.offering_id,
    order_count.day,
    order_count.type,
    order_count.state,
    order_count.n
   FROM order_count
UNION ALL
 SELECT 'all'::text AS grain,
    NULL::bigint AS project_id,
    NULL::bigint AS offering_id,
    NULL::timestamp with time zone AS day,
    order_count_delta.type,
    order_count_delta.state,
    order_count_delta.n
   FROM order_count_delta
UNION ALL
 SELECT 'project_id'::text AS grain,
    order_count_delta.project_id,
    NULL::bigint AS offering_id,
    NULL::timestamp with time zone AS day,
    order_count_delta.type,
    order_count_delta.state,
    order_count_delta.n
   FROM order_count_delta
UNION ALL
 SELECT 'offering_id'::text AS grain,
    NULL::bigint AS project_id,
    order_count_delta.offering_id,
    NULL::timestamp with time zone AS day,
    order_count_delta.type,
    order_count_delta.state,
    order_count_delta.n
   FROM order_count_delta
UNION ALL
 SELECT 'project_id,offering_id'::text AS grain,
    order_count_delta.project_id,
    order_count_delta.offering_id,
    NULL::timestamp with time zone AS day,
    order_count_delta.type,
    order_count_delta.state,
    order_count_delta.n
   FROM order_count_delta
UNION ALL
 SELECT 'day'::text AS grain,
    NULL::bigint AS project_id,
    NULL::bigint AS offering_id,
    order_count_delta.day,
    order_count_delta.type,
    order_count_delta.state,
    order_count_delta.n
   FROM order_count_delta;

create view resource_counted as
SELECT resource_count.grain,
    resource_count.project_id,
    resource_count.offering_id,
    resource_count.plan_id,
    resource_count.day,
    resource_count.state,
    resource_count.restrict_member_access,
    resource_count.paused,
    resource_count.downscaled,
    resource_count.end_date,
    resource_count.n
   FROM resource_count
UNION ALL
 SELECT 'all'::text AS grain,
    NULL::bigint AS project_id,
    NULL::bigint AS offering_id,
    NULL::bigint AS plan_id,
    NULL::timestamp with time zone AS day,
    resource_count_delta.state,
    resource_count_delta.restrict_member_access,
    resource_count_delta.paused,
    resource_count_delta.downscaled,
    resource_count_delta.end_date,
    resource_count_delta.n
   FROM resource_count_delta
UNION ALL
 SELECT 'project_id'::text AS grain,
    resource_count_delta.project_id,
    NULL::bigint AS offering_id,
    NULL::bigint AS plan_id,
    NULL::timestamp with time zone AS day,
    resource_count_delta.state,
    resource_count_delta.restrict_member_access,
    resource_count_delta.paused,
    resource_count_delta.downscaled,
    resource_count_delta.end_date,
    resource_count_delta.n
   FROM resource_count_delta
UNION ALL
 SELECT 'offering_id'::text AS grain,
    NULL::bigint AS project_id,
    resource_count_delta.offering_id,
    NULL::bigint AS plan_id,
    NULL::timestamp with time zone AS day,
    resource_count_delta.state,
    resource_count_delta.restrict_member_access,
    resource_count_delta.paused,
    resource_count_delta.downscaled,
    resource_count_delta.end_date,
    resource_count_delta.n
   FROM resource_count_delta
UNION ALL
 SELECT 'project_id,offering_id'::text AS grain,
    resource_count_delta.project_id,
    resource_count_delta.offering_id,
    NULL::bigint AS plan_id,
    NULL::timestamp with time zone AS day,
    resource_count_delta.state,
    resource_count_delta.restrict_member_access,
    resource_count_delta.paused,
    resource_count_delta.downscaled,
    resource_count_delta.end_date,
    resource_count_delta.n
   FROM resource_count_delta
UNION ALL
 SELECT 'plan_id'::text AS grain,
    NULL::bigint AS project_id,
    NULL::bigint AS offering_id,
    resource_count_delta.plan_id,
    NULL::timestamp with time zone AS day,
    resource_count_delta.state,
    resource_count_delta.restrict_member_access,
    resource_count_delta.paused,
    resource_count_delta.downscaled,
    resource_count_delta.end_date,
    resource_count_delta.n
   FROM resource_count_delta
UNION ALL
 SELECT 'day'::text AS grain,
    NULL::bigint AS project_id,
    NULL::bigint AS offering_id,
    NULL::bigint AS plan_id,
    resource_count_delta.day,
    resource_count_delta.state,
    resource_count_delta.restrict_member_access,
    resource_count_delta.paused,
    resource_count_delta.downscaled,
    resource_count_delta.end_date,
    resource_count_delta.n
   FROM resource_count_delta;

create view ssh_key_counted as
SELECT ssh_key_count.grain,
    ssh_key_count.is_shared,
    ssh_key_count.n
   FROM ssh_key_count
UNION ALL
 SELECT 'all'::text AS grain,
    ssh_key_count_delta.is_shared,
    ssh_key_count_delta.n
   FROM ssh_key_count_delta;

create view user_counted as
SELECT user_count.grain,
    user_count.is_active,
    user_count.is_staff,
    user_count.is_support,
    user_count.n
   FROM user_count
UNION ALL
 SELECT 'all'::text AS grain,
    user_count_delta.is_active,
    user_count_delta.is_staff,
    user_count_delta.is_support,
    user_count_delta.n
   FROM user_count_delta;
