// The provider's side of offerings. Lists of what was ordered and used of one belong to the modules that know it.
import { customerIsOpen, roleGrantRoutes } from '../core/public.ts'
import { closed, UUID, WORD } from '../platform/http/answers.ts'
import { type Api, action, create, destroy, list } from '../platform/http/api.ts'
import { createOffering, deleteOffering, mayCreate } from './commands.create.ts'
import {
  activateOffering,
  archiveOffering,
  draftOffering,
  makeOfferingAvailable,
  makeOfferingUnavailable,
  pauseOffering,
  unpauseOffering,
} from './commands.state.ts'
import {
  addEndpoint,
  deleteEndpoint,
  deleteImage,
  deleteOrganizationGroups,
  deleteThumbnail,
  setBackendMetadata,
  updateAttributes,
  updateBackendIdRules,
  updateDescription,
  updateImage,
  updateIntegration,
  updateLocation,
  updateOptions,
  updateOrganizationGroups,
  updateOverview,
  updateResourceOptions,
  updateThumbnail,
} from './commands.update.ts'
import {
  componentBody,
  componentUuidBody,
  createOfferingComponent,
  removeOfferingComponent,
  updateComponentBody,
  updateOfferingComponent,
} from './components.ts'
import { offeringGroups } from './groups.ts'
import { providerOfferings } from './list.ts'
import { hasPlans, mayBeDeleted, mayUpdateOverview, notArchived, onOffering, onProvider, ownsOffering } from './policy.ts'
import { offeringDetail, offeringPeople, offeringUsage } from './routes.reads.ts'
import {
  attributesBody,
  backendIdRulesBody,
  backendMetadataBody,
  createBody,
  descriptionBody,
  endpointBody,
  endpointUuidBody,
  imageBody,
  integrationBody,
  locationBody,
  optionsBody,
  organizationGroupsBody,
  overviewBody,
  pauseBody,
  resourceOptionsBody,
  thumbnailBody,
} from './schema.ts'
import { OFFERING_STATES } from './states.ts'

const STATE_ANSWER = closed({ detail: WORD, state: { type: 'string', enum: [...OFFERING_STATES] } })
const ENDPOINT_UUID = closed({ uuid: UUID })

/** What must hold before anything of an offering is changed. */
const changeable = [notArchived, customerIsOpen]

export function offeringRoutes(api: Api): void {
  list(api, providerOfferings)
  list(api, offeringGroups, { summary: 'List offerings gathered by provider' })
  offeringDetail(api)
  offeringUsage(api)
  offeringPeople(api)
  create(api, providerOfferings, {
    summary: 'Create an offering, as a draft',
    body: createBody,
    allowed: mayCreate,
    run: createOffering,
  })
  destroy(api, providerOfferings, {
    summary: 'Delete an offering that was never used',
    permission: onProvider('OFFERING.DELETE'),
    checks: [mayBeDeleted],
    run: deleteOffering,
  })
  stateRoutes(api)
  descriptionRoutes(api)
  deliveryRoutes(api)
  pictureRoutes(api)
  componentRoutes(api)
  organizationGroupRoutes(api)
  roleGrantRoutes(api, {
    collection: providerOfferings,
    type: 'offering',
    permissions: { add: 'OFFERING.CREATE_PERMISSION', update: 'OFFERING.UPDATE_PERMISSION', delete: 'OFFERING.DELETE_PERMISSION' },
    sources: ({ id, customer_id }) => [
      ['offering', id],
      ['customer', customer_id],
    ],
    unavailable: ({ shared }) => (shared ? undefined : 'Offering is not available.'),
  })
}

function stateRoutes(api: Api): void {
  action(api, providerOfferings, 'activate', {
    summary: 'Offer it to customers',
    permission: onOffering('OFFERING.CREATE'),
    checks: [customerIsOpen, hasPlans],
    answer: STATE_ANSWER,
    run: activateOffering,
  })
  action(api, providerOfferings, 'draft', {
    summary: 'Take it back into preparation',
    permission: onOffering('OFFERING.CREATE'),
    answer: STATE_ANSWER,
    run: draftOffering,
  })
  action(api, providerOfferings, 'pause', {
    summary: 'Take no new orders for it for a while',
    permission: onOffering('OFFERING.PAUSE'),
    checks: [customerIsOpen],
    body: pauseBody,
    answer: STATE_ANSWER,
    run: pauseOffering,
  })
  action(api, providerOfferings, 'unpause', {
    summary: 'Take orders for it again',
    permission: onOffering('OFFERING.UNPAUSE'),
    checks: [hasPlans],
    answer: STATE_ANSWER,
    run: unpauseOffering,
  })
  action(api, providerOfferings, 'archive', {
    summary: 'End it',
    permission: onOffering('OFFERING.ARCHIVE'),
    checks: [customerIsOpen],
    answer: STATE_ANSWER,
    run: archiveOffering,
  })
  action(api, providerOfferings, 'make_unavailable', {
    summary: 'Stop everything with it, its resources included',
    permission: onOffering('OFFERING.PAUSE'),
    answer: STATE_ANSWER,
    run: makeOfferingUnavailable,
  })
  action(api, providerOfferings, 'make_available', {
    summary: 'Let it and its resources be used again',
    permission: onOffering('OFFERING.PAUSE'),
    answer: STATE_ANSWER,
    run: makeOfferingAvailable,
  })
}

