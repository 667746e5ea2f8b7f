// Every type of event that the server records: the groups it belongs to and how its message reads (platform.md §13.2, §13.3).
// A test holds this table and what the source records together.

export const EVENT_GROUPS = ['auth', 'customers', 'permissions', 'projects', 'providers', 'resources', 'ssh', 'users'] as const
export type EventGroup = (typeof EVENT_GROUPS)[number]

/** Words in angle brackets stand for values. */
type EventFacts = { groups: readonly EventGroup[]; message: string }

const about =
  (...groups: EventGroup[]) =>
  (message: string): EventFacts => ({ groups, message })

const auth = about('auth')
const customer = about('customers')
const grant = about('permissions')
const project = about('projects')
const order = about('resources')
const resource = about('resources')
// What a provider's own tools listen to (platform.md §13.3).
const provided = about('resources', 'providers')
// The original keeps what happens to an offering in no group; with the provider it is found (contract notes).
const offering = about('providers')
const key = about('ssh', 'users')
const user = about('users')

export const EVENT_TYPES = {
  auth_logged_in_with_username: auth('User <user> with full name <name> logged in successfully with username and password.'),
  auth_login_failed_with_username: auth('User <user> failed to log in with username and password.'),
  auth_logged_out: auth('User <user> with full name <name> logged out successfully.'),
  token_created: about('auth', 'users')('Token has been updated for <user>.'),
  token_lifetime_updated: about('auth', 'users')('Token lifetime has been changed for <user> to <seconds> seconds.'),

  user_creation_succeeded: user('User <user> has been created.'),
  user_has_been_created_by_staff: user('User <user> has been created by staff.'),
  user_update_succeeded: user('User <user> has been updated. Details: <changes>.'),
  user_activated: user('User <user> has been activated.'),
  user_deactivated: user('User <user> has been deactivated.'),
  user_deletion_succeeded: user('User <user> has been deleted.'),
  user_password_updated: user('Password has been changed for user <user>.'),
  user_password_updated_by_staff: user('Password has been changed for user <user> by staff.'),

  ssh_key_creation_succeeded: key('SSH key <name> has been created for user <user>.'),
  ssh_key_deletion_succeeded: key('SSH key <name> of user <user> has been deleted.'),

  customer_creation_succeeded: customer('Customer <name> has been created.'),
  customer_update_succeeded: customer('Customer <name> has been updated. Details: <changes>.'),
  customer_deletion_succeeded: customer('Customer <name> has been deleted.'),

  project_creation_succeeded: project('Project <name> has been created.'),
  project_update_succeeded: project('Project <name> has been updated. Details: <changes>.'),
  project_deletion_triggered: project('Deletion of project <name> has been triggered.'),
  project_deletion_succeeded: project('Project <name> has been deleted.'),

  role_granted: grant('User <user> has gained role of <role> in <scope>.'),
  role_revoked: grant('User <user> has lost role of <role> in <scope>.'),
  role_updated: grant('Permission expiration time for user <user> is updated from <moment> to <moment>.'),

  marketplace_offering_created: offering('Offering <name> has been created.'),
  marketplace_offering_updated: offering('Offering <name> has been updated.'),
  marketplace_offering_component_created: offering('Component <type> of offering <name> has been created.'),
  marketplace_offering_component_updated: offering('Component <type> of offering <name> has been updated.'),
  marketplace_offering_component_deleted: offering('Component <type> of offering <name> has been deleted.'),
  marketplace_plan_created: offering('Plan <name> has been created.'),
  marketplace_plan_updated: offering('Plan <name> has been updated.'),
  marketplace_plan_archived: offering('Plan <name> has been archived.'),
  marketplace_plan_deleted: offering('Plan <name> has been deleted.'),
  marketplace_plan_component_current_price_updated: offering(
    'Price of <component> in plan <name> has been changed from <price> to <price>.',
  ),
  marketplace_plan_component_future_price_updated: offering(
    'Price of <component> in plan <name> will change from <price> to <price> next month.',
  ),
  marketplace_plan_component_quota_updated: offering('Quota of <component> in plan <name> has been changed from <amount> to <amount>.'),

  marketplace_order_created: order('Marketplace order has been created.'),
  marketplace_order_approved: order('Marketplace order has been approved.'),
  marketplace_order_rejected: order('Marketplace order has been rejected.'),
  marketplace_order_completed: order('Marketplace order has been completed.'),
  marketplace_order_terminated: order('Marketplace order has been terminated.'),
  marketplace_order_failed: order('Marketplace order has been marked as failed.'),
  marketplace_order_unlinked: order('Marketplace order has been unlinked.'),

  marketplace_resource_create_requested: provided('Resource <name> creation has been requested.'),
  marketplace_resource_create_succeeded: provided('Resource <name> has been created.'),
  marketplace_resource_create_failed: provided('Resource <name> creation has failed.'),
  marketplace_resource_create_canceled: provided('Resource <name> creation has been canceled.'),
  marketplace_resource_update_requested: provided('Resource <name> update has been requested.'),
  marketplace_resource_update_succeeded: resource('Resource <name> has been updated.'),
  marketplace_resource_update_failed: provided('Resource <name> update has failed.'),
  marketplace_resource_update_canceled: resource('Resource <name> update has been canceled.'),
  marketplace_resource_update_limits_succeeded: provided('Limits of resource <name> have been updated.'),
  marketplace_resource_update_limits_failed: provided('Updating limits of resource <name> has failed.'),
  marketplace_resource_update_end_date_succeeded: resource(
    'End date of marketplace resource <name> has been updated. End date: <date>. User: <user>.',
  ),
  marketplace_resource_terminate_requested: provided('Resource <name> deletion has been requested.'),
  marketplace_resource_terminate_succeeded: provided('Resource <name> has been deleted.'),
  marketplace_resource_terminate_failed: provided('Resource <name> deletion has failed.'),
  marketplace_resource_terminate_canceled: resource('Resource <name> deletion has been canceled.'),
  marketplace_resource_downscaled: resource('Resource <name> has been downscaled.'),
  marketplace_resource_paused: resource('Resource <name> has been paused.'),
  marketplace_resource_erred_on_backend: resource('Resource <name> has been marked as erred on backend.'),
  marketplace_resource_unlinked: resource('Resource <name> has been unlinked.'),
} as const satisfies { [type: string]: EventFacts }

export type EventType = keyof typeof EVENT_TYPES

/** Group → its types. */
export const eventGroups = (): { [group: string]: string[] } => Object.fromEntries(EVENT_GROUPS.map((group) => [group, typesOf(group)]))

const typesOf = (group: EventGroup): string[] =>
  Object.entries<EventFacts>(EVENT_TYPES).flatMap(([type, { groups }]) => (groups.includes(group) ? [type] : []))
