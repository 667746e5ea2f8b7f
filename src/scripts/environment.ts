// What a script is told: variables, and nothing of the server's own. The list of src/scripts/README.md. Pure.
import type { OrderSubject } from '../orders/public.ts'

type Environment = { [name: string]: string }

/** What the order is about. Texts of a row hold no NUL. */
export const orderEnvironment = (order: OrderSubject, resourceBackendId: string): Environment => ({
  PATH: '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin',
  LANG: 'C.UTF-8',
  ORDER_UUID: order.uuid,
  ORDER_TYPE: order.type,
  ORDER_SUBTYPE: order.subtype ?? '',
  ATTRIBUTES: JSON.stringify(order.attributes),
  LIMITS: JSON.stringify(order.limits),
  RESOURCE_UUID: order.resource_uuid,
  RESOURCE_NAME: order.resource_name,
  RESOURCE_BACKEND_ID: resourceBackendId,
  OFFERING_UUID: order.offering_uuid,
  OFFERING_NAME: order.offering_name,
  PROJECT_UUID: order.project_uuid,
  PROJECT_NAME: order.project_name,
  CUSTOMER_UUID: order.customer_uuid,
  CUSTOMER_NAME: order.customer_name,
})

const NAME = /^[A-Za-z_][A-Za-z0-9_]{0,127}$/
// Names by which a shell or the loader would do something before the limits are set.
const KEPT = /^(LD_|BASH|GLIBC_)|^(ENV|SHELLOPTS|PS4|IFS|PATH|HOME|TMPDIR)$/

const textOf = (value: unknown) => (typeof value === 'string' ? value : JSON.stringify(value ?? ''))

/** The offering's own variables: an object, or a list of `{name, value}` as the field's interface sends it. Others are left out. */
export function ownEnvironment(environ: unknown): Environment {
  const pairs: [unknown, unknown][] = Array.isArray(environ)
    ? environ.flatMap((item) =>
        typeof item === 'object' && item !== null && 'name' in item ? [[item.name, (item as { value?: unknown }).value]] : [],
      )
    : Object.entries(typeof environ === 'object' && environ !== null ? environ : {})
  const fit = pairs.flatMap(([name, value]): [string, string][] =>
    typeof name === 'string' && NAME.test(name) && !KEPT.test(name) ? [[name, textOf(value).replaceAll('\0', '')]] : [],
  )
  return Object.fromEntries(fit)
}
