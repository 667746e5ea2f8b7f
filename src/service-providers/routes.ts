// Service providers themselves. Lists of who and what uses one belong to the modules that know it.
import { roleGrantRoutes } from '../core/public.ts'
import { closed, WORD } from '../platform/http/answers.ts'
import { type Api, action, create, destroy, detail, list, update } from '../platform/http/api.ts'
import {
  createBody,
  deleteServiceProvider,
  generateSecretCode,
  mayRegister,
  readSecretCode,
  registerServiceProvider,
  updateBody,
  updateServiceProvider,
} from './commands.ts'
import { serviceProviders } from './list.ts'
import { maySeeTeam, onServiceProvider, ownsServiceProvider, providerScopes } from './policy.ts'

const SECRET_CODE = closed({ api_secret_code: WORD })

export function serviceProviderRoutes(api: Api): void {
  const shown = { ...serviceProviders, anonymous: api.config.ANONYMOUS_USER_CAN_VIEW_OFFERINGS }
  list(api, shown)
  detail(api, shown)
  create(api, serviceProviders, {
    summary: 'Register an organization as a service provider',
    body: createBody,
    allowed: mayRegister,
    run: registerServiceProvider,
  })
  update(api, serviceProviders, {
    summary: 'Change a service provider',
    permission: ownsServiceProvider,
    body: updateBody,
    run: updateServiceProvider,
  })
  destroy(api, serviceProviders, {
    summary: 'End a service provider whose offerings are archived',
    permission: ownsServiceProvider,
    run: deleteServiceProvider,
  })
  // Reading writes too: who has read the code is recorded.
  action(
    api,
    serviceProviders,
    'api_secret_code',
    {
      summary: 'Read the code that signs what the provider reports',
      permission: onServiceProvider('SERVICE_PROVIDER.GET_API_SECRET_CODE'),
      answer: SECRET_CODE,
      run: readSecretCode,
    },
    { method: 'GET', id: 'service_provider_api_secret_code_retrieve' },
  )
  action(
    api,
    serviceProviders,
    'api_secret_code',
    {
      summary: 'Replace that code',
      permission: onServiceProvider('SERVICE_PROVIDER.GENERATE_API_SECRET_CODE'),
      answer: SECRET_CODE,
      run: generateSecretCode,
    },
    { id: 'service_provider_api_secret_code_generate' },
  )
  roleGrantRoutes(api, {
    collection: serviceProviders,
    type: 'service_provider',
    permissions: { add: 'CUSTOMER.CREATE_PERMISSION', update: 'CUSTOMER.UPDATE_PERMISSION', delete: 'CUSTOMER.DELETE_PERMISSION' },
    sources: providerScopes,
    mayList: maySeeTeam,
  })
}
