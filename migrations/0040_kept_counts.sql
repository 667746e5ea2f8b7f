-- Counts kept by differences, declared and not written out: `keep_counts` makes for a table what orders had by hand.
-- Each writing statement appends signed differences to <name>_delta, so that no writer waits for another; a job folds them
-- into <name>. The view <name>ed shows both as one: rows of a grain, whose `n` add up to the exact count in one snapshot.
create table kept_count (
  name text primary key,
  -- The statement that folds at most $1 differences and says how many they were.
  fold text not null,
  -- The statement that writes what is there as differences.
  fill text not null
);
comment on table kept_count is 'owner: platform/counts';

-- `keys` are columns by some of which counts are added up: a grain names them, comma separated, 'all' for none. `words` are
-- columns of few values that stand in every grain. `terms` says what a key or word is where it is not a column itself;
-- `condition` which rows are counted.
create function keep_counts(name text, source regclass, keys text[], words text[], grains text[], owner text,
    terms jsonb default '{}', condition text default 'true') returns void language plpgsql as $$
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
end $$;

-- Counts a table anew: as it is declared, and after rows were written with triggers switched off. Nobody may write meanwhile.
create function recount(of text) returns void language plpgsql as $$
begin
  execute format('truncate %I, %I', of, of || '_delta');
  execute (select fill from kept_count where name = of);
  perform fold_counts();
end $$;

-- The places of so many columns, for `group by`: a term may be an expression.
create function listed_by(columns text[]) returns text language sql immutable
  return (select string_agg(i::text, ', ') from generate_subscripts(columns, 1) i);

-- Adds differences written so far, at most so many of each declaration, to the sums; says how many they were.
create function fold_counts(most bigint default null) returns bigint language plpgsql as $$
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
end $$;

-- Orders: what was made by hand gives way to the declaration.
drop trigger order_count_insert on "order";
drop trigger order_count_delete on "order";
drop trigger order_count_update on "order";
drop trigger order_day_insert on "order";
drop trigger order_day_delete on "order";
drop trigger order_created_fixed on "order";
drop function order_count_inserted, order_count_deleted, order_count_updated, order_count_fold, order_day_changed, order_day_fold, order_created_is_fixed;
drop table order_count, order_count_delta, order_day, order_day_delta;

select keep_counts('order_count', '"order"', '{project_id, offering_id, day}', '{type, state}',
  '{all, project_id, offering_id, "project_id,offering_id", day}', 'orders', '{"day": "date_trunc(''day'', created, ''UTC'')"}');

-- Of the end date only is counted whether there is one: true, or null.
select keep_counts('resource_count', 'resource', '{project_id, offering_id, plan_id, day}',
  '{state, restrict_member_access, paused, downscaled, end_date}',
  '{all, project_id, offering_id, "project_id,offering_id", plan_id, day}', 'resources',
  '{"day": "date_trunc(''day'', created, ''UTC'')", "end_date": "nullif(end_date is not null, false)"}');
-- Who uses an offering is asked from its side too.
create index resource_count_offering_project on resource_count (offering_id, project_id) where grain = 'project_id,offering_id';

select keep_counts('user_count', '"user"', '{}', '{is_active, is_staff, is_support}', '{all}', 'core/users');

select keep_counts('ssh_key_count', 'ssh_key', '{}', '{is_shared}', '{all}', 'core/keys');
