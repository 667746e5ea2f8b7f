// What must hold of the database at every moment, whoever did what at the same time: one statement for each rule, which gives a line
// for each row that breaks it. Races and the soak run ask it after everything they do.
import { type RawBuilder, sql } from 'kysely'
import { orderStates } from '../../src/orders/states.ts'
import { type Db, run } from '../../src/platform/db/database.ts'
import { stateIn } from '../../src/platform/states/sql.ts'
import { OPEN_ORDER_STATES } from '../../src/resources/states.orders.ts'
import { resourceStates } from '../../src/resources/states.ts'

/** Types whose orders the server carries out by a job. */
const CARRIED_OUT = ['Marketplace.Basic', 'Marketplace.Script']

const OPEN = sql.raw(stateIn('o.state', OPEN_ORDER_STATES))
const listed = (states: readonly string[]) => sql`any(${[...states]}::text[])`

type Rule = { rule: string; broken: RawBuilder<{ what: string }> }

/** A kept count against a real one, in one snapshot. */
const keptCount = (name: string, source: string, grain: string, columns: readonly string[]): Rule => {
  const by = sql.raw(columns.join(', '))
  return {
    rule: `${name} tells what is there`,
    broken: sql`select sum(n) || ' too many of ' || concat_ws(', ', ${by}) as what from (
        select ${by}, n from ${sql.raw(`${name}ed`)} where grain = ${sql.lit(grain)} union all select ${by}, -1 from ${sql.raw(source)}) told
      group by ${by} having sum(n) <> 0`,
  }
}

const COUNTS: readonly Rule[] = [
  keptCount('order_count', '"order"', 'project_id,offering_id', ['project_id', 'offering_id', 'type', 'state']),
  keptCount('resource_count', 'resource', 'project_id,offering_id', ['project_id', 'offering_id', 'state', 'paused', 'downscaled']),
  keptCount('resource_count', 'resource', 'plan_id', ['plan_id', 'state']),
  keptCount('user_count', '"user"', 'all', ['is_active', 'is_staff', 'is_support']),
  keptCount('ssh_key_count', 'ssh_key', 'all', ['is_shared']),
  keptCount('invoice_item_count', 'invoice_item', 'customer_id,provider_id', ['customer_id', 'provider_id', 'kind']),
  {
    rule: 'the sum of the items is the invoice',
    broken: sql`select 'invoice ' || i.uuid || ' of ' || i.price as what from invoice i left join invoice_item item on item.invoice_id = i.id
      group by i.id having i.price <> coalesce(sum(item.price), 0) or i.tax <> coalesce(sum(tax_of(item.price, i.tax_percent)), 0)`,
  },
]

const STATES: readonly Rule[] = [
  {
    rule: 'orders and resources stand in states that there are',
    broken: sql`select 'order ' || uuid || ' ' || state as what from "order" where not state = ${listed(orderStates.states)}
      union all select 'resource ' || uuid || ' ' || state from resource where not state = ${listed(resourceStates.states)}`,
  },
  {
    rule: 'one open order at most changes a resource',
    broken: sql`select 'resource ' || resource_id as what from "order" o where ${OPEN} group by resource_id having count(*) > 1`,
  },
  {
    rule: 'what is under way has an open order, and what is gone has none',
    broken: sql`select 'resource ' || r.uuid || ' is ' || r.state || coalesce(' with ' || o.type || ' ' || o.state, ' without an order') as what
      from resource r left join "order" o on o.resource_id = r.id and ${OPEN}
      where (r.state = 'Terminated' and o.id is not null) or (r.state in ('Creating', 'Updating', 'Terminating') and o.id is null
        -- Staff may remove an order's row alone; the resource hears nothing of that.
        and not exists (select from event_scope s join event e on e.id = s.event_id and e.event_type = 'marketplace_order_unlinked'
          where s.scope_type = 'resource' and s.scope_id = r.id))`,
  },
  {
    rule: 'an order stands in its resource’s project, on its offering and on a plan of it',
    broken: sql`select 'order ' || o.uuid as what from "order" o join resource r on r.id = o.resource_id join offering off on off.id = r.offering_id
      left join plan on plan.id = o.plan_id
      where o.project_id <> r.project_id or o.offering_id <> r.offering_id
        or (plan.id is not null and plan.offering_id <> off.id and plan.offering_id is distinct from off.parent_id)`,
  },
  {
    rule: 'the steps of an order lead to where it stands, each from where the one before led',
    broken: sql`select 'order ' || o.uuid || ' ' || string_agg(t.action || ' ' || coalesce(t.from_state, '-') || ' → ' || t.to_state, ', ' order by t.id) as what
      from (select *, lag(to_state) over w as before, lead(id) over w is null as last from order_transition
        window w as (partition by order_id order by id)) t join "order" o on o.id = t.order_id
      group by o.id having bool_or(t.before is not null and t.before is distinct from t.from_state) or bool_or(t.last and t.to_state <> o.state)`,
  },
  {
    rule: 'each step of an order is told by one event',
    broken: sql`with told (to_state, event_type) as (values (null, 'marketplace_order_created'), ('executing', 'marketplace_order_approved'),
        ('done', 'marketplace_order_completed'), ('erred', 'marketplace_order_failed'), ('rejected', 'marketplace_order_rejected'),
        ('canceled', 'marketplace_order_terminated'))
      select 'order ' || o.uuid || ' ' || steps.event_type || ': ' || steps.n || ' steps, ' || count(e.id) || ' events' as what
      from (select t.order_id, told.event_type, count(*) filter (where case when told.to_state is null then t.action = 'create' else t.to_state = told.to_state end) as n
          from order_transition t cross join told group by t.order_id, told.event_type) steps
        join "order" o on o.id = steps.order_id
        left join event_scope s on s.scope_type = 'order' and s.scope_id = o.id
        left join event e on e.id = s.event_id and e.event_type = steps.event_type
      where exists (select from order_transition made where made.order_id = o.id and made.action = 'create')
      group by o.id, steps.event_type, steps.n having count(e.id) <> steps.n`,
  },
  {
    rule: 'what the server carries out has a job',
    broken: sql`select 'order ' || o.uuid as what from "order" o join offering off on off.id = o.offering_id
      where o.state = 'executing' and off.type = ${listed(CARRIED_OUT)} and not exists (select from pgboss.job j
        where j.name in ('orders.execute', 'orders.execute-long') and j.data ->> 'order_id' = o.id::text and j.state < 'completed')`,
  },
]

