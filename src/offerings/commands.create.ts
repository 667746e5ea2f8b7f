// Making an offering, always as a draft, and deleting one that nobody used.

import { customerIsOpen, revokeGrantsOn, slugFor } from '../core/public.ts'
import type { Actor } from '../platform/auth/actor.ts'
import { may } from '../platform/auth/actor.ts'
import type { Translations } from '../platform/db/failures.ts'
import { recordEvents } from '../platform/events/record.ts'
import { discardFile, storeFile } from '../platform/files/store.ts'
import { conflict, type FieldErrors, invalid } from '../platform/http/errors.ts'
import type { Call } from '../platform/http/operation.ts'
import type { Parsed } from '../platform/http/shapes.ts'
import { jsonText, onlySent } from '../platform/sent.ts'
import { begun } from '../platform/states/transition.ts'
import { detachAll } from './attached/commands.ts'
import { readAttributes } from './attributes.ts'
import { insertBuiltinComponents, insertComponent } from './components.ts'
import { offeringEvent } from './events.ts'
import { mergeOptions } from './integration-options.ts'
import { findOfferingType } from './offering-types.ts'
import { checkForm, type OptionFormDefinition } from './option-form.ts'
import { insertPlan } from './plans/stored-plans.ts'
import type { createBody } from './schema.ts'
import { offeringStates } from './states.ts'
import type { ProviderOffering } from './subject.ts'

type Input = Parsed<typeof createBody>

export const offeringConstraints: Translations = {
  offering_category_id_fkey: () => conflict('Cannot delete category with existing offerings'),
  offering_parent_id_fkey: () => conflict('Cannot delete offering with existing offerings'),
  resource_offering_id_fkey: () => conflict('Cannot delete offering with existing resources'),
  order_offering_id_fkey: () => conflict('Cannot delete offering with existing orders'),
}

/** OFFERING.CREATE on the organization that the body names; without one the body is refused, not the caller. */
export const mayCreate = (actor: Actor, { customer }: Input): boolean =>
  !customer || may(actor, 'OFFERING.CREATE', [['customer', customer.id]])

/** Only staff decides which actions on resources nobody may take. */
export const staffDisablesActions: FieldErrors = { plugin_options: ['Only staff can change list of disabled actions.'] }

/** What is wrong beyond the shapes of the fields. */
function createErrors(actor: Actor, input: Input): FieldErrors {
  const errors: FieldErrors = {}
  const type = findOfferingType(input.type)
  if (!input.customer) errors.customer = ['This field is required.']
  if (!type) errors.type = ['Invalid value.']
  if (type && type.components.length > 0 && input.components?.length) errors.components = ['Extra components are not allowed.']
  const types = (input.components ?? []).map((component) => component.type)
  const twice = types.find((key, i) => types.indexOf(key) < i)
  if (twice !== undefined) errors.components = [`Component ${twice} already exists.`]
  const forms: { [field: string]: OptionFormDefinition | undefined } = { options: input.options, resource_options: input.resource_options }
  for (const [field, form] of Object.entries(forms)) {
    const problem = form && checkForm(form)
    if (problem) errors[field] = problem
  }
  if (!actor.is_staff && (input.plugin_options?.disabled_resource_actions as string[] | undefined)?.length) {
    Object.assign(errors, staffDisablesActions)
  }
  return errors
}

export async function createOffering(call: Call<undefined, Input>): Promise<number> {
  const { tx, actor, input } = call
  const errors = createErrors(actor, input)
  const attributes = readAttributes(input.category.sections, input.attributes ?? {})
  if ('errors' in attributes) Object.assign(errors, attributes.errors)
  if (Object.keys(errors).length > 0 || !input.customer || 'errors' in attributes) throw invalid(errors)
  customerIsOpen(input.customer)

  const { customer, category, components = [], plans = [], limits, image, thumbnail, options, resource_options, ...columns } = input
  const { plugin_options, backend_id_rules, backend_metadata, attributes: _sent, compliance_checklist, ...plain } = columns
  const { id, uuid } = await tx
    .insertInto('offering')
    .values({
      ...onlySent(plain),
      slug: input.slug || (await slugFor(tx, 'offering', input.name, customer.id)),
      name: input.name,
      type: input.type,
      state: begun(offeringStates, 'Draft'),
      customer_id: customer.id,
      category_id: category.id,
      compliance_checklist_id: compliance_checklist?.id ?? null,
      attributes: jsonText(attributes.values),
      options: jsonText(options ?? {}),
      resource_options: jsonText(resource_options ?? {}),
      plugin_options: jsonText(mergeOptions({}, plugin_options ?? {})),
      ...(backend_id_rules !== undefined && { backend_id_rules: jsonText(backend_id_rules) }),
      ...(backend_metadata !== undefined && { backend_metadata: jsonText(backend_metadata) }),
      ...(image && { image_id: await storeFile(call, image) }),
      ...(thumbnail && { thumbnail_id: await storeFile(call, thumbnail) }),
    })
    .returning(['id', 'uuid'])
    .executeTakeFirstOrThrow()

  await insertBuiltinComponents(tx, id, input.type, limits)
  for (const component of components) await insertComponent(tx, id, component)
  for (const { unit_price: _sum, ...plan } of plans) await insertPlan(tx, id, { ...onlySent(plan), name: plan.name })
  await recordEvents(call, [
    offeringEvent('marketplace_offering_created', {
      id,
      uuid,
      name: input.name,
      customer_id: customer.id,
      customer_uuid: customer.uuid,
      customer_name: customer.name,
    }),
  ])
  return id
}

/** Removes an offering and what hangs on it. One that was ever used stays, whoever asks (orders.md §8). */
export async function deleteOffering(call: Call<ProviderOffering>): Promise<void> {
  const { tx, row } = call
  if (row.has_resources) throw conflict('Cannot delete offering with existing resources')
  await revokeGrantsOn(call, { type: 'offering', id: row.id })
  const attached = await detachAll(tx, row.id)
  await tx.deleteFrom('offering').where('id', '=', row.id).execute()
  await discardFile(call, row.image_id)
  await discardFile(call, row.thumbnail_id)
  for (const id of attached) await discardFile(call, id)
}
