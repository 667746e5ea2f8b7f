// Every module, in the order in which they may use each other. Server, worker and commands are built from this one list.
import { checklists } from './checklists/module.ts'
import { core } from './core/module.ts'
import { offeringUsers } from './offering-users/module.ts'
import { offerings } from './offerings/module.ts'
import { orders } from './orders/module.ts'
import type { Module } from './platform/module.ts'
import { platform } from './platform/own-module.ts'
import { type Wiring, wire } from './platform/wiring.ts'
import { resources } from './resources/module.ts'
import { scripts } from './scripts/module.ts'
import { serviceProviders } from './service-providers/module.ts'
import { siteAgents } from './site-agents/module.ts'
import { support } from './support/module.ts'

export const MODULES: readonly Module[] = [
  platform,
  core,
  serviceProviders,
  offerings,
  resources,
  siteAgents,
  orders,
  support,
  scripts,
  checklists,
  offeringUsers,
]

/** What modules declare, put together; a fresh one, so that a test may add a module of its own. */
export const wiringOf = (modules: readonly Module[] = MODULES): Wiring => wire(modules.map(({ routes: _routes, ...declared }) => declared))
