// Accounts of people at offerings: what the provider does with them, and how they follow roles, resources and consents.
import type { Module } from '../platform/module.ts'
import { offeringUserConstraints } from './commands.ts'
import { askNewcomers } from './compliance/link.ts'
import { complianceRoutes } from './compliance/routes.ts'
import { offeringUserEvents } from './events.ts'
import { followers } from './follow.ts'
import { accountsOfOfferingRoutes } from './offering.routes.ts'
import { roleConstraints } from './roles/commands.ts'
import { offeringUserRoleRoutes } from './roles/routes.ts'
import { offeringUserRoutes } from './routes.ts'
import { nameAnew, settleAccounts, settleEverything } from './settle.ts'

export const offeringUsers: Module = {
  routes: (api) => {
    offeringUserRoutes(api)
    offeringUserRoleRoutes(api)
    accountsOfOfferingRoutes(api)
    complianceRoutes(api)
  },
  constraints: { ...offeringUserConstraints, ...roleConstraints },
  eventTypes: offeringUserEvents.types,
  jobs: [settleAccounts, settleEverything, nameAnew],
  reactions: [...followers, askNewcomers],
}
