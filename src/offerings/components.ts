// What an offering is measured in: making, changing and removing its components (orders.md §1.7, §5.2).

import { sql } from 'kysely'
import { run, type Tx } from '../platform/db/database.ts'
import type { Translations } from '../platform/db/failures.ts'
import { recordEvents } from '../platform/events/record.ts'
import { type FieldErrors, invalid, notFound, refused } from '../platform/http/errors.ts'
import { readUuid } from '../platform/http/filters.ts'
import type { Call } from '../platform/http/operation.ts'
import { body, boolean, choice, integer, nullable, optional, type Parsed, text, uuid } from '../platform/http/shapes.ts'
import { valueAt } from '../platform/keyed.ts'
import { onlySent } from '../platform/sent.ts'
import { offeringEvent } from './events.ts'
import { BILLING_TYPES, findOfferingType, LIMIT_PERIODS } from './offering-types.ts'
import { completePlans, refreshUnitPrices } from './plans/stored-plans.ts'
import type { ProviderOffering } from './subject.ts'

const whole = () => optional(nullable(integer()))

const fields = {
  billing_type: choice(BILLING_TYPES),
  type: text({ max: 50, pattern: /^[a-zA-Z0-9_\-/:]+$/ }),
  name: text({ max: 150 }),
  description: optional(text({ max: 4096, blank: true })),
  measured_unit: optional(text({ max: 30, blank: true })),
  unit_factor: optional(integer()),
  limit_period: optional(nullable(choice(LIMIT_PERIODS, { blank: true }))),
  limit_amount: whole(),
  article_code: optional(text({ max: 30, blank: true })),
  max_value: whole(),
  min_value: whole(),
  max_available_limit: whole(),
  is_boolean: optional(boolean()),
  default_limit: whole(),
  is_prepaid: optional(boolean()),
  overage_component: optional(nullable(uuid())),
  min_prepaid_duration: whole(),
  max_prepaid_duration: whole(),
}

export const componentBody = body('OfferingComponentRequest', fields)
export type ComponentInput = Parsed<typeof componentBody>

// Only what is sent changes. The uuid is not required by the shape: its absence has an answer of its own.
const { billing_type, type, name, ...further } = fields
export const updateComponentBody = body('UpdateOfferingComponentRequest', {
  uuid: optional(text({ blank: true })),
  billing_type: optional(billing_type),
  type: optional(type),
  name: optional(name),
  ...further,
})

export const componentUuidBody = body({ uuid: optional(text({ blank: true })) })

/** When a race lets two of one type through the checks. */
export const componentConstraints: Translations = {
  offering_component_type_key: () => refused('Component of this type already exists.'),
}

type Columns = Partial<Omit<ComponentInput, 'overage_component' | 'limit_period'>> & {
  limit_period?: string | null
  overage_component_id?: number | null
}

/** What is wrong with a component as it would be stored; undefined when nothing is. */
function componentErrors(component: Columns): FieldErrors | undefined {
  const { is_prepaid, min_prepaid_duration, max_prepaid_duration, overage_component_id } = component
  const errors: FieldErrors = {}
  if (!is_prepaid) {
    const prepaid = { min_prepaid_duration, max_prepaid_duration, overage_component: overage_component_id }
    for (const [field, value] of Object.entries(prepaid)) {
      if (value !== null && value !== undefined) errors[field] = ['This field can only be set on prepaid components.']
    }
  } else if (min_prepaid_duration && max_prepaid_duration && min_prepaid_duration > max_prepaid_duration) {
    errors.min_prepaid_duration = ['Minimum prepaid duration cannot be greater than the maximum.']
  }
  return Object.keys(errors).length > 0 ? errors : undefined
}

/** The columns that a body sets. `is_boolean` decides the bounds: none or one, each month. */
function columnsOf({ overage_component: _, limit_period, ...input }: Partial<ComponentInput>): Columns {
  const sent = onlySent(input) as Columns
  if (limit_period !== undefined) sent.limit_period = limit_period || null
  if (input.is_boolean) Object.assign(sent, { min_value: 0, max_value: 1, limit_period: 'month', limit_amount: null })
  return sent
}

/** The id of the component that is charged beyond what was prepaid: one of the same offering, billed by use, not prepaid itself. */
async function findOverage(tx: Tx, offeringId: number, sent: string | null | undefined): Promise<number | null | undefined> {
  if (sent === undefined || sent === null) return sent
  const found = await tx
    .selectFrom('offering_component')
    .select(['id', 'billing_type', 'is_prepaid'])
    .where('offering_id', '=', offeringId)
    .where('uuid', '=', sent)
    .executeTakeFirst()
  if (!found) throw invalid({ overage_component: [`Object with uuid=${sent} does not exist.`] })
  if (found.billing_type !== 'usage' || found.is_prepaid) {
    throw invalid({ overage_component: ['Overage component must be billed by usage and not be prepaid.'] })
  }
  return found.id
}

