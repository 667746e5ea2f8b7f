-- What an order is for stands in columns: its attributes are free, and whoever edits them changes nothing of it. The keys by which
-- clients tell kinds of Update orders apart stay among the attributes as well.
alter table "order"
  add column subtype text,
  add column new_options jsonb,
  -- Staff asked that the resource be gone however its termination ends.
  add column force_destroy boolean not null default false;

-- Also for rows that a server of the release before writes while this one is being rolled out.
create function order_told_by_attributes() returns trigger language plpgsql as $$
begin
  if new.type = 'Update' then
    new.subtype := case when new.attributes ->> 'action' = 'renew' then 'renew' when new.attributes ? 'new_options' then 'update_options'
      when new.attributes ? 'old_limits' then 'update_limits' else 'plan_switch' end;
    if new.subtype = 'update_options' then new.new_options := new.attributes -> 'new_options'; end if;
  end if;
  if new.type = 'Terminate' then new.force_destroy := new.attributes ->> 'action' is not distinct from 'force_destroy'; end if;
  return new;
end $$;
create trigger order_told_by_attributes before insert on "order" for each row
  when (new.type in ('Update', 'Terminate') and new.subtype is null and not new.force_destroy) execute function order_told_by_attributes();

alter table "order" disable trigger order_touch;
update "order" set subtype = case when attributes ->> 'action' = 'renew' then 'renew' when attributes ? 'new_options' then 'update_options'
  when attributes ? 'old_limits' then 'update_limits' else 'plan_switch' end,
  new_options = case when attributes ->> 'action' is distinct from 'renew' and attributes ? 'new_options' then attributes -> 'new_options' end
  where type = 'Update';
update "order" set force_destroy = true where type = 'Terminate' and attributes ->> 'action' = 'force_destroy';
alter table "order" enable trigger order_touch;

alter table "order"
  add constraint order_subtype_check check (subtype in ('plan_switch', 'update_limits', 'update_options', 'renew')),
  add constraint order_subtype_type_check check ((type = 'Update') = (subtype is not null)),
  add constraint order_new_options_check check ((subtype is not distinct from 'update_options') = (new_options is not null));
