// Scripts: orders that a script of the provider carries out, in a process of its own.
import type { Module } from '../platform/module.ts'
import { scriptDriver } from './driver.ts'

export const scripts: Module = { drivers: { 'Marketplace.Script': scriptDriver } }