const REQUESTS: readonly Rule[] = [
  {
    rule: 'an order that people carry out has an open request, and no other has',
    broken: sql`select 'order ' || o.uuid || ' ' || o.state || ', request ' || coalesce(sr.state, 'none') as what
      from "order" o join offering off on off.id = o.offering_id left join support_request sr on sr.order_id = o.id
      where off.type = 'Support.OfferingTemplate' and (o.state = 'executing') <> (coalesce(sr.state, 'none') = 'open')`,
  },
]

const PARENTS: readonly Rule[] = [
  {
    rule: 'nothing lives in a project that was removed',
    broken: sql`select 'resource ' || r.uuid || ' ' || r.state as what from resource r join project p on p.id = r.project_id
        where p.is_removed and r.state <> 'Terminated'
      union all select 'order ' || o.uuid || ' ' || o.state from "order" o join project p on p.id = o.project_id where p.is_removed and ${OPEN}`,
  },
  {
    rule: 'nothing lives in an organization that was removed',
    broken: sql`select 'project ' || p.uuid as what from project p join customer c on c.id = p.customer_id where c.is_removed and not p.is_removed
      union all select 'offering ' || off.uuid from offering off join customer c on c.id = off.customer_id where c.is_removed
      union all select 'provider ' || sp.uuid from service_provider sp join customer c on c.id = sp.customer_id where c.is_removed`,
  },
  {
    rule: 'nobody holds a role on what is gone',
    broken: sql`select g.scope_type || ' ' || g.scope_id || ' user ' || g.user_id as what from live_grant g
        left join customer c on g.scope_type = 'customer' and c.id = g.scope_id and not c.is_removed
        left join project p on g.scope_type = 'project' and p.id = g.scope_id and not p.is_removed
        left join offering off on g.scope_type = 'offering' and off.id = g.scope_id
        left join service_provider sp on g.scope_type = 'service_provider' and sp.id = g.scope_id
      where coalesce(c.id, p.id, off.id, sp.id) is null`,
  },
  {
    rule: 'who manages an offering manages its provider',
    broken: sql`select distinct 'user ' || g.user_id || ' provider ' || sp.id as what
      from live_grant g join role on role.id = g.role_id and role.name = 'OFFERING.MANAGER'
        join offering off on g.scope_type = 'offering' and off.id = g.scope_id join service_provider sp on sp.customer_id = off.customer_id
      where not exists (select from live_grant held join role r on r.id = held.role_id where held.user_id = g.user_id
        and held.scope_type = 'service_provider' and held.scope_id = sp.id and r.name = 'CUSTOMER.MANAGER')`,
  },
  {
    rule: 'who came to manage a provider by an offering and manages none any more does not manage it',
    broken: sql`select 'user ' || held.user_id || ' provider ' || sp.id as what
      from live_grant held join role r on r.id = held.role_id and r.name = 'CUSTOMER.MANAGER'
        join service_provider sp on held.scope_type = 'service_provider' and sp.id = held.scope_id
      where exists (select from role_grant by_it join offering off on by_it.scope_type = 'offering' and off.id = by_it.scope_id
          where by_it.user_id = held.user_id and by_it.created = held.created and off.customer_id = sp.customer_id)
        and not exists (select from live_grant g join offering off on g.scope_type = 'offering' and off.id = g.scope_id
          where g.user_id = held.user_id and off.customer_id = sp.customer_id)`,
  },
  {
    rule: 'a plan has a row for each component of its offering, and costs what its fixed ones do',
    broken: sql`select 'plan ' || plan.uuid as what from plan join offering_component part on part.offering_id = plan.offering_id
        left join plan_component pc on pc.plan_id = plan.id and pc.component_id = part.id
      group by plan.id having bool_or(pc.id is null)
        or plan.unit_price <> coalesce(sum(pc.price * pc.amount) filter (where part.billing_type = 'fixed'), 0)`,
  },
  {
    rule: 'a resource has one open plan period while it runs on a plan, and none when it is gone',
    broken: sql`select 'resource ' || r.uuid || ' ' || r.state as what from resource r
      join resource_plan_period pp on pp.resource_id = r.id and pp."end" is null
      where r.state = 'Terminated' or pp.plan_id is distinct from r.plan_id`,
  },
]