function descriptionRoutes(api: Api): void {
  action(api, providerOfferings, 'update_attributes', {
    summary: 'Replace its attributes',
    permission: onOffering('OFFERING.UPDATE_ATTRIBUTES'),
    checks: changeable,
    body: attributesBody,
    run: updateAttributes,
  })
  action(api, providerOfferings, 'update_description', {
    summary: 'Move it to another category',
    permission: onOffering('OFFERING.UPDATE_DESCRIPTION'),
    checks: changeable,
    body: descriptionBody,
    run: updateDescription,
  })
  action(api, providerOfferings, 'update_overview', {
    summary: 'Change its name and texts',
    permission: mayUpdateOverview,
    checks: changeable,
    body: overviewBody,
    run: updateOverview,
  })
  action(api, providerOfferings, 'update_location', {
    summary: 'Say where it is',
    permission: onOffering('OFFERING.UPDATE_LOCATION'),
    checks: changeable,
    body: locationBody,
    run: updateLocation,
  })
}

function deliveryRoutes(api: Api): void {
  action(api, providerOfferings, 'update_options', {
    summary: 'Change what is asked when it is ordered',
    permission: onOffering('OFFERING.UPDATE_OPTIONS'),
    checks: changeable,
    body: optionsBody,
    run: updateOptions,
  })
  action(api, providerOfferings, 'update_resource_options', {
    summary: 'Change which answers may be changed later',
    permission: onOffering('OFFERING.UPDATE_OPTIONS'),
    checks: changeable,
    body: resourceOptionsBody,
    run: updateResourceOptions,
  })
  action(api, providerOfferings, 'update_integration', {
    summary: 'Change how it is delivered',
    permission: onOffering('OFFERING.UPDATE_INTEGRATION'),
    checks: changeable,
    body: integrationBody,
    run: updateIntegration,
  })
  action(api, providerOfferings, 'update_backend_id_rules', {
    summary: "Say what the provider's own ids of resources look like",
    permission: onOffering('OFFERING.UPDATE_OPTIONS'),
    checks: changeable,
    body: backendIdRulesBody,
    run: updateBackendIdRules,
  })
  action(api, providerOfferings, 'set_backend_metadata', {
    summary: "Keep the provider's own data with it",
    permission: onOffering('OFFERING.UPDATE'),
    checks: changeable,
    body: backendMetadataBody,
    run: setBackendMetadata,
  })
  action(api, providerOfferings, 'add_endpoint', {
    summary: 'Add an address at which it is reached',
    permission: onOffering('OFFERING.ADD_ENDPOINT'),
    checks: changeable,
    body: endpointBody,
    status: 201,
    answer: ENDPOINT_UUID,
    run: addEndpoint,
  })
  action(api, providerOfferings, 'delete_endpoint', {
    summary: 'Remove an address',
    permission: onOffering('OFFERING.DELETE_ENDPOINT'),
    checks: changeable,
    body: endpointUuidBody,
    status: 204,
    run: deleteEndpoint,
  })
}

function pictureRoutes(api: Api): void {
  const permission = onProvider('OFFERING.UPDATE_THUMBNAIL')
  const checks = changeable
  action(api, providerOfferings, 'update_image', { summary: 'Set its image', permission, checks, body: imageBody, run: updateImage })
  action(api, providerOfferings, 'delete_image', { summary: 'Remove its image', permission, checks, status: 204, run: deleteImage })
  action(api, providerOfferings, 'update_thumbnail', {
    summary: 'Set its small picture',
    permission,
    checks,
    body: thumbnailBody,
    run: updateThumbnail,
  })
  action(api, providerOfferings, 'delete_thumbnail', {
    summary: 'Remove its small picture',
    permission,
    checks,
    status: 204,
    run: deleteThumbnail,
  })
}

function componentRoutes(api: Api): void {
  const permission = onOffering('OFFERING.UPDATE_COMPONENTS')
  const checks = changeable
  action(api, providerOfferings, 'create_offering_component', {
    summary: 'Add a component',
    permission,
    checks,
    body: componentBody,
    status: 201,
    run: createOfferingComponent,
  })
  action(api, providerOfferings, 'update_offering_component', {
    summary: 'Change a component',
    permission,
    checks,
    body: updateComponentBody,
    run: updateOfferingComponent,
  })
  action(api, providerOfferings, 'remove_offering_component', {
    summary: 'Remove a component that nothing was bought of',
    permission,
    checks,
    body: componentUuidBody,
    run: removeOfferingComponent,
  })
}

function organizationGroupRoutes(api: Api): void {
  action(api, providerOfferings, 'update_organization_groups', {
    summary: 'Say which groups of organizations may order it',
    permission: ownsOffering,
    checks: changeable,
    body: organizationGroupsBody,
    run: updateOrganizationGroups,
  })
  action(api, providerOfferings, 'delete_organization_groups', {
    summary: 'Let every organization order it',
    permission: ownsOffering,
    checks: changeable,
    status: 204,
    run: deleteOrganizationGroups,
  })
}
