// Writes what resources come to in a month as lines of invoices. Given again it changes nothing; it is the same for a month that
// runs, for one that has just begun, and for one whose invoice was created already: there what differs is corrected on the invoice
// that is open.
import { sql } from 'kysely'
import { run, type Tx } from '../platform/db/database.ts'
import type { Condition } from '../platform/http/filters.ts'
import { begun } from '../platform/states/transition.ts'
import { invoiceStates } from './states.ts'
import { wantedIn } from './wanted.ts'

export type Settling = {
  customer_id: number
  /** The month that is open for the organization, whose account is held. */
  open: string
  zone: string
}

/** Only lines of use: what was reported late changes nothing else in a month that is over. */
type Options = { usageOnly?: boolean }

// A line is known again by what it is of and when it begins. Lines that staff wrote stay as they are.
const SAME =
  'item.resource_id = wanted.resource_id and item.plan_component_id = wanted.plan_component_id and item.kind = wanted.kind and item.start = wanted.start'
// What was billed keeps its price, save discounts, which are amounts.
const PRICE = `case when item.kind = 'discount' then wanted.unit_price else item.unit_price end`

// What a line says together with the corrections of it on invoices that are created.
const TOLD = `item.quantity + coalesce((select sum(done.unit_price * done.quantity) / nullif(item.unit_price, 0)
  from invoice_item done join invoice on invoice.id = done.invoice_id where done.corrects_id = item.id and done.kind = 'correction' and invoice.state <> 'pending'), 0)`

const DETAILS = `jsonb_strip_nulls(jsonb_build_object(
  'resource_name', r.name, 'resource_uuid', wire_uuid(r.uuid), 'plan_name', pl.name, 'plan_uuid', wire_uuid(pl.uuid),
  'offering_type', off.type, 'offering_name', off.name, 'offering_uuid', wire_uuid(off.uuid),
  'service_provider_name', provider.name, 'service_provider_uuid', wire_uuid(provider.uuid),
  'plan_component_id', wanted.plan_component_id, 'offering_component_type', wanted.component_type,
  'offering_component_name', wanted.component_name, 'plan_unit', wanted.plan_unit, 'billing_period', m.day, 'resource_limit_periods', wanted.periods))`

/**
 * The lines of `month`, the open one or an earlier one, for resources (alias `r`, in project `p`) of the organization for which
 * `of` holds.
 */
