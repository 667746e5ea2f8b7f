// The definition of an order form as a provider sends it, and what must hold for one (orders.md §1.5).

import type { FieldErrors } from '../platform/http/errors.ts'
import {
  body,
  boolean,
  choice,
  dictionaryOf,
  integer,
  json,
  list,
  number,
  optional,
  type Parsed,
  text,
  withDefault,
} from '../platform/http/shapes.ts'
import { emptyRecord, valueAt } from '../platform/keyed.ts'
import { COMPARISONS, OPTION_TYPES } from './options.ts'

const cascadeStep = body({
  name: text(),
  label: text(),
  type: choice(['select_string', 'select_string_multi']),
  depends_on: optional(text({ blank: true })),
  choices: optional(json()),
  choices_map: optional(json()),
})

const kubernetesDefaults = body({
  default_controller_vcpus: optional(integer({ min: 1, max: 64 })),
  default_controller_ram_gb: optional(integer({ min: 1, max: 128 })),
  default_controller_system_disk_gb: optional(integer({ min: 1, max: 500 })),
  default_controller_etcd_disk_gb: optional(integer({ min: 1, max: 1000 })),
  default_lb_vcpus: optional(integer({ min: 1, max: 32 })),
  default_lb_ram_gb: optional(integer({ min: 1, max: 256 })),
  default_lb_system_disk_gb: optional(integer({ min: 1, max: 500 })),
  default_lb_logs_disk_gb: optional(integer({ min: 1, max: 2000 })),
  minimal_worker_vcpus: optional(integer({ min: 1, max: 32 })),
  minimal_worker_ram_gb: optional(integer({ min: 1, max: 64 })),
  default_worker_data_disk_gb: optional(integer({ min: 1, max: 10000 })),
  default_storage_data_disk_gb: optional(integer({ min: 1, max: 10000 })),
  default_storage_san_disk_gb: optional(integer({ min: 1, max: 50000 })),
  available_kubernetes_versions: optional(text({ blank: true })),
})

const storageFolder = body({
  component_type: text(),
  default_hard_quota_multiplier: withDefault(number({ min: 1 }), 1),
  inode_soft_multiplier: withDefault(integer({ min: 1 }), 7000),
  inode_hard_multiplier: withDefault(integer({ min: 1 }), 10000),
  storage_data_types: list(body({ key: text(), label: text() })),
  default_permission: optional(choice(['2770', '2775', '2777', '770', '775', '777'])),
})

const option = body({
  type: choice(OPTION_TYPES),
  label: text(),
  help_text: optional(text({ blank: true })),
  required: withDefault(boolean(), false),
  choices: optional(list(text())),
  default: optional(text({ blank: true })),
  min: optional(integer()),
  max: optional(integer()),
  cascade_config: optional(body({ steps: list(cascadeStep) })),
  component_multiplier_config: optional(
    body({
      component_type: text(),
      factor: integer({ min: 1 }),
      min_limit: optional(integer({ min: 0 })),
      max_limit: optional(integer({ min: 0 })),
    }),
  ),
  storage_folder_config: optional(storageFolder),
  default_configs: optional(kubernetesDefaults),
  validators: optional(list(body({ type: choice(COMPARISONS), target_field: text() }))),
})
type OptionDefinition = Parsed<typeof option>

/** The body of a form; one with no options asks for nothing. */
export const optionFormBody = body({ order: list(text()), options: dictionaryOf(option) })
export type OptionFormDefinition = Parsed<typeof optionFormBody>

const CONFIG_OF: { readonly [type: string]: 'cascade_config' | 'component_multiplier_config' | 'storage_folder_config' | undefined } = {
  conditional_cascade: 'cascade_config',
  component_multiplier: 'component_multiplier_config',
  storage_folder_manager: 'storage_folder_config',
}

/** What is wrong with a form beyond the shape of its parts, as it stands under the body's field; undefined when nothing is. */
export function checkForm(form: OptionFormDefinition): string[] | FieldErrors | undefined {
  const { options } = form
  const errors = emptyRecord<FieldErrors>()
  for (const [key, definition] of Object.entries(options)) {
    const own = configErrors(definition)
    if (own) errors[key] = own
  }
  if (Object.keys(errors).length > 0) return { options: errors }
  return relationErrors(options)
}

function configErrors(definition: OptionDefinition): FieldErrors | undefined {
  const config = valueAt(CONFIG_OF, definition.type)
  if (config && definition[config] === undefined) return { [config]: [`${config} is required for ${definition.type} type`] }
  if (definition.type === 'conditional_cascade') {
    const problem = cascadeProblem(definition.cascade_config?.steps ?? [])
    return problem ? { cascade_config: [problem] } : undefined
  }
  const { min_limit, max_limit } = definition.component_multiplier_config ?? {}
  if (min_limit !== undefined && max_limit !== undefined && min_limit > max_limit) {
    return { component_multiplier_config: ['min_limit cannot be greater than max_limit'] }
  }
  return undefined
}

function cascadeProblem(steps: readonly Parsed<typeof cascadeStep>[]): string | undefined {
  const earlier = new Set<string>()
  for (const { name, depends_on, choices, choices_map } of steps) {
    if (earlier.has(name)) return `Step names must be unique: ${name}`
    if (depends_on && !earlier.has(depends_on)) return `Step ${name} depends on ${depends_on}, which is no earlier step`
    if (depends_on && choices_map === undefined) return `choices_map is required for step ${name} with depends_on`
    if (!depends_on && choices === undefined) return `choices is required for step ${name} without depends_on`
    earlier.add(name)
  }
  return undefined
}

function relationErrors(options: { [key: string]: OptionDefinition }): string[] | undefined {
  for (const [key, { validators = [] }] of Object.entries(options)) {
    for (const { target_field } of validators) {
      const target = valueAt(options, target_field)
      if (!target) return [`Target field ${target_field} for option ${key} not found in options.`]
      if (target.type !== 'integer' && target.type !== 'money')
        return [`Target field ${target_field} for option ${key} must be integer or money.`]
    }
  }
  return undefined
}
