// Organizations that sell.
import type { Module } from '../platform/module.ts'
import { serviceProviderConstraints } from './commands.ts'
import { serviceProviderRoutes } from './routes.ts'

export const serviceProviders: Module = { routes: serviceProviderRoutes, constraints: serviceProviderConstraints }
