// A customer's order for a new resource: every rule in the order in which their refusals must come (orders.md §3.2).

import { sql } from 'kysely'
import {
  agreeWithOrder,
  type ConsentStanding,
  checkOptions,
  consentStanding,
  costOfCreation,
  estimate,
  fixedPrice,
  initPrice,
  type Limits,
  moneyText,
  takesLimit,
} from '../offerings/public.ts'
import type { Actor } from '../platform/auth/actor.ts'
import { run, type Tx } from '../platform/db/database.ts'
import { beginAgain } from '../platform/db/failures.ts'
import { invalid, invalidBody } from '../platform/http/errors.ts'
import type { Call } from '../platform/http/operation.ts'
import type { Parsed } from '../platform/http/shapes.ts'
import { valueAt } from '../platform/keyed.ts'
import { monthsBetween } from '../platform/time.ts'
import {
  createResource,
  endDateOf,
  findSeenOffering,
  isDay,
  type OfferingFacts,
  type PlanFacts,
  type ProjectFacts,
} from '../resources/public.ts'
import { type AskedOrder, FREE, type OrderMoney } from './asked.ts'
import { requireCallback } from './callbacks.ts'
import { inOwnName, isForeign, notAllowedIn, placeOrder, requireOffered, requireOrderable } from './place.ts'
import {
  attributeTaken,
  checkSharedLimits,
  inGroups,
  isShared,
  lockPlaces,
  placesTaken,
  resourcesIn,
  type SharedComponent,
  sharedComponents,
} from './places-left.ts'
import type { createBody } from './schema.ts'

type Input = Parsed<typeof createBody>
type Attributes = { [key: string]: unknown }

const NAME_MAX = 150

/** Makes a resource in state Creating and the order for it; returns the order's id. */
export async function createOrder(call: Call<undefined, Input>): Promise<number> {
  const { tx, actor, viewer, config, input } = call
  const { offering, project, plan, attributes = {}, limits = {}, type = 'Create' } = input
  requireCallback(config, input.callback_url)
  // Every POST makes a new resource; other orders are made through the resource that they change.
  if (type !== 'Create') throw invalid({ type: [`"${type}" is not a valid choice.`] })
  if (offering.offering_state !== 'Active') throw invalid({ offering: ['Offering is not available.'] })
  if (project.is_removed) throw invalid({ project: ['Cannot create orders for terminated projects.'] })
  // Who does not see it is told neither its name nor what it asks for.
  if (isForeign(offering, project) && !(await findSeenOffering(tx, viewer, offering.offering_uuid))) {
    throw notAllowedIn(offering.offering_uuid, project)
  }

  await lockPlaces(tx, { offering, plan, project_id: project.project_id, limits })
  const standing = await readStanding(tx, actor, input, config.TIME_ZONE)
  // The first bound came while the offering was waited for: those who take from it are to be waited for too.
  if (!offering.has_shared_limits && standing.components.some(isShared)) throw beginAgain('The offering was given a bound')
  requirePlan(offering, plan, standing, actor.is_staff)
  requireAttributes(offering, input.attributes)
  requireLimits(standing.components, limits)
  const name = nameIn(attributes)
  const sold = { id: offering.offering_id, uuid: offering.offering_uuid, name: offering.offering_name }
  await agreeWithOrder(call, sold, standing, input.accepting_terms_of_service === true)
  requireTeam(offering, project, standing)
  requirePlace(offering, project, standing, attributes)
  if (!plan && offering.shared) throw invalid({ plan: ['Plan is required when creating resources.'] })
  requirePrepaidEnd(standing.components, attributes, project.today)
  const start_date = config.ENABLE_ORDER_START_DATE ? (input.start_date ?? null) : null
  requireStartDate(project, start_date)

  const end_date = endDateOf(offering.plugin_options, attributes.end_date, project.today)
  requireOrderable('Create', offering, project)
  requireOffered(offering, project, standing.in_groups, actor.is_staff)

  const resource = await createResource(tx, {
    project_id: project.project_id,
    offering_id: offering.offering_id,
    plan_id: plan?.id ?? null,
    name,
    limits,
    attributes,
    options: chosenOptions(offering, attributes),
    cost: plan ? moneyText(estimate(plan, limits)) : null,
    end_date,
    end_date_requested_by_id: end_date && attributes.end_date ? actor.id : null,
  })
  const asked: AskedOrder = {
    type: 'Create',
    offering,
    project,
    resource: { ...resource, name },
    plan_id: plan?.id ?? null,
    attributes,
    limits,
    money: plan ? moneyOf(plan, limits, start_date ?? project.today, end_date) : FREE,
    start_date,
    callback_url: input.callback_url ?? null,
    request_comment: input.request_comment ?? null,
    slug: input.slug,
  }
  return (await placeOrder(call, asked, inOwnName(actor, asked))).id
}