export async function settle(
  tx: Tx,
  { customer_id, open, zone }: Settling,
  month: string,
  of: Condition,
  { usageOnly = false }: Options = {},
): Promise<void> {
  const [made] = await run(
    tx,
    sql<{ opened: number }>`with ${wantedIn(month, zone, sql`p.customer_id = ${customer_id} and (${of})`, usageOnly)},
      -- By resource and time, one by one: what plans know of the table is old while a month turns.
      standing as materialized (
        select item.*, invoice.state = 'pending' as is_open from scope cross join m cross join lateral (
            select * from invoice_item item where item.resource_id = scope.id and item.start >= m.start and item.start < m."end" offset 0) item
          join invoice on invoice.id = item.invoice_id
        where item.kind in ('charge', 'discount')),
      items as materialized (
        select * from standing where not by_hand and (not ${usageOnly}::boolean or billing_type = 'usage')),
      unwanted as (select item.id, exists (select from invoice_item other where other.corrects_id = item.id) as compensated
        from items item where is_open and not exists (select from wanted where ${sql.raw(SAME)})),
      gone as (delete from invoice_item where id in (select id from unwanted where not compensated)),
      emptied as (update invoice_item set quantity = 0 where quantity <> 0 and id in (select id from unwanted where compensated)),
      changed as (update invoice_item set quantity = wanted.quantity, "end" = wanted."end", unit_price = ${sql.raw(PRICE)},
          details = case when wanted.periods is null then invoice_item.details else invoice_item.details || jsonb_build_object('resource_limit_periods', wanted.periods) end
        from items item join wanted on ${sql.raw(SAME)} where invoice_item.id = item.id and item.is_open
          and (item.quantity, item."end", item.unit_price) is distinct from (wanted.quantity, wanted."end", ${sql.raw(PRICE)})),
      fresh as (select wanted.* from wanted where not exists (select from standing item where ${sql.raw(SAME)})
        and not exists (select from billing_waiver item where ${sql.raw(SAME)})),
      differing as (
        select item.*, coalesce(wanted.quantity, 0) - (${sql.raw(TOLD)}) as difference
        from items item left join wanted on ${sql.raw(SAME)} where not item.is_open and item.kind = 'charge' and item.unit_price <> 0),
      opened as (insert into invoice (customer_id, month, state, tax_percent)
        select c.id, ${open}::date, 'pending', c.default_tax_percent from customer c
        where c.id = ${customer_id} and (exists (select from fresh) or exists (select from differing where difference <> 0))
        on conflict on constraint invoice_month_key do nothing returning id),
      target as (select id from opened union all select id from invoice where customer_id = ${customer_id} and month = ${open}::date),
      added as (insert into invoice_item (invoice_id, customer_id, provider_id, project_id, resource_id, offering_id, plan_component_id, kind, billing_type,
          name, article_code, measured_unit, unit, unit_price, quantity, start, "end", details)
        select target.id, ${customer_id}, off.customer_id, r.project_id, r.id, off.id, wanted.plan_component_id, wanted.kind, wanted.billing_type,
          r.name || ' (' || off.name || ') / ' || wanted.component_name || case wanted.kind when 'discount' then ': discount' else '' end,
          wanted.article_code, wanted.measured_unit, wanted.unit, wanted.unit_price, wanted.quantity, wanted.start, wanted."end", ${sql.raw(DETAILS)}
        from fresh wanted join resource r on r.id = wanted.resource_id join offering off on off.id = r.offering_id join plan pl on pl.id = wanted.plan_id
          join customer provider on provider.id = off.customer_id cross join target cross join m
        order by wanted.resource_id, wanted.component_id, wanted.start),
      undone as (delete from invoice_item using differing, target where invoice_item.kind = 'correction' and invoice_item.corrects_id = differing.id
        and invoice_item.invoice_id = target.id and differing.difference = 0),
      corrected as (insert into invoice_item (invoice_id, customer_id, provider_id, project_id, resource_id, offering_id, plan_component_id, kind, corrects_id,
        billing_type, name, article_code, measured_unit, unit, unit_price, quantity, start, "end", details)
      select target.id, ${customer_id}, item.provider_id, item.project_id, item.resource_id, item.offering_id, item.plan_component_id, 'correction', item.id,
        item.billing_type, item.name || ': correction of ' || to_char(m.day, 'YYYY-MM'), item.article_code, item.measured_unit, item.unit,
        sign(item.difference) * item.unit_price, abs(item.difference), item.start, item."end", item.details
      from differing item cross join target cross join m where item.difference <> 0
      on conflict (invoice_id, corrects_id) where kind = 'correction' do update set unit_price = excluded.unit_price, quantity = excluded.quantity
        where not invoice_item.by_hand and (invoice_item.unit_price, invoice_item.quantity) is distinct from (excluded.unit_price, excluded.quantity))
      select count(*) as opened from opened`,
  )
  if (made?.opened) begun(invoiceStates, 'pending')
}

/** Lines of the running month follow what they are of into another project, or another organization. */
export async function follow(tx: Tx, from: { customer_id: number }, { customer_id, open }: Settling, of: Condition): Promise<void> {
  const moved = sql`select item.id, r.project_id from invoice_item item join invoice on invoice.id = item.invoice_id join resource r on r.id = item.resource_id
    join project p on p.id = r.project_id where invoice.customer_id = ${from.customer_id} and invoice.month = ${open}::date and invoice.state = 'pending' and (${of})`
  const [made] = await run(
    tx,
    sql<{ opened: number }>`with moved as (${moved}),
      opened as (insert into invoice (customer_id, month, state, tax_percent)
        select c.id, ${open}::date, 'pending', c.default_tax_percent from customer c
        where c.id = ${customer_id} and exists (select from moved) on conflict on constraint invoice_month_key do nothing returning id),
      target as (select id from opened union all select id from invoice where customer_id = ${customer_id} and month = ${open}::date),
      followed as (update invoice_item set invoice_id = target.id, customer_id = ${customer_id}, project_id = moved.project_id
        from moved, target where invoice_item.id = moved.id)
      select count(*) as opened from opened`,
  )
  if (made?.opened) begun(invoiceStates, 'pending')
}

/** Resources whose lines are settled at once. */
const AT_ONCE = 500

/** Settles all resources of the organization in the open month, some at a time, so that no statement takes long. */
export async function settleAll(tx: Tx, settling: Settling): Promise<void> {
  for (let after = 0; ; ) {
    const [some] = await run(
      tx,
      sql<{ last: number | null; n: number }>`select max(id) as last, count(*) as n from (
        select r.id from resource r join project p on p.id = r.project_id where p.customer_id = ${settling.customer_id} and r.id > ${after}
        order by r.id limit ${AT_ONCE}::bigint) part`,
    )
    if (!some?.last) return
    await settle(tx, settling, settling.open, sql`r.id > ${after} and r.id <= ${some.last}`)
    if (some.n < AT_ONCE) return
    after = some.last
  }
}
