// How a component of an offering looks, wherever it is shown.
import { boolean, type Field, type Fields, integer, nullable, oneOf, text, uuid } from '../platform/http/view.ts'
import { BILLING_TYPES, LIMIT_PERIODS, OFFERING_TYPES } from './offering-types.ts'

// Only built-in components have a factor; which they are, the types say.
const factorSql = (component: string): string => {
  const cases = OFFERING_TYPES.flatMap(({ key, components }) =>
    components.map(({ type, factor }) => `when '${key}/${type}' then ${factor}`),
  )
  if (cases.length === 0) return 'null::integer'
  return `(select case factored.type || '/' || ${component}.type ${cases.join(' ')} end from offering factored where factored.id = ${component}.offering_id)`
}

/** The fields of a component over the alias `component`. */
export const offeringComponentFields = (component: string): Fields => {
  const whole = (column: string): Field => nullable(integer(`${component}.${column}`))
  return {
    uuid: uuid(`${component}.uuid`),
    billing_type: oneOf(BILLING_TYPES, `${component}.billing_type`),
    type: text(`${component}.type`),
    name: text(`${component}.name`),
    description: text(`${component}.description`),
    measured_unit: text(`${component}.measured_unit`),
    unit_factor: integer(`${component}.unit_factor`),
    limit_period: nullable(oneOf(LIMIT_PERIODS, `${component}.limit_period`)),
    limit_amount: whole('limit_amount'),
    article_code: text(`${component}.article_code`),
    max_value: whole('max_value'),
    min_value: whole('min_value'),
    max_available_limit: whole('max_available_limit'),
    is_boolean: boolean(`${component}.is_boolean`),
    default_limit: whole('default_limit'),
    factor: nullable(integer(factorSql(component))),
    is_builtin: boolean(`${component}.is_builtin`),
    is_prepaid: boolean(`${component}.is_prepaid`),
    overage_component: nullable(
      uuid(`(select overage.uuid from offering_component overage where overage.id = ${component}.overage_component_id)`),
    ),
    min_prepaid_duration: whole('min_prepaid_duration'),
    max_prepaid_duration: whole('max_prepaid_duration'),
  }
}