/** What is true of the offering, the project and the plan at the moment of ordering. */
type Facts = ConsentStanding & {
  components: SharedComponent[]
  /** The organization is in one of the offering's groups, or it has none. */
  in_groups: boolean
  plan_in_groups: boolean
  team: number
  /** People with the role that the offering demands. */
  team_with_role: number
  /** Resources of the offering in the project that are not terminated. */
  resources: number
  attribute_taken: boolean
  /** Resources that run on the plan. */
  on_plan: number
}

/** One statement for all that the rules ask; whoever calls it holds the locks of `lockPlaces`. */
async function readStanding(tx: Tx, actor: Actor, { offering, project, plan, attributes = {} }: Input, timeZone: string): Promise<Facts> {
  const options = offering.plugin_options
  const team = sql`from live_grant g join role on role.id = g.role_id join "user" u on u.id = g.user_id and u.is_active
    where g.scope_type = 'project' and g.scope_id = ${project.project_id}`
  const [row] = await run(
    tx,
    sql<Facts>`select ${sharedComponents(offering.offering_id, null, timeZone)} as components,
      ${inGroups('offering', offering.offering_id, project.customer_id)} as in_groups,
      ${inGroups('plan', plan?.id ?? null, project.customer_id)} as plan_in_groups,
      (select count(distinct g.user_id) ${team}) as team,
      (select count(distinct g.user_id) ${team} and role.name = ${String(options.required_team_role_for_provisioning ?? '')}) as team_with_role,
      ${resourcesIn(project.project_id, offering.offering_id)} as resources,
      ${attributeTaken(project.project_id, offering, attributes)} as attribute_taken,
      ${consentStanding(offering.offering_id, actor)},
      ${plan?.max_amount ? placesTaken(sql`${plan.id}::bigint`, null) : sql`0`} as on_plan`,
  )
  return row as Facts
}

/** A plan that the organization may have, with a place left on it. */
export function requirePlan(
  offering: OfferingFacts,
  plan: PlanFacts | undefined,
  facts: Pick<Facts, 'plan_in_groups' | 'on_plan'>,
  isStaff: boolean,
): void {
  if (!plan) return
  const mine = plan.offering_id === offering.offering_id || plan.offering_id === offering.offering_parent_id
  if (!mine || plan.archived || !(facts.plan_in_groups || isStaff))
    throw invalid({ plan: ['This plan is not available for selected offering.'] })
  if (plan.max_amount !== null && facts.on_plan >= plan.max_amount) {
    throw invalid({ plan: ['Plan is not available because limit has been reached.'] })
  }
}

function requireAttributes({ options }: OfferingFacts, sent: Attributes | undefined): void {
  const errors = checkOptions(options, sent)
  if (errors) throw invalid(errors)
}

export function requireLimits(components: readonly SharedComponent[], limits: Limits): void {
  const problem = checkSharedLimits(components, limits)
  if (problem) throw 'fields' in problem ? invalid(problem.fields) : invalidBody(problem.rule)
}

/** The name of the new resource; anything but a text or a number gives none, as the field's server does. */
function nameIn({ name }: Attributes): string {
  const text = typeof name === 'string' ? name : typeof name === 'number' ? String(name) : ''
  if ([...text].length > NAME_MAX) throw invalid({ 'attributes.name': [`Name is too long. Maximum number of symbols is ${NAME_MAX}`] })
  return text
}

