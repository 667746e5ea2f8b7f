// The programs that carry out orders at a provider's site, as far as they tell of themselves.
import type { Module } from '../platform/module.ts'
import { siteAgentConstraints } from './commands.ts'
import { siteAgentRoutes } from './routes.ts'

export const siteAgents: Module = { routes: siteAgentRoutes, constraints: siteAgentConstraints }
