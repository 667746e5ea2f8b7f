-- Resources whose last day has come are looked for every hour.
create index resource_end_date on resource (end_date) where end_date is not null and state <> 'Terminated';