function requireTeam({ plugin_options }: OfferingFacts, { project_name }: ProjectFacts, facts: Facts): void {
  const least = Number(plugin_options.minimal_team_count_for_provisioning ?? 0)
  if (facts.team < least) {
    throw invalidBody(
      `Project '${project_name}' does not meet the minimal team size required by this offering. Required: ${least}, Actual: ${facts.team}.`,
    )
  }
  const role = plugin_options.required_team_role_for_provisioning
  if (role && facts.team_with_role === 0) {
    throw invalidBody(`Project '${project_name}' must have at least one user with the role '${role}' to provision this offering.`)
  }
}

/** What a project may have of the offering, at most or once. */
export function requirePlace(
  { plugin_options }: Pick<OfferingFacts, 'plugin_options'>,
  { project_name }: Pick<ProjectFacts, 'project_name'>,
  facts: Pick<Facts, 'resources' | 'attribute_taken'>,
  attributes: Attributes,
): void {
  const most = plugin_options.maximal_resource_count_per_project
  if (most !== undefined && most !== null && facts.resources >= Number(most)) {
    throw invalidBody(`Project '${project_name}' has reached the maximum number of resources (${most}) allowed for this offering.`)
  }
  const attribute = plugin_options.unique_resource_per_attribute
  if (typeof attribute === 'string' && valueAt(attributes, attribute) !== undefined && facts.attribute_taken) {
    throw invalidBody(
      `Project '${project_name}' already has a resource with ${attribute}='${String(valueAt(attributes, attribute))}' for this offering. ` +
        `Only one resource per ${attribute} value is allowed.`,
    )
  }
}

/** What is paid ahead must end on a day, and after as many months as its components allow. */
function requirePrepaidEnd(components: readonly SharedComponent[], { end_date }: Attributes, today: string): void {
  const prepaid = components.filter((component) => component.is_prepaid && takesLimit(component))
  if (prepaid.length === 0) return
  const wrong = (text: string) => invalid({ 'attributes.end_date': [text] })
  if (end_date === undefined || end_date === null || end_date === '') throw wrong('This field is required for prepaid offerings.')
  if (!isDay(end_date)) throw wrong('Invalid date format. Use YYYY-MM-DD.')
  if (end_date <= today) throw wrong('End date must be in the future.')
  const months = monthsBetween(today, end_date)
  for (const { type, min_prepaid_duration: least, max_prepaid_duration: most } of prepaid) {
    if (least && months < least) throw wrong(`Duration of ${months} months is below the minimum of ${least} months for ${type}.`)
    if (most && months > most) throw wrong(`Duration of ${months} months is above the maximum of ${most} months for ${type}.`)
  }
}

export function requireStartDate(project: ProjectFacts, day: string | null): void {
  if (day === null) return
  const wrong = (text: string) => invalid({ start_date: [text] })
  const { project_start_date: first, project_end_date: last } = project
  if (day < project.today) throw wrong('Start date cannot be in the past.')
  if (first && day < first) throw wrong(`Order start date cannot be earlier than the project start date (${first}).`)
  if (last && day > last) throw wrong(`Order start date cannot be later than the project end date (${last}).`)
}

/** Those of the attributes that may be changed later become the resource's options. */
function chosenOptions({ resource_options }: OfferingFacts, attributes: Attributes): Attributes {
  const keys = Object.keys(resource_options.options ?? {})
  return Object.fromEntries(Object.entries(attributes).filter(([key]) => keys.includes(key)))
}

export function moneyOf(plan: PlanFacts, limits: Limits, start: string, end: string | null): OrderMoney {
  return {
    cost: moneyText(costOfCreation(plan, limits, { start, end })),
    old_cost_estimate: moneyText(estimate(plan, limits)),
    fixed_price: moneyText(fixedPrice(plan)),
    activation_price: moneyText(initPrice(plan)),
  }
}
