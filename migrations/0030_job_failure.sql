-- Rows for which a job that works through many failed: they are tried again, after the others.
create table job_failure (
  job text not null,
  row_id bigint not null,
  failures integer not null default 1,
  failed timestamptz not null default now(),
  message text not null,
  primary key (job, row_id)
);
comment on table job_failure is 'owner: platform/jobs';
