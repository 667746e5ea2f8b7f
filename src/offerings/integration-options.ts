// How an offering is delivered: switches that everybody may read (orders.md §1.6), and secrets that only its provider may.
// Options of types that cannot be ordered yet are kept as well, so that an offering can be prepared for them.
import {
  type BodyFields,
  body,
  boolean,
  choice,
  integer,
  json,
  list,
  nullable,
  optional,
  type Shape,
  text,
} from '../platform/http/shapes.ts'

type Options = { [name: string]: unknown }

/** The same shape for each name. An option may be left out, and null takes it away. */
const each = (shape: Shape, ...names: string[]): BodyFields => Object.fromEntries(names.map((name) => [name, optional(nullable(shape))]))

const rancher = (...names: string[]) => names.map((name) => `managed_rancher_${name}`)

export const pluginOptionsBody = body({
  ...each(
    boolean(),
    'auto_approve_remote_orders',
    'service_provider_can_create_offering_user',
    'is_resource_termination_date_required',
    'auto_approve_in_service_provider_projects',
    'disable_autoapprove',
    'supports_downscaling',
    'supports_pausing',
    'enable_purchase_order_upload',
    'require_purchase_order_upload',
    // Beyond the contract.
    'four_eyes_approval',
    'conceal_billing_data',
    'create_orders_on_resource_option_change',
    'can_restore_resource',
    'enable_provider_consumer_messaging',
    'notify_about_provider_consumer_messages',
    'restrict_deletion_with_active_resources',
    'enable_issues_for_membership_changes',
    'enable_display_of_order_actions_for_service_provider',
    'slurm_periodic_policy_enabled',
    'auto_approve_marketplace_script',
    'highlight_backend_id_display',
    // Of booking offerings, beyond the contract.
    'booking_enforce_schedule',
    'booking_auto_accept',
  ),
  ...each(integer({ min: 1, max: 50 }), 'booking_capacity'),
  ...each(
    integer({ min: 0, max: 527_040 }),
    'booking_pause_minutes',
    'booking_min_minutes',
    'booking_max_minutes',
    'booking_lead_minutes',
    'booking_withdrawal_minutes',
    'booking_horizon_days',
    'booking_weekly_hours_per_user',
    'booking_weekly_hours_per_project',
  ),
  ...each(
    integer(),
    'resource_expiration_threshold',
    'maximal_resource_count_per_project',
    ...rancher(
      'server_system_volume_size_gb',
      'server_data_volume_size_gb',
      'worker_system_volume_size_gb',
      'load_balancer_system_volume_size_gb',
      'load_balancer_data_volume_size_gb',
      'tenant_max_cpu',
      'tenant_max_ram',
      'tenant_max_disk',
    ),
  ),
  ...each(
    integer({ min: 0 }),
    'max_resource_termination_offset_in_days',
    'default_resource_termination_offset_in_days',
    'initial_primarygroup_number',
    'initial_uidnumber',
    'initial_usergroup_number',
  ),
  ...each(
    integer({ min: 1 }),
    'minimal_team_count_for_provisioning',
    'max_instances',
    'max_volumes',
    'max_security_groups',
    'snapshot_size_limit_gb',
  ),
  ...each(integer({ min: 68, max: 9000 }), 'default_internal_network_mtu'),
  ...each(
    text(),
    'latest_date_for_resource_termination',
    'unique_resource_per_attribute',
    'required_team_role_for_provisioning',
    'heappe_cluster_id',
    'heappe_local_base_path',
    'heappe_url',
    'heappe_username',
    'homedir_prefix',
    'scratch_project_directory',
    'project_permanent_directory',
    'username_anonymized_prefix',
    'flavors_regex',
    ...rancher(
      'server_flavor_name',
      'server_system_volume_type_name',
      'server_data_volume_type_name',
      'worker_system_volume_type_name',
      'load_balancer_flavor_name',
      'load_balancer_system_volume_type_name',
      'load_balancer_data_volume_type_name',
    ),
  ),
  ...each(text({ blank: true }), 'backend_id_display_label'),
  ...each(choice(['fixed', 'dynamic']), 'storage_mode'),
  ...each(choice(['self_managed', 'managed']), 'deployment_mode'),
  ...each(choice(['project_slug']), 'account_name_generation_policy'),
  ...each(
    choice(['service_provider', 'anonymized', 'full_name', 'waldur_username', 'freeipa', 'identity_claim']),
    'username_generation_policy',
  ),
  ...each(list(text()), 'openstack_offering_uuid_list', 'disabled_resource_actions'),
})

// Secrets and scripts may begin or end with blanks on purpose.
const secret = (max?: number) => text({ trim: false, ...(max === undefined ? {} : { max }) })

export const secretOptionsBody = body({
  ...each(
    secret(),
    'heappe_cluster_password',
    'heappe_password',
    'shared_user_password',
    'template_confirmation_comment',
    'language',
    'create',
    'terminate',
    'update',
    'pull',
    'api_url',
    'token',
    'customer_uuid',
    'cloud_init_template',
    'vault_host',
    'vault_token',
    'keycloak_url',
    'keycloak_realm',
    'keycloak_user_realm',
    'keycloak_username',
    'keycloak_password',
    'argocd_k8s_namespace',
    'argocd_k8s_kubeconfig',
    'base_image_name',
    'private_registry_url',
    'private_registry_user',
    'private_registry_password',
    'k8s_version',
  ),
  ...each(secret(100), 'username', 'password'),
  ...each(secret(200), 'backend_url'),
  ...each(text({ trim: false, blank: true }), 'openstack_api_tls_certificate', 'managed_rancher_load_balancer_cloud_init_template'),
  ...each(integer(), 'vault_port', 'keycloak_sync_frequency'),
  ...each(boolean(), 'vault_tls_verify', 'keycloak_ssl_verify'),
  ...each(choice(['sd', 'vd']), 'node_disk_driver'),
  ...each(list(text()), 'dns_nameservers'),
  ...each(list(body({ floating_ip: text(), external_ip: text() })), 'ipv4_external_ip_mapping'),
  ...each(json(), 'environ'),
})

/** Options after some were sent: each replaces its own, null takes it away, the others stay. */
export const mergeOptions = (current: Options, sent: Options): Options =>
  Object.fromEntries(Object.entries({ ...current, ...sent }).filter(([, value]) => value !== null && value !== undefined))
