import { type Api, action, create, destroy, detail, list, update } from '../platform/http/api.ts'
import {
  deleteIdentity,
  identityBody,
  processorBody,
  registerIdentity,
  registerProcessor,
  registerService,
  serviceBody,
  setStatistics,
  statisticsBody,
  tendedOffering,
  updateIdentity,
} from './commands.ts'
import { identities, processors, services } from './list.ts'
import { tends } from './policy.ts'
import { processorView, serviceView } from './view.ts'

export function siteAgentRoutes(api: Api): void {
  for (const collection of [identities, services, processors]) {
    list(api, collection)
    detail(api, collection)
  }
  create(api, identities, {
    summary: 'Make an agent known to its offering, or change the one of its name',
    permission: 'whom its command lets',
    lets: tendedOffering,
    body: identityBody,
    run: registerIdentity,
  })
  update(api, identities, { summary: 'Change what is known of an agent', permission: tends, body: identityBody, run: updateIdentity })
  destroy(api, identities, { summary: 'Forget an agent', permission: tends, run: deleteIdentity })
  action(api, identities, 'register_service', {
    summary: 'Make a service of an agent known, or say that it goes on',
    permission: tends,
    body: serviceBody,
    answer: serviceView,
    run: registerService,
  })
  action(api, services, 'register_processor', {
    summary: 'Make known what a service works with, or say that it goes on',
    permission: tends,
    body: processorBody,
    answer: processorView,
    run: registerProcessor,
  })
  action(api, services, 'set_statistics', {
    summary: 'Report figures of a service',
    permission: tends,
    body: statisticsBody,
    answer: serviceView,
    run: setStatistics,
  })
}
