// Limits that one resource gives to others of its offering (orders.md §5.5): an order for less of the one and an order for more of
// each of the others, all of them or none. What others already hold counts as ever: what is given away is free for the others once
// the order for less is done (docs/decisions/0053).
import { sql } from 'kysely'
import type { Limits } from '../offerings/public.ts'
import { run, type Tx } from '../platform/db/database.ts'
import { findSubject } from '../platform/http/collection.ts'
import { conflict, type FieldErrors, forbidden, invalid, wrongState } from '../platform/http/errors.ts'
import type { Call } from '../platform/http/operation.ts'
import type { Parsed } from '../platform/http/shapes.ts'
import { emptyRecord, valueAt } from '../platform/keyed.ts'
import { consumerResources, RESOURCE_VERBS, type ResourceSubject } from '../resources/public.ts'
import { updateLimits } from './resource-orders.ts'
import type { reallocateBody } from './schema.ts'

type Asked = Call<ResourceSubject, Parsed<typeof reallocateBody>>
type Part = { row: ResourceSubject; limits: Limits }

/** What each type comes to, with the sign given, on top of what there is. */
function changed(base: Limits, by: Limits, sign: 1 | -1): { [type: string]: number } {
  const limits: { [type: string]: number } = Object.assign(emptyRecord(), base)
  for (const [type, amount] of Object.entries(by)) limits[type] = (valueAt(base, type) ?? 0) + sign * amount
  return limits
}

/** What is given away is what the others get, and the resource has it. */
function requireEven({ row, input }: Asked): void {
  const { limits, targets } = input
  const types = new Set([limits, ...targets.map(({ allocated_limits }) => allocated_limits)].flatMap((given) => Object.keys(given)))
  const errors: FieldErrors = emptyRecord()
  for (const type of types) {
    const given = valueAt(limits, type) ?? 0
    const got = targets.reduce((sum, { allocated_limits }) => sum + (valueAt(allocated_limits, type) ?? 0), 0)
    const has = valueAt(row.limits, type) ?? 0
    if (got !== given) errors[type] = [`The targets get ${got} of the ${given} that are reallocated.`]
    else if (given > has) errors[type] = [`The resource has ${has} only.`]
  }
  if (Object.keys(errors).length > 0) throw invalid({ limits: errors })
}

const inPlace = (place: number, text: string): FieldErrors => ({
  targets: [...Array.from({ length: place }, () => ({})), { resource_uuid: [text] }],
})

/** The resources of the targets, locked; those of higher ids are waited for, of lower ones not, so that no two wait for each other. */
async function holdTargets({ tx, viewer, row, input }: Asked): Promise<Part[]> {
  const seen = async (uuid: string, place: number) => {
    const found = uuid === row.uuid ? undefined : await findSubject(tx, consumerResources, viewer, uuid)
    if (!found) throw invalid(inPlace(place, uuid === row.uuid ? 'A resource cannot give to itself.' : 'Object does not exist.'))
    return found
  }
  const ids: number[] = []
  for (const [place, { resource_uuid }] of input.targets.entries()) {
    const { id } = await seen(resource_uuid, place)
    if (ids.includes(id)) throw invalid(inPlace(place, 'A resource is named once.'))
    ids.push(id)
  }
  await lockAll(tx, row.id, ids)
  const parts: Part[] = []
  for (const [place, { resource_uuid, allocated_limits }] of input.targets.entries()) {
    const target = await seen(resource_uuid, place)
    if (target.offering_id !== row.offering_id) throw invalid(inPlace(place, 'The resource is of another offering.'))
    parts.push({ row: target, limits: changed(target.limits, allocated_limits, 1) })
  }
  return parts
}

async function lockAll(tx: Tx, held: number, ids: readonly number[]): Promise<void> {
  for (const id of ids.filter((id) => id < held)) {
    const locked = await run(tx, sql`select id from resource where id = ${id} for no key update skip locked`)
    if (locked.length === 0) throw conflict('A resource among the targets is changed by another request just now.')
  }
  const later = ids.filter((id) => id > held)
  await run(tx, sql`select id from resource where id = any(${later}::bigint[]) order by id for no key update`)
}

export async function reallocateLimits(call: Asked): Promise<{ source_order_uuid: string; target_order_uuids: string[] }> {
  const { row, input, actor } = call
  requireEven(call)
  const targets = await holdTargets(call)
  const { right, states } = RESOURCE_VERBS.update_limits
  for (const { row: target } of targets) {
    if (!right(actor, target)) throw forbidden()
    if (!states.includes(target.state)) throw wrongState(states)
  }
  const order = async ({ row, limits }: Part) => (await updateLimits({ ...call, row, input: { limits } })).order_uuid
  const source_order_uuid = await order({ row, limits: changed(row.limits, input.limits, -1) })
  const target_order_uuids: string[] = []
  for (const target of targets) target_order_uuids.push(await order(target))
  return { source_order_uuid, target_order_uuids }
}