const withOverage = (columns: Columns, overage: number | null | undefined): Columns =>
  overage === undefined ? columns : { ...columns, overage_component_id: overage }

/** Stores a component of an offering. Errors are by field. */
export async function insertComponent(tx: Tx, offeringId: number, input: ComponentInput): Promise<string> {
  const columns = withOverage(columnsOf(input), await findOverage(tx, offeringId, input.overage_component))
  const errors = componentErrors(columns)
  if (errors) throw invalid(errors)
  const { uuid } = await tx
    .insertInto('offering_component')
    .values({ ...columns, offering_id: offeringId, type: input.type, name: input.name, billing_type: input.billing_type })
    .returning('uuid')
    .executeTakeFirstOrThrow()
  return uuid
}

/** Stores the components that the offering's type brings, with the bounds that the provider sets for them. */
export async function insertBuiltinComponents(
  tx: Tx,
  offeringId: number,
  typeKey: string,
  limits: { [type: string]: { min: number; max: number; max_available_limit: number } } = {},
): Promise<void> {
  for (const { factor: _, ...component } of findOfferingType(typeKey)?.components ?? []) {
    const bounds = valueAt(limits, component.type)
    await tx
      .insertInto('offering_component')
      .values({
        ...component,
        offering_id: offeringId,
        is_builtin: true,
        ...(bounds && { min_value: bounds.min, max_value: bounds.max, max_available_limit: bounds.max_available_limit }),
      })
      .execute()
  }
}

const isTaken = async (tx: Tx, offeringId: number, componentType: string): Promise<boolean> =>
  (await run(tx, sql`select 1 from offering_component where offering_id = ${offeringId} and type = ${componentType}`)).length > 0

export async function createOfferingComponent(call: Call<ProviderOffering, ComponentInput>): Promise<void> {
  const { tx, row, input } = call
  const builtin = findOfferingType(row.type)?.components.some((component) => component.type === input.type)
  if (builtin) throw refused(`Cannot create a component of built-in type: ${input.type}`)
  if (await isTaken(tx, row.id, input.type)) throw refused(`Component ${input.type} already exists.`)
  await insertComponent(tx, row.id, input)
  await completePlans(tx, row.id)
  await recordEvents(call, [offeringEvent('marketplace_offering_component_created', row, input)])
}

async function requireComponent(tx: Tx, offering: ProviderOffering, sent: string | undefined) {
  if (!sent) throw invalid({ details: 'UUID for offering component was not provided.' })
  const hex = readUuid(sent)
  const found = hex
    ? await tx
        .selectFrom('offering_component')
        .selectAll()
        .where('offering_id', '=', offering.id)
        .where('uuid', '=', hex)
        .executeTakeFirst()
    : undefined
  if (!found) throw notFound('OfferingComponent')
  return found
}

/** Changes what is sent of a component, and what its plans cost with it. */
export async function updateOfferingComponent(call: Call<ProviderOffering, Parsed<typeof updateComponentBody>>): Promise<void> {
  const { tx, row, input } = call
  const { uuid: sent, ...changes } = input
  const component = await requireComponent(tx, row, sent)
  if (changes.type !== undefined && changes.type !== component.type && (await isTaken(tx, row.id, changes.type))) {
    throw invalid({ type: [`Component with type '${changes.type}' already exists in this offering.`] })
  }
  const overage = await findOverage(tx, row.id, changes.overage_component)
  const columns = withOverage(columnsOf(changes as Partial<ComponentInput>), overage)
  const errors = componentErrors({ ...component, ...columns } as Columns)
  if (errors) throw invalid(errors)
  if (Object.keys(columns).length > 0) await tx.updateTable('offering_component').set(columns).where('id', '=', component.id).execute()
  await refreshUnitPrices(tx, row.id)
  await recordEvents(call, [offeringEvent('marketplace_offering_component_updated', row, { type: component.type, ...columns })])
}

/** Removes a component that nothing was bought of. */
export async function removeOfferingComponent(call: Call<ProviderOffering, Parsed<typeof componentUuidBody>>): Promise<void> {
  const { tx, row, input } = call
  const component = await requireComponent(tx, row, input.uuid)
  const refuse = (why: string) => invalid({ details: `The component ${component.name} cannot be removed because ${why}` })
  if (component.is_builtin) throw refuse('it is builtin')
  if (row.has_resources) throw refuse('it is already used')
  await tx.updateTable('offering_component').set({ overage_component_id: null }).where('overage_component_id', '=', component.id).execute()
  await tx.deleteFrom('offering_component').where('id', '=', component.id).execute()
  await refreshUnitPrices(tx, row.id)
  await recordEvents(call, [offeringEvent('marketplace_offering_component_deleted', row, component)])
}
