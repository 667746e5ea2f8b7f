// The least a server can do for the same answer: bare node:http and one named statement for orders, written by hand; nothing of
// the product is in it. No token, no visibility decided, no count. `/memory/…` gives the same bytes without any database.
import { createServer } from 'node:http'
import pg from 'pg'

const [url, port, base, customerId] = process.argv.slice(2)
const pool = new pg.Pool({ connectionString: url, max: 10, options: '-c timezone=UTC -c jit=off -c plan_cache_mode=force_generic_plan' })

const hex = (uuid: string) => `replace(${uuid}::text, '-', '')`
const moment = (column: string) => `to_char(${column}, 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')`

// Every key of an order as staff sees it, in its order; `shown` is a subselect with the ids of the page.
const orders = (shown: string) => `select coalesce(json_agg(row_to_json(page) order by page.created, page.id), '[]')::text as body from (
  select o.id,
    '${base}/api/marketplace-public-offerings/' || ${hex('off.uuid')} || '/' as offering, off.name as offering_name, ${hex('off.uuid')} as offering_uuid,
    off.description as offering_description, (select '${base}/api/media/' || ${hex('uuid')} || '/' from file where id = off.image_id) as offering_image,
    (select '${base}/api/media/' || ${hex('uuid')} || '/' from file where id = off.thumbnail_id) as offering_thumbnail,
    (select '${base}/api/media/' || ${hex('uuid')} || '/' from file where id = cat.icon_id) as category_icon, off.type as offering_type, off.shared as offering_shared, off.billable as offering_billable,
    off.plugin_options as offering_plugin_options, prv.name as provider_name, ${hex('prv.uuid')} as provider_uuid, prv.slug as provider_slug,
    cat.title as category_title, ${hex('cat.uuid')} as category_uuid,
    '${base}/api/marketplace-public-offerings/' || ${hex('off.uuid')} || '/plans/' || ${hex('plan.uuid')} || '/' as plan, plan.unit as plan_unit,
    plan.name as plan_name, ${hex('plan.uuid')} as plan_uuid, plan.description as plan_description, o.attributes, o.limits, ${hex('o.uuid')} as uuid,
    ${moment('o.created')} as created, ${moment('o.modified')} as modified, null as resource_uuid, null as resource_type, r.name as resource_name,
    o.cost::text as cost, o.state, o.output, ${hex('r.uuid')} as marketplace_resource_uuid, o.error_message, o.error_traceback, o.callback_url,
    ${moment('o.completed_at')} as completed_at, o.request_comment,
    (select '${base}/api/media/' || ${hex('uuid')} || '/' from file where id = o.attachment_id) as attachment, o.type, o.start_date, o.slug,
    '${base}/api/marketplace-orders/' || ${hex('o.uuid')} || '/' as url, consumer.username as consumer_reviewed_by,
    consumer.full_name as consumer_reviewed_by_full_name, consumer.username as consumer_reviewed_by_username,
    ${moment('o.consumer_reviewed_at')} as consumer_reviewed_at, provider.username as provider_reviewed_by,
    provider.full_name as provider_reviewed_by_full_name, provider.username as provider_reviewed_by_username,
    ${moment('o.provider_reviewed_at')} as provider_reviewed_at, creator.username as created_by_username, creator.full_name as created_by_full_name,
    creator.civil_number as created_by_civil_number, creator.email as created_by_email, creator.organization as created_by_organization,
    null as created_by_organization_registry_code, c.name as customer_name, ${hex('c.uuid')} as customer_uuid, c.slug as customer_slug,
    p.name as project_name, ${hex('p.uuid')} as project_uuid, p.description as project_description, p.slug as project_slug,
    old_plan.name as old_plan_name, plan.name as new_plan_name, ${hex('old_plan.uuid')} as old_plan_uuid, ${hex('plan.uuid')} as new_plan_uuid,
    o.cost::text as new_cost_estimate, o.state in ('pending-consumer', 'pending-provider', 'executing') and off.type = 'Marketplace.Basic'
      as can_terminate, trim_scale(o.fixed_price) as fixed_price, trim_scale(o.activation_price) as activation_price, o.termination_comment,
    o.backend_id, null as order_subtype, o.provider_message, o.provider_message_url,
    (select '${base}/api/media/' || ${hex('uuid')} || '/' from file where id = o.provider_message_attachment_id) as provider_message_attachment,
    o.consumer_message,
    (select '${base}/api/media/' || ${hex('uuid')} || '/' from file where id = o.consumer_message_attachment_id) as consumer_message_attachment,
    o.consumer_rejection_comment, o.provider_rejection_comment, null as issue
  from "order" o join offering off on off.id = o.offering_id join customer prv on prv.id = off.customer_id join category cat on cat.id = off.category_id
    join project p on p.id = o.project_id join customer c on c.id = p.customer_id join resource r on r.id = o.resource_id
    left join plan on plan.id = o.plan_id left join plan old_plan on old_plan.id = o.old_plan_id join "user" creator on creator.id = o.created_by_id
    left join "user" consumer on consumer.id = o.consumer_reviewed_by_id left join "user" provider on provider.id = o.provider_reviewed_by_id
  where ${shown}) page`

const statements: { [path: string]: string } = {
  '/staff': orders('o.id = any(array(select id from "order" order by created, id limit 10))'),
  '/owner':
    orders(`o.id = any(array(select id from "order" where project_id = any(array(select id from project where customer_id = ${Number(customerId)}))
    order by created, id limit 10))`),
  '/one': orders('o.uuid = $1::uuid'),
}

async function answer(path: string, key: string | undefined): Promise<string> {
  const text = statements[path]
  if (!text) throw new Error(`There is no ${path}`)
  const { rows } = await pool.query<{ body: string }>({ name: path, text, values: key ? [key] : [] })
  return rows[0]?.body ?? ''
}

const kept = new Map<string, string>()

createServer((request, response) => {
  const [path = '', key] = (request.url ?? '').split('?')
  const known = kept.get(path)
  const body = known ? Promise.resolve(known) : answer(path.replace('/memory', ''), key)
  body.then(
    (text) => {
      if (path.startsWith('/memory/')) kept.set(path, text)
      response.writeHead(200, { 'content-type': 'application/json' }).end(text)
    },
    (error: Error) => response.writeHead(500).end(error.message),
  )
}).listen(Number(port), '127.0.0.1', () => process.send?.('ready'))

// However the run ends, nothing of it stays.
process.on('disconnect', () => process.exit())
