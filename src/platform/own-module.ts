// The ground's own part of the whole: files, the keys of repeated requests, kept counts, what is sent out.
import { foldKeptCounts } from './counts/kept.ts'
import { DELIVERY_JOBS } from './deliveries/deliver.ts'
import { mediaRoutes } from './files/routes.ts'
import { removeStoredFile, sweepStoredFiles } from './files/store.ts'
import { forgetIdempotencyKeys } from './http/idempotency.ts'
import type { Module } from './module.ts'

export const platform: Module = {
  routes: mediaRoutes,
  jobs: [removeStoredFile, sweepStoredFiles, forgetIdempotencyKeys, foldKeptCounts, ...DELIVERY_JOBS],
}