const ACCOUNTS: readonly Rule[] = [
  {
    rule: 'no question depends on itself, however far round',
    broken: sql`with recursive above (first, id) as (
        select question_id, depends_on_question_id from checklist_dependency
        union select above.first, d.depends_on_question_id from above join checklist_dependency d on d.question_id = above.id)
      select 'question ' || id as what from above where first = id`,
  },
  {
    rule: 'nobody acts as the user of a closed course account',
    broken: sql`select 'course account ' || a.uuid as what from course_account a join "user" u on u.id = a.user_id
      where a.state = 'Closed' and u.is_active`,
  },
]

/** What offerings sell at most; only where nobody lowers a bound below what is taken, or takes past it by hand. */
const scarce = (offerings: readonly number[] | 'all'): readonly Rule[] => {
  const among = offerings === 'all' ? sql`true` : sql`off.id = any(${[...offerings]}::bigint[])`
  return [
    {
      rule: 'no plan has more resources than places',
      broken: sql`select 'plan ' || plan.uuid || ' has ' || count(*) || ' of ' || plan.max_amount as what
        from plan join offering off on off.id = plan.offering_id
          join (select r.plan_id, r.id from resource r where r.state <> 'Terminated'
            union select o.plan_id, o.resource_id from "order" o where ${OPEN} and o.subtype = 'plan_switch') taken on taken.plan_id = plan.id
        where ${among} group by plan.id having count(*) > plan.max_amount`,
    },
    {
      rule: 'resources together stay below what an offering has',
      broken: sql`select 'component ' || part.uuid || ' has ' || sum(held.amount) || ' of ' || part.max_available_limit as what
        from offering_component part join offering off on off.id = part.offering_id
          join lateral (select greatest((r.limits ->> part.type)::numeric, (o.limits ->> part.type)::numeric) as amount from resource r
            left join "order" o on o.resource_id = r.id and ${OPEN} and o.subtype in ('update_limits', 'renew')
            where r.offering_id = off.id and r.state <> 'Terminated') held on true
        where ${among} and part.max_available_limit > 0 group by part.id having sum(held.amount) > part.max_available_limit`,
    },
    {
      rule: 'what was bought is measured in components that there are',
      broken: sql`select 'resource ' || r.uuid || ' ' || bought.type as what from resource r join offering off on off.id = r.offering_id
          cross join lateral jsonb_object_keys(r.limits) bought (type)
        where ${among} and r.state <> 'Terminated'
          and not exists (select from offering_component part where part.offering_id = off.id and part.type = bought.type)`,
    },
    {
      rule: 'a project has no more resources of an offering than it may',
      broken: sql`select 'project ' || r.project_id || ' offering ' || off.id || ' has ' || count(*) as what from resource r join offering off on off.id = r.offering_id
        where ${among} and r.state <> 'Terminated' and jsonb_typeof(off.plugin_options -> 'maximal_resource_count_per_project') = 'number'
        group by r.project_id, off.id having count(*) > (off.plugin_options ->> 'maximal_resource_count_per_project')::numeric`,
    },
  ]
}

/** A line for each fault; empty when all is well. `offerings`: whose bounds are looked at. */
export async function faultsOfWorld(db: Db, { offerings = 'all' as readonly number[] | 'all' } = {}): Promise<string[]> {
  const rules = [...COUNTS, ...STATES, ...REQUESTS, ...PARENTS, ...ACCOUNTS, ...scarce(offerings)]
  const all = rules.map(
    ({ rule, broken }) => sql`(select ${sql.lit(rule)} || ': ' || broken.what as what from (${broken}) broken limit 20)`,
  )
  return (await run(db, sql<{ what: string }>`${sql.join(all, sql` union all `)}`)).map(({ what }) => what)
}
