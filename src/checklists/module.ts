// Checklists: what people are asked, and what they answered.
import type { Module } from '../platform/module.ts'
import { checklistConstraints } from './commands.ts'
import { renewRest } from './renewal.ts'
import { checklistRoutes } from './routes.ts'

export const checklists: Module = { routes: checklistRoutes, constraints: checklistConstraints, jobs: [renewRest] }
