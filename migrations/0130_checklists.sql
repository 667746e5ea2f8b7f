-- Questions that people are asked before they may use something, and what they answered. What is asked about is named by a word and
-- an id, of which the module knows that keeps those: it has them removed by the trigger below.
create table checklist (
  id bigint generated always as identity primary key,
  uuid uuid not null unique default gen_random_uuid(),
  created timestamptz not null default now(),
  modified timestamptz not null default now(),
  name text not null check (length(name) <= 255),
  description text not null default '',
  checklist_type text not null default 'project_compliance' check (checklist_type in
    ('project_compliance', 'proposal_compliance', 'offering_compliance', 'project_metadata', 'onboarding_customer', 'onboarding_intent'))
);
comment on table checklist is 'owner: checklists';
create index checklist_name on checklist (name, id);
-- Whoever comes is asked one list of each.
create unique index checklist_onboarding_key on checklist (checklist_type) where checklist_type in ('onboarding_customer', 'onboarding_intent');
create trigger checklist_touch before update on checklist for each row execute function touch_modified();

create table checklist_question (
  id bigint generated always as identity primary key,
  uuid uuid not null unique default gen_random_uuid(),
  created timestamptz not null default now(),
  modified timestamptz not null default now(),
  checklist_id bigint not null references checklist on delete cascade,
  description text not null default '',
  user_guidance text not null default '',
  question_type text not null default 'boolean' check (question_type in
    ('boolean', 'single_select', 'multi_select', 'text_input', 'text_area', 'number', 'date', 'file', 'multiple_files', 'phone_number',
     'year', 'email', 'url', 'country', 'rating', 'datetime')),
  required boolean not null default false,
  "order" integer not null default 0 check ("order" >= 0),
  min_value numeric(20, 4),
  max_value numeric(20, 4),
  allowed_file_types jsonb not null default '[]',
  allowed_mime_types jsonb not null default '[]',
  max_file_size_mb integer check (max_file_size_mb > 0),
  max_files_count integer check (max_files_count > 0),
  -- When an answer is to be reviewed, and when the guidance is shown: always, or when the operator holds.
  operator text not null default '' check (operator in ('', 'equals', 'not_equals', 'contains', 'in', 'not_in')),
  review_answer_value jsonb,
  always_requires_review boolean not null default false,
  guidance_operator text not null default '' check (guidance_operator in ('', 'equals', 'not_equals', 'contains', 'in', 'not_in')),
  guidance_answer_value jsonb,
  always_show_guidance boolean not null default true,
  -- How the dependencies that say whether it is asked at all come together.
  dependency_logic_operator text not null default 'and' check (dependency_logic_operator in ('and', 'or'))
);
comment on table checklist_question is 'owner: checklists';
create index checklist_question_checklist on checklist_question (checklist_id, "order", id);
create trigger checklist_question_touch before update on checklist_question for each row execute function touch_modified();

create table checklist_option (
  id bigint generated always as identity primary key,
  uuid uuid not null unique default gen_random_uuid(),
  question_id bigint not null references checklist_question on delete cascade,
  label text not null check (length(label) <= 255),
  "order" integer not null default 0 check ("order" >= 0)
);
comment on table checklist_option is 'owner: checklists';
create index checklist_option_question on checklist_option (question_id, "order", id);

create table checklist_dependency (
  id bigint generated always as identity primary key,
  uuid uuid not null unique default gen_random_uuid(),
  question_id bigint not null references checklist_question on delete cascade,
  depends_on_question_id bigint not null references checklist_question on delete cascade,
  operator text not null default 'equals' check (operator in ('equals', 'not_equals', 'contains', 'in', 'not_in')),
  required_answer_value jsonb not null,
  constraint checklist_dependency_self_check check (question_id <> depends_on_question_id)
);
comment on table checklist_dependency is 'owner: checklists';
create index checklist_dependency_question on checklist_dependency (question_id);
create index checklist_dependency_depends_on on checklist_dependency (depends_on_question_id);

-- How far somebody, or something, has come with a checklist. The figures are kept beside the answers (docs/decisions/0070).
create table checklist_completion (
  id bigint generated always as identity primary key,
  uuid uuid not null unique default gen_random_uuid(),
  created timestamptz not null default now(),
  modified timestamptz not null default now(),
  checklist_id bigint not null references checklist on delete cascade,
  scope_type text not null,
  scope_id bigint not null,
  -- Whose answers count before those that others gave for them.
  user_id bigint references "user" on delete set null,
  submitted boolean not null default false,
  is_completed boolean not null default false,
  requires_review boolean not null default false,
  visible_questions integer not null default 0,
  answered_questions integer not null default 0,
  unanswered_required_questions integer not null default 0,
  constraint checklist_completion_scope_key unique (scope_type, scope_id, checklist_id)
);
comment on table checklist_completion is 'owner: checklists';
create index checklist_completion_checklist on checklist_completion (checklist_id, id);
create index checklist_completion_user on checklist_completion (user_id) where user_id is not null;
create trigger checklist_completion_touch before update on checklist_completion for each row execute function touch_modified();

create table checklist_answer (
  id bigint generated always as identity primary key,
  uuid uuid not null unique default gen_random_uuid(),
  created timestamptz not null default now(),
  modified timestamptz not null default now(),
  completion_id bigint not null references checklist_completion on delete cascade,
  question_id bigint not null references checklist_question on delete cascade,
  user_id bigint not null references "user" on delete cascade,
  answer_data jsonb not null,
  constraint checklist_answer_key unique (completion_id, question_id, user_id)
);
comment on table checklist_answer is 'owner: checklists';
create index checklist_answer_question on checklist_answer (question_id);
create index checklist_answer_user on checklist_answer (user_id);
create trigger checklist_answer_touch before update on checklist_answer for each row execute function touch_modified();

-- For the tables whose rows people are asked about: `create trigger … after delete on <table> referencing old table as gone
-- for each statement execute function drop_checklist_completions('<word>')`.
create function drop_checklist_completions() returns trigger language plpgsql as $$
begin
  delete from checklist_completion where scope_type = tg_argv[0] and scope_id in (select id from gone);
  return null;
end $$;

-- What pointed nowhere until now.
alter table offering add constraint offering_compliance_checklist_fkey foreign key (compliance_checklist_id) references checklist on delete set null;
create index offering_compliance_checklist on offering (compliance_checklist_id) where compliance_checklist_id is not null;
alter table customer add constraint customer_project_metadata_checklist_fkey foreign key (project_metadata_checklist_id)
  references checklist on delete set null;
create index customer_project_metadata_checklist on customer (project_metadata_checklist_id) where project_metadata_checklist_id is not null;
