-- The grants that count now: from their making until they are ended or their expiry has passed, whether or not a job has
-- recorded that (platform.md §7.4). Written once; whoever asks what somebody holds reads it here.
create view live_grant as
  select id, uuid, created, modified, user_id, role_id, scope_type, scope_id, created_by_id, expiration_time
  from role_grant where is_active and (expiration_time is null or expiration_time > now());

create or replace function organization_groups_of(actor_id bigint) returns table (organization_group_id bigint) language sql stable as $$
  select cog.organization_group_id
  from live_grant g
  left join project p on g.scope_type = 'project' and p.id = g.scope_id
  left join service_provider sp on g.scope_type = 'service_provider' and sp.id = g.scope_id
  left join offering o on g.scope_type = 'offering' and o.id = g.scope_id
  join customer_organization_group cog on cog.customer_id = coalesce(
    case when g.scope_type = 'customer' then g.scope_id end, p.customer_id, sp.customer_id, o.customer_id)
  where g.user_id = actor_id
$$;
